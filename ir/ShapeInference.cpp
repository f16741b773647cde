//===- ShapeInference.cpp - shape rules that many ops share ---------------===//

#include "ir/ShapeInference.h"
#include "ir/NodeSyntax.h"
#include "ir/TFGConstants.h"
#include "ir/TFGDialect.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace firn::tfg {

ElementsAttr ShapeInference::constant(Value value) const {
  if (known)
    if (ElementsAttr attr = known(value))
      return attr;
  Attribute attr;
  if (matchPattern(value, m_Constant(&attr)))
    return dyn_cast_or_null<ElementsAttr>(attr);
  return {};
}

std::optional<SmallVector<int64_t>>
ShapeInference::constantInts(Value value) const {
  return getIntegers(constant(value));
}

TensorType makeTensorType(std::optional<ArrayRef<int64_t>> shape,
                          Type elementType) {
  if (!shape)
    return UnrankedTensorType::get(elementType);
  return RankedTensorType::get(*shape, elementType);
}

bool isStatic(std::optional<ArrayRef<int64_t>> shape) {
  return shape && !ShapedType::isDynamicShape(*shape);
}

LogicalResult pushResult(SmallVectorImpl<Type> &results, Value output,
                         std::optional<ArrayRef<int64_t>> shape) {
  results.push_back(makeTensorType(
      shape, cast<TensorType>(output.getType()).getElementType()));
  return success();
}

std::optional<ArrayRef<int64_t>> shapeOf(Value value) {
  if (auto type = dyn_cast<RankedTensorType>(value.getType()))
    return type.getShape();
  return std::nullopt;
}

Type getElementType(Value value) {
  Type type = cast<TensorType>(value.getType()).getElementType();
  if (auto ref = dyn_cast<RefType>(type))
    return ref.getElementType();
  return type;
}

FailureOr<TensorType> mergeTypes(TensorType a, TensorType b) {
  Type elementType = isa<UnknownType>(a.getElementType()) ? b.getElementType()
                                                          : a.getElementType();
  if (!a.hasRank())
    return b.clone(elementType);
  if (!b.hasRank())
    return a.clone(elementType);
  if (a.getRank() != b.getRank())
    return failure();
  SmallVector<int64_t> shape(a.getShape());
  for (auto [size, other] : llvm::zip(shape, b.getShape())) {
    if (ShapedType::isDynamic(size))
      size = other;
    else if (!ShapedType::isDynamic(other) && other != size)
      return failure();
  }
  return TensorType(RankedTensorType::get(shape, elementType));
}

FailureOr<SmallVector<int64_t>> broadcastShapes(ArrayRef<int64_t> a,
                                                ArrayRef<int64_t> b) {
  if (a.size() < b.size())
    std::swap(a, b);
  SmallVector<int64_t> shape(a);
  for (auto [i, size] : llvm::enumerate(b)) {
    int64_t &result = shape[a.size() - b.size() + i];
    if (result == size || size == 1)
      continue;
    if (result == 1)
      result = size;
    else if (ShapedType::isDynamic(result))
      result = size; // it is `size`, or 1 and broadcast to it
    else if (!ShapedType::isDynamic(size))
      return failure();
  }
  return shape;
}

std::optional<int64_t> normalizeAxis(int64_t axis, int64_t rank) {
  if (axis < -rank || axis >= rank)
    return std::nullopt;
  return axis < 0 ? axis + rank : axis;
}

FailureOr<int64_t> inferAxis(Operation *op,
                             const std::optional<SmallVector<int64_t>> &axis,
                             int64_t rank) {
  if (!axis)
    return -1;
  if (axis->size() != 1)
    return op->emitOpError("expects one axis, but got ") << axis->size();
  std::optional<int64_t> dim = normalizeAxis(axis->front(), rank);
  if (!dim)
    return op->emitOpError("expects an axis in [-")
           << rank << ", " << rank << "), but got " << axis->front();
  return *dim;
}

std::optional<int64_t> checkedProduct(int64_t a, int64_t b) {
  int64_t product;
  if (a < 0 || b < 0 || __builtin_mul_overflow(a, b, &product))
    return std::nullopt;
  return product;
}

std::optional<int64_t> checkedNumElements(ArrayRef<int64_t> shape) {
  std::optional<int64_t> count = 1;
  for (int64_t size : shape)
    if (count)
      count = checkedProduct(*count, size);
  return count;
}

LogicalResult inferSameAsFirst(Operation *op, SmallVectorImpl<Type> &results) {
  Type elementType = getElementType(op->getResult(0));
  results.push_back(makeTensorType(shapeOf(op->getOperand(0)), elementType));
  return success();
}

LogicalResult inferBroadcast(Operation *op, SmallVectorImpl<Type> &results) {
  Type elementType = getElementType(op->getResult(0));
  SmallVector<int64_t> shape;
  for (Value operand : getDataOperands(op)) {
    std::optional<ArrayRef<int64_t>> next = shapeOf(operand);
    if (!next) {
      results.push_back(UnrankedTensorType::get(elementType));
      return success();
    }
    FailureOr<SmallVector<int64_t>> merged = broadcastShapes(shape, *next);
    if (failed(merged)) {
      InFlightDiagnostic error =
          op->emitOpError("expects inputs whose shapes broadcast, but got ");
      llvm::interleaveComma(getDataOperands(op).getTypes(), error);
      return error;
    }
    shape = *merged;
  }
  results.push_back(RankedTensorType::get(shape, elementType));
  return success();
}

} // namespace firn::tfg
