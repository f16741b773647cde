//===- TFGParseOps.h - examples and CSV -----------------------------------===//

#ifndef FIRN_IR_TFGPARSEOPS_H
#define FIRN_IR_TFGPARSEOPS_H

#include "ir/TFGOps.h"
#include "ir/TensorKinds.h"

#define GET_OP_CLASSES
#include "ir/TFGParseOps.h.inc"

#endif // FIRN_IR_TFGPARSEOPS_H
