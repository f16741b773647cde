//===- TFGCudnnOps.h - stacks of recurrent layers -------------------------===//

#ifndef FIRN_IR_TFGCUDNNOPS_H
#define FIRN_IR_TFGCUDNNOPS_H

#include "ir/TFGOps.h"
#include "ir/TensorKinds.h"

#define GET_OP_CLASSES
#include "ir/TFGCudnnOps.h.inc"

#endif // FIRN_IR_TFGCUDNNOPS_H
