//===- TFGImageWarpOps.h - images through transforms, boxes on images -----===//

#ifndef FIRN_IR_TFGIMAGEWARPOPS_H
#define FIRN_IR_TFGIMAGEWARPOPS_H

#include "ir/TFGOps.h"
#include "ir/TensorKinds.h"

#define GET_OP_CLASSES
#include "ir/TFGImageWarpOps.h.inc"

#endif // FIRN_IR_TFGIMAGEWARPOPS_H
