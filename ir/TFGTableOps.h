//===- TFGTableOps.h - lookup tables --------------------------------------===//

#ifndef FIRN_IR_TFGTABLEOPS_H
#define FIRN_IR_TFGTABLEOPS_H

#include "ir/TFGOps.h"
#include "ir/TensorKinds.h"

#define GET_OP_CLASSES
#include "ir/TFGTableOps.h.inc"

#endif // FIRN_IR_TFGTABLEOPS_H
