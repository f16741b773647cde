//===- TFGReduceOps.cpp - reductions, arg reductions, softmax
//--------------===//

#include "ir/TFGReduceOps.h"

using namespace mlir;
using namespace firn::tfg;

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

namespace firn::tfg {

FailureOr<SmallVector<bool>>
getReducedDims(Operation *op, ArrayRef<int64_t> axes, int64_t rank) {
  SmallVector<bool> reduced(rank, false);
  for (int64_t axis : axes) {
    std::optional<int64_t> dim = normalizeAxis(axis, rank);
    if (!dim)
      return op->emitOpError("expects axes in [")
             << -rank << ", " << rank << "), but got " << axis;
    reduced[*dim] = true;
  }
  return reduced;
}

LogicalResult inferReduction(Operation *op, bool keepDims,
                             const ShapeInference &context,
                             SmallVectorImpl<Type> &results) {
  Type elementType = getElementType(op->getResult(0));
  std::optional<ArrayRef<int64_t>> shape = shapeOf(op->getOperand(0));
  auto axes = context.constantInts(op->getOperand(1));
  if (!shape || (!axes && !keepDims)) {
    results.push_back(UnrankedTensorType::get(elementType));
    return success();
  }
  if (!axes) {
    SmallVector<int64_t> unknown(shape->size(), ShapedType::kDynamic);
    results.push_back(RankedTensorType::get(unknown, elementType));
    return success();
  }
  FailureOr<SmallVector<bool>> reduced =
      getReducedDims(op, *axes, shape->size());
  if (failed(reduced))
    return failure();
  SmallVector<int64_t> kept;
  for (auto [size, isReduced] : llvm::zip(*shape, *reduced))
    if (!isReduced)
      kept.push_back(size);
    else if (keepDims)
      kept.push_back(1);
  results.push_back(RankedTensorType::get(kept, elementType));
  return success();
}

} // namespace firn::tfg

static LogicalResult inferArgReduction(Operation *op,
                                       const ShapeInference &context,
                                       SmallVectorImpl<Type> &results) {
  std::optional<ArrayRef<int64_t>> shape = shapeOf(op->getOperand(0));
  auto axes = context.constantInts(op->getOperand(1));
  if (shape && axes) {
    auto reduced = getReducedDims(op, *axes, shape->size());
    if (failed(reduced))
      return failure();
    for (auto [size, isReduced] : llvm::zip(*shape, *reduced))
      if (isReduced && size == 0)
        return op->emitOpError("expects elements along its dimension, but got ")
               << op->getOperand(0).getType();
  }
  return inferReduction(op, /*keepDims=*/false, context, results);
}

LogicalResult ArgMaxOp::inferShapes(const ShapeInference &context,
                                    SmallVectorImpl<Type> &results) {
  return inferArgReduction(*this, context, results);
}
LogicalResult ArgMinOp::inferShapes(const ShapeInference &context,
                                    SmallVectorImpl<Type> &results) {
  return inferArgReduction(*this, context, results);
}

LogicalResult L2LossOp::inferShapes(const ShapeInference &,
                                    SmallVectorImpl<Type> &results) {
  results.push_back(RankedTensorType::get({}, getElementType(getOutput())));
  return success();
}

//===----------------------------------------------------------------------===//
// Folds
//===----------------------------------------------------------------------===//

/// Folds the reduction of an integer vector to one element, the form that
/// shape arithmetic has.
template <typename OpT, typename AdaptorT>
static OpFoldResult
foldVector(OpT op, AdaptorT adaptor, std::optional<int64_t> init,
           llvm::function_ref<int64_t(int64_t, int64_t)> combine) {
  auto values = getIntegers(dyn_cast_or_null<ElementsAttr>(adaptor.getInput()));
  auto axes = getIntegers(
      dyn_cast_or_null<ElementsAttr>(adaptor.getReductionIndices()));
  if (!values || !axes || axes->size() != 1 || !op.getCtls().empty())
    return {};
  auto type =
      cast<ShapedType>(cast<ElementsAttr>(adaptor.getInput()).getType());
  if (type.getRank() != 1 || (axes->front() != 0 && axes->front() != -1) ||
      (values->empty() && !init))
    return {};
  // 64 unsigned bits compare in another order.
  if (type.getElementType().isUnsignedInteger(64))
    return {};
  uint64_t result = init ? *init : values->front();
  for (int64_t value : *values)
    result = combine(result, value);
  if (op.getKeepDims())
    return Attribute(makeIntVector(type.getElementType(), int64_t(result)));
  return Attribute(makeIntScalar(type.getElementType(), int64_t(result)));
}

// Unsigned arithmetic wraps without being undefined.
OpFoldResult SumOp::fold(FoldAdaptor adaptor) {
  return foldVector(*this, adaptor, 0,
                    [](uint64_t a, uint64_t b) { return int64_t(a + b); });
}
OpFoldResult ProdOp::fold(FoldAdaptor adaptor) {
  return foldVector(*this, adaptor, 1,
                    [](uint64_t a, uint64_t b) { return int64_t(a * b); });
}
OpFoldResult MaxOp::fold(FoldAdaptor adaptor) {
  return foldVector(*this, adaptor, std::nullopt,
                    [](int64_t a, int64_t b) { return std::max(a, b); });
}
OpFoldResult MinOp::fold(FoldAdaptor adaptor) {
  return foldVector(*this, adaptor, std::nullopt,
                    [](int64_t a, int64_t b) { return std::min(a, b); });
}
OpFoldResult AllOp::fold(FoldAdaptor adaptor) {
  return foldVector(*this, adaptor, 1,
                    [](int64_t a, int64_t b) { return a & b; });
}
OpFoldResult AnyOp::fold(FoldAdaptor adaptor) {
  return foldVector(*this, adaptor, 0,
                    [](int64_t a, int64_t b) { return a | b; });
}

#define GET_OP_CLASSES
#include "ir/TFGReduceOps.cpp.inc"
