//===- TFGDiagonalOps.h - diagonals of matrices ---------------------------===//

#ifndef FIRN_IR_TFGDIAGONALOPS_H
#define FIRN_IR_TFGDIAGONALOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGDiagonalOps.h.inc"

#endif // FIRN_IR_TFGDIAGONALOPS_H
