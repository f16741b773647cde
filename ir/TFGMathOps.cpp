//===- TFGMathOps.cpp - elementwise arithmetic, comparisons, activations, casts
//-===//

#include "ir/TFGMathOps.h"

using namespace mlir;
using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGMathOps.cpp.inc"
