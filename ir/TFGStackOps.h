//===- TFGStackOps.h - stacks of tensors ----------------------------------===//

#ifndef FIRN_IR_TFGSTACKOPS_H
#define FIRN_IR_TFGSTACKOPS_H

#include "ir/TFGOps.h"
#include "ir/TensorKinds.h"

#define GET_OP_CLASSES
#include "ir/TFGStackOps.h.inc"

#endif // FIRN_IR_TFGSTACKOPS_H
