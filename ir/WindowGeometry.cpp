//===- WindowGeometry.cpp - what a sliding window covers ------------------===//

#include "ir/WindowGeometry.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace firn::tfg {

SmallVector<int64_t> ImageLayout::makeShape(int64_t batch,
                                            ArrayRef<int64_t> spatial,
                                            int64_t channels) const {
  SmallVector<int64_t> shape{batch};
  if (channelsFirst)
    shape.push_back(channels);
  llvm::append_range(shape, spatial);
  if (!channelsFirst)
    shape.push_back(channels);
  return shape;
}

std::optional<ImageLayout> parseDataFormat(StringRef format) {
  if (format == "NHWC")
    return ImageLayout{2, false};
  if (format == "NCHW")
    return ImageLayout{2, true};
  if (format == "NDHWC")
    return ImageLayout{3, false};
  if (format == "NCDHW")
    return ImageLayout{3, true};
  return std::nullopt;
}

bool WindowDim::isStatic() const {
  return !ShapedType::isDynamic(input) && !ShapedType::isDynamic(window) &&
         !ShapedType::isDynamic(padBefore) && !ShapedType::isDynamic(padAfter);
}

SmallVector<int64_t> getInts(ArrayAttr list) {
  SmallVector<int64_t> values;
  if (list)
    for (auto value : list.getAsRange<IntegerAttr>())
      values.push_back(value.getInt());
  return values;
}

LogicalResult checkWindowSizes(Operation *op, StringRef what,
                               ArrayRef<int64_t> sizes, ImageLayout layout,
                               bool overChannels) {
  if (sizes.size() != layout.rank())
    return op->emitOpError("expects ")
           << layout.rank() << " " << what << ", but got " << sizes.size();
  for (int64_t size : sizes)
    if (size < 1 || size > INT32_MAX)
      return op->emitOpError("expects ")
             << what << " from 1 to " << INT32_MAX << ", but got " << size;
  if (sizes[0] != 1)
    return op->emitOpError("expects ")
           << what << " of 1 for the batch dimension, but got " << sizes[0];
  if (!overChannels && sizes[layout.channelDim()] != 1)
    return op->emitOpError("expects ")
           << what << " of 1 for the channels, but got "
           << sizes[layout.channelDim()];
  return success();
}

/// The sizes of the spatial dimensions out of a list for all dimensions; ones
/// if it is absent.
static FailureOr<SmallVector<int64_t, 3>> getSpatialSizes(Operation *op,
                                                          StringRef name,
                                                          ImageLayout layout,
                                                          bool overChannels) {
  auto list = op->getAttrOfType<ArrayAttr>(name);
  if (!list || list.empty())
    return SmallVector<int64_t, 3>(layout.numSpatial, 1);
  SmallVector<int64_t> sizes = getInts(list);
  if (failed(checkWindowSizes(op, name, sizes, layout, overChannels)))
    return failure();
  SmallVector<int64_t, 3> spatial;
  for (unsigned i = 0; i < layout.numSpatial; ++i)
    spatial.push_back(sizes[layout.spatialDim(i)]);
  return spatial;
}

static FailureOr<ImageLayout> getLayout(Operation *op, unsigned numSpatial) {
  auto format = op->getAttrOfType<StringAttr>("data_format");
  if (!format)
    return ImageLayout{numSpatial, false};
  std::optional<ImageLayout> layout = parseDataFormat(format.getValue());
  if (!layout || layout->numSpatial != numSpatial)
    return op->emitOpError("expects data_format ")
           << (numSpatial == 2 ? "NHWC or NCHW" : "NDHWC or NCDHW")
           << ", but got " << format;
  return *layout;
}

/// Reads `padding` and `explicit_paddings` into `attrs`.
static LogicalResult getPadding(Operation *op, WindowAttrs &attrs) {
  using Padding = WindowAttrs::Padding;
  auto padding = op->getAttrOfType<StringAttr>("padding");
  auto kind = llvm::StringSwitch<std::optional<Padding>>(
                  padding ? padding.getValue() : "")
                  .Case("SAME", Padding::Same)
                  .Case("VALID", Padding::Valid)
                  .Case("EXPLICIT", Padding::Explicit)
                  .Default(std::nullopt);
  if (!kind)
    return op->emitOpError("expects padding SAME, VALID or EXPLICIT, but got ")
           << padding;
  attrs.padding = *kind;

  SmallVector<int64_t> sizes =
      getInts(op->getAttrOfType<ArrayAttr>("explicit_paddings"));
  if (attrs.padding != Padding::Explicit) {
    if (!sizes.empty())
      return op->emitOpError("expects explicit_paddings with padding EXPLICIT "
                             "only, but padding is ")
             << padding;
    return success();
  }
  unsigned rank = attrs.layout.rank();
  if (sizes.size() != 2 * rank)
    return op->emitOpError("expects ")
           << 2 * rank << " explicit_paddings, but got " << sizes.size();
  for (int64_t size : sizes)
    if (size < 0 || size > INT32_MAX)
      return op->emitOpError("expects explicit_paddings from 0 to ")
             << INT32_MAX << ", but got " << size;
  for (unsigned dim : {0u, attrs.layout.channelDim()})
    if (sizes[2 * dim] || sizes[2 * dim + 1])
      return op->emitOpError(
          "expects no explicit_paddings of batch and channels");
  for (unsigned i = 0; i < attrs.layout.numSpatial; ++i) {
    unsigned dim = attrs.layout.spatialDim(i);
    attrs.explicitPadding.push_back({sizes[2 * dim], sizes[2 * dim + 1]});
  }
  return success();
}

