//===- TFGSortOps.cpp - shapes of sorting, sets of values, counts ---------===//

#include "ir/TFGSortOps.h"
#include "ir/OpShapes.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = OpShapes::Dims;
using OptionalDims = OpShapes::OptionalDims;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

//===----------------------------------------------------------------------===//
// The largest, the n-th
//===----------------------------------------------------------------------===//

LogicalResult TopKOp::inferShapes(const ShapeInference &context,
                                  Types &results) {
  OpShapes shapes(*this, context, results);
  auto k = int64_t(getK());
  int64_t width = shapes.dim(getInput(), -1);
  if (failed(shapes.rankAtLeast("input", getInput(), 1)))
    return failure();
  if (k < 0 || (!ShapedType::isDynamic(width) && k > width))
    return emitOpError("expects k from 0 to the size of the last dimension, "
                       "but got ")
           << k << " of " << getInput().getType();
  OptionalDims outer = shapes.dims(getInput(), 0, -1);
  (void)shapes.output(outer, {k});
  return shapes.output(outer, {k});
}

LogicalResult NthElementOp::inferShapes(const ShapeInference &context,
                                        Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(shapes.rankAtLeast("input", getInput(), 1)) ||
      failed(shapes.size("n", getN())))
    return failure();
  return shapes.output(shapes.dims(getInput(), 0, -1));
}

static LogicalResult inferInTopK(OpShapes shapes, Value predictions,
                                 Value targets) {
  FailureOr<int64_t> rows =
      shapes.same("numbers of rows", {{predictions, 0}, {targets, 0}});
  if (failed(rows) || failed(shapes.rank("predictions", predictions, 2)) ||
      failed(shapes.rank("targets", targets, 1)))
    return failure();
  return shapes.output(Dims{*rows});
}

LogicalResult InTopKOp::inferShapes(const ShapeInference &context,
                                    Types &results) {
  return inferInTopK({*this, context, results}, getPredictions(), getTargets());
}

LogicalResult InTopKV2Op::inferShapes(const ShapeInference &context,
                                      Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(shapes.oneElement("k", getK())))
    return failure();
  return inferInTopK(shapes, getPredictions(), getTargets());
}

//===----------------------------------------------------------------------===//
// Sets of values: how many there are is known when they are seen
//===----------------------------------------------------------------------===//

LogicalResult WhereOp::inferShapes(const ShapeInference &context,
                                   Types &results) {
  OpShapes shapes(*this, context, results);
  OptionalDims input = shapes.shape(getInput());
  return shapes.output(
      Dims{kDynamic, input ? int64_t(input->size()) : kDynamic});
}

static LogicalResult inferUnique(OpShapes shapes, Value x, bool counts) {
  if (failed(shapes.rank("x", x, 1)))
    return failure();
  (void)shapes.output(Dims{kDynamic});
  (void)shapes.output(Dims{shapes.dim(x, 0)});
  return counts ? shapes.output(Dims{kDynamic}) : success();
}

LogicalResult UniqueOp::inferShapes(const ShapeInference &context,
                                    Types &results) {
  return inferUnique({*this, context, results}, getX(), false);
}

LogicalResult UniqueWithCountsOp::inferShapes(const ShapeInference &context,
                                              Types &results) {
  return inferUnique({*this, context, results}, getX(), true);
}

static LogicalResult inferUniqueAxis(Operation *op, OpShapes shapes, Value x,
                                     Value axis, bool counts) {
  OptionalDims input = shapes.shape(x);
  OptionalDims axes = shapes.constants(axis);
  if (shapes.dim(axis, 0) == 0)
    return inferUnique(shapes, x, counts);
  if (failed(shapes.oneElement("axis", axis)))
    return failure();
  OptionalDims different;
  int64_t slices = kDynamic;
  if (input)
    different = Dims(input->size(), kDynamic);
  if (input && axes) {
    std::optional<int64_t> at = normalizeAxis(axes->front(), input->size());
    if (!at)
      return op->emitOpError("expects an axis in [-")
             << input->size() << ", " << input->size() << "), but got "
             << axes->front();
    slices = (*input)[*at];
    different = input;
    (*different)[*at] = kDynamic;
  }
  (void)shapes.output(different);
  (void)shapes.output(Dims{slices});
  return counts ? shapes.output(Dims{kDynamic}) : success();
}

