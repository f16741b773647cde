//===- TFGMatrixOps.h - matrices solved and taken apart -------------------===//

#ifndef FIRN_IR_TFGMATRIXOPS_H
#define FIRN_IR_TFGMATRIXOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGMatrixOps.h.inc"

#endif // FIRN_IR_TFGMATRIXOPS_H
