//===- ElementTypeTraits.cpp - traits that tie element types together
//------===//

#include "ir/ElementTypeTraits.h"
#include "ir/NodeSyntax.h"
#include "ir/ShapeInference.h"
#include "ir/TFGDialect.h"

using namespace mlir;

namespace firn::tfg {

LogicalResult verifySameElementType(Operation *op, ValueRange values) {
  Type first;
  for (Value value : values) {
    if (!isa<TensorType>(value.getType()))
      continue;
    Type type = getElementType(value);
    if (isa<UnknownType, TypeParamType>(type))
      continue;
    if (!first)
      first = type;
    else if (type != first)
      return op->emitOpError("expects one element type, but got ")
             << first << " and " << type;
  }
  return success();
}

LogicalResult detail::verifySameOperandElementType(Operation *op) {
  return tfg::verifySameElementType(op, getDataOperands(op));
}

LogicalResult detail::verifySameElementType(Operation *op) {
  SmallVector<Value> values(getDataOperands(op));
  llvm::append_range(values, getOutputs(op));
  return tfg::verifySameElementType(op, values);
}

} // namespace firn::tfg
