//===- TFGNormOps.cpp - batch and response normalisation ------------------===//

#include "ir/TFGNormOps.h"

using namespace mlir;
using namespace firn::tfg;

//===----------------------------------------------------------------------===//
// FusedBatchNorm, V2, V3
//===----------------------------------------------------------------------===//

FailureOr<ImageLayout> firn::tfg::getBatchNormLayout(Operation *op) {
  auto format = op->getAttrOfType<StringAttr>("data_format");
  if (!format)
    return ImageLayout{};
  std::optional<ImageLayout> layout = parseDataFormat(format.getValue());
  bool takes3D = isa<FusedBatchNormV3Op>(op);
  if (!layout || (layout->numSpatial == 3 && !takes3D))
    return op->emitOpError("expects data_format NHWC")
           << (takes3D ? ", NCHW, NDHWC or NCDHW" : " or NCHW") << ", but got "
           << format;
  return *layout;
}

static LogicalResult verifyBatchNorm(Operation *op) {
  FailureOr<ImageLayout> layout = getBatchNormLayout(op);
  if (failed(layout))
    return failure();
  if (auto shape = shapeOf(op->getOperand(0));
      shape && shape->size() != layout->rank())
    return op->emitOpError("expects an image of rank ")
           << layout->rank() << ", but got " << op->getOperand(0).getType();
  for (Value operand : op->getOperands().slice(1, 4))
    if (auto shape = shapeOf(operand); shape && shape->size() != 1)
      return op->emitOpError("expects one-dimensional scale, offset, mean and "
                             "variance, but got ")
             << operand.getType();
  return success();
}

/// The number of channels, as the image or scale and offset say; statistics
/// of an earlier step may be empty, and only count where they are read.
static FailureOr<int64_t> getChannels(Operation *op, unsigned channelDim,
                                      bool readsStatistics) {
  int64_t channels = ShapedType::kDynamic;
  auto merge = [&](int64_t size) {
    if (ShapedType::isDynamic(channels))
      channels = size;
    return ShapedType::isDynamic(size) || size == channels;
  };
  if (auto shape = shapeOf(op->getOperand(0)))
    merge((*shape)[channelDim]);
  for (Value operand : op->getOperands().slice(1, readsStatistics ? 4 : 2))
    if (auto shape = shapeOf(operand); shape && !merge(shape->front()))
      return op->emitOpError("expects scale, offset, mean and variance of ")
             << channels << " channels, but got " << operand.getType();
  return channels;
}

static LogicalResult inferBatchNorm(Operation *op, bool readsStatistics,
                                    SmallVectorImpl<Type> &results) {
  FailureOr<ImageLayout> layout = getBatchNormLayout(op);
  if (failed(layout))
    return failure();
  FailureOr<int64_t> channels =
      getChannels(op, layout->channelDim(), readsStatistics);
  if (failed(channels))
    return failure();
  SmallVector<int64_t> shape(layout->rank(), ShapedType::kDynamic);
  if (auto known = shapeOf(op->getOperand(0)))
    shape.assign(known->begin(), known->end());
  shape[layout->channelDim()] = *channels;
  for (OpResult result : op->getResults()) {
    Type elementType = getElementType(result);
    if (result.getResultNumber() == 0)
      results.push_back(RankedTensorType::get(shape, elementType));
    else if (result.getResultNumber() < 5)
      results.push_back(RankedTensorType::get({*channels}, elementType));
    else
      results.push_back(RankedTensorType::get({}, elementType));
  }
  return success();
}

LogicalResult FusedBatchNormOp::verify() { return verifyBatchNorm(*this); }
LogicalResult FusedBatchNormOp::inferShapes(const ShapeInference &,
                                            SmallVectorImpl<Type> &results) {
  return inferBatchNorm(*this, !getIsTraining(), results);
}

LogicalResult FusedBatchNormV2Op::verify() { return verifyBatchNorm(*this); }
LogicalResult FusedBatchNormV2Op::inferShapes(const ShapeInference &,
                                              SmallVectorImpl<Type> &results) {
  return inferBatchNorm(*this, !getIsTraining(), results);
}

LogicalResult FusedBatchNormV3Op::verify() { return verifyBatchNorm(*this); }
LogicalResult FusedBatchNormV3Op::inferShapes(const ShapeInference &,
                                              SmallVectorImpl<Type> &results) {
  return inferBatchNorm(*this, !getIsTraining(), results);
}

//===----------------------------------------------------------------------===//
// LRN
//===----------------------------------------------------------------------===//

LogicalResult LRNOp::verify() {
  int64_t radius = getDepthRadius();
  if (radius < 0 || radius > INT32_MAX)
    return emitOpError("expects a depth_radius from 0 to ")
           << INT32_MAX << ", but got " << radius;
  if (auto shape = shapeOf(getInput()); shape && shape->size() != 4)
    return emitOpError("expects an image of rank 4, but got ")
           << getInput().getType();
  return success();
}

LogicalResult LRNOp::inferShapes(const ShapeInference &,
                                 SmallVectorImpl<Type> &results) {
  return inferSameAsFirst(*this, results);
}

#define GET_OP_CLASSES
#include "ir/TFGNormOps.cpp.inc"
