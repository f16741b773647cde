//===- TFGStringOps.cpp - strings -----------------------------------------===//
//
// Most shapes are stated in the definitions; here are those that depend on the
// rank of an operand.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGStringOps.h"

#include "ir/Reduction.h"

using namespace mlir;
using namespace firn::tfg;

LogicalResult DecodeRawOp::inferShapes(const ShapeInference &,
                                       SmallVectorImpl<Type> &results) {
  appendExtended(*this, 0, getBytes(), {-1}, results);
  return success();
}

LogicalResult DecodePaddedRawOp::inferShapes(const ShapeInference &,
                                             SmallVectorImpl<Type> &results) {
  appendExtended(*this, 0, getBytes(), {-1}, results);
  return success();
}

LogicalResult ReduceJoinOp::inferShapes(const ShapeInference &context,
                                        SmallVectorImpl<Type> &results) {
  return inferReduction(*this, getKeepDims(), context, results);
}

LogicalResult
UnsortedSegmentJoinOp::inferShapes(const ShapeInference &context,
                                   SmallVectorImpl<Type> &results) {
  Type elementType = getElementType(getOutput());
  std::optional<ArrayRef<int64_t>> inputs = shapeOf(getInputs());
  std::optional<ArrayRef<int64_t>> ids = shapeOf(getSegmentIds());
  if (!inputs || !ids) {
    results.push_back(UnrankedTensorType::get(elementType));
    return success();
  }
  if (ids->size() > inputs->size())
    return emitOpError("expects segment_ids whose shape begins that of the "
                       "inputs, but got ")
           << getSegmentIds().getType() << " and " << getInputs().getType();
  int64_t count = ShapedType::kDynamic;
  if (auto known = context.constantInts(getNumSegments())) {
    if (known->size() != 1 || known->front() < 0)
      return emitOpError("expects one num_segments of at least 0");
    count = known->front();
  }
  SmallVector<int64_t> shape{count};
  llvm::append_range(shape, inputs->drop_front(ids->size()));
  results.push_back(RankedTensorType::get(shape, elementType));
  return success();
}

#define GET_OP_CLASSES
#include "ir/TFGStringOps.cpp.inc"
