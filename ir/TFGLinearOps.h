//===- TFGLinearOps.h - matrix products and biases
//-------------------------===//

#ifndef FIRN_IR_TFGLINEAROPS_H
#define FIRN_IR_TFGLINEAROPS_H

#include "ir/EinsumEquation.h"
#include "ir/ElementTypeTraits.h"
#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGLinearOps.h.inc"

#endif // FIRN_IR_TFGLINEAROPS_H
