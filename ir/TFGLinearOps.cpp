//===- TFGLinearOps.cpp - matrix products and biases
//-----------------------===//

#include "ir/TFGLinearOps.h"

using namespace mlir;
using namespace firn::tfg;

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

/// The product's last two sizes; an error if the inner ones differ.
static FailureOr<std::pair<int64_t, int64_t>>
inferProduct(Operation *op, ArrayRef<int64_t> x, ArrayRef<int64_t> y,
             bool transposeX, bool transposeY) {
  x = x.take_back(2);
  y = y.take_back(2);
  int64_t rows = x[transposeX], innerX = x[!transposeX];
  int64_t innerY = y[transposeY], columns = y[!transposeY];
  if (!ShapedType::isDynamic(innerX) && !ShapedType::isDynamic(innerY) &&
      innerX != innerY)
    return op->emitOpError("expects equal inner sizes, but got ")
           << op->getOperand(0).getType() << " and "
           << op->getOperand(1).getType();
  return std::pair(rows, columns);
}

LogicalResult MatMulOp::inferShapes(const ShapeInference &,
                                    SmallVectorImpl<Type> &results) {
  SmallVector<int64_t> unknown(2, ShapedType::kDynamic);
  ArrayRef<int64_t> a = shapeOf(getA()).value_or(unknown);
  ArrayRef<int64_t> b = shapeOf(getB()).value_or(unknown);
  if (a.size() != 2 || b.size() != 2)
    return emitOpError("expects two matrices, but got ")
           << getA().getType() << " and " << getB().getType();
  auto sizes = inferProduct(*this, a, b, getTransposeA(), getTransposeB());
  if (failed(sizes))
    return failure();
  results.push_back(RankedTensorType::get({sizes->first, sizes->second},
                                          getElementType(getProduct())));
  return success();
}

template <typename OpT>
static LogicalResult inferBatchProduct(OpT op, SmallVectorImpl<Type> &results) {
  Type elementType = getElementType(op.getOutput());
  std::optional<ArrayRef<int64_t>> x = shapeOf(op.getX());
  std::optional<ArrayRef<int64_t>> y = shapeOf(op.getY());
  if (!x || !y) {
    results.push_back(UnrankedTensorType::get(elementType));
    return success();
  }
  if (x->size() < 2 || y->size() < 2)
    return op.emitOpError("expects tensors of rank 2 or more, but got ")
           << op.getX().getType() << " and " << op.getY().getType();
  auto sizes = inferProduct(op, *x, *y, op.getAdjX(), op.getAdjY());
  auto batch = broadcastShapes(x->drop_back(2), y->drop_back(2));
  if (failed(sizes))
    return failure();
  if (failed(batch))
    return op.emitOpError("expects batches that broadcast, but got ")
           << op.getX().getType() << " and " << op.getY().getType();
  batch->append({sizes->first, sizes->second});
  results.push_back(RankedTensorType::get(*batch, elementType));
  return success();
}

LogicalResult BatchMatMulOp::inferShapes(const ShapeInference &,
                                         SmallVectorImpl<Type> &results) {
  return inferBatchProduct(*this, results);
}
LogicalResult BatchMatMulV2Op::inferShapes(const ShapeInference &,
                                           SmallVectorImpl<Type> &results) {
  return inferBatchProduct(*this, results);
}
LogicalResult BatchMatMulV3Op::inferShapes(const ShapeInference &,
                                           SmallVectorImpl<Type> &results) {
  return inferBatchProduct(*this, results);
}

LogicalResult EinsumOp::inferShapes(const ShapeInference &,
                                    SmallVectorImpl<Type> &results) {
  Type elementType = getElementType(getOutput());
  SmallVector<ArrayRef<int64_t>> shapes;
  SmallVector<int64_t> ranks;
  for (Value operand : tfg::getDataOperands(*this)) {
    std::optional<ArrayRef<int64_t>> shape = shapeOf(operand);
    if (!shape) {
      results.push_back(UnrankedTensorType::get(elementType));
      return success();
    }
    shapes.push_back(*shape);
    ranks.push_back(shape->size());
  }
  FailureOr<EinsumEquation> equation = parseEinsum(*this, getEquation(), ranks);
  if (failed(equation))
    return failure();
  FailureOr<SmallVector<int64_t>> sizes =
      getLabelSizes(*this, *equation, shapes);
  if (failed(sizes))
    return failure();
  results.push_back(RankedTensorType::get(
      ArrayRef(*sizes).take_front(equation->numOutputLabels), elementType));
  return success();
}

//===----------------------------------------------------------------------===//
// BiasAdd
//===----------------------------------------------------------------------===//

LogicalResult BiasAddOp::verify() {
  if (getDataFormat() != "NHWC" && getDataFormat() != "NCHW")
    return emitOpError("expects data_format NHWC or NCHW, but got ")
           << getDataFormat();
  return success();
}

static LogicalResult inferBias(Operation *op, bool isChannelFirst,
                               SmallVectorImpl<Type> &results) {
  std::optional<ArrayRef<int64_t>> value = shapeOf(op->getOperand(0));
  std::optional<ArrayRef<int64_t>> bias = shapeOf(op->getOperand(1));
  if (bias && bias->size() != 1)
    return op->emitOpError("expects a vector as bias, but got ")
           << op->getOperand(1).getType();
  if (value && value->size() < 2)
    return op->emitOpError("expects a value of rank 2 or more, but got ")
           << op->getOperand(0).getType();
  if (value && bias) {
    int64_t channels = isChannelFirst ? (*value)[1] : value->back();
    if (!ShapedType::isDynamic(channels) &&
        !ShapedType::isDynamic(bias->front()) && channels != bias->front())
      return op->emitOpError("expects a bias per channel, but got ")
             << bias->front() << " for " << channels << " channels";
  }
  return inferSameAsFirst(op, results);
}

LogicalResult BiasAddOp::inferShapes(const ShapeInference &,
                                     SmallVectorImpl<Type> &results) {
  return inferBias(*this, getDataFormat() == "NCHW", results);
}
LogicalResult BiasAddV1Op::inferShapes(const ShapeInference &,
                                       SmallVectorImpl<Type> &results) {
  return inferBias(*this, /*isChannelFirst=*/false, results);
}

#define GET_OP_CLASSES
#include "ir/TFGLinearOps.cpp.inc"
