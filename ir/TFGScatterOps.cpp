//===- TFGScatterOps.cpp - slices put by index ----------------------------===//

#include "ir/TFGScatterOps.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = SmallVector<int64_t>;
using OptionalDims = std::optional<Dims>;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

/// `updates` has the dimensions of `indices` but the last, then those of the
/// target behind the indexed ones.
static LogicalResult checkUpdates(Operation *op, Value indices, Value updates,
                                  std::optional<ArrayRef<int64_t>> target) {
  std::optional<ArrayRef<int64_t>> index = shapeOf(indices);
  std::optional<ArrayRef<int64_t>> given = shapeOf(updates);
  if (index && index->empty())
    return op->emitOpError("expects indices of rank 1 or more");
  if (!index || !given || !target || ShapedType::isDynamic(index->back()))
    return success();
  if (index->back() > int64_t(target->size()))
    return op->emitOpError("expects at most ")
           << target->size() << " indices of an element, but got "
           << index->back();
  Dims expected(index->drop_back());
  llvm::append_range(expected, target->drop_front(index->back()));
  Type type = cast<TensorType>(updates.getType()).getElementType();
  if (failed(mergeTypes(makeTensorType(expected, type),
                        makeTensorType(given, type))))
    return op->emitOpError("expects updates of shape ")
           << ShapeAttr::getRanked(op->getContext(), expected) << ", but got "
           << updates.getType();
  return success();
}

LogicalResult ScatterNdOp::inferShapes(const ShapeInference &context,
                                       Types &results) {
  OptionalDims dims = context.constantInts(getShape());
  if (!dims) {
    std::optional<ArrayRef<int64_t>> entries = shapeOf(getShape());
    if (!entries || entries->size() != 1 ||
        ShapedType::isDynamic(entries->front()) || entries->front() > kMaxRank)
      return pushResult(results, getOutput(), std::nullopt);
    return pushResult(results, getOutput(), Dims(entries->front(), kDynamic));
  }
  if (dims->size() > size_t(kMaxRank) || !checkedNumElements(*dims))
    return emitOpError("expects a shape, but got [") << *dims << "]";
  if (failed(checkUpdates(*this, getIndices(), getUpdates(),
                          ArrayRef<int64_t>(*dims))))
    return failure();
  return pushResult(results, getOutput(), *dims);
}

#define FIRN_TENSOR_SCATTER(Op)                                                \
  LogicalResult Op::inferShapes(const ShapeInference &, Types &results) {      \
    if (failed(checkUpdates(*this, getIndices(), getUpdates(),                 \
                            shapeOf(getTensor()))))                            \
      return failure();                                                        \
    return pushResult(results, getOutput(), shapeOf(getTensor()));             \
  }

FIRN_TENSOR_SCATTER(TensorScatterUpdateOp)
FIRN_TENSOR_SCATTER(TensorScatterAddOp)
FIRN_TENSOR_SCATTER(TensorScatterSubOp)
FIRN_TENSOR_SCATTER(TensorScatterMaxOp)
FIRN_TENSOR_SCATTER(TensorScatterMinOp)

LogicalResult UpdateRowsOp::verify() {
  for (StringRef how : {"update", "add", "sub", "mul", "div", "min", "max"})
    if (getHow() == how)
      return success();
  return emitOpError("does not know how to '") << getHow() << "'";
}

LogicalResult UpdateRowsOp::inferShapes(const ShapeInference &,
                                        Types &results) {
  std::optional<ArrayRef<int64_t>> target = shapeOf(getTensor());
  std::optional<ArrayRef<int64_t>> index = shapeOf(getIndices());
  std::optional<ArrayRef<int64_t>> given = shapeOf(getUpdates());
  if (target && target->empty())
    return emitOpError("expects a tensor of rank 1 or more");
  if (target && index && given && !given->empty()) {
    Dims expected(*index);
    llvm::append_range(expected, target->drop_front());
    Type type = getElementType(getUpdates());
    if (failed(mergeTypes(makeTensorType(expected, type),
                          makeTensorType(given, type))))
      return emitOpError("expects updates of shape ")
             << ShapeAttr::getRanked(getContext(), expected) << ", but got "
             << getUpdates().getType();
  }
  return pushResult(results, getOutput(), target);
}

#define GET_OP_CLASSES
#include "ir/TFGScatterOps.cpp.inc"
