//===- TFGFusedOps.cpp - ops that stand for several -----------------------===//

#include "ir/TFGFusedOps.h"

using namespace mlir;
using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGFusedOps.cpp.inc"
