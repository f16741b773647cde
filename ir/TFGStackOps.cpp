//===- TFGStackOps.cpp - stacks of tensors --------------------------------===//
//
// What a stack holds is known only where all that is pushed is seen:
// passes/ArraysToTensors.cpp, of the list that it has become.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGStackOps.h"

using namespace mlir;
using namespace firn::tfg;

LogicalResult StackPushV2Op::inferShapes(const ShapeInference &,
                                         SmallVectorImpl<Type> &results) {
  return pushResult(results, getOutput(), shapeOf(getElem()));
}
LogicalResult StackPushOp::inferShapes(const ShapeInference &,
                                       SmallVectorImpl<Type> &results) {
  return pushResult(results, getOutput(), shapeOf(getElem()));
}

#define GET_OP_CLASSES
#include "ir/TFGStackOps.cpp.inc"
