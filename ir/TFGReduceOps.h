//===- TFGReduceOps.h - reductions, arg reductions, softmax
//----------------===//

#ifndef FIRN_IR_TFGREDUCEOPS_H
#define FIRN_IR_TFGREDUCEOPS_H

#include "ir/ElementTypeTraits.h"
#include "ir/Reduction.h"
#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGReduceOps.h.inc"

#endif // FIRN_IR_TFGREDUCEOPS_H
