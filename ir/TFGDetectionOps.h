//===- TFGDetectionOps.h - boxes ------------------------------------------===//

#ifndef FIRN_IR_TFGDETECTIONOPS_H
#define FIRN_IR_TFGDETECTIONOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGDetectionOps.h.inc"

#endif // FIRN_IR_TFGDETECTIONOPS_H
