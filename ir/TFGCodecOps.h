//===- TFGCodecOps.h - encoded images, decoders of sequences --------------===//

#ifndef FIRN_IR_TFGCODECOPS_H
#define FIRN_IR_TFGCODECOPS_H

#include "ir/TFGOps.h"
#include "ir/TensorKinds.h"

#define GET_OP_CLASSES
#include "ir/TFGCodecOps.h.inc"

#endif // FIRN_IR_TFGCODECOPS_H
