//===- TFGSpecialOps.h - special functions --------------------------------===//

#ifndef FIRN_IR_TFGSPECIALOPS_H
#define FIRN_IR_TFGSPECIALOPS_H

#include "ir/ElementTypeTraits.h"
#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGSpecialOps.h.inc"

#endif // FIRN_IR_TFGSPECIALOPS_H
