//===- TFGSparseOps.cpp - shapes of sparse tensors ------------------------===//

#include "ir/TFGSparseOps.h"
#include "ir/OpShapes.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = OpShapes::Dims;
using OptionalDims = OpShapes::OptionalDims;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

namespace {
/// What is known of the three values of a sparse tensor.
struct SparseDims {
  int64_t count, rank;
};
} // namespace

static FailureOr<SparseDims> sparseDims(const OpShapes &shapes, Value indices,
                                        Value values, Value shape) {
  if (failed(shapes.rank("indices", indices, 2)) ||
      failed(shapes.rank("values", values, 1)) ||
      failed(shapes.rank("a shape", shape, 1)))
    return failure();
  FailureOr<int64_t> count =
      shapes.same("numbers of indices and values", {{indices, 0}, {values, 0}});
  FailureOr<int64_t> rank = shapes.same("ranks", {{indices, 1}, {shape, 0}});
  if (failed(count) || failed(rank))
    return failure();
  return SparseDims{*count, *rank};
}

//===----------------------------------------------------------------------===//
// How they are stored
//===----------------------------------------------------------------------===//

LogicalResult SparseToDenseOp::inferShapes(const ShapeInference &context,
                                           Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<OptionalDims> shape = shapes.shapeFrom("a shape", getOutputShape());
  if (failed(shape) ||
      failed(shapes.oneElement("default_value", getDefaultValue())))
    return failure();
  return shapes.output(*shape);
}

LogicalResult SparseReshapeOp::inferShapes(const ShapeInference &context,
                                           Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(shapes.rank("indices", getInputIndices(), 2)) ||
      failed(shapes.rank("input_shape", getInputShape(), 1)) ||
      failed(shapes.rank("new_shape", getNewShape(), 1)))
    return failure();
  int64_t rank = shapes.dim(getNewShape(), 0);
  (void)shapes.output(Dims{shapes.dim(getInputIndices(), 0), rank});
  return shapes.output(Dims{rank});
}

LogicalResult SparseFillEmptyRowsOp::inferShapes(const ShapeInference &context,
                                                 Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<SparseDims> input =
      sparseDims(shapes, getIndices(), getValues(), getDenseShape());
  if (failed(input) ||
      failed(shapes.oneElement("default_value", getDefaultValue())))
    return failure();
  OptionalDims shape = shapes.constants(getDenseShape());
  int64_t rows = shape && !shape->empty() && shape->front() >= 0
                     ? shape->front()
                     : kDynamic;
  (void)shapes.output(Dims{kDynamic, input->rank});
  (void)shapes.output(Dims{kDynamic});
  (void)shapes.output(Dims{rows});
  return shapes.output(Dims{input->count});
}

LogicalResult SparseReorderOp::inferShapes(const ShapeInference &context,
                                           Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<SparseDims> input =
      sparseDims(shapes, getInputIndices(), getInputValues(), getInputShape());
  if (failed(input))
    return failure();
  (void)shapes.output(Dims{input->count, input->rank});
  return shapes.output(Dims{input->count});
}

LogicalResult SparseConcatOp::verify() {
  size_t count = getDataOperands().size();
  if (count == 0 || count % 3 != 0)
    return emitOpError("expects as many indices as values and shapes, but got ")
           << count << " operands";
  return success();
}

LogicalResult SparseConcatOp::inferShapes(const ShapeInference &context,
                                          Types &results) {
  OpShapes shapes(*this, context, results);
  size_t parts = getDataOperands().size() / 3;
  int64_t total = 0, rank = kDynamic;
  for (size_t i = 0; i < parts; ++i) {
    FailureOr<SparseDims> part =
        sparseDims(shapes, getOperand(i), getOperand(parts + i),
                   getOperand(2 * parts + i));
    if (failed(part))
      return failure();
    bool known =
        !ShapedType::isDynamic(total) && !ShapedType::isDynamic(part->count);
    total = known ? total + part->count : kDynamic;
    rank = ShapedType::isDynamic(part->rank) ? rank : part->rank;
  }
  (void)shapes.output(Dims{total, rank});
  (void)shapes.output(Dims{total});
  return shapes.output(Dims{rank});
}

LogicalResult SparseSliceOp::inferShapes(const ShapeInference &context,
                                         Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<SparseDims> input =
      sparseDims(shapes, getIndices(), getValues(), getOperand(2));
  if (failed(input))
    return failure();
  (void)shapes.output(Dims{kDynamic, input->rank});
  (void)shapes.output(Dims{kDynamic});
  return shapes.output(Dims{input->rank});
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

LogicalResult SparseTensorDenseAddOp::inferShapes(const ShapeInference &context,
                                                  Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(sparseDims(shapes, getAIndices(), getAValues(), getAShape())))
    return failure();
  OptionalDims known = shapes.constants(getAShape());
  FailureOr<OptionalDims> both =
      shapes.sameShape("shapes", known, shapes.shape(getB()));
  if (failed(both))
    return failure();
  return shapes.output(*both);
}

LogicalResult
SparseTensorDenseMatMulOp::inferShapes(const ShapeInference &context,
                                       Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(sparseDims(shapes, getAIndices(), getAValues(), getAShape())) ||
      failed(shapes.rank("b", getB(), 2)))
    return failure();
  OptionalDims a = shapes.constants(getAShape());
  int64_t rows = kDynamic;
  if (a && a->size() == 2 && (*a)[getAdjointA()] >= 0)
    rows = (*a)[getAdjointA()];
  return shapes.output(Dims{rows, shapes.dim(getB(), !getAdjointB())});
}

