//===- TFGPrintOps.h - ops that tell the user something -------------------===//

#ifndef FIRN_IR_TFGPRINTOPS_H
#define FIRN_IR_TFGPRINTOPS_H

#include "ir/TFGOps.h"
#include "ir/TensorKinds.h"

#define GET_OP_CLASSES
#include "ir/TFGPrintOps.h.inc"

#endif // FIRN_IR_TFGPRINTOPS_H
