//===- TFGShapeOps.cpp - shapes, and tensors in other shapes --------------===//
//
// Each op: what shape it gives, then how it folds. What inference reports as a
// model error, folding leaves alone.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGShapeOps.h"
#include "ir/SharedShapes.h"
#include "ir/TensorFolding.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = SmallVector<int64_t>;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

/// The number of entries of a shape operand; kDynamic if it is not known.
static int64_t entriesOf(Value shape) {
  std::optional<ArrayRef<int64_t>> dims = shapeOf(shape);
  return dims && dims->size() == 1 ? dims->front() : kDynamic;
}

/// The shape that an operand of known values says: its sizes, or as many
/// unknown ones as it has entries.
static std::optional<Dims> unknownDims(Value shape) {
  int64_t entries = entriesOf(shape);
  if (ShapedType::isDynamic(entries) || entries > kMaxRank)
    return std::nullopt;
  return Dims(entries, kDynamic);
}

/// A vector of integers that all fit the element type; else null.
static OpFoldResult foldVector(Value output, ArrayRef<int64_t> values) {
  Type elementType = getElementTypeOrSelf(output);
  if (!elementType.isInteger() || llvm::any_of(values, [&](int64_t value) {
        return !llvm::isIntN(elementType.getIntOrFloatBitWidth(), value);
      }))
    return {};
  return makeIntVector(elementType, values);
}

static OpFoldResult foldScalar(Value output, int64_t value) {
  Type elementType = getElementTypeOrSelf(output);
  if (!elementType.isInteger() ||
      !llvm::isIntN(elementType.getIntOrFloatBitWidth(), value))
    return {};
  return makeIntScalar(elementType, value);
}

//===----------------------------------------------------------------------===//
// Shape, ShapeN, Size, Rank
//===----------------------------------------------------------------------===//

static int64_t rankOf(Value value) {
  std::optional<ArrayRef<int64_t>> shape = shapeOf(value);
  return shape ? int64_t(shape->size()) : kDynamic;
}

LogicalResult ShapeOp::inferShapes(const ShapeInference &, Types &results) {
  return pushResult(results, getOutput(), Dims{rankOf(getInput())});
}

OpFoldResult ShapeOp::fold(FoldAdaptor) {
  std::optional<ArrayRef<int64_t>> shape = shapeOf(getInput());
  if (!mayFold(*this) || !isStatic(shape))
    return {};
  return foldVector(getOutput(), *shape);
}

LogicalResult ShapeNOp::verify() {
  if (getOuts().size() != firn::tfg::getDataOperands(*this).size())
    return emitOpError("expects one output for each input");
  return success();
}

LogicalResult ShapeNOp::inferShapes(const ShapeInference &, Types &results) {
  for (auto [input, output] :
       llvm::zip(firn::tfg::getDataOperands(*this), getOuts()))
    (void)pushResult(results, output, Dims{rankOf(input)});
  return success();
}

LogicalResult ShapeNOp::fold(FoldAdaptor,
                             SmallVectorImpl<OpFoldResult> &results) {
  if (!mayFold(*this))
    return failure();
  for (auto [input, output] :
       llvm::zip(firn::tfg::getDataOperands(*this), getOuts())) {
    std::optional<ArrayRef<int64_t>> shape = shapeOf(input);
    OpFoldResult folded =
        isStatic(shape) ? foldVector(output, *shape) : OpFoldResult();
    if (!folded)
      return failure();
    results.push_back(folded);
  }
  return success();
}

LogicalResult SizeOp::inferShapes(const ShapeInference &, Types &results) {
  return pushResult(results, getOutput(), Dims{});
}

OpFoldResult SizeOp::fold(FoldAdaptor) {
  std::optional<ArrayRef<int64_t>> shape = shapeOf(getInput());
  if (!mayFold(*this) || !isStatic(shape))
    return {};
  std::optional<int64_t> count = checkedNumElements(*shape);
  return count ? foldScalar(getOutput(), *count) : OpFoldResult();
}

LogicalResult RankOp::inferShapes(const ShapeInference &, Types &results) {
  return pushResult(results, getOutput(), Dims{});
}

OpFoldResult RankOp::fold(FoldAdaptor) {
  std::optional<ArrayRef<int64_t>> shape = shapeOf(getInput());
  if (!mayFold(*this) || !shape)
    return {};
  return foldScalar(getOutput(), shape->size());
}

//===----------------------------------------------------------------------===//
// BroadcastArgs, ConcatOffset, InvertPermutation
//===----------------------------------------------------------------------===//