static LogicalResult inferReduced(Operation *op, OpShapes shapes, Value shape,
                                  Value axes, bool keep) {
  OptionalDims sizes = shapes.constants(shape), dims = shapes.constants(axes);
  if (!dims)
    return shapes.output(std::nullopt);
  int64_t rank = sizes ? int64_t(sizes->size()) : shapes.dim(shape, 0);
  if (dims->empty() && !keep)
    return shapes.output(Dims{});
  if (ShapedType::isDynamic(rank) || rank > 254)
    return shapes.output(std::nullopt);
  SmallVector<bool> reduced(rank, dims->empty());
  for (int64_t axis : *dims) {
    std::optional<int64_t> dim = normalizeAxis(axis, rank);
    if (!dim)
      return op->emitOpError("expects axes in [-")
             << rank << ", " << rank << "), but got " << axis;
    reduced[*dim] = true;
  }
  Dims left;
  for (int64_t dim = 0; dim < rank; ++dim) {
    int64_t size = sizes && (*sizes)[dim] >= 0 ? (*sizes)[dim] : kDynamic;
    if (!reduced[dim] || keep)
      left.push_back(reduced[dim] ? 1 : size);
  }
  return shapes.output(OptionalDims(left));
}

LogicalResult SparseReduceSumOp::inferShapes(const ShapeInference &context,
                                             Types &results) {
  return inferReduced(*this, {*this, context, results}, getInputShape(),
                      getReductionAxes(), getKeepDims());
}

LogicalResult SparseReduceMaxOp::inferShapes(const ShapeInference &context,
                                             Types &results) {
  return inferReduced(*this, {*this, context, results}, getInputShape(),
                      getReductionAxes(), getKeepDims());
}

LogicalResult SparseSoftmaxOp::inferShapes(const ShapeInference &context,
                                           Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<SparseDims> input =
      sparseDims(shapes, getSpIndices(), getSpValues(), getSpShape());
  if (failed(input))
    return failure();
  return shapes.output(Dims{input->count});
}

LogicalResult SparseMatMulOp::inferShapes(const ShapeInference &context,
                                          Types &results) {
  OpShapes shapes(*this, context, results);
  bool flipA = getTransposeA(), flipB = getTransposeB();
  if (failed(shapes.rank("a", getA(), 2)) ||
      failed(shapes.rank("b", getB(), 2)) ||
      failed(shapes.same("inner sizes", {{getA(), !flipA}, {getB(), flipB}})))
    return failure();
  return shapes.output(
      Dims{shapes.dim(getA(), flipA), shapes.dim(getB(), !flipB)});
}

//===----------------------------------------------------------------------===//
// Sets in rows
//===----------------------------------------------------------------------===//

/// The result is sparse, of rank `rank`.
static LogicalResult inferSets(OpShapes shapes, int64_t rank) {
  (void)shapes.output(Dims{kDynamic, rank});
  (void)shapes.output(Dims{kDynamic});
  return shapes.output(Dims{rank});
}

LogicalResult
DenseToDenseSetOperationOp::inferShapes(const ShapeInference &context,
                                        Types &results) {
  OpShapes shapes(*this, context, results);
  OptionalDims set = shapes.shape(getSet1());
  if (failed(shapes.rankAtLeast("sets", getSet1(), 2)) ||
      failed(shapes.rankAtLeast("sets", getSet2(), 2)))
    return failure();
  return inferSets(shapes, set ? int64_t(set->size()) : kDynamic);
}

LogicalResult
DenseToSparseSetOperationOp::inferShapes(const ShapeInference &context,
                                         Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(shapes.rankAtLeast("sets", getSet1(), 2)) ||
      failed(sparseDims(shapes, getOperand(1), getOperand(2), getOperand(3))))
    return failure();
  return inferSets(shapes, shapes.dim(getOperand(3), 0));
}

LogicalResult
SparseToSparseSetOperationOp::inferShapes(const ShapeInference &context,
                                          Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<int64_t> rank =
      shapes.same("ranks", {{getOperand(2), 0}, {getOperand(5), 0}});
  if (failed(rank) ||
      failed(sparseDims(shapes, getOperand(0), getOperand(1), getOperand(2))) ||
      failed(sparseDims(shapes, getOperand(3), getOperand(4), getOperand(5))))
    return failure();
  return inferSets(shapes, *rank);
}

LogicalResult EditDistanceOp::inferShapes(const ShapeInference &context,
                                          Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<SparseDims> hypothesis =
      sparseDims(shapes, getHypothesisIndices(), getHypothesisValues(),
                 getHypothesisShape());
  FailureOr<SparseDims> truth =
      sparseDims(shapes, getTruthIndices(), getTruthValues(), getTruthShape());
  if (failed(hypothesis) || failed(truth))
    return failure();
  OptionalDims a = shapes.constants(getHypothesisShape());
  OptionalDims b = shapes.constants(getTruthShape());
  if (!a || !b || a->size() != b->size() || a->empty()) {
    int64_t rank =
        ShapedType::isDynamic(truth->rank) ? hypothesis->rank : truth->rank;
    if (ShapedType::isDynamic(rank) || rank < 1)
      return shapes.output(std::nullopt);
    return shapes.output(Dims(rank - 1, kDynamic));
  }
  Dims larger;
  for (auto [x, y] : llvm::zip(*a, *b))
    larger.push_back(std::max(x, y));
  larger.pop_back();
  return shapes.output(larger);
}

#define GET_OP_CLASSES
#include "ir/TFGSparseOps.cpp.inc"
