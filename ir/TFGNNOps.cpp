//===- TFGNNOps.cpp - convolutions ----------------------------------------===//

#include "ir/TFGNNOps.h"

using namespace mlir;
using namespace firn::tfg;

static bool isDynamic(int64_t size) { return ShapedType::isDynamic(size); }

static unsigned numSpatialDims(Operation *op) {
  return isa<Conv3DOp, Conv3DBackpropInputV2Op>(op) ? 3 : 2;
}

/// A filter has one dimension more than the window; Dilation2D's has no output
/// channels.
static unsigned filterRank(Operation *op) {
  return numSpatialDims(op) + (isa<Dilation2DOp>(op) ? 1 : 2);
}

//===----------------------------------------------------------------------===//
// Geometry
//===----------------------------------------------------------------------===//

SmallVector<int64_t> ConvGeometry::outputShape() const {
  SmallVector<int64_t> spatial;
  for (const WindowDim &dim : dims)
    spatial.push_back(dim.output);
  return attrs.layout.makeShape(batch, spatial, outputChannels);
}

/// Each channel by itself: the filter has the image's channels.
static LogicalResult setDepthwiseChannels(Operation *op, int64_t filterChannels,
                                          int64_t multiplier,
                                          ConvGeometry &geometry) {
  if (isDynamic(geometry.channels))
    geometry.channels = filterChannels;
  else if (!isDynamic(filterChannels) && filterChannels != geometry.channels)
    return op->emitOpError("expects a filter for ")
           << geometry.channels << " channels, but it is for "
           << filterChannels;
  geometry.groups = geometry.channels;
  if (isDynamic(geometry.channels) || isDynamic(multiplier))
    return success();
  std::optional<int64_t> channels =
      checkedProduct(geometry.channels, multiplier);
  if (!channels)
    return op->emitOpError("expects fewer channels than ")
           << geometry.channels << " times " << multiplier;
  geometry.outputChannels = *channels;
  return success();
}

/// Channels in groups: their number follows from the filter's depth.
static LogicalResult setGroupedChannels(Operation *op, int64_t filterChannels,
                                        int64_t filters,
                                        ConvGeometry &geometry) {
  geometry.outputChannels = filters;
  if (isDynamic(geometry.channels) || isDynamic(filterChannels))
    return success();
  if (geometry.channels % filterChannels != 0)
    return op->emitOpError("expects input channels that are a multiple of the "
                           "filter's depth ")
           << filterChannels << ", but got " << geometry.channels;
  geometry.groups = geometry.channels / filterChannels;
  if (geometry.groups == 0)
    return op->emitOpError("expects an image with channels");
  if (!isDynamic(filters) && filters % geometry.groups != 0)
    return op->emitOpError("expects output channels that are a multiple of "
                           "the number of groups ")
           << geometry.groups << ", but got " << filters;
  return success();
}

