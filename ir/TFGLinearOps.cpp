//===- TFGLinearOps.cpp - matrix products -===//

#include "ir/TFGLinearOps.h"

using namespace mlir;
using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGLinearOps.cpp.inc"
