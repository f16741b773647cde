//===- TFGDetectionOps.cpp - shapes of box ops ----------------------------===//

#include "ir/TFGDetectionOps.h"
#include "ir/OpShapes.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = OpShapes::Dims;
using OptionalDims = OpShapes::OptionalDims;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

/// Boxes and scores that fit; the number of outputs that stay is `count`.
static LogicalResult inferSuppression(OpShapes &shapes, Operation *op,
                                      bool pad = false) {
  Value boxes = op->getOperand(0), scores = op->getOperand(1);
  FailureOr<int64_t> limit = shapes.size("max_output_size", op->getOperand(2));
  if (failed(limit) || failed(shapes.rank("boxes", boxes, 2)) ||
      failed(shapes.rank("scores", scores, 1)) ||
      failed(shapes.same("numbers of boxes and scores",
                         {{boxes, 0}, {scores, 0}})))
    return failure();
  return shapes.output(Dims{pad ? *limit : kDynamic});
}

LogicalResult NonMaxSuppressionOp::inferShapes(const ShapeInference &context,
                                               Types &results) {
  OpShapes shapes(*this, context, results);
  return inferSuppression(shapes, *this);
}

LogicalResult NonMaxSuppressionV2Op::inferShapes(const ShapeInference &context,
                                                 Types &results) {
  OpShapes shapes(*this, context, results);
  return inferSuppression(shapes, *this);
}

LogicalResult NonMaxSuppressionV3Op::inferShapes(const ShapeInference &context,
                                                 Types &results) {
  OpShapes shapes(*this, context, results);
  return inferSuppression(shapes, *this);
}

LogicalResult NonMaxSuppressionV4Op::inferShapes(const ShapeInference &context,
                                                 Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(inferSuppression(shapes, *this, getPadToMaxOutputSize())))
    return failure();
  return shapes.output(Dims{});
}

LogicalResult NonMaxSuppressionV5Op::inferShapes(const ShapeInference &context,
                                                 Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(inferSuppression(shapes, *this, getPadToMaxOutputSize())))
    return failure();
  (void)shapes.output(Dims(cast<ShapedType>(results.front()).getShape()));
  return shapes.output(Dims{});
}

LogicalResult
NonMaxSuppressionWithOverlapsOp::inferShapes(const ShapeInference &context,
                                             Types &results) {
  OpShapes shapes(*this, context, results);
  return inferSuppression(shapes, *this);
}

LogicalResult
CombinedNonMaxSuppressionOp::inferShapes(const ShapeInference &context,
                                         Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<int64_t> batch =
      shapes.same("batches", {{getBoxes(), 0}, {getScores(), 0}});
  FailureOr<int64_t> perClass =
      shapes.size("max_output_size_per_class", getMaxOutputSizePerClass());
  FailureOr<int64_t> total = shapes.size("max_total_size", getMaxTotalSize());
  if (failed(batch) || failed(perClass) || failed(total) ||
      failed(shapes.rank("boxes", getBoxes(), 4)) ||
      failed(shapes.rank("scores", getScores(), 3)))
    return failure();
  int64_t size = *total;
  if (getPadPerClass()) {
    int64_t classes = shapes.dim(getScores(), 2);
    std::optional<int64_t> most = checkedProduct(*perClass, classes);
    if (ShapedType::isDynamic(*perClass) || ShapedType::isDynamic(classes) ||
        ShapedType::isDynamic(size))
      size = kDynamic;
    else if (most)
      size = std::min(size, *most);
  }
  (void)shapes.output(Dims{*batch, size, 4});
  (void)shapes.output(Dims{*batch, size});
  (void)shapes.output(Dims{*batch, size});
  return shapes.output(Dims{*batch});
}

#define GET_OP_CLASSES
#include "ir/TFGDetectionOps.cpp.inc"
