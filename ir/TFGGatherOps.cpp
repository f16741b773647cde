//===- TFGGatherOps.cpp - elements picked and rearranged ------------------===//
//
// Each op: what shape it gives, then how it folds. What inference reports as a
// model error, folding leaves alone.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGGatherOps.h"
#include "ir/TensorFolding.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = SmallVector<int64_t>;
using OptionalDims = std::optional<Dims>;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

static LogicalResult pushSame(Types &results, Value output, Value input) {
  return pushResult(results, output, shapeOf(input));
}

static LogicalResult axisError(Operation *op, int64_t axis, int64_t rank) {
  return op->emitOpError("expects an axis in [-")
         << rank << ", " << rank << "), but got " << axis;
}

//===----------------------------------------------------------------------===//
// Transpose
//===----------------------------------------------------------------------===//

static bool isPermutation(ArrayRef<int64_t> values) {
  llvm::SmallBitVector seen(values.size());
  for (int64_t value : values) {
    if (value < 0 || value >= int64_t(values.size()) || seen[value])
      return false;
    seen.set(value);
  }
  return true;
}

/// A permutation whose negative entries count from the end, without those.
static OptionalDims normalPermutation(OptionalDims perm) {
  if (perm)
    for (int64_t &dim : *perm)
      dim += dim < 0 ? int64_t(perm->size()) : 0;
  return perm;
}

static LogicalResult inferTranspose(Operation *op, OptionalDims given,
                                    Types &results) {
  OptionalDims perm = normalPermutation(given);
  Value input = op->getOperand(0), output = op->getResult(0);
  std::optional<ArrayRef<int64_t>> shape = shapeOf(input);
  if (!perm || !shape) {
    if (!perm && !shape)
      return pushResult(results, output, std::nullopt);
    size_t rank = shape ? shape->size() : perm->size();
    return pushResult(results, output, Dims(rank, kDynamic));
  }
  if (perm->size() != shape->size() || !isPermutation(*perm))
    return op->emitOpError("expects a permutation of the ")
           << shape->size() << " dimensions, but got [" << *given << "]";
  Dims transposed;
  for (int64_t dim : *perm)
    transposed.push_back((*shape)[dim]);
  return pushResult(results, output, transposed);
}

LogicalResult TransposeOp::inferShapes(const ShapeInference &context,
                                       Types &results) {
  return inferTranspose(*this, context.constantInts(getPerm()), results);
}

LogicalResult ConjugateTransposeOp::inferShapes(const ShapeInference &context,
                                                Types &results) {
  return inferTranspose(*this, context.constantInts(getPerm()), results);
}

OpFoldResult TransposeOp::fold(FoldAdaptor adaptor) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getX());
  OptionalDims perm = normalPermutation(foldedInts(adaptor.getPerm()));
  auto type = dyn_cast<RankedTensorType>(getType());
  if (!mayFold(*this) || !isStatic(input) || !perm || !type ||
      perm->size() != input->size() || !isPermutation(*perm) ||
      type.getRank() != int64_t(input->size()))
    return {};
  if (llvm::is_sorted(*perm) && getX().getType() == type)
    return getX();
  Dims source(input->size());
  return pickElements(adaptor.getX(), type, [&](ArrayRef<int64_t> index) {
    for (auto [i, dim] : llvm::zip_equal(index, *perm))
      source[dim] = i;
    return linearIndex(*input, source);
  });
}

//===----------------------------------------------------------------------===//
// Tile, ReverseV2, Reverse, Roll
//===----------------------------------------------------------------------===//

LogicalResult TileOp::inferShapes(const ShapeInference &context,
                                  Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  OptionalDims multiples = context.constantInts(getMultiples());
  if (!input)
    return pushResult(results, getOutput(), std::nullopt);
  if (!multiples)
    return pushResult(results, getOutput(), Dims(input->size(), kDynamic));
  if (multiples->size() != input->size())
    return emitOpError("expects a multiple for each of the ")
           << input->size() << " dimensions, but got [" << *multiples << "]";
  Dims shape;
  for (auto [size, multiple] : llvm::zip_equal(*input, *multiples)) {
    if (ShapedType::isDynamic(size) && multiple >= 0) {
      shape.push_back(kDynamic);
      continue;
    }
    std::optional<int64_t> product = checkedProduct(size, multiple);
    if (!product)
      return emitOpError("expects multiples of a size that can be, but got [")
             << *multiples << "]";
    shape.push_back(*product);
  }
  if (!ShapedType::isDynamicShape(shape) && !checkedNumElements(shape))
    return emitOpError("has more elements than can be: [") << shape << "]";
  return pushResult(results, getOutput(), shape);
}

