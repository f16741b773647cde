//===- TFGImageOps.cpp - resizing and colour -===//

#include "ir/TFGImageOps.h"

using namespace mlir;
using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGImageOps.cpp.inc"
