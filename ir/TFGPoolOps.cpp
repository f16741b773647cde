//===- TFGPoolOps.cpp - poolings ------------------------------------------===//

#include "ir/TFGPoolOps.h"

using namespace mlir;
using namespace firn::tfg;

static unsigned numSpatialDims(Operation *op) {
  return isa<MaxPool3DOp, AvgPool3DOp>(op) ? 3 : 2;
}

/// Attributes of the window, its sizes for all dimensions, and its step over
/// the channels.
struct PoolWindow {
  WindowAttrs attrs;
  SmallVector<int64_t> sizes;
  int64_t channelStride;
};

SmallVector<int64_t> PoolGeometry::outputShape() const {
  SmallVector<int64_t> spatial;
  for (const WindowDim &dim : dims)
    spatial.push_back(dim.output);
  int64_t outputChannels = ShapedType::isDynamic(channels)
                               ? ShapedType::kDynamic
                               : channels / channelWindow;
  return attrs.layout.makeShape(batch, spatial, outputChannels);
}

/// Reads and checks the window whose sizes and strides are these.
static FailureOr<PoolWindow> getWindow(Operation *op, ArrayRef<int64_t> sizes,
                                       ArrayRef<int64_t> strides) {
  FailureOr<WindowAttrs> attrs =
      getWindowAttrs(op, numSpatialDims(op), /*overChannels=*/true);
  if (failed(attrs) ||
      failed(checkWindowSizes(op, "ksize", sizes, attrs->layout, true)) ||
      failed(checkWindowSizes(op, "strides", strides, attrs->layout, true)))
    return failure();
  const ImageLayout &layout = attrs->layout;
  for (unsigned i = 0; i < layout.numSpatial; ++i)
    attrs->strides[i] = strides[layout.spatialDim(i)];
  int64_t channelWindow = sizes[layout.channelDim()];
  int64_t channelStride = strides[layout.channelDim()];
  if (channelWindow != channelStride)
    return op->emitOpError("expects a window over channels that steps by its "
                           "own size, but ksize is ")
           << channelWindow << " and the stride " << channelStride;
  return PoolWindow{*attrs, SmallVector<int64_t>(sizes), channelStride};
}

/// Sizes and strides as attributes or operands have them; nullopt if they are
/// not known yet.
static std::optional<std::pair<SmallVector<int64_t>, SmallVector<int64_t>>>
getSizesAndStrides(Operation *op, const ShapeInference &context) {
  auto pool = dyn_cast<MaxPoolV2Op>(op);
  if (!pool)
    return std::pair(getInts(op->getAttrOfType<ArrayAttr>("ksize")),
                     getInts(op->getAttrOfType<ArrayAttr>("strides")));
  auto sizes = context.constantInts(pool.getKsize());
  auto strides = context.constantInts(pool.getStrides());
  if (!sizes || !strides)
    return std::nullopt;
  return std::pair(*sizes, *strides);
}

FailureOr<PoolGeometry>
firn::tfg::getPoolGeometry(Operation *op, const ShapeInference &context,
                           ArrayRef<int64_t> image) {
  auto known = getSizesAndStrides(op, context);
  if (!known)
    return failure();
  FailureOr<PoolWindow> window = getWindow(op, known->first, known->second);
  if (failed(window))
    return failure();
  const ImageLayout &layout = window->attrs.layout;
  if (image.size() != layout.rank())
    return op->emitOpError("expects an image of rank ")
           << layout.rank() << ", but got rank " << image.size();
  SmallVector<int64_t> sizes;
  for (unsigned i = 0; i < layout.numSpatial; ++i)
    sizes.push_back(window->sizes[layout.spatialDim(i)]);
  FailureOr<WindowDims> dims = getWindowDims(op, window->attrs, image, sizes);
  if (failed(dims))
    return failure();
  int64_t channels = image[layout.channelDim()];
  if (!ShapedType::isDynamic(channels) && channels % window->channelStride != 0)
    return op->emitOpError("expects channels that are a multiple of ")
           << window->channelStride << ", but got " << channels;
  return PoolGeometry{window->attrs, *dims, image[0], channels,
                      window->channelStride};
}

static LogicalResult verifyPool(Operation *op) {
  unsigned rank = numSpatialDims(op) + 2;
  if (auto shape = shapeOf(op->getOperand(0)); shape && shape->size() != rank)
    return op->emitOpError("expects an image of rank ")
           << rank << ", but got " << op->getOperand(0).getType();
  if (isa<MaxPoolV2Op>(op))
    return getWindowAttrs(op, numSpatialDims(op), true);
  auto known = getSizesAndStrides(op, ShapeInference());
  return getWindow(op, known->first, known->second);
}

static LogicalResult inferPool(Operation *op, const ShapeInference &context,
                               SmallVectorImpl<Type> &results) {
  SmallVector<int64_t> unknown(numSpatialDims(op) + 2, ShapedType::kDynamic);
  ArrayRef<int64_t> image = shapeOf(op->getOperand(0)).value_or(unknown);
  Type elementType = getElementType(op->getResult(0));
  if (!getSizesAndStrides(op, context)) {
    SmallVector<int64_t> shape(unknown);
    shape[0] = image[0];
    results.push_back(RankedTensorType::get(shape, elementType));
    return success();
  }
  FailureOr<PoolGeometry> geometry = getPoolGeometry(op, context, image);
  if (failed(geometry))
    return failure();
  results.push_back(
      RankedTensorType::get(geometry->outputShape(), elementType));
  return success();
}

LogicalResult MaxPoolOp::verify() { return verifyPool(*this); }
LogicalResult MaxPoolOp::inferShapes(const ShapeInference &context,
                                     SmallVectorImpl<Type> &results) {
  return inferPool(*this, context, results);
}

LogicalResult MaxPoolV2Op::verify() { return verifyPool(*this); }
LogicalResult MaxPoolV2Op::inferShapes(const ShapeInference &context,
                                       SmallVectorImpl<Type> &results) {
  return inferPool(*this, context, results);
}

LogicalResult AvgPoolOp::verify() { return verifyPool(*this); }
LogicalResult AvgPoolOp::inferShapes(const ShapeInference &context,
                                     SmallVectorImpl<Type> &results) {
  return inferPool(*this, context, results);
}

LogicalResult MaxPool3DOp::verify() { return verifyPool(*this); }
LogicalResult MaxPool3DOp::inferShapes(const ShapeInference &context,
                                       SmallVectorImpl<Type> &results) {
  return inferPool(*this, context, results);
}

LogicalResult AvgPool3DOp::verify() { return verifyPool(*this); }
LogicalResult AvgPool3DOp::inferShapes(const ShapeInference &context,
                                       SmallVectorImpl<Type> &results) {
  return inferPool(*this, context, results);
}

#define GET_OP_CLASSES
#include "ir/TFGPoolOps.cpp.inc"
