//===- TFGFunctionalOps.h - calls and functional control flow -===//

#ifndef FIRN_IR_TFGFUNCTIONALOPS_H
#define FIRN_IR_TFGFUNCTIONALOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGFunctionalOps.h.inc"

#endif // FIRN_IR_TFGFUNCTIONALOPS_H
