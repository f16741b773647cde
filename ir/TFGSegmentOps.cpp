//===- TFGSegmentOps.cpp - shapes of segments and partitions --------------===//

#include "ir/TFGSegmentOps.h"
#include "ir/OpShapes.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = OpShapes::Dims;
using OptionalDims = OpShapes::OptionalDims;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

//===----------------------------------------------------------------------===//
// Sorted segments: the last id says how many there are
//===----------------------------------------------------------------------===//

static LogicalResult inferSegment(OpShapes shapes, Value data, Value ids) {
  if (failed(shapes.rankAtLeast("data", data, 1)) ||
      failed(shapes.rank("segment_ids", ids, 1)) ||
      failed(shapes.same("numbers of rows and segment ids",
                         {{data, 0}, {ids, 0}})))
    return failure();
  int64_t segments = kDynamic;
  if (OptionalDims known = shapes.constants(ids))
    segments = known->empty() ? 0 : known->back() + 1;
  if (segments < 0)
    segments = kDynamic; // the runtime reports negative ids
  return shapes.output({segments}, shapes.dims(data, 1));
}

LogicalResult SegmentSumOp::inferShapes(const ShapeInference &context,
                                        Types &results) {
  return inferSegment({*this, context, results}, getData(), getSegmentIds());
}

LogicalResult SegmentMeanOp::inferShapes(const ShapeInference &context,
                                         Types &results) {
  return inferSegment({*this, context, results}, getData(), getSegmentIds());
}

LogicalResult SegmentMaxOp::inferShapes(const ShapeInference &context,
                                        Types &results) {
  return inferSegment({*this, context, results}, getData(), getSegmentIds());
}

LogicalResult SegmentMinOp::inferShapes(const ShapeInference &context,
                                        Types &results) {
  return inferSegment({*this, context, results}, getData(), getSegmentIds());
}

LogicalResult SegmentProdOp::inferShapes(const ShapeInference &context,
                                         Types &results) {
  return inferSegment({*this, context, results}, getData(), getSegmentIds());
}

//===----------------------------------------------------------------------===//
// Segments in any order
//===----------------------------------------------------------------------===//

static LogicalResult inferUnsorted(Operation *op, OpShapes shapes, Value data,
                                   Value ids, Value number) {
  FailureOr<int64_t> segments = shapes.size("num_segments", number);
  if (failed(segments))
    return failure();
  OptionalDims rows = shapes.shape(ids), all = shapes.shape(data);
  if (!rows || !all)
    return shapes.output(std::nullopt);
  if (rows->size() > all->size())
    return op->emitOpError("expects segment ids of at most the rank of data, "
                           "but got ")
           << ids.getType() << " and " << data.getType();
  auto rank = int64_t(rows->size());
  if (failed(shapes.sameShape("first dimensions", rows,
                              shapes.dims(data, 0, rank))))
    return failure();
  return shapes.output({*segments}, shapes.dims(data, rank));
}

LogicalResult UnsortedSegmentSumOp::inferShapes(const ShapeInference &context,
                                                Types &results) {
  return inferUnsorted(*this, {*this, context, results}, getData(),
                       getSegmentIds(), getNumSegments());
}

LogicalResult UnsortedSegmentMaxOp::inferShapes(const ShapeInference &context,
                                                Types &results) {
  return inferUnsorted(*this, {*this, context, results}, getData(),
                       getSegmentIds(), getNumSegments());
}

LogicalResult UnsortedSegmentMinOp::inferShapes(const ShapeInference &context,
                                                Types &results) {
  return inferUnsorted(*this, {*this, context, results}, getData(),
                       getSegmentIds(), getNumSegments());
}

LogicalResult UnsortedSegmentProdOp::inferShapes(const ShapeInference &context,
                                                 Types &results) {
  return inferUnsorted(*this, {*this, context, results}, getData(),
                       getSegmentIds(), getNumSegments());
}

//===----------------------------------------------------------------------===//
// Segments of picked rows
//===----------------------------------------------------------------------===//

