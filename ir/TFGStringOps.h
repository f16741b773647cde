//===- TFGStringOps.h - strings -------------------------------------------===//

#ifndef FIRN_IR_TFGSTRINGOPS_H
#define FIRN_IR_TFGSTRINGOPS_H

#include "ir/TFGOps.h"
#include "ir/TensorKinds.h"

#define GET_OP_CLASSES
#include "ir/TFGStringOps.h.inc"

#endif // FIRN_IR_TFGSTRINGOPS_H
