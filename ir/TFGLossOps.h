//===- TFGLossOps.h - losses and simulated quantisation -------------------===//

#ifndef FIRN_IR_TFGLOSSOPS_H
#define FIRN_IR_TFGLOSSOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGLossOps.h.inc"

#endif // FIRN_IR_TFGLOSSOPS_H
