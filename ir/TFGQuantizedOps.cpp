//===- TFGQuantizedOps.cpp - quantized numbers ----------------------------===//

#include "ir/TFGQuantizedOps.h"

using namespace mlir;

namespace firn::tfg {

/// The types of the two scalars behind the first result.
static LogicalResult appendRange(Operation *op,
                                 SmallVectorImpl<Type> &results) {
  for (Value bound : op->getResults().drop_front())
    results.push_back(RankedTensorType::get({}, getElementType(bound)));
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
  // The routine checks the shape against the elements; here it is copied.
  if (auto known = context.constantInts(getShape()))
    appendFirst(*this, *known, results);
  else if (int64_t rank = knownDim(getShape(), 0); rank >= 0 && rank < 255)
    appendFirst(*this, SmallVector<int64_t>(rank, -1), results);
  else
    results.push_back(UnrankedTensorType::get(getElementType(getOutput())));
  return appendRange(*this, results);
}

} // namespace firn::tfg

using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGQuantizedOps.cpp.inc"
