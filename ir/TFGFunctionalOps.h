//===- TFGFunctionalOps.h - calls, branches and loops over functions ------===//

#ifndef FIRN_IR_TFGFUNCTIONALOPS_H
#define FIRN_IR_TFGFUNCTIONALOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGFunctionalOps.h.inc"

#endif // FIRN_IR_TFGFUNCTIONALOPS_H
