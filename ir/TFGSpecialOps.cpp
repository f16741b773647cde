//===- TFGSpecialOps.cpp - special functions ------------------------------===//

#include "ir/TFGSpecialOps.h"

using namespace mlir;
using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGSpecialOps.cpp.inc"
