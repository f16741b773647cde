//===- TFGTensorListOps.h - lists of tensors as values --------------------===//

#ifndef FIRN_IR_TFGTENSORLISTOPS_H
#define FIRN_IR_TFGTENSORLISTOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGTensorListOps.h.inc"

#endif // FIRN_IR_TFGTENSORLISTOPS_H
