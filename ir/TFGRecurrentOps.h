//===- TFGRecurrentOps.h - cells of recurrent networks --------------------===//

#ifndef FIRN_IR_TFGRECURRENTOPS_H
#define FIRN_IR_TFGRECURRENTOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGRecurrentOps.h.inc"

#endif // FIRN_IR_TFGRECURRENTOPS_H
