//===- TFGFunctionalOps.cpp - calls and functional control flow -===//

#include "ir/TFGFunctionalOps.h"

using namespace mlir;
using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGFunctionalOps.cpp.inc"
