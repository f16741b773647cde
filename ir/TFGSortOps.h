//===- TFGSortOps.h - elements ordered, found and counted -----------------===//

#ifndef FIRN_IR_TFGSORTOPS_H
#define FIRN_IR_TFGSORTOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGSortOps.h.inc"

#endif // FIRN_IR_TFGSORTOPS_H
