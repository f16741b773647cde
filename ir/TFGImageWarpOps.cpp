//===- TFGImageWarpOps.cpp - images through transforms, boxes on images ---===//

#include "ir/TFGImageWarpOps.h"

#include "ir/OpShapes.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;

/// The batch and channels of `images`, with the height and width that `size`
/// says.
static LogicalResult inferResized(Operation *op, Value images, Value size,
                                  const ShapeInference &context,
                                  Types &results) {
  OpShapes shapes(op, context, results);
  if (failed(shapes.rank("images", images, 4)))
    return failure();
  SmallVector<int64_t> shape{shapes.dim(images, 0), ShapedType::kDynamic,
                             ShapedType::kDynamic, shapes.dim(images, 3)};
  if (auto known = shapes.constants(size)) {
    if (known->size() != 2 || (*known)[0] <= 0 || (*known)[1] <= 0)
      return op->emitOpError("expects two sizes above zero, but got [")
             << *known << "]";
    shape[1] = (*known)[0];
    shape[2] = (*known)[1];
  }
  return shapes.output(OpShapes::OptionalDims(shape));
}

LogicalResult
ImageProjectiveTransformV2Op::inferShapes(const ShapeInference &context,
                                          Types &results) {
  return inferResized(*this, getImages(), getOutputShape(), context, results);
}
LogicalResult
ImageProjectiveTransformV3Op::inferShapes(const ShapeInference &context,
                                          Types &results) {
  return inferResized(*this, getImages(), getOutputShape(), context, results);
}
LogicalResult ScaleAndTranslateOp::inferShapes(const ShapeInference &context,
                                               Types &results) {
  return inferResized(*this, getImages(), getSize(), context, results);
}
LogicalResult DrawBoundingBoxesOp::inferShapes(const ShapeInference &,
                                               Types &results) {
  appendExtended(*this, 0, getImages(), {}, results);
  return success();
}
LogicalResult DrawBoundingBoxesV2Op::inferShapes(const ShapeInference &,
                                                 Types &results) {
  appendExtended(*this, 0, getImages(), {}, results);
  return success();
}

#define GET_OP_CLASSES
#include "ir/TFGImageWarpOps.cpp.inc"
