//===- TFGArrayOps.h - constants, placeholders, shapes, data movement -----===//

#ifndef FIRN_IR_TFGARRAYOPS_H
#define FIRN_IR_TFGARRAYOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGArrayOps.h.inc"

#endif // FIRN_IR_TFGARRAYOPS_H
