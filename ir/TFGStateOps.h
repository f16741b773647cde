//===- TFGStateOps.h - variables, checkpoints -----------------------------===//

#ifndef FIRN_IR_TFGSTATEOPS_H
#define FIRN_IR_TFGSTATEOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGStateOps.h.inc"

#endif // FIRN_IR_TFGSTATEOPS_H
