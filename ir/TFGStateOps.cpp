//===- TFGStateOps.cpp - variables, save and restore -===//

#include "ir/TFGStateOps.h"

using namespace mlir;
using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGStateOps.cpp.inc"
