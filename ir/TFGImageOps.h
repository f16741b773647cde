//===- TFGImageOps.h - resizing -------------------------------------------===//

#ifndef FIRN_IR_TFGIMAGEOPS_H
#define FIRN_IR_TFGIMAGEOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGImageOps.h.inc"

#endif // FIRN_IR_TFGIMAGEOPS_H
