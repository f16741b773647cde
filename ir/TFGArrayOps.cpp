//===- TFGArrayOps.cpp - constants, placeholders, shapes, data movement ---===//

#include "ir/TFGArrayOps.h"

using namespace mlir;
using namespace firn::tfg;

//===----------------------------------------------------------------------===//
// Const
//===----------------------------------------------------------------------===//

LogicalResult ConstOp::verify() {
  auto type = cast<TensorType>(getType());
  auto valueType = cast<TensorType>(getValue().getType());
  if (type.getElementType() != valueType.getElementType() ||
      failed(mergeTypes(type, valueType)))
    return emitOpError("expects a value of its own type, but has one of type ")
           << valueType;
  return success();
}

LogicalResult ConstOp::inferShapes(const ShapeInference &,
                                   SmallVectorImpl<Type> &results) {
  results.push_back(getValue().getType());
  return success();
}

OpFoldResult ConstOp::fold(FoldAdaptor) { return getValue(); }

//===----------------------------------------------------------------------===//
// Placeholder
//===----------------------------------------------------------------------===//

LogicalResult PlaceholderOp::inferShapes(const ShapeInference &,
                                         SmallVectorImpl<Type> &results) {
  results.push_back(getType());
  return success();
}

//===----------------------------------------------------------------------===//
// Identity
//===----------------------------------------------------------------------===//

LogicalResult IdentityOp::inferShapes(const ShapeInference &,
                                      SmallVectorImpl<Type> &results) {
  return inferSameAsFirst(*this, results);
}

OpFoldResult IdentityOp::fold(FoldAdaptor adaptor) {
  // An Identity of a reference reads the variable; one with control inputs
  // waits.
  if (!getCtls().empty() || getInput().getType() != getType())
    return {};
  return getInput();
}

#define GET_OP_CLASSES
#include "ir/TFGArrayOps.cpp.inc"
