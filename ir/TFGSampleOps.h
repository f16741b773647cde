//===- TFGSampleOps.h - windows of images, colours
//-------------------------===//

#ifndef FIRN_IR_TFGSAMPLEOPS_H
#define FIRN_IR_TFGSAMPLEOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGSampleOps.h.inc"

#endif // FIRN_IR_TFGSAMPLEOPS_H
