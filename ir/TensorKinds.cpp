//===- TensorKinds.cpp - constraints and shape rules of routine ops -------===//

#include "ir/TensorKinds.h"

using namespace mlir;

namespace firn::tfg {

Type elementTypeOf(Type tensor) {
  Type type = cast<TensorType>(tensor).getElementType();
  if (auto ref = dyn_cast<RefType>(type))
    return ref.getElementType();
  return type;
}

bool holdsInteger(Type tensor, unsigned width) {
  Type type = elementTypeOf(tensor);
  return isa<UnknownType, TypeParamType>(type) || type.isSignlessInteger(width);
}

bool holdsIndices(Type tensor) {
  return holdsInteger(tensor, 32) || holdsInteger(tensor, 64);
}

LogicalResult appendShapes(Operation *op, ArrayRef<SmallVector<int64_t>> shapes,
                           SmallVectorImpl<Type> &results) {
  for (auto [result, given] : llvm::zip_equal(op->getResults(), shapes)) {
    SmallVector<int64_t> shape(given);
    for (int64_t &size : shape)
      if (size < 0)
        size = ShapedType::kDynamic;
    results.push_back(makeTensorType(shape, getElementType(result)));
  }
  return success();
}

int64_t knownDim(Value value, unsigned dim) {
  std::optional<ArrayRef<int64_t>> shape = shapeOf(value);
  if (!shape || dim >= shape->size() || ShapedType::isDynamic((*shape)[dim]))
    return -1;
  return (*shape)[dim];
}

void appendExtended(Operation *op, unsigned index, Value value,
                    ArrayRef<int64_t> more, SmallVectorImpl<Type> &results) {
  Type elementType = getElementType(op->getResult(index));
  std::optional<ArrayRef<int64_t>> known = shapeOf(value);
  if (!known) {
    results.push_back(UnrankedTensorType::get(elementType));
    return;
  }
  SmallVector<int64_t> shape(*known);
  for (int64_t size : more)
    shape.push_back(size < 0 ? ShapedType::kDynamic : size);
  results.push_back(RankedTensorType::get(shape, elementType));
}

} // namespace firn::tfg
