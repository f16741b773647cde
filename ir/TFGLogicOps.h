//===- TFGLogicOps.h - comparison, logic, selection, casts ----------------===//

#ifndef FIRN_IR_TFGLOGICOPS_H
#define FIRN_IR_TFGLOGICOPS_H

#include "ir/ElementTypeTraits.h"
#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGLogicOps.h.inc"

#endif // FIRN_IR_TFGLOGICOPS_H
