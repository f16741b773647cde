//===- TFGNNOps.h - convolution, pooling, normalisation -===//

#ifndef FIRN_IR_TFGNNOPS_H
#define FIRN_IR_TFGNNOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGNNOps.h.inc"

#endif // FIRN_IR_TFGNNOPS_H
