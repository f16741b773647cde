//===- TFGDiagonalOps.cpp - diagonals of matrices -------------------------===//
//
// Shapes as far as they follow from known operands; what does not fit is
// reported when the op runs.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGDiagonalOps.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = SmallVector<int64_t>;
using OptionalDims = std::optional<Dims>;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

//===----------------------------------------------------------------------===//
// MatrixDiag
//===----------------------------------------------------------------------===//

/// The lowest and the highest diagonal; nullopt if they are not known.
static FailureOr<std::optional<std::pair<int64_t, int64_t>>>
readDiagonals(Operation *op, const OptionalDims &k) {
  using Result = std::optional<std::pair<int64_t, int64_t>>;
  if (!k)
    return Result();
  if (k->empty() || k->size() > 2 || k->front() > k->back() ||
      k->front() < INT32_MIN || k->back() > INT32_MAX)
    return op->emitOpError("expects k to be one diagonal or the lowest and the "
                           "highest, but got [")
           << *k << "]";
  return Result(std::pair(k->front(), k->back()));
}

LogicalResult MatrixDiagOp::inferShapes(const ShapeInference &,
                                        Types &results) {
  std::optional<ArrayRef<int64_t>> diagonal = shapeOf(getDiagonal());
  if (!diagonal)
    return pushResult(results, getOutput(), std::nullopt);
  if (diagonal->empty())
    return emitOpError("expects diagonals, but got a scalar");
  Dims shape(*diagonal);
  shape.push_back(diagonal->back());
  return pushResult(results, getOutput(), shape);
}

/// num_rows and num_cols may be -1: as few as hold the diagonals.
static LogicalResult
inferMatrixDiag(Operation *op, const ShapeInference &context, Types &results) {
  Value output = op->getResult(0);
  std::optional<ArrayRef<int64_t>> diagonal = shapeOf(op->getOperand(0));
  auto k = readDiagonals(op, context.constantInts(op->getOperand(1)));
  OptionalDims rows = context.constantInts(op->getOperand(2));
  OptionalDims columns = context.constantInts(op->getOperand(3));
  if (failed(k))
    return failure();
  if (!diagonal || !*k)
    return pushResult(results, output, std::nullopt);
  auto [lower, upper] = **k;
  size_t used = upper > lower ? 2 : 1;
  if (diagonal->size() < used)
    return op->emitOpError("expects ")
           << (upper - lower + 1) << " diagonals, but got "
           << op->getOperand(0).getType();
  Dims shape(diagonal->drop_back(used));
  shape.append(2, kDynamic);
  bool isKnown = rows && columns && rows->size() == 1 && columns->size() == 1 &&
                 !ShapedType::isDynamic(diagonal->back());
  if (isKnown) {
    int64_t leastRows = diagonal->back() - std::min<int64_t>(upper, 0);
    int64_t leastColumns = diagonal->back() + std::max<int64_t>(lower, 0);
    int64_t &height = shape[shape.size() - 2], &width = shape.back();
    height = rows->front() == -1 ? leastRows : rows->front();
    width = columns->front() == -1 ? leastColumns : columns->front();
    if (rows->front() == -1 && columns->front() == -1)
      height = width = std::max(leastRows, leastColumns);
    if (height < leastRows || width < leastColumns ||
        (height != leastRows && width != leastColumns))
      return op->emitOpError("expects a matrix that its diagonals fit, but "
                             "got ")
             << height << " x " << width << " for diagonals of "
             << diagonal->back() << " elements";
  }
  return pushResult(results, output, shape);
}

LogicalResult MatrixDiagV2Op::inferShapes(const ShapeInference &context,
                                          Types &results) {
  return inferMatrixDiag(*this, context, results);
}

LogicalResult MatrixDiagV3Op::inferShapes(const ShapeInference &context,
                                          Types &results) {
  return inferMatrixDiag(*this, context, results);
}

//===----------------------------------------------------------------------===//
// MatrixDiagPart
//===----------------------------------------------------------------------===//

