//===- TFGTableOps.cpp - lookup tables ------------------------------------===//

#include "ir/TFGTableOps.h"

using namespace mlir;
using namespace firn::tfg;

/// The shape of the keys, then that of the default value.
static LogicalResult inferLookup(Operation *op, Value keys, Value defaultValue,
                                 SmallVectorImpl<Type> &results) {
  std::optional<ArrayRef<int64_t>> value = shapeOf(defaultValue);
  if (!value) {
    results.push_back(
        UnrankedTensorType::get(getElementType(op->getResult(0))));
    return success();
  }
  appendExtended(op, 0, keys, *value, results);
  return success();
}

LogicalResult LookupTableFindOp::inferShapes(const ShapeInference &,
                                             SmallVectorImpl<Type> &results) {
  return inferLookup(*this, getKeys(), getDefaultValue(), results);
}
LogicalResult LookupTableFindV2Op::inferShapes(const ShapeInference &,
                                               SmallVectorImpl<Type> &results) {
  return inferLookup(*this, getKeys(), getDefaultValue(), results);
}
LogicalResult TableFindOp::inferShapes(const ShapeInference &,
                                       SmallVectorImpl<Type> &results) {
  return inferLookup(*this, getKeys(), getDefaultValue(), results);
}

#define GET_OP_CLASSES
#include "ir/TFGTableOps.cpp.inc"
