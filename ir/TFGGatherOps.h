//===- TFGGatherOps.h - elements picked and rearranged -------------------===//

#ifndef FIRN_IR_TFGGATHEROPS_H
#define FIRN_IR_TFGGATHEROPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGGatherOps.h.inc"

#endif // FIRN_IR_TFGGATHEROPS_H