static LogicalResult inferDiagPart(Operation *op, int64_t lower, int64_t upper,
                                   Types &results) {
  Value input = op->getOperand(0), output = op->getResult(0);
  std::optional<ArrayRef<int64_t>> shape = shapeOf(input);
  if (!shape)
    return pushResult(results, output, std::nullopt);
  if (shape->size() < 2)
    return op->emitOpError("expects matrices, but got ") << input.getType();
  Dims part(shape->drop_back(2));
  if (upper > lower)
    part.push_back(upper - lower + 1);
  int64_t rows = (*shape)[shape->size() - 2], columns = shape->back();
  if (ShapedType::isDynamic(rows) || ShapedType::isDynamic(columns)) {
    part.push_back(kDynamic);
    return pushResult(results, output, part);
  }
  for (int64_t d : {lower, upper})
    if (d != 0 && (d <= -rows || d >= columns))
      return op->emitOpError("expects diagonals of its matrices, but got ")
             << d << " of " << rows << " x " << columns;
  part.push_back(std::min(rows + std::min<int64_t>(upper, 0),
                          columns - std::max<int64_t>(lower, 0)));
  return pushResult(results, output, part);
}

static LogicalResult inferDiagPartWithK(Operation *op,
                                        const ShapeInference &context,
                                        Types &results) {
  auto k = readDiagonals(op, context.constantInts(op->getOperand(1)));
  if (failed(k))
    return failure();
  if (!*k)
    return pushResult(results, op->getResult(0), std::nullopt);
  return inferDiagPart(op, (*k)->first, (*k)->second, results);
}

LogicalResult MatrixDiagPartOp::inferShapes(const ShapeInference &,
                                            Types &results) {
  return inferDiagPart(*this, 0, 0, results);
}

LogicalResult MatrixDiagPartV2Op::inferShapes(const ShapeInference &context,
                                              Types &results) {
  return inferDiagPartWithK(*this, context, results);
}

LogicalResult MatrixDiagPartV3Op::inferShapes(const ShapeInference &context,
                                              Types &results) {
  return inferDiagPartWithK(*this, context, results);
}

//===----------------------------------------------------------------------===//
// MatrixSetDiag, Diag, DiagPart
//===----------------------------------------------------------------------===//

static LogicalResult inferSetDiag(Operation *op, Types &results) {
  std::optional<ArrayRef<int64_t>> shape = shapeOf(op->getOperand(0));
  if (shape && shape->size() < 2)
    return op->emitOpError("expects matrices, but got ")
           << op->getOperand(0).getType();
  return pushResult(results, op->getResult(0), shape);
}

LogicalResult MatrixSetDiagOp::inferShapes(const ShapeInference &,
                                           Types &results) {
  return inferSetDiag(*this, results);
}

LogicalResult MatrixSetDiagV2Op::inferShapes(const ShapeInference &,
                                             Types &results) {
  return inferSetDiag(*this, results);
}

LogicalResult MatrixSetDiagV3Op::inferShapes(const ShapeInference &,
                                             Types &results) {
  return inferSetDiag(*this, results);
}

LogicalResult DiagOp::inferShapes(const ShapeInference &, Types &results) {
  std::optional<ArrayRef<int64_t>> diagonal = shapeOf(getDiagonal());
  if (!diagonal)
    return pushResult(results, getOutput(), std::nullopt);
  if (diagonal->empty())
    return emitOpError("expects a rank of 1 or more");
  Dims shape(*diagonal);
  llvm::append_range(shape, *diagonal);
  return pushResult(results, getOutput(), shape);
}

LogicalResult DiagPartOp::inferShapes(const ShapeInference &, Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  if (!input)
    return pushResult(results, getDiagonal(), std::nullopt);
  size_t half = input->size() / 2;
  if (input->empty() || input->size() % 2 != 0)
    return emitOpError("expects an even rank, but got ")
           << getInput().getType();
  Dims shape;
  for (size_t i = 0; i < half; ++i) {
    int64_t a = (*input)[i], b = (*input)[half + i];
    if (!ShapedType::isDynamic(a) && !ShapedType::isDynamic(b) && a != b)
      return emitOpError("expects one shape twice, but got ")
             << getInput().getType();
    shape.push_back(ShapedType::isDynamic(a) ? b : a);
  }
  return pushResult(results, getDiagonal(), shape);
}

#define GET_OP_CLASSES
#include "ir/TFGDiagonalOps.cpp.inc"
