//===- TFGShapeOps.h - shapes, and tensors in other shapes ---------------===//

#ifndef FIRN_IR_TFGSHAPEOPS_H
#define FIRN_IR_TFGSHAPEOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGShapeOps.h.inc"

#endif // FIRN_IR_TFGSHAPEOPS_H
