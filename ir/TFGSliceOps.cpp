//===- TFGSliceOps.cpp - parts of tensors --------------------------------===//
//
// Each op: what shape it gives, then how it folds. What inference reports as a
// model error, folding leaves alone.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGSliceOps.h"
#include "ir/StridedSliceSpec.h"
#include "ir/TensorFolding.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = SmallVector<int64_t>;
using OptionalDims = std::optional<Dims>;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

//===----------------------------------------------------------------------===//
// Slice
//===----------------------------------------------------------------------===//

LogicalResult SliceOp::inferShapes(const ShapeInference &context,
                                   Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  OptionalDims begin = context.constantInts(getBegin());
  OptionalDims size = context.constantInts(getSize());
  if (!input) {
    if (!size || size->size() > size_t(kMaxRank))
      return pushResult(results, getOutput(), std::nullopt);
    for (int64_t &dim : *size)
      dim = dim < 0 ? kDynamic : dim;
    return pushResult(results, getOutput(), *size);
  }
  if ((begin && begin->size() != input->size()) ||
      (size && size->size() != input->size()))
    return emitOpError("expects a begin and a size for each of the ")
           << input->size() << " dimensions";
  Dims shape(input->size(), kDynamic);
  for (auto [i, whole] : llvm::enumerate(*input)) {
    bool isKnown = !ShapedType::isDynamic(whole);
    int64_t from = begin ? (*begin)[i] : 0, count = size ? (*size)[i] : -1;
    if (from < 0 || count < -1 || (isKnown && from > whole) ||
        (isKnown && count > whole - from))
      return emitOpError("reaches out of dimension ")
             << i << " of size " << whole << ": begin " << from << ", size "
             << count;
    if (!size)
      continue;
    if (count != -1)
      shape[i] = count;
    else if (begin && isKnown)
      shape[i] = whole - from;
  }
  return pushResult(results, getOutput(), shape);
}

OpFoldResult SliceOp::fold(FoldAdaptor adaptor) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  OptionalDims begin = foldedInts(adaptor.getBegin());
  auto type = dyn_cast<RankedTensorType>(getType());
  if (!mayFold(*this) || !isStatic(input) || !type || !type.hasStaticShape())
    return {};
  // All of the input, wherever `begin` comes from: it can only be 0.
  if (getInput().getType() == type)
    return getInput();
  if (!begin || begin->size() != input->size() ||
      type.getRank() != int64_t(input->size()))
    return {};
  for (auto [from, count, whole] :
       llvm::zip_equal(*begin, type.getShape(), *input))
    if (from < 0 || from > whole || count > whole - from)
      return {};
  return pickPart(adaptor.getInput(), *input, type, *begin,
                  Dims(input->size(), 1));
}

//===----------------------------------------------------------------------===//
// StridedSlice
//===----------------------------------------------------------------------===//

static std::optional<ArrayRef<int64_t>> asRef(const OptionalDims &dims) {
  return dims ? std::optional<ArrayRef<int64_t>>(*dims) : std::nullopt;
}

/// How many entries the arguments have, if one of them says so.
static std::optional<int64_t> countEntries(StridedSliceOp op) {
  for (Value value : {op.getBegin(), op.getEnd(), op.getStrides()})
    if (std::optional<ArrayRef<int64_t>> shape = shapeOf(value))
      if (shape->size() == 1 && !ShapedType::isDynamic(shape->front()))
        return shape->front();
  return std::nullopt;
}

LogicalResult StridedSliceOp::inferShapes(const ShapeInference &context,
                                          Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  std::optional<int64_t> entries = countEntries(*this);
  if (!input || !entries)
    return pushResult(results, getOutput(), std::nullopt);
  OptionalDims begin = context.constantInts(getBegin());
  OptionalDims end = context.constantInts(getEnd());
  OptionalDims strides = context.constantInts(getStrides());
  std::string error;
  FailureOr<StridedSliceSpec> spec = resolveStridedSlice(
      *this, *input, *entries, asRef(begin), asRef(end), asRef(strides), error);
  if (failed(spec))
    return emitOpError(error);
  return pushResult(results, getOutput(), spec->shape);
}

OpFoldResult StridedSliceOp::fold(FoldAdaptor adaptor) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  std::optional<int64_t> entries = countEntries(*this);
  auto type = dyn_cast<RankedTensorType>(getType());
  if (!mayFold(*this) || !isStatic(input) || !entries || !type ||
      !type.hasStaticShape())
    return {};
  OptionalDims begin = foldedInts(adaptor.getBegin());
  OptionalDims end = foldedInts(adaptor.getEnd());
  OptionalDims strides = foldedInts(adaptor.getStrides());
  std::string error;
  FailureOr<StridedSliceSpec> spec = resolveStridedSlice(
      *this, *input, *entries, asRef(begin), asRef(end), asRef(strides), error);
  if (failed(spec) || ArrayRef<int64_t>(spec->shape) != type.getShape() ||
      llvm::is_contained(spec->offsets, kDynamic))
    return {};
  bool isForward =
      llvm::all_of(spec->strides, [](int64_t s) { return s == 1; });
  if (getInput().getType() == type && isForward)
    return getInput();
  auto part = RankedTensorType::get(spec->sizes, type.getElementType());
  ElementsAttr folded =
      pickPart(adaptor.getInput(), *input, part, spec->offsets, spec->strides);
  return folded ? reshapeConstant(folded, type) : ElementsAttr();
}

