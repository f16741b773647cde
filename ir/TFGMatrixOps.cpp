//===- TFGMatrixOps.cpp - shapes of linear algebra ------------------------===//

#include "ir/TFGMatrixOps.h"
#include "ir/OpShapes.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = OpShapes::Dims;
using OptionalDims = OpShapes::OptionalDims;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

/// The size of square matrices; fails if they are not.
static FailureOr<int64_t> squareSize(const OpShapes &shapes, Value matrices) {
  if (failed(shapes.rankAtLeast("matrices", matrices, 2)))
    return failure();
  return shapes.same("numbers of rows and columns",
                     {{matrices, -2}, {matrices, -1}});
}

static LogicalResult inferSquare(OpShapes shapes, Value matrices) {
  FailureOr<int64_t> size = squareSize(shapes, matrices);
  if (failed(size))
    return failure();
  return shapes.output(shapes.dims(matrices, 0, -2), {*size, *size});
}

LogicalResult CholeskyOp::inferShapes(const ShapeInference &context,
                                      Types &results) {
  return inferSquare({*this, context, results}, getInput());
}

LogicalResult MatrixInverseOp::inferShapes(const ShapeInference &context,
                                           Types &results) {
  return inferSquare({*this, context, results}, getInput());
}

LogicalResult MatrixDeterminantOp::inferShapes(const ShapeInference &context,
                                               Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(squareSize(shapes, getInput())))
    return failure();
  return shapes.output(shapes.dims(getInput(), 0, -2));
}

LogicalResult LogMatrixDeterminantOp::inferShapes(const ShapeInference &context,
                                                  Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(squareSize(shapes, getInput())))
    return failure();
  OptionalDims batch = shapes.dims(getInput(), 0, -2);
  (void)shapes.output(batch);
  return shapes.output(batch);
}

static LogicalResult inferSolve(Operation *op, OpShapes shapes, Value matrix,
                                Value rhs) {
  if (failed(squareSize(shapes, matrix)) ||
      failed(shapes.rankAtLeast("right sides", rhs, 2)))
    return failure();
  FailureOr<int64_t> rows =
      shapes.same("numbers of rows", {{matrix, -2}, {rhs, -2}});
  if (failed(rows))
    return failure();
  OptionalDims left = shapes.dims(matrix, 0, -2);
  OptionalDims right = shapes.dims(rhs, 0, -2);
  if (!left || !right)
    return shapes.output(std::nullopt);
  FailureOr<Dims> batch = broadcastShapes(*left, *right);
  if (failed(batch))
    return op->emitOpError("expects batches that broadcast, but got ")
           << matrix.getType() << " and " << rhs.getType();
  return shapes.output(OptionalDims(*batch), {*rows, shapes.dim(rhs, -1)});
}

LogicalResult MatrixSolveOp::inferShapes(const ShapeInference &context,
                                         Types &results) {
  return inferSolve(*this, {*this, context, results}, getMatrix(), getRhs());
}

LogicalResult
MatrixTriangularSolveOp::inferShapes(const ShapeInference &context,
                                     Types &results) {
  return inferSolve(*this, {*this, context, results}, getMatrix(), getRhs());
}

LogicalResult MatrixSolveLsOp::inferShapes(const ShapeInference &context,
                                           Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(shapes.rankAtLeast("matrices", getMatrix(), 2)) ||
      failed(shapes.rankAtLeast("right sides", getRhs(), 2)) ||
      failed(
          shapes.same("numbers of rows", {{getMatrix(), -2}, {getRhs(), -2}})))
    return failure();
  return shapes.output(shapes.dims(getMatrix(), 0, -2),
                       {shapes.dim(getMatrix(), -1), shapes.dim(getRhs(), -1)});
}

LogicalResult TridiagonalSolveOp::inferShapes(const ShapeInference &context,
                                              Types &results) {
  OpShapes shapes(*this, context, results);
  int64_t rows = shapes.dim(getDiagonals(), -2);
  if (!ShapedType::isDynamic(rows) && rows != 3)
    return emitOpError("expects three diagonals, but got ")
           << getDiagonals().getType();
  if (failed(shapes.rankAtLeast("diagonals", getDiagonals(), 2)) ||
      failed(shapes.rankAtLeast("right sides", getRhs(), 2)) ||
      failed(shapes.same("numbers of rows",
                         {{getDiagonals(), -1}, {getRhs(), -2}})))
    return failure();
  return shapes.output(shapes.shape(getRhs()));
}

