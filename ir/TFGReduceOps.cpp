//===- TFGReduceOps.cpp - reductions and arg reductions -===//

#include "ir/TFGReduceOps.h"

using namespace mlir;
using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGReduceOps.cpp.inc"
