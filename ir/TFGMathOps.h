//===- TFGMathOps.h - elementwise arithmetic, comparisons, activations, casts
//-===//

#ifndef FIRN_IR_TFGMATHOPS_H
#define FIRN_IR_TFGMATHOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGMathOps.h.inc"

#endif // FIRN_IR_TFGMATHOPS_H