LogicalResult TridiagonalMatMulOp::inferShapes(const ShapeInference &context,
                                               Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(shapes.rankAtLeast("right sides", getRhs(), 2)) ||
      failed(
          shapes.same("lengths of diagonals and columns", {{getSuperdiag(), -1},
                                                           {getMaindiag(), -1},
                                                           {getSubdiag(), -1},
                                                           {getRhs(), -2}})))
    return failure();
  return shapes.output(shapes.shape(getRhs()));
}

LogicalResult LuOp::inferShapes(const ShapeInference &context, Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<int64_t> size = squareSize(shapes, getInput());
  if (failed(size))
    return failure();
  OptionalDims batch = shapes.dims(getInput(), 0, -2);
  (void)shapes.output(batch, {*size, *size});
  return shapes.output(batch, {*size});
}

LogicalResult CrossOp::inferShapes(const ShapeInference &context,
                                   Types &results) {
  OpShapes shapes(*this, context, results);
  int64_t size = shapes.dim(getA(), -1);
  FailureOr<OptionalDims> both =
      shapes.sameShape("shapes", shapes.shape(getA()), shapes.shape(getB()));
  if (failed(both) || failed(shapes.rankAtLeast("a", getA(), 1)))
    return failure();
  if (!ShapedType::isDynamic(size) && size != 3)
    return emitOpError("expects vectors of 3 elements, but got ")
           << getA().getType();
  return shapes.output(*both);
}

//===----------------------------------------------------------------------===//
// Decompositions
//===----------------------------------------------------------------------===//

/// The smaller of two dimensions.
static int64_t lesser(int64_t a, int64_t b) {
  if (a == 0 || b == 0)
    return 0;
  return ShapedType::isDynamic(a) || ShapedType::isDynamic(b) ? kDynamic
                                                              : std::min(a, b);
}

LogicalResult SvdOp::inferShapes(const ShapeInference &context,
                                 Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(shapes.rankAtLeast("matrices", getInput(), 2)))
    return failure();
  OptionalDims batch = shapes.dims(getInput(), 0, -2);
  int64_t rows = shapes.dim(getInput(), -2),
          columns = shapes.dim(getInput(), -1);
  int64_t rank = lesser(rows, columns);
  (void)shapes.output(batch, {rank});
  if (!getComputeUv()) {
    (void)shapes.output(Dims{0});
    return shapes.output(Dims{0});
  }
  bool full = getFullMatrices();
  (void)shapes.output(batch, {rows, full ? rows : rank});
  return shapes.output(batch, {columns, full ? columns : rank});
}

LogicalResult QrOp::inferShapes(const ShapeInference &context, Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(shapes.rankAtLeast("matrices", getInput(), 2)))
    return failure();
  OptionalDims batch = shapes.dims(getInput(), 0, -2);
  int64_t rows = shapes.dim(getInput(), -2),
          columns = shapes.dim(getInput(), -1);
  int64_t inner = getFullMatrices() ? rows : lesser(rows, columns);
  (void)shapes.output(batch, {rows, inner});
  return shapes.output(batch, {inner, columns});
}

LogicalResult SelfAdjointEigOp::inferShapes(const ShapeInference &context,
                                            Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<int64_t> size = squareSize(shapes, getInput());
  if (failed(size))
    return failure();
  return shapes.output(
      shapes.dims(getInput(), 0, -2),
      {ShapedType::isDynamic(*size) ? kDynamic : *size + 1, *size});
}

LogicalResult SelfAdjointEigV2Op::inferShapes(const ShapeInference &context,
                                              Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<int64_t> size = squareSize(shapes, getInput());
  if (failed(size))
    return failure();
  OptionalDims batch = shapes.dims(getInput(), 0, -2);
  (void)shapes.output(batch, {*size});
  if (!getComputeV())
    return shapes.output(Dims{0});
  return shapes.output(batch, {*size, *size});
}

#define GET_OP_CLASSES
#include "ir/TFGMatrixOps.cpp.inc"
