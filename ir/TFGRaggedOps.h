//===- TFGRaggedOps.h - ragged tensors ------------------------------------===//

#ifndef FIRN_IR_TFGRAGGEDOPS_H
#define FIRN_IR_TFGRAGGEDOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGRaggedOps.h.inc"

#endif // FIRN_IR_TFGRAGGEDOPS_H