LogicalResult UniqueV2Op::inferShapes(const ShapeInference &context,
                                      Types &results) {
  return inferUniqueAxis(*this, {*this, context, results}, getX(), getAxis(),
                         false);
}

LogicalResult UniqueWithCountsV2Op::inferShapes(const ShapeInference &context,
                                                Types &results) {
  return inferUniqueAxis(*this, {*this, context, results}, getX(), getAxis(),
                         true);
}

LogicalResult ListDiffOp::inferShapes(const ShapeInference &context,
                                      Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(shapes.rank("x", getX(), 1)) ||
      failed(shapes.rank("y", getY(), 1)))
    return failure();
  (void)shapes.output(Dims{kDynamic});
  return shapes.output(Dims{kDynamic});
}

//===----------------------------------------------------------------------===//
// Positions in sorted rows
//===----------------------------------------------------------------------===//

LogicalResult BucketizeOp::verify() {
  double last = -std::numeric_limits<double>::infinity();
  for (APFloat boundary : getBoundaries().getAsValueRange<FloatAttr>()) {
    double value = boundary.convertToDouble();
    if (!(value >= last))
      return emitOpError("expects sorted boundaries, but got ")
             << getBoundaries();
    last = value;
  }
  return success();
}

LogicalResult BucketizeOp::inferShapes(const ShapeInference &, Types &results) {
  return inferSameAsFirst(*this, results);
}

static LogicalResult inferBound(OpShapes shapes, Value sorted, Value values) {
  if (failed(shapes.rank("sorted_inputs", sorted, 2)) ||
      failed(shapes.rank("values", values, 2)))
    return failure();
  FailureOr<int64_t> rows =
      shapes.same("numbers of rows", {{sorted, 0}, {values, 0}});
  if (failed(rows))
    return failure();
  return shapes.output(Dims{*rows, shapes.dim(values, 1)});
}

LogicalResult LowerBoundOp::inferShapes(const ShapeInference &context,
                                        Types &results) {
  return inferBound({*this, context, results}, getSortedInputs(), getValues());
}

LogicalResult UpperBoundOp::inferShapes(const ShapeInference &context,
                                        Types &results) {
  return inferBound({*this, context, results}, getSortedInputs(), getValues());
}

//===----------------------------------------------------------------------===//
// Counts
//===----------------------------------------------------------------------===//

LogicalResult BincountOp::inferShapes(const ShapeInference &context,
                                      Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<int64_t> size = shapes.size("size", getSize());
  if (failed(size))
    return failure();
  return shapes.output(Dims{*size});
}

LogicalResult DenseBincountOp::inferShapes(const ShapeInference &context,
                                           Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<int64_t> size = shapes.size("size", getSize());
  OptionalDims input = shapes.shape(getInput());
  if (failed(size))
    return failure();
  if (input && (input->empty() || input->size() > 2))
    return emitOpError("expects an input of rank 1 or 2, but got ")
           << getInput().getType();
  return shapes.output(shapes.dims(getInput(), 0, -1), {*size});
}

LogicalResult HistogramFixedWidthOp::inferShapes(const ShapeInference &context,
                                                 Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<int64_t> bins = shapes.size("nbins", getNbins());
  if (failed(bins) || failed(shapes.rank("value_range", getValueRange(), 1)))
    return failure();
  if (*bins == 0)
    return emitOpError("expects one bin or more, but got none");
  return shapes.output(Dims{*bins});
}

LogicalResult CumulativeLogsumexpOp::inferShapes(const ShapeInference &context,
                                                 Types &results) {
  OpShapes shapes(*this, context, results);
  OptionalDims input = shapes.shape(getX());
  std::optional<int64_t> axis = shapes.constant(getAxis());
  if (failed(shapes.oneElement("axis", getAxis())))
    return failure();
  if (input && axis && !normalizeAxis(*axis, input->size()))
    return emitOpError("expects an axis in [-")
           << input->size() << ", " << input->size() << "), but got " << *axis;
  return shapes.output(input);
}

#define GET_OP_CLASSES
#include "ir/TFGSortOps.cpp.inc"
