//===- TFGReduceOps.h - reductions and arg reductions -===//

#ifndef FIRN_IR_TFGREDUCEOPS_H
#define FIRN_IR_TFGREDUCEOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGReduceOps.h.inc"

#endif // FIRN_IR_TFGREDUCEOPS_H
