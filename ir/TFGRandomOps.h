//===- TFGRandomOps.h - random numbers ------------------------------------===//

#ifndef FIRN_IR_TFGRANDOMOPS_H
#define FIRN_IR_TFGRANDOMOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGRandomOps.h.inc"

#endif // FIRN_IR_TFGRANDOMOPS_H
