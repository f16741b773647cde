//===- TFGQuantizedOps.cpp - quantized numbers ----------------------------===//

#include "ir/TFGQuantizedOps.h"
#include "ir/SharedShapes.h"
#include "ir/WindowGeometry.h"

using namespace mlir;

namespace firn::tfg {

/// The types of the two results behind the first: scalars, or one element for
/// each slice along the axis.
static LogicalResult appendRange(Operation *op,
                                 SmallVectorImpl<Type> &results) {
  SmallVector<int64_t> shape;
  auto axis = op->getAttrOfType<IntegerAttr>("axis");
  if (axis && axis.getInt() >= 0) {
    int64_t slices = knownDim(op->getOperand(0), axis.getInt());
    shape.push_back(slices < 0 ? ShapedType::kDynamic : slices);
  }
  for (Value bound : op->getResults().drop_front())
    results.push_back(RankedTensorType::get(shape, getElementType(bound)));
  return success();
}

/// The type of the first result; -1 is a dimension that is not known.
static void appendFirst(Operation *op, SmallVector<int64_t> shape,
                        SmallVectorImpl<Type> &results) {
  for (int64_t &size : shape)
    if (size < 0)
      size = ShapedType::kDynamic;
  results.push_back(
      RankedTensorType::get(shape, getElementType(op->getResult(0))));
}

LogicalResult DequantizeOp::inferShapes(const ShapeInference &,
                                        SmallVectorImpl<Type> &results) {
  appendExtended(*this, 0, getInput(), {}, results);
  return success();
}

LogicalResult QuantizedReshapeOp::inferShapes(const ShapeInference &context,
                                              SmallVectorImpl<Type> &results) {
  return failed(inferReshape(*this, context, results))
             ? failure()
             : appendRange(*this, results);
}

LogicalResult
QuantizedResizeBilinearOp::inferShapes(const ShapeInference &context,
                                       SmallVectorImpl<Type> &results) {
  if (auto shape = shapeOf(getImages()); shape && shape->size() != 4)
    return emitOpError("expects images of rank 4, but got ")
           << getImages().getType();
  return failed(inferResize(*this, context, results))
             ? failure()
             : appendRange(*this, results);
}

/// The type of the first result of a window that moves over images; a size that
/// is not known is dynamic.
static LogicalResult inferWindows(Operation *op, ArrayRef<int64_t> window,
                                  int64_t channels,
                                  SmallVectorImpl<Type> &results) {
  constexpr int64_t rank = 4;
  SmallVector<int64_t> unknown(rank, ShapedType::kDynamic);
  ArrayRef<int64_t> image = shapeOf(op->getOperand(0)).value_or(unknown);
  if (image.size() != rank)
    return op->emitOpError("expects images of rank 4, but got ")
           << op->getOperand(0).getType();
  FailureOr<WindowAttrs> attrs = getWindowAttrs(op, 2);
  if (failed(attrs))
    return failure();
  FailureOr<WindowDims> dims = getWindowDims(op, *attrs, image, window);
  if (failed(dims))
    return failure();
  SmallVector<int64_t> spatial;
  for (const WindowDim &dim : *dims)
    spatial.push_back(dim.output);
  results.push_back(RankedTensorType::get(
      attrs->layout.makeShape(image[0], spatial, channels),
      getElementType(op->getResult(0))));
  return success();
}

static LogicalResult inferConv(QuantizedConv2DOp op,
                               SmallVectorImpl<Type> &results) {
  SmallVector<int64_t> unknown(4, ShapedType::kDynamic);
  ArrayRef<int64_t> filter = shapeOf(op.getFilter()).value_or(unknown);
  if (filter.size() != 4)
    return op.emitOpError("expects a filter of rank 4, but got ")
           << op.getFilter().getType();
  return inferWindows(op, filter.take_front(2), filter[3], results);
}

static LogicalResult inferPool(Operation *op, ArrayAttr ksize,
                               SmallVectorImpl<Type> &results) {
  SmallVector<int64_t> sizes = getInts(ksize);
  if (failed(checkWindowSizes(op, "ksize", sizes, ImageLayout(), false)))
    return failure();
  int64_t channels = knownDim(op->getOperand(0), 3);
  return inferWindows(op, ArrayRef(sizes).slice(1, 2),
                      channels < 0 ? ShapedType::kDynamic : channels, results);
}

/// The axis and the parts of a concatenation, of `args` with their ranges.
static LogicalResult verifyConcat(NodeOpInterface op) {
  size_t count = op.getDataOperands().size();
  if (count >= 7 && count % 3 == 1)
    return success();
  return op->emitOpError("expects an axis, and a minimum and a maximum for "
                         "each of two tensors or more, but got ")
         << count << " operands";
}

static LogicalResult inferConcat(Operation *op, Value axis, ValueRange parts,
                                 const ShapeInference &context,
                                 SmallVectorImpl<Type> &results) {
  auto known = context.constantInts(axis);
  SmallVector<int64_t> shape;
  bool isKnown = known && known->size() == 1;
  for (auto [i, part] : llvm::enumerate(parts)) {
    std::optional<ArrayRef<int64_t>> own = shapeOf(part);
    isKnown &= own && (i == 0 || own->size() == shape.size());
    if (!isKnown) {
      // The rank is the first part's, whatever the axis is.
      if (i == 0 && own)
        shape.assign(own->size(), ShapedType::kDynamic);
      break;
    }
    int64_t rank = own->size();
    int64_t dim = known->front() < 0 ? known->front() + rank : known->front();
    if (dim < 0 || dim >= rank)
      return op->emitOpError("expects an axis in [")
             << -rank << ", " << rank << "), but got " << known->front();
    if (i == 0) {
      shape.assign(own->begin(), own->end());
      continue;
    }
    bool isDynamic =
        ShapedType::isDynamic(shape[dim]) || ShapedType::isDynamic((*own)[dim]);
    shape[dim] = isDynamic ? ShapedType::kDynamic : shape[dim] + (*own)[dim];
  }
  Type element = getElementType(op->getResult(0));
  if (!isKnown)
    shape.assign(shape.size(), ShapedType::kDynamic);
  if (shapeOf(parts.front()))
    results.push_back(RankedTensorType::get(shape, element));
  else
    results.push_back(UnrankedTensorType::get(element));
  return appendRange(op, results);
}

LogicalResult QuantizedConcatOp::verify() { return verifyConcat(*this); }
LogicalResult QuantizedConcatV2Op::verify() { return verifyConcat(*this); }

LogicalResult QuantizedConcatOp::inferShapes(const ShapeInference &context,
                                             SmallVectorImpl<Type> &results) {
  ValueRange data = getDataOperands();
  return inferConcat(*this, data[0], data.slice(1, (data.size() - 1) / 3),
                     context, results);
}
LogicalResult QuantizedConcatV2Op::inferShapes(const ShapeInference &context,
                                               SmallVectorImpl<Type> &results) {
  ValueRange data = getDataOperands();
  size_t count = (data.size() - 1) / 3;
  return inferConcat(*this, data[count], data.take_front(count), context,
                     results);
}

} // namespace firn::tfg

using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGQuantizedOps.cpp.inc"
