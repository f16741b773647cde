//===- TFGImageOps.cpp - resizing -----------------------------------------===//

#include "ir/TFGImageOps.h"
#include "ir/SharedShapes.h"

using namespace mlir;
using namespace firn::tfg;

static LogicalResult verifyImage(Operation *op, Value image) {
  if (auto shape = shapeOf(image); shape && shape->size() != 4)
    return op->emitOpError("expects images of rank 4, but got ")
           << image.getType();
  return success();
}

/// Height and width that the operand `size` gives, each dynamic if not known.
static FailureOr<SmallVector<int64_t>>
getTargetSize(Operation *op, Value size, const ShapeInference &context) {
  std::optional<SmallVector<int64_t>> known = context.constantInts(size);
  if (!known)
    return SmallVector<int64_t>(2, ShapedType::kDynamic);
  if (known->size() != 2)
    return op->emitOpError("expects a size of two elements, but got ")
           << known->size();
  for (int64_t extent : *known)
    if (extent < 1)
      return op->emitOpError("expects a size of at least 1, but got ")
             << extent;
  return *known;
}

LogicalResult firn::tfg::inferResize(Operation *op,
                                     const ShapeInference &context,
                                     SmallVectorImpl<Type> &results) {
  FailureOr<SmallVector<int64_t>> size =
      getTargetSize(op, op->getOperand(1), context);
  if (failed(size))
    return failure();
  int64_t batch = ShapedType::kDynamic, channels = ShapedType::kDynamic;
  if (auto shape = shapeOf(op->getOperand(0))) {
    batch = (*shape)[0];
    channels = (*shape)[3];
    for (int64_t extent : shape->slice(1, 2))
      if (extent == 0)
        return op->emitOpError("expects images with pixels, but got ")
               << op->getOperand(0).getType();
  }
  results.push_back(
      RankedTensorType::get({batch, (*size)[0], (*size)[1], channels},
                            getElementType(op->getResult(0))));
  return success();
}

template <typename OpT> static LogicalResult verifyResize(OpT op) {
  if (op.getAlignCorners() && op.getHalfPixelCenters())
    return op.emitOpError(
        "expects one of align_corners and half_pixel_centers at most");
  return verifyImage(op, op.getImages());
}

LogicalResult ResizeBilinearOp::verify() { return verifyResize(*this); }
LogicalResult ResizeBilinearOp::inferShapes(const ShapeInference &context,
                                            SmallVectorImpl<Type> &results) {
  return inferResize(*this, context, results);
}

LogicalResult ResizeNearestNeighborOp::verify() { return verifyResize(*this); }
LogicalResult
ResizeNearestNeighborOp::inferShapes(const ShapeInference &context,
                                     SmallVectorImpl<Type> &results) {
  return inferResize(*this, context, results);
}

LogicalResult ResizeBicubicOp::verify() { return verifyResize(*this); }
LogicalResult ResizeBicubicOp::inferShapes(const ShapeInference &context,
                                           SmallVectorImpl<Type> &results) {
  return inferResize(*this, context, results);
}

LogicalResult ResizeAreaOp::verify() { return verifyImage(*this, getImages()); }
LogicalResult ResizeAreaOp::inferShapes(const ShapeInference &context,
                                        SmallVectorImpl<Type> &results) {
  return inferResize(*this, context, results);
}

//===----------------------------------------------------------------------===//
// CropAndResize
//===----------------------------------------------------------------------===//

LogicalResult CropAndResizeOp::verify() {
  if (getMethod() != "bilinear" && getMethod() != "nearest")
    return emitOpError("expects method bilinear or nearest, but got \"")
           << getMethod() << '"';
  if (auto shape = shapeOf(getBoxes());
      shape && (shape->size() != 2 ||
                (!ShapedType::isDynamic((*shape)[1]) && (*shape)[1] != 4)))
    return emitOpError("expects boxes of shape [N, 4], but got ")
           << getBoxes().getType();
  if (auto shape = shapeOf(getBoxInd()); shape && shape->size() != 1)
    return emitOpError("expects box_ind of shape [N], but got ")
           << getBoxInd().getType();
  return verifyImage(*this, getImage());
}

LogicalResult CropAndResizeOp::inferShapes(const ShapeInference &context,
                                           SmallVectorImpl<Type> &results) {
  FailureOr<SmallVector<int64_t>> size =
      getTargetSize(*this, getCropSize(), context);
  if (failed(size))
    return failure();
  int64_t boxes = ShapedType::kDynamic, channels = ShapedType::kDynamic;
  if (auto shape = shapeOf(getBoxes()))
    boxes = (*shape)[0];
  if (auto shape = shapeOf(getBoxInd())) {
    int64_t count = (*shape)[0];
    if (ShapedType::isDynamic(boxes))
      boxes = count;
    else if (!ShapedType::isDynamic(count) && count != boxes)
      return emitOpError("expects one box_ind per box, but got ")
             << count << " for " << boxes;
  }
  if (auto shape = shapeOf(getImage()))
    channels = (*shape)[3];
  results.push_back(RankedTensorType::get(
      {boxes, (*size)[0], (*size)[1], channels}, getElementType(getCrops())));
  return success();
}

#define GET_OP_CLASSES
#include "ir/TFGImageOps.cpp.inc"
