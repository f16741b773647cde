//===- TFGPrintOps.cpp - ops that tell the user something -----------------===//

#include "ir/TFGPrintOps.h"

using namespace mlir;
using namespace firn::tfg;

LogicalResult PrintOp::inferShapes(const ShapeInference &,
                                   SmallVectorImpl<Type> &results) {
  return inferSameAsFirst(*this, results);
}

#define GET_OP_CLASSES
#include "ir/TFGPrintOps.cpp.inc"