OpFoldResult TileOp::fold(FoldAdaptor adaptor) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  auto type = dyn_cast<RankedTensorType>(getType());
  if (!mayFold(*this) || !isStatic(input) || !type ||
      type.getRank() != int64_t(input->size()))
    return {};
  if (getInput().getType() == type && !llvm::is_contained(*input, 0))
    return getInput();
  return pickElements(adaptor.getInput(), type, [&](ArrayRef<int64_t> index) {
    int64_t position = 0;
    for (auto [size, i] : llvm::zip_equal(*input, index))
      position = position * size + (size ? i % size : 0);
    return position;
  });
}

/// Axes brought into [0, rank), each once; nullopt if they are not such.
static std::optional<llvm::SmallBitVector> axisSet(ArrayRef<int64_t> axes,
                                                   int64_t rank) {
  llvm::SmallBitVector set(rank);
  for (int64_t axis : axes) {
    std::optional<int64_t> dim = normalizeAxis(axis, rank);
    if (!dim || set[*dim])
      return std::nullopt;
    set.set(*dim);
  }
  return set;
}

LogicalResult ReverseV2Op::inferShapes(const ShapeInference &context,
                                       Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getTensor());
  OptionalDims axes = context.constantInts(getAxis());
  if (input && axes && !axisSet(*axes, input->size()))
    return emitOpError("expects each axis once and in [-")
           << input->size() << ", " << input->size() << "), but got [" << *axes
           << "]";
  return pushSame(results, getOutput(), getTensor());
}

LogicalResult ReverseOp::inferShapes(const ShapeInference &context,
                                     Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getTensor());
  std::optional<ArrayRef<int64_t>> mask = shapeOf(getDims());
  if (input && isStatic(mask) &&
      (mask->size() != 1 || mask->front() != int64_t(input->size())))
    return emitOpError("expects a bool for each of the ")
           << input->size() << " dimensions, but got " << getDims().getType();
  return pushSame(results, getOutput(), getTensor());
}

/// Reverses a constant along the dimensions of `reversed`.
static OpFoldResult foldReverse(Operation *op, Attribute value,
                                const llvm::SmallBitVector &reversed) {
  std::optional<ArrayRef<int64_t>> shape = shapeOf(op->getOperand(0));
  Type type = op->getResult(0).getType();
  if (!mayFold(op) || !isStatic(shape) || op->getOperand(0).getType() != type)
    return {};
  if (reversed.none())
    return op->getOperand(0);
  return pickElements(value, type, [&](ArrayRef<int64_t> index) {
    int64_t position = 0;
    for (auto [dim, size] : llvm::enumerate(*shape))
      position = position * size +
                 (reversed[dim] ? size - 1 - index[dim] : index[dim]);
    return position;
  });
}

OpFoldResult ReverseV2Op::fold(FoldAdaptor adaptor) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getTensor());
  OptionalDims axes = foldedInts(adaptor.getAxis());
  if (!input || !axes)
    return {};
  std::optional<llvm::SmallBitVector> set = axisSet(*axes, input->size());
  return set ? foldReverse(*this, adaptor.getTensor(), *set) : OpFoldResult();
}

OpFoldResult ReverseOp::fold(FoldAdaptor adaptor) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getTensor());
  OptionalDims mask = foldedInts(adaptor.getDims());
  if (!input || !mask || mask->size() != input->size())
    return {};
  llvm::SmallBitVector set(mask->size());
  for (auto [dim, value] : llvm::enumerate(*mask))
    if (value)
      set.set(dim);
  return foldReverse(*this, adaptor.getTensor(), set);
}

LogicalResult RollOp::inferShapes(const ShapeInference &context,
                                  Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  OptionalDims shift = context.constantInts(getShift());
  OptionalDims axes = context.constantInts(getAxis());
  if (shift && axes && shift->size() != axes->size())
    return emitOpError("expects a shift for each axis, but got ")
           << shift->size() << " for " << axes->size() << " axes";
  if (input && axes)
    for (int64_t axis : *axes)
      if (!normalizeAxis(axis, input->size()))
        return axisError(*this, axis, input->size());
  return pushSame(results, getOutput(), getInput());
}

OpFoldResult RollOp::fold(FoldAdaptor adaptor) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  OptionalDims shift = foldedInts(adaptor.getShift());
  OptionalDims axes = foldedInts(adaptor.getAxis());
  if (!mayFold(*this) || !isStatic(input) || !shift || !axes ||
      shift->size() != axes->size() || getInput().getType() != getType())
    return {};
  // Shifts of one axis add up.
  Dims back(input->size(), 0);
  for (auto [amount, axis] : llvm::zip_equal(*shift, *axes)) {
    std::optional<int64_t> dim = normalizeAxis(axis, input->size());
    if (!dim)
      return {};
    if (int64_t size = (*input)[*dim])
      back[*dim] = ((back[*dim] - amount % size) % size + size) % size;
  }
  return pickElements(
      adaptor.getInput(), getType(), [&](ArrayRef<int64_t> index) {
        int64_t position = 0;
        for (auto [size, i, offset] : llvm::zip_equal(*input, index, back))
          position = position * size + (i + offset) % size;
        return position;
      });
}

