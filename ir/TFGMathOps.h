//===- TFGMathOps.h - elementwise arithmetic and functions
//-----------------===//

#ifndef FIRN_IR_TFGMATHOPS_H
#define FIRN_IR_TFGMATHOPS_H

#include "ir/ElementTypeTraits.h"
#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGMathOps.h.inc"

#endif // FIRN_IR_TFGMATHOPS_H