//===----------------------------------------------------------------------===//
// Split, SplitV
//===----------------------------------------------------------------------===//

LogicalResult SplitOp::inferShapes(const ShapeInference &context,
                                   Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getValue());
  int64_t count = getNumResults();
  std::optional<Dims> shape;
  if (input && count > 0) {
    FailureOr<int64_t> axis =
        inferAxis(*this, context.constantInts(getSplitDim()), input->size());
    if (failed(axis))
      return failure();
    shape.emplace(*input);
    if (*axis < 0) {
      shape->assign(input->size(), kDynamic);
    } else if (int64_t &size = (*shape)[*axis]; !ShapedType::isDynamic(size)) {
      if (size % count != 0)
        return emitOpError("cannot split dimension ")
               << *axis << " of size " << size << " into " << count
               << " equal parts";
      size /= count;
    }
  }
  for (Value output : getOuts())
    (void)pushResult(results, output, shape);
  return success();
}

/// Folds parts that stand one after the other along `axis`.
static LogicalResult foldParts(Operation *op, Value input, Attribute value,
                               std::optional<int64_t> axis,
                               SmallVectorImpl<OpFoldResult> &results) {
  std::optional<ArrayRef<int64_t>> shape = shapeOf(input);
  if (!mayFold(op) || !isStatic(shape))
    return failure();
  // One part is the whole.
  if (op->getNumResults() == 1 &&
      op->getResult(0).getType() == input.getType()) {
    results.push_back(input);
    return success();
  }
  std::optional<int64_t> dim =
      axis ? normalizeAxis(*axis, shape->size()) : std::nullopt;
  if (!dim || !value)
    return failure();
  Dims offsets(shape->size(), 0), strides(shape->size(), 1);
  for (Value output : op->getResults()) {
    auto type = dyn_cast<RankedTensorType>(output.getType());
    if (!type || !type.hasStaticShape() ||
        type.getRank() != int64_t(shape->size()) ||
        type.getDimSize(*dim) > (*shape)[*dim] - offsets[*dim])
      return failure();
    ElementsAttr part = pickPart(value, *shape, type, offsets, strides);
    if (!part)
      return failure();
    results.push_back(part);
    offsets[*dim] += type.getDimSize(*dim);
  }
  return success();
}

LogicalResult SplitOp::fold(FoldAdaptor adaptor,
                            SmallVectorImpl<OpFoldResult> &results) {
  return foldParts(*this, getValue(), adaptor.getValue(),
                   foldedInt(adaptor.getSplitDim()), results);
}

LogicalResult SplitVOp::inferShapes(const ShapeInference &context,
                                    Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getValue());
  OptionalDims sizes = context.constantInts(getSizeSplits());
  if (sizes && sizes->size() != getNumResults())
    return emitOpError("expects a size for each of the ")
           << getNumResults() << " outputs, but got " << sizes->size();
  if (!input) {
    for (Value output : getOuts())
      (void)pushResult(results, output, std::nullopt);
    return success();
  }
  FailureOr<int64_t> axis =
      inferAxis(*this, context.constantInts(getSplitDim()), input->size());
  if (failed(axis))
    return failure();
  Dims shape(*input);
  if (*axis < 0)
    shape.assign(input->size(), kDynamic);
  if (*axis < 0 || !sizes) {
    if (*axis >= 0)
      shape[*axis] = kDynamic;
    for (Value output : getOuts())
      (void)pushResult(results, output, shape);
    return success();
  }
  int64_t whole = shape[*axis], sum = 0;
  auto rest = llvm::find(*sizes, -1);
  bool hasRest = rest != sizes->end();
  for (int64_t size : *sizes)
    if (size < -1 || (size != -1 && llvm::AddOverflow(sum, size, sum)))
      return emitOpError("expects sizes that are not negative, but got [")
             << *sizes << "]";
  if (llvm::count(*sizes, -1) > 1)
    return emitOpError("expects at most one size of -1, but got [")
           << *sizes << "]";
  if (!ShapedType::isDynamic(whole) && (hasRest ? sum > whole : sum != whole))
    return emitOpError("expects sizes that add up to ")
           << whole << ", but got [" << *sizes << "]";
  if (hasRest)
    *rest = ShapedType::isDynamic(whole) ? kDynamic : whole - sum;
  for (auto [output, size] : llvm::zip(getOuts(), *sizes)) {
    shape[*axis] = size;
    (void)pushResult(results, output, shape);
  }
  return success();
}

LogicalResult SplitVOp::fold(FoldAdaptor adaptor,
                             SmallVectorImpl<OpFoldResult> &results) {
  return foldParts(*this, getValue(), adaptor.getValue(),
                   foldedInt(adaptor.getSplitDim()), results);
}

#define GET_OP_CLASSES
#include "ir/TFGSliceOps.cpp.inc"
