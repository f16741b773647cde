//===- TFGBufferOps.h - rarer ops about arrays and their shapes -----------===//

#ifndef FIRN_IR_TFGBUFFEROPS_H
#define FIRN_IR_TFGBUFFEROPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGBufferOps.h.inc"

#endif // FIRN_IR_TFGBUFFEROPS_H