LogicalResult BroadcastArgsOp::inferShapes(const ShapeInference &context,
                                           Types &results) {
  std::optional<Dims> a = context.constantInts(getS0());
  std::optional<Dims> b = context.constantInts(getS1());
  if (a && b && failed(broadcastShapes(*a, *b)))
    return emitOpError("expects shapes that broadcast, but got [")
           << *a << "] and [" << *b << "]";
  int64_t first = entriesOf(getS0()), second = entriesOf(getS1());
  bool known = !ShapedType::isDynamic(first) && !ShapedType::isDynamic(second);
  return pushResult(results, getR0(),
                    Dims{known ? std::max(first, second) : kDynamic});
}

OpFoldResult BroadcastArgsOp::fold(FoldAdaptor adaptor) {
  std::optional<Dims> a = foldedInts(adaptor.getS0());
  std::optional<Dims> b = foldedInts(adaptor.getS1());
  if (!mayFold(*this) || !a || !b)
    return {};
  FailureOr<Dims> shape = broadcastShapes(*a, *b);
  return succeeded(shape) ? foldVector(getR0(), *shape) : OpFoldResult();
}

LogicalResult ConcatOffsetOp::verify() {
  if (getOuts().size() + 1 != firn::tfg::getDataOperands(*this).size())
    return emitOpError("expects one output for each shape");
  return success();
}

LogicalResult ConcatOffsetOp::inferShapes(const ShapeInference &,
                                          Types &results) {
  for (auto [input, output] :
       llvm::zip(firn::tfg::getDataOperands(*this).drop_front(), getOuts()))
    (void)pushResult(results, output, Dims{entriesOf(input)});
  return success();
}

LogicalResult ConcatOffsetOp::fold(FoldAdaptor adaptor,
                                   SmallVectorImpl<OpFoldResult> &results) {
  std::optional<int64_t> axis = foldedInt(adaptor.getConcatDim());
  if (!mayFold(*this) || !axis)
    return failure();
  int64_t offset = 0;
  Dims others;
  for (auto [operand, output] : llvm::zip(adaptor.getArgs(), getOuts())) {
    std::optional<Dims> shape = foldedInts(operand);
    if (!shape)
      return failure();
    std::optional<int64_t> dim = normalizeAxis(*axis, shape->size());
    if (!dim)
      return failure();
    // Shapes that do not fit are an error when the code runs.
    Dims own(*shape);
    own[*dim] = 0;
    if (!results.empty() && own != others)
      return failure();
    others = own;
    Dims start(shape->size(), 0);
    start[*dim] = offset;
    OpFoldResult folded = foldVector(output, start);
    if (!folded || llvm::AddOverflow(offset, (*shape)[*dim], offset))
      return failure();
    results.push_back(folded);
  }
  return success();
}

/// The inverse of a permutation; nullopt if it is none.
static std::optional<Dims> invert(ArrayRef<int64_t> values) {
  int64_t size = values.size();
  Dims inverse(size, -1);
  for (auto [i, value] : llvm::enumerate(values)) {
    if (value < 0 || value >= size || inverse[value] != -1)
      return std::nullopt;
    inverse[value] = i;
  }
  return inverse;
}

LogicalResult InvertPermutationOp::inferShapes(const ShapeInference &context,
                                               Types &results) {
  if (std::optional<ArrayRef<int64_t>> shape = shapeOf(getX());
      shape && shape->size() != 1)
    return emitOpError("expects a vector, but got ") << getX().getType();
  if (std::optional<Dims> values = context.constantInts(getX()))
    if (!invert(*values))
      return emitOpError("expects each number below ")
             << values->size() << " once, but got [" << *values << "]";
  return pushResult(results, getY(), Dims{entriesOf(getX())});
}

OpFoldResult InvertPermutationOp::fold(FoldAdaptor adaptor) {
  std::optional<Dims> values = foldedInts(adaptor.getX());
  if (!mayFold(*this) || !values)
    return {};
  std::optional<Dims> inverse = invert(*values);
  return inverse ? foldVector(getY(), *inverse) : OpFoldResult();
}

//===----------------------------------------------------------------------===//
// Reshape
//===----------------------------------------------------------------------===//

/// Number of elements that a shape has beside its one -1; nullopt if it is no
/// shape: too large, more than one -1, another negative size.
static std::optional<int64_t> knownElements(ArrayRef<int64_t> dims) {
  if (dims.size() > size_t(kMaxRank) || llvm::count(dims, -1) > 1)
    return std::nullopt;
  Dims sizes(llvm::make_filter_range(dims, [](int64_t d) { return d != -1; }));
  return checkedNumElements(sizes);
}