//===----------------------------------------------------------------------===//
// Gather, GatherV2, GatherNd
//===----------------------------------------------------------------------===//

/// The shape of a gather: params before the axis, indices after the batch
/// dimensions, params after the axis.
static Dims gatherShape(ArrayRef<int64_t> params, ArrayRef<int64_t> indices,
                        int64_t axis, int64_t batchDims) {
  Dims shape(params.take_front(axis));
  for (int64_t i = 0; i < batchDims; ++i)
    if (ShapedType::isDynamic(shape[i]))
      shape[i] = indices[i];
  llvm::append_range(shape, indices.drop_front(batchDims));
  llvm::append_range(shape, params.drop_front(axis + 1));
  return shape;
}

/// The position in `params` that an element of a gather's result comes from, or
/// nullopt if the index that leads there is out of range.
static OpFoldResult foldGather(Operation *op, Attribute params,
                               Attribute indices, int64_t axis,
                               int64_t batchDims) {
  std::optional<ArrayRef<int64_t>> shape = shapeOf(op->getOperand(0));
  std::optional<ArrayRef<int64_t>> indexShape = shapeOf(op->getOperand(1));
  OptionalDims values = foldedInts(indices);
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!mayFold(op) || !isStatic(shape) || !isStatic(indexShape) || !values ||
      !type)
    return {};
  int64_t size = (*shape)[axis];
  if (llvm::any_of(*values,
                   [&](int64_t value) { return value < 0 || value >= size; }) ||
      gatherShape(*shape, *indexShape, axis, batchDims) != type.getShape())
    return {};
  int64_t inner = indexShape->size() - batchDims;
  return pickElements(params, type, [&](ArrayRef<int64_t> index) {
    Dims at(index.take_front(batchDims));
    llvm::append_range(at, index.slice(axis, inner));
    Dims source(index.take_front(axis));
    source.push_back((*values)[linearIndex(*indexShape, at)]);
    llvm::append_range(source, index.drop_front(axis + inner));
    return linearIndex(*shape, source);
  });
}

/// Known indices are in range, for all ranks and batch dimensions.
static LogicalResult checkIndices(Operation *op, const OptionalDims &indices,
                                  int64_t size) {
  if (!indices || ShapedType::isDynamic(size))
    return success();
  for (auto [i, index] : llvm::enumerate(*indices))
    if (index < 0 || index >= size)
      return op->emitOpError("index ")
             << index << " at position " << i << " is out of range [0, " << size
             << ")";
  return success();
}

LogicalResult GatherOp::inferShapes(const ShapeInference &context,
                                    Types &results) {
  std::optional<ArrayRef<int64_t>> params = shapeOf(getParams());
  std::optional<ArrayRef<int64_t>> indices = shapeOf(getIndices());
  if (params && params->empty())
    return emitOpError("expects params of rank 1 or more");
  if (!params || !indices)
    return pushResult(results, getOutput(), std::nullopt);
  if (failed(checkIndices(*this, context.constantInts(getIndices()),
                          params->front())))
    return failure();
  return pushResult(results, getOutput(), gatherShape(*params, *indices, 0, 0));
}

OpFoldResult GatherOp::fold(FoldAdaptor adaptor) {
  std::optional<ArrayRef<int64_t>> params = shapeOf(getParams());
  if (!params || params->empty())
    return {};
  return foldGather(*this, adaptor.getParams(), adaptor.getIndices(), 0, 0);
}

/// The axis and the number of batch dimensions in their normal form; fails, and
/// says why if `report` is set, if they are out of range.
static FailureOr<std::pair<int64_t, int64_t>>
gatherAxes(GatherV2Op op, int64_t axis, bool report) {
  int64_t rank = shapeOf(op.getParams())->size();
  int64_t indexRank = shapeOf(op.getIndices())->size();
  std::optional<int64_t> dim = normalizeAxis(axis, rank);
  if (!dim) {
    if (report)
      return axisError(op, axis, rank);
    return failure();
  }
  int64_t batchDims = int64_t(op.getBatchDims());
  int64_t normal = batchDims < 0 ? batchDims + indexRank : batchDims;
  if (normal < 0 || normal > indexRank || normal > *dim) {
    if (report)
      return op.emitOpError("expects batch_dims of at most the axis (")
             << *dim << ") and the rank of the indices (" << indexRank
             << "), but got " << batchDims;
    return failure();
  }
  return std::pair(*dim, normal);
}

