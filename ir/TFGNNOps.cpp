//===- TFGNNOps.cpp - convolution, pooling, normalisation -===//

#include "ir/TFGNNOps.h"

using namespace mlir;
using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGNNOps.cpp.inc"
