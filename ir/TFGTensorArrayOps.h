//===- TFGTensorArrayOps.h - arrays of tensors with a handle --------------===//

#ifndef FIRN_IR_TFGTENSORARRAYOPS_H
#define FIRN_IR_TFGTENSORARRAYOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGTensorArrayOps.h.inc"

#endif // FIRN_IR_TFGTENSORARRAYOPS_H
