//===- TFGBufferOps.cpp - rarer ops about arrays and their shapes ---------===//

#include "ir/TFGBufferOps.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = SmallVector<int64_t>;
using OptionalDims = std::optional<Dims>;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

/// The shape that an operand says: its value, or as many unknown sizes as it
/// has entries.
static LogicalResult pushShape(Operation *op, Value shape,
                               const ShapeInference &context, Value output,
                               Types &results) {
  if (OptionalDims dims = context.constantInts(shape)) {
    if (dims->size() > size_t(kMaxRank) || !checkedNumElements(*dims))
      return op->emitOpError("expects a shape, but got [") << *dims << "]";
    return pushResult(results, output, *dims);
  }
  std::optional<ArrayRef<int64_t>> entries = shapeOf(shape);
  if (!entries || entries->size() != 1 ||
      ShapedType::isDynamic(entries->front()) || entries->front() > kMaxRank)
    return pushResult(results, output, std::nullopt);
  return pushResult(results, output, Dims(entries->front(), kDynamic));
}

LogicalResult EmptyOp::inferShapes(const ShapeInference &context,
                                   Types &results) {
  return pushShape(*this, getShape(), context, getOutput(), results);
}

LogicalResult DeepCopyOp::inferShapes(const ShapeInference &, Types &results) {
  return pushResult(results, getY(), shapeOf(getX()));
}

LogicalResult ParallelConcatOp::inferShapes(const ShapeInference &,
                                            Types &results) {
  Type elementType = cast<TensorType>(getOutput().getType()).getElementType();
  results.push_back(getShape().getTensorType(elementType));
  return success();
}

LogicalResult ReverseSequenceOp::inferShapes(const ShapeInference &,
                                             Types &results) {
  return pushResult(results, getOutput(), shapeOf(getInput()));
}

LogicalResult BroadcastGradientArgsOp::inferShapes(const ShapeInference &,
                                                   Types &results) {
  (void)pushResult(results, getR0(), Dims{kDynamic});
  return pushResult(results, getR1(), Dims{kDynamic});
}

LogicalResult StridedSliceGradOp::inferShapes(const ShapeInference &context,
                                              Types &results) {
  return pushShape(*this, getShape(), context, getOutput(), results);
}

#define GET_OP_CLASSES
#include "ir/TFGBufferOps.cpp.inc"