static LogicalResult inferSparse(OpShapes shapes, Operation *op) {
  Value data = op->getOperand(0), indices = op->getOperand(1),
        ids = op->getOperand(2);
  int64_t segments = kDynamic;
  if (getDataOperands(op).size() == 4) {
    FailureOr<int64_t> number = shapes.size("num_segments", op->getOperand(3));
    if (failed(number))
      return failure();
    segments = *number;
  }
  if (failed(shapes.rankAtLeast("data", data, 1)) ||
      failed(shapes.rank("indices", indices, 1)) ||
      failed(shapes.rank("segment_ids", ids, 1)) ||
      failed(shapes.same("numbers of indices and segment ids",
                         {{indices, 0}, {ids, 0}})))
    return failure();
  return shapes.output({segments}, shapes.dims(data, 1));
}

LogicalResult SparseSegmentSumOp::inferShapes(const ShapeInference &context,
                                              Types &results) {
  return inferSparse({*this, context, results}, *this);
}

LogicalResult
SparseSegmentSumWithNumSegmentsOp::inferShapes(const ShapeInference &context,
                                               Types &results) {
  return inferSparse({*this, context, results}, *this);
}

LogicalResult SparseSegmentMeanOp::inferShapes(const ShapeInference &context,
                                               Types &results) {
  return inferSparse({*this, context, results}, *this);
}

LogicalResult
SparseSegmentMeanWithNumSegmentsOp::inferShapes(const ShapeInference &context,
                                                Types &results) {
  return inferSparse({*this, context, results}, *this);
}

LogicalResult SparseSegmentSqrtNOp::inferShapes(const ShapeInference &context,
                                                Types &results) {
  return inferSparse({*this, context, results}, *this);
}

LogicalResult
SparseSegmentSqrtNWithNumSegmentsOp::inferShapes(const ShapeInference &context,
                                                 Types &results) {
  return inferSparse({*this, context, results}, *this);
}

//===----------------------------------------------------------------------===//
// Partitions
//===----------------------------------------------------------------------===//

LogicalResult DynamicPartitionOp::inferShapes(const ShapeInference &context,
                                              Types &results) {
  OpShapes shapes(*this, context, results);
  OptionalDims ids = shapes.shape(getPartitions());
  OptionalDims rest;
  if (ids && shapes.shape(getData())) {
    auto rank = int64_t(ids->size());
    if (failed(shapes.rankAtLeast("data", getData(), rank)) ||
        failed(shapes.sameShape("first dimensions", ids,
                                shapes.dims(getData(), 0, rank))))
      return failure();
    rest = shapes.dims(getData(), rank);
  }
  for (unsigned i = 0; i < getNumResults(); ++i)
    (void)shapes.output({kDynamic}, rest);
  return success();
}

static LogicalResult verifyStitch(Operation *op) {
  size_t count = getDataOperands(op).size();
  if (count == 0 || count % 2 != 0)
    return op->emitOpError("expects as many tensors of indices as of data, but "
                           "got ")
           << count << " operands";
  return success();
}

LogicalResult DynamicStitchOp::verify() { return verifyStitch(*this); }
LogicalResult ParallelDynamicStitchOp::verify() { return verifyStitch(*this); }

/// The number of rows is known if all indices are.
static LogicalResult inferStitch(Operation *op, OpShapes shapes) {
  size_t count = getDataOperands(op).size() / 2;
  int64_t rows = 0;
  OptionalDims row;
  for (size_t i = 0; i < count; ++i) {
    Value indices = op->getOperand(i), data = op->getOperand(count + i);
    OptionalDims known = shapes.constants(indices);
    if (!known)
      rows = kDynamic;
    else if (!ShapedType::isDynamic(rows))
      for (int64_t index : *known)
        rows = std::max(rows, index + 1);
    OptionalDims outer = shapes.shape(indices);
    if (!outer || !shapes.shape(data))
      continue;
    auto rank = int64_t(outer->size());
    if (failed(shapes.rankAtLeast("data", data, rank)) ||
        failed(shapes.sameShape("first dimensions", outer,
                                shapes.dims(data, 0, rank))))
      return failure();
    FailureOr<OptionalDims> both =
        shapes.sameShape("rows", row, shapes.dims(data, rank));
    if (failed(both))
      return failure();
    row = *both;
  }
  return shapes.output({rows}, row);
}

LogicalResult DynamicStitchOp::inferShapes(const ShapeInference &context,
                                           Types &results) {
  return inferStitch(*this, {*this, context, results});
}

LogicalResult
ParallelDynamicStitchOp::inferShapes(const ShapeInference &context,
                                     Types &results) {
  return inferStitch(*this, {*this, context, results});
}

#define GET_OP_CLASSES
#include "ir/TFGSegmentOps.cpp.inc"
