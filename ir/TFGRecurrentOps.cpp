//===- TFGRecurrentOps.cpp - cells of recurrent networks ------------------===//
//
// Shapes. What the cells compute is written once, as the nodes that
// passes/DecomposeRecurrentCells.cpp puts in their place.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGRecurrentOps.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;

/// Dimension `dim` of a tensor of `rank` dimensions; dynamic if not known.
/// Fails on a tensor of another rank.
static FailureOr<int64_t> dimOf(Operation *op, Value value, StringRef name,
                                int64_t rank, int64_t dim) {
  auto shape = shapeOf(value);
  if (!shape)
    return ShapedType::kDynamic;
  if (int64_t(shape->size()) != rank)
    return op->emitOpError("expects ")
           << name << " of rank " << rank << ", but has " << value.getType();
  return (*shape)[dim];
}

/// What two dimensions that are the same say together.
static FailureOr<int64_t> merge(Operation *op, FailureOr<int64_t> a,
                                FailureOr<int64_t> b, StringRef what) {
  if (failed(a) || failed(b))
    return failure();
  if (ShapedType::isDynamic(*a) || ShapedType::isDynamic(*b))
    return ShapedType::isDynamic(*a) ? *b : *a;
  if (*a != *b)
    return op->emitOpError("expects one ")
           << what << ", but has " << *a << " and " << *b;
  return *a;
}

/// All outputs are [leading…, batch, cell].
static LogicalResult pushAll(Operation *op, ArrayRef<int64_t> leading,
                             FailureOr<int64_t> batch, FailureOr<int64_t> cell,
                             Types &results) {
  if (failed(batch) || failed(cell))
    return failure();
  SmallVector<int64_t> shape(leading);
  shape.append({*batch, *cell});
  for (Value output : getOutputs(op))
    results.push_back(
        makeTensorType(ArrayRef<int64_t>(shape), getElementType(output)));
  return success();
}

LogicalResult LSTMBlockCellOp::inferShapes(const ShapeInference &,
                                           Types &results) {
  Operation *op = *this;
  return pushAll(op, {},
                 merge(op, dimOf(op, getX(), "x", 2, 0),
                       dimOf(op, getCsPrev(), "cs_prev", 2, 0), "batch size"),
                 merge(op, dimOf(op, getHPrev(), "h_prev", 2, 1),
                       dimOf(op, getCsPrev(), "cs_prev", 2, 1), "cell size"),
                 results);
}

LogicalResult GRUBlockCellOp::inferShapes(const ShapeInference &,
                                          Types &results) {
  Operation *op = *this;
  return pushAll(op, {},
                 merge(op, dimOf(op, getX(), "x", 2, 0),
                       dimOf(op, getHPrev(), "h_prev", 2, 0), "batch size"),
                 dimOf(op, getHPrev(), "h_prev", 2, 1), results);
}

template <typename BlockOp>
static LogicalResult inferBlock(BlockOp op, Types &results) {
  FailureOr<int64_t> time = dimOf(op, op.getX(), "x", 3, 0);
  if (failed(time))
    return failure();
  return pushAll(op, *time,
                 merge(op, dimOf(op, op.getX(), "x", 3, 1),
                       dimOf(op, op.getCsPrev(), "cs_prev", 2, 0),
                       "batch size"),
                 merge(op, dimOf(op, op.getHPrev(), "h_prev", 2, 1),
                       dimOf(op, op.getCsPrev(), "cs_prev", 2, 1), "cell size"),
                 results);
}
LogicalResult BlockLSTMOp::inferShapes(const ShapeInference &, Types &results) {
  return inferBlock(*this, results);
}
LogicalResult BlockLSTMV2Op::inferShapes(const ShapeInference &,
                                         Types &results) {
  return inferBlock(*this, results);
}

#define GET_OP_CLASSES
#include "ir/TFGRecurrentOps.cpp.inc"
