//===- TFGControlFlowOps.h - the control flow nodes of TF1 graphs ---------===//

#ifndef FIRN_IR_TFGCONTROLFLOWOPS_H
#define FIRN_IR_TFGCONTROLFLOWOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGControlFlowOps.h.inc"

#endif // FIRN_IR_TFGCONTROLFLOWOPS_H
