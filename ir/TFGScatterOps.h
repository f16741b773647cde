//===- TFGScatterOps.h - slices put by index ------------------------------===//

#ifndef FIRN_IR_TFGSCATTEROPS_H
#define FIRN_IR_TFGSCATTEROPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGScatterOps.h.inc"

#endif // FIRN_IR_TFGSCATTEROPS_H
