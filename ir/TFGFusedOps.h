//===- TFGFusedOps.h - ops that stand for several -------------------------===//

#ifndef FIRN_IR_TFGFUSEDOPS_H
#define FIRN_IR_TFGFUSEDOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGFusedOps.h.inc"

#endif // FIRN_IR_TFGFUSEDOPS_H
