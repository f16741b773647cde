//===- TFGLinearOps.h - matrix products -===//

#ifndef FIRN_IR_TFGLINEAROPS_H
#define FIRN_IR_TFGLINEAROPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGLinearOps.h.inc"

#endif // FIRN_IR_TFGLINEAROPS_H
