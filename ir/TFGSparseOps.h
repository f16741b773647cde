//===- TFGSparseOps.h - sparse tensors ------------------------------------===//

#ifndef FIRN_IR_TFGSPARSEOPS_H
#define FIRN_IR_TFGSPARSEOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGSparseOps.h.inc"

#endif // FIRN_IR_TFGSPARSEOPS_H
