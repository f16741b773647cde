//===- TFGTensorArrayOps.cpp - arrays of tensors with a handle ------------===//
//
// Shapes that follow from the op itself. What an array holds is known only
// where all that is written to it is seen: passes/ArraysToTensors.cpp.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGTensorArrayOps.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;

static LogicalResult pushKnown(Types &results, Value output) {
  results.push_back(output.getType());
  return success();
}

LogicalResult TensorArrayV3Op::inferShapes(const ShapeInference &,
                                           Types &results) {
  (void)pushKnown(results, getHandle());
  return pushResult(results, getFlow(), ArrayRef<int64_t>());
}

LogicalResult TensorArrayWriteV3Op::inferShapes(const ShapeInference &,
                                                Types &results) {
  return pushResult(results, getFlowOut(), ArrayRef<int64_t>());
}

LogicalResult TensorArrayReadV3Op::inferShapes(const ShapeInference &,
                                               Types &results) {
  return pushKnown(results, getValue());
}

LogicalResult TensorArrayGatherV3Op::inferShapes(const ShapeInference &,
                                                 Types &results) {
  std::optional<ShapeAttr> element = getElementShape();
  std::optional<ArrayRef<int64_t>> indices = shapeOf(getIndices());
  if (!element || !element->getHasRank())
    return pushKnown(results, getValue());
  SmallVector<int64_t> shape{indices && indices->size() == 1
                                 ? indices->front()
                                 : ShapedType::kDynamic};
  llvm::append_range(shape, element->getDims());
  return pushResult(results, getValue(), shape);
}

LogicalResult TensorArrayScatterV3Op::inferShapes(const ShapeInference &,
                                                  Types &results) {
  return pushResult(results, getFlowOut(), ArrayRef<int64_t>());
}

LogicalResult TensorArraySizeV3Op::inferShapes(const ShapeInference &,
                                               Types &results) {
  return pushResult(results, getSize(), ArrayRef<int64_t>());
}

LogicalResult TensorArrayConcatV3Op::inferShapes(const ShapeInference &,
                                                 Types &results) {
  (void)pushKnown(results, getValue());
  return pushResult(results, getLengths(), {{ShapedType::kDynamic}});
}

LogicalResult TensorArraySplitV3Op::inferShapes(const ShapeInference &,
                                                Types &results) {
  return pushResult(results, getFlowOut(), ArrayRef<int64_t>());
}

#define GET_OP_CLASSES
#include "ir/TFGTensorArrayOps.cpp.inc"