LogicalResult GatherV2Op::inferShapes(const ShapeInference &context,
                                      Types &results) {
  std::optional<ArrayRef<int64_t>> params = shapeOf(getParams());
  std::optional<ArrayRef<int64_t>> indices = shapeOf(getIndices());
  OptionalDims axis = context.constantInts(getAxis());
  if (!params || !indices)
    return pushResult(results, getOutput(), std::nullopt);
  if (!axis) {
    // The rank does not depend on the axis.
    int64_t batchDims = int64_t(getBatchDims());
    int64_t picked = batchDims < 0 ? -batchDims : indices->size() - batchDims;
    int64_t rank = int64_t(params->size()) - 1 + picked;
    return pushResult(results, getOutput(),
                      rank < 0 ? std::nullopt
                               : OptionalDims(Dims(rank, kDynamic)));
  }
  if (axis->size() != 1)
    return emitOpError("expects one axis, but got ") << axis->size();
  auto axes = gatherAxes(*this, axis->front(), /*report=*/true);
  if (failed(axes))
    return failure();
  auto [dim, batchDims] = *axes;
  for (int64_t i = 0; i < batchDims; ++i)
    if (failed(mergeTypes(
            RankedTensorType::get({(*params)[i]},
                                  getElementTypeOrSelf(getParams())),
            RankedTensorType::get({(*indices)[i]},
                                  getElementTypeOrSelf(getParams())))))
      return emitOpError("expects params and indices that agree in dimension ")
             << i << ", but got sizes " << (*params)[i] << " and "
             << (*indices)[i];
  if (failed(checkIndices(*this, context.constantInts(getIndices()),
                          (*params)[dim])))
    return failure();
  return pushResult(results, getOutput(),
                    gatherShape(*params, *indices, dim, batchDims));
}

OpFoldResult GatherV2Op::fold(FoldAdaptor adaptor) {
  std::optional<int64_t> axis = foldedInt(adaptor.getAxis());
  if (!axis || !shapeOf(getParams()) || !shapeOf(getIndices()))
    return {};
  auto axes = gatherAxes(*this, *axis, /*report=*/false);
  if (failed(axes))
    return {};
  return foldGather(*this, adaptor.getParams(), adaptor.getIndices(),
                    axes->first, axes->second);
}

LogicalResult GatherNdOp::inferShapes(const ShapeInference &, Types &results) {
  std::optional<ArrayRef<int64_t>> params = shapeOf(getParams());
  std::optional<ArrayRef<int64_t>> indices = shapeOf(getIndices());
  if (indices && indices->empty())
    return emitOpError("expects indices of rank 1 or more");
  if (!params || !indices || ShapedType::isDynamic(indices->back()))
    return pushResult(results, getOutput(), std::nullopt);
  if (indices->back() > int64_t(params->size()))
    return emitOpError("expects at most ")
           << params->size() << " indices of an element, but got "
           << indices->back();
  Dims shape(indices->drop_back());
  llvm::append_range(shape, params->drop_front(indices->back()));
  return pushResult(results, getOutput(), shape);
}

//===----------------------------------------------------------------------===//
// MatrixBandPart, Cumsum, Cumprod, TopKV2
//===----------------------------------------------------------------------===//

LogicalResult MatrixBandPartOp::inferShapes(const ShapeInference &,
                                            Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  if (input && input->size() < 2)
    return emitOpError("expects matrices, but got ") << getInput().getType();
  return pushSame(results, getBand(), getInput());
}

static LogicalResult inferScan(Operation *op, OptionalDims axis,
                               Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(op->getOperand(0));
  if (input && failed(inferAxis(op, axis, input->size())))
    return failure();
  return pushSame(results, op->getResult(0), op->getOperand(0));
}

LogicalResult CumsumOp::inferShapes(const ShapeInference &context,
                                    Types &results) {
  return inferScan(*this, context.constantInts(getAxis()), results);
}

LogicalResult CumprodOp::inferShapes(const ShapeInference &context,
                                     Types &results) {
  return inferScan(*this, context.constantInts(getAxis()), results);
}

LogicalResult TopKV2Op::inferShapes(const ShapeInference &context,
                                    Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  OptionalDims k = context.constantInts(getK());
  std::optional<Dims> shape;
  if (input && input->empty())
    return emitOpError("expects an input of rank 1 or more");
  if (k && k->size() != 1)
    return emitOpError("expects one k, but got ") << k->size();
  if (k && (k->front() < 0 || (input && !ShapedType::isDynamic(input->back()) &&
                               k->front() > input->back())))
    return emitOpError("expects k from 0 to the size of the last dimension, "
                       "but got ")
           << k->front() << " of " << getInput().getType();
  if (input) {
    shape.emplace(*input);
    shape->back() = k ? k->front() : kDynamic;
  }
  (void)pushResult(results, getValues(), shape);
  return pushResult(results, getIndices(), shape);
}

#define GET_OP_CLASSES
#include "ir/TFGGatherOps.cpp.inc"
