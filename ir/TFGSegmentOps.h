//===- TFGSegmentOps.h - segments and partitions of rows ------------------===//

#ifndef FIRN_IR_TFGSEGMENTOPS_H
#define FIRN_IR_TFGSEGMENTOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGSegmentOps.h.inc"

#endif // FIRN_IR_TFGSEGMENTOPS_H
