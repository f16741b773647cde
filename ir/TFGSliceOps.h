//===- TFGSliceOps.h - parts of tensors, joined tensors ------------------===//

#ifndef FIRN_IR_TFGSLICEOPS_H
#define FIRN_IR_TFGSLICEOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGSliceOps.h.inc"

#endif // FIRN_IR_TFGSLICEOPS_H