LogicalResult firn::tfg::inferReshape(Operation *op,
                                      const ShapeInference &context,
                                      Types &results) {
  Value tensor = op->getOperand(0), shape = op->getOperand(1);
  Value output = op->getResult(0);
  std::optional<ArrayRef<int64_t>> input = shapeOf(tensor);
  std::optional<Dims> dims = context.constantInts(shape);
  if (!dims)
    return pushResult(results, output, unknownDims(shape));
  std::optional<int64_t> known = knownElements(*dims);
  if (!known)
    return op->emitOpError("expects a shape of at most ")
           << kMaxRank
           << " sizes of 0 or more, one of which may be -1, and of less than "
              "2^63 elements, but got ["
           << *dims << "]";
  auto *unknown = llvm::find(*dims, -1);
  bool hasUnknown = unknown != dims->end();
  if (!isStatic(input)) {
    if (hasUnknown)
      *unknown = kDynamic;
    return pushResult(results, output, *dims);
  }
  std::optional<int64_t> count = checkedNumElements(*input);
  bool fits = count && (hasUnknown ? *known != 0 && *count % *known == 0
                                   : *count == *known);
  if (!fits)
    return op->emitOpError("cannot bring the elements of ")
           << tensor.getType() << " into the shape [" << *dims << "]";
  if (hasUnknown)
    *unknown = *count / *known;
  return pushResult(results, output, *dims);
}

LogicalResult ReshapeOp::inferShapes(const ShapeInference &context,
                                     Types &results) {
  return inferReshape(*this, context, results);
}

/// Ops whose result holds the same elements in the same order.
static OpFoldResult foldSameElements(Operation *op, Attribute input) {
  if (!mayFold(op))
    return {};
  auto type = cast<TensorType>(op->getResult(0).getType());
  if (op->getOperand(0).getType() == type && type.hasRank() &&
      type.hasStaticShape())
    return op->getOperand(0);
  return reshapeConstant(input, type);
}

OpFoldResult ReshapeOp::fold(FoldAdaptor adaptor) {
  return foldSameElements(*this, adaptor.getTensor());
}

//===----------------------------------------------------------------------===//
// Squeeze, ExpandDims, EnsureShape
//===----------------------------------------------------------------------===//

LogicalResult SqueezeOp::inferShapes(const ShapeInference &, Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  if (!input)
    return pushResult(results, getOutput(), std::nullopt);
  llvm::SmallBitVector dropped(input->size());
  ArrayAttr dims = getSqueezeDims().value_or(ArrayAttr());
  if (!dims || dims.empty()) {
    if (!isStatic(input))
      return pushResult(results, getOutput(), std::nullopt);
    for (auto [i, size] : llvm::enumerate(*input))
      dropped[i] = size == 1;
  } else {
    for (Attribute attr : dims) {
      int64_t axis = cast<IntegerAttr>(attr).getInt();
      std::optional<int64_t> dim = normalizeAxis(axis, input->size());
      if (!dim)
        return emitOpError("expects squeeze_dims in [-")
               << input->size() << ", " << input->size() << "), but got "
               << axis;
      if ((*input)[*dim] != 1 && !ShapedType::isDynamic((*input)[*dim]))
        return emitOpError("expects size 1 in dimension ")
               << *dim << ", but it is " << (*input)[*dim];
      dropped.set(*dim);
    }
  }
  Dims shape;
  for (auto [i, size] : llvm::enumerate(*input))
    if (!dropped[i])
      shape.push_back(size);
  return pushResult(results, getOutput(), shape);
}

OpFoldResult SqueezeOp::fold(FoldAdaptor adaptor) {
  return foldSameElements(*this, adaptor.getInput());
}

LogicalResult ExpandDimsOp::inferShapes(const ShapeInference &context,
                                        Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  if (!input)
    return pushResult(results, getOutput(), std::nullopt);
  int64_t rank = input->size() + 1;
  FailureOr<int64_t> axis =
      inferAxis(*this, context.constantInts(getDim()), rank);
  if (failed(axis))
    return failure();
  if (*axis < 0)
    return pushResult(results, getOutput(), Dims(rank, kDynamic));
  Dims shape(*input);
  shape.insert(shape.begin() + *axis, 1);
  return pushResult(results, getOutput(), shape);
}

OpFoldResult ExpandDimsOp::fold(FoldAdaptor adaptor) {
  return foldSameElements(*this, adaptor.getInput());
}