FailureOr<ConvGeometry> firn::tfg::getConvGeometry(Operation *op,
                                                   ArrayRef<int64_t> image,
                                                   ArrayRef<int64_t> filter) {
  unsigned numSpatial = numSpatialDims(op);
  FailureOr<WindowAttrs> attrs = getWindowAttrs(op, numSpatial);
  if (failed(attrs))
    return failure();
  const ImageLayout &layout = attrs->layout;
  if (image.size() != layout.rank() || filter.size() != filterRank(op))
    return op->emitOpError("expects an image of rank ")
           << layout.rank() << " and a filter of rank " << filterRank(op)
           << ", but got ranks " << image.size() << " and " << filter.size();
  if (llvm::is_contained(filter, 0))
    return op->emitOpError("expects a filter with elements");

  ConvGeometry geometry;
  FailureOr<WindowDims> dims =
      getWindowDims(op, *attrs, image, filter.take_front(numSpatial));
  if (failed(dims))
    return failure();
  geometry.attrs = *attrs;
  geometry.dims = *dims;
  geometry.batch = image[0];
  geometry.channels = image[layout.channelDim()];
  geometry.groups = geometry.outputChannels = ShapedType::kDynamic;

  int64_t filterChannels = filter[numSpatial];
  LogicalResult channels =
      isa<Dilation2DOp>(op)
          ? setDepthwiseChannels(op, filterChannels, 1, geometry)
      : isa<DepthwiseConv2dNativeOp>(op)
          ? setDepthwiseChannels(op, filterChannels, filter[numSpatial + 1],
                                 geometry)
          : setGroupedChannels(op, filterChannels, filter[numSpatial + 1],
                               geometry);
  if (failed(channels))
    return failure();
  return geometry;
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

/// What does not depend on sizes: the attributes, and ranks where known.
static LogicalResult verifyConv(Operation *op, Value image, Value filter) {
  FailureOr<WindowAttrs> attrs = getWindowAttrs(op, numSpatialDims(op));
  if (failed(attrs))
    return failure();
  if (auto shape = shapeOf(image);
      shape && shape->size() != attrs->layout.rank())
    return op->emitOpError("expects an image of rank ")
           << attrs->layout.rank() << ", but got " << image.getType();
  if (auto shape = shapeOf(filter); shape && shape->size() != filterRank(op))
    return op->emitOpError("expects a filter of rank ")
           << filterRank(op) << ", but got " << filter.getType();
  return success();
}

static LogicalResult inferConv(Operation *op, SmallVectorImpl<Type> &results) {
  SmallVector<int64_t> unknownImage(numSpatialDims(op) + 2,
                                    ShapedType::kDynamic);
  SmallVector<int64_t> unknownFilter(filterRank(op), ShapedType::kDynamic);
  FailureOr<ConvGeometry> geometry =
      getConvGeometry(op, shapeOf(op->getOperand(0)).value_or(unknownImage),
                      shapeOf(op->getOperand(1)).value_or(unknownFilter));
  if (failed(geometry))
    return failure();
  results.push_back(RankedTensorType::get(geometry->outputShape(),
                                          getElementType(op->getResult(0))));
  return success();
}

LogicalResult Conv2DOp::verify() {
  return verifyConv(*this, getInput(), getFilter());
}
LogicalResult Conv2DOp::inferShapes(const ShapeInference &,
                                    SmallVectorImpl<Type> &results) {
  return inferConv(*this, results);
}

LogicalResult DepthwiseConv2dNativeOp::verify() {
  return verifyConv(*this, getInput(), getFilter());
}
LogicalResult
DepthwiseConv2dNativeOp::inferShapes(const ShapeInference &,
                                     SmallVectorImpl<Type> &results) {
  return inferConv(*this, results);
}

LogicalResult Conv3DOp::verify() {
  return verifyConv(*this, getInput(), getFilter());
}
LogicalResult Conv3DOp::inferShapes(const ShapeInference &,
                                    SmallVectorImpl<Type> &results) {
  return inferConv(*this, results);
}

LogicalResult Dilation2DOp::verify() {
  return verifyConv(*this, getInput(), getFilter());
}
LogicalResult Dilation2DOp::inferShapes(const ShapeInference &,
                                        SmallVectorImpl<Type> &results) {
  return inferConv(*this, results);
}

//===----------------------------------------------------------------------===//
// Transposed convolutions
//===----------------------------------------------------------------------===//

/// The result's shape as `input_sizes` has it: all dimensions, or the spatial
/// ones alone, with the rest from the other operands.
static FailureOr<SmallVector<int64_t>>
getBackpropShape(Operation *op, const ImageLayout &layout,
                 ArrayRef<int64_t> sizes, ArrayRef<int64_t> filter,
                 ArrayRef<int64_t> gradient) {
  SmallVector<int64_t> shape(sizes);
  if (sizes.size() == layout.numSpatial)
    shape = layout.makeShape(gradient[0], sizes, filter[layout.numSpatial]);
  else if (sizes.size() != layout.rank())
    return op->emitOpError("expects input_sizes of ")
           << layout.rank() << " elements, but got " << sizes.size();
  for (int64_t size : sizes)
    if (size < 0)
      return op->emitOpError("expects input_sizes of at least 0, but got ")
             << size;
  return shape;
}

static LogicalResult inferBackprop(Operation *op, const ShapeInference &context,
                                   SmallVectorImpl<Type> &results) {
  unsigned rank = numSpatialDims(op) + 2;
  FailureOr<WindowAttrs> attrs = getWindowAttrs(op, numSpatialDims(op));
  if (failed(attrs))
    return failure();
  SmallVector<int64_t> unknown(rank, ShapedType::kDynamic);
  ArrayRef<int64_t> filter = shapeOf(op->getOperand(1)).value_or(unknown);
  ArrayRef<int64_t> gradient = shapeOf(op->getOperand(2)).value_or(unknown);
  Type elementType = getElementType(op->getResult(0));

  std::optional<SmallVector<int64_t>> sizes =
      context.constantInts(op->getOperand(0));
  if (!sizes) {
    // A group has as many channels as the filter says; their number is not
    // known.
    SmallVector<int64_t> shape(unknown);
    shape[0] = gradient[0];
    results.push_back(RankedTensorType::get(shape, elementType));
    return success();
  }
  FailureOr<SmallVector<int64_t>> shape =
      getBackpropShape(op, attrs->layout, *sizes, filter, gradient);
  if (failed(shape))
    return failure();
  FailureOr<ConvGeometry> geometry = getConvGeometry(op, *shape, filter);
  if (failed(geometry))
    return failure();
  for (auto [expected, actual] :
       llvm::zip_equal(geometry->outputShape(), gradient))
    if (!isDynamic(expected) && !isDynamic(actual) && expected != actual)
      return op->emitOpError("expects an out_backprop that the convolution of "
                             "input_sizes gives, of shape [")
             << geometry->outputShape() << "], but got [" << gradient << "]";
  results.push_back(RankedTensorType::get(*shape, elementType));
  return success();
}

LogicalResult Conv2DBackpropInputOp::verify() {
  return verifyConv(*this, getOutBackprop(), getFilter());
}
LogicalResult
Conv2DBackpropInputOp::inferShapes(const ShapeInference &context,
                                   SmallVectorImpl<Type> &results) {
  return inferBackprop(*this, context, results);
}

LogicalResult Conv3DBackpropInputV2Op::verify() {
  return verifyConv(*this, getOutBackprop(), getFilter());
}
LogicalResult
Conv3DBackpropInputV2Op::inferShapes(const ShapeInference &context,
                                     SmallVectorImpl<Type> &results) {
  return inferBackprop(*this, context, results);
}

#define GET_OP_CLASSES
#include "ir/TFGNNOps.cpp.inc"