FailureOr<WindowAttrs> getWindowAttrs(Operation *op, unsigned numSpatial,
                                      bool overChannels) {
  WindowAttrs attrs;
  FailureOr<ImageLayout> layout = getLayout(op, numSpatial);
  if (failed(layout))
    return failure();
  attrs.layout = *layout;
  auto strides = getSpatialSizes(op, "strides", *layout, overChannels);
  auto dilations = getSpatialSizes(
      op, op->hasAttr("rates") ? "rates" : "dilations", *layout, overChannels);
  if (failed(strides) || failed(dilations) || failed(getPadding(op, attrs)))
    return failure();
  attrs.strides = *strides;
  attrs.dilations = *dilations;
  return attrs;
}

/// Paddings and output size of one dimension whose window is known. Follows
/// TensorFlow's GetWindowedOutputSize.
static LogicalResult placeWindow(Operation *op, WindowAttrs::Padding padding,
                                 WindowDim &dim) {
  bool known = !ShapedType::isDynamic(dim.input);
  if (known && dim.input > INT64_MAX / 4)
    return op->emitOpError("expects an image of a possible size, but it is ")
           << dim.input;
  int64_t extent;
  if (llvm::MulOverflow(dim.window - 1, dim.dilation, extent) ||
      extent > INT32_MAX)
    return op->emitOpError("expects a window of at most ")
           << INT32_MAX << " with its dilation, but it is " << dim.window
           << " dilated by " << dim.dilation;
  ++extent;

  if (padding == WindowAttrs::Padding::Same) {
    if (!known && dim.stride != 1)
      return success();
    dim.output = known ? llvm::divideCeil(dim.input, dim.stride) : dim.input;
    int64_t total =
        known ? std::max<int64_t>(
                    (dim.output - 1) * dim.stride + extent - dim.input, 0)
              : extent - 1;
    dim.padBefore = total / 2;
    dim.padAfter = total - dim.padBefore;
    return success();
  }

  if (padding == WindowAttrs::Padding::Valid)
    dim.padBefore = dim.padAfter = 0;
  if (!known)
    return success();
  int64_t padded = dim.input + dim.padBefore + dim.padAfter;
  dim.output = (padded - extent + dim.stride) / dim.stride;
  if (dim.output < 0)
    return op->emitOpError("expects a window that fits into the image, but a "
                           "window of ")
           << extent << " does not fit into " << padded;
  return success();
}

FailureOr<WindowDims> getWindowDims(Operation *op, const WindowAttrs &attrs,
                                    ArrayRef<int64_t> input,
                                    ArrayRef<int64_t> window) {
  WindowDims dims;
  for (unsigned i = 0; i < attrs.layout.numSpatial; ++i) {
    int64_t unknown = ShapedType::kDynamic;
    WindowDim dim{input[attrs.layout.spatialDim(i)],
                  window[i],
                  attrs.strides[i],
                  attrs.dilations[i],
                  unknown,
                  unknown,
                  unknown};
    if (attrs.padding == WindowAttrs::Padding::Explicit)
      std::tie(dim.padBefore, dim.padAfter) = attrs.explicitPadding[i];
    // A plain SAME window of unknown size still gives the output's size.
    if (ShapedType::isDynamic(dim.window)) {
      if (attrs.padding == WindowAttrs::Padding::Same &&
          !ShapedType::isDynamic(dim.input))
        dim.output = llvm::divideCeil(dim.input, dim.stride);
    } else if (dim.window < 1) {
      return op->emitOpError("expects a window of at least 1, but got ")
             << dim.window;
    } else if (failed(placeWindow(op, attrs.padding, dim))) {
      return failure();
    }
    dims.push_back(dim);
  }
  return dims;
}

} // namespace firn::tfg
