//===- TFGQuantizedOps.cpp - quantized numbers ----------------------------===//

#include "ir/TFGQuantizedOps.h"

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
  // The routine checks the shape against the elements; here it is copied.
  if (auto known = context.constantInts(getShape()))
    appendFirst(*this, *known, results);
  else if (int64_t rank = knownDim(getShape(), 0); rank >= 0 && rank < 255)
    appendFirst(*this, SmallVector<int64_t>(rank, -1), results);
  else
    results.push_back(UnrankedTensorType::get(getElementType(getOutput())));
  return appendRange(*this, results);
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