LogicalResult EnsureShapeOp::inferShapes(const ShapeInference &,
                                         Types &results) {
  auto declared = cast<TensorType>(
      getShapeAttr().getTensorType(getElementTypeOrSelf(getOutput())));
  auto input =
      makeTensorType(shapeOf(getInput()), getElementTypeOrSelf(getOutput()));
  FailureOr<TensorType> merged = mergeTypes(declared, input);
  if (failed(merged))
    return emitOpError("expects an input of shape ")
           << getShapeAttr() << ", but got " << getInput().getType();
  results.push_back(*merged);
  return success();
}

OpFoldResult EnsureShapeOp::fold(FoldAdaptor adaptor) {
  auto declared = cast<TensorType>(
      getShapeAttr().getTensorType(getElementTypeOrSelf(getOutput())));
  if (failed(mergeTypes(declared, cast<TensorType>(getInput().getType()))))
    return {};
  return foldSameElements(*this, adaptor.getInput());
}

//===----------------------------------------------------------------------===//
// Bitcast
//===----------------------------------------------------------------------===//

LogicalResult BitcastOp::inferShapes(const ShapeInference &, Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  std::optional<unsigned> from =
      getElementByteSize(getElementTypeOrSelf(getInput()));
  std::optional<unsigned> to =
      getElementByteSize(getElementTypeOrSelf(getOutput()));
  if (!input || !from || !to)
    return pushResult(results, getOutput(), std::nullopt);
  Dims shape(*input);
  if (*from > *to) {
    shape.push_back(*from / *to);
  } else if (*from < *to) {
    if (shape.empty() || (!ShapedType::isDynamic(shape.back()) &&
                          shape.back() != int64_t(*to / *from)))
      return emitOpError("expects a last dimension of size ")
             << *to / *from << ", but got " << getInput().getType();
    shape.pop_back();
  }
  return pushResult(results, getOutput(), shape);
}

OpFoldResult BitcastOp::fold(FoldAdaptor adaptor) {
  auto source = dyn_cast_or_null<DenseElementsAttr>(adaptor.getInput());
  auto type = dyn_cast<RankedTensorType>(getType());
  Type elementType = getElementTypeOrSelf(getOutput());
  if (!mayFold(*this) || !source || !type || !type.hasStaticShape() ||
      source.getNumElements() > kMaxFoldElements)
    return {};
  if (getInput().getType() == getType())
    return getInput();
  if (!elementType.isIntOrFloat() ||
      type.getNumElements() != source.getNumElements() ||
      elementType.isInteger(1) || source.getElementType().isInteger(1))
    return {};
  return DenseElementsAttr::getFromRawBuffer(type, source.getRawData());
}

//===----------------------------------------------------------------------===//
// BroadcastTo
//===----------------------------------------------------------------------===//

LogicalResult BroadcastToOp::inferShapes(const ShapeInference &context,
                                         Types &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  std::optional<Dims> dims = context.constantInts(getShape());
  if (!dims)
    return pushResult(results, getOutput(), unknownDims(getShape()));
  if (dims->size() > size_t(kMaxRank) || !checkedNumElements(*dims))
    return emitOpError("expects a shape, but got [") << *dims << "]";
  if (input) {
    int64_t offset = int64_t(dims->size()) - int64_t(input->size());
    bool fits = offset >= 0;
    for (int64_t i = 0, e = input->size(); fits && i < e; ++i) {
      int64_t size = (*input)[i];
      fits = size == 1 || ShapedType::isDynamic(size) ||
             size == (*dims)[offset + i];
    }
    if (!fits)
      return emitOpError("cannot broadcast ")
             << getInput().getType() << " to the shape [" << *dims << "]";
  }
  return pushResult(results, getOutput(), *dims);
}

OpFoldResult BroadcastToOp::fold(FoldAdaptor adaptor) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getInput());
  std::optional<ArrayRef<int64_t>> output = shapeOf(getOutput());
  if (!mayFold(*this) || !isStatic(input) || !output ||
      output->size() < input->size())
    return {};
  if (getInput().getType() == getType())
    return getInput();
  return pickElements(
      adaptor.getInput(), getType(), [&](ArrayRef<int64_t> index) {
        int64_t position = 0;
        for (auto [size, i] : llvm::zip(*input, index.take_back(input->size())))
          position = position * size + (size == 1 ? 0 : i);
        return position;
      });
}

#define GET_OP_CLASSES
#include "ir/TFGShapeOps.cpp.inc"
