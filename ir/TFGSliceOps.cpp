//===- TFGSliceOps.cpp - parts of tensors, joined tensors -----------------===//
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

static std::optional<ArrayRef<int64_t>> shapeOf(Value value) {
  return firn::tfg::getShape(value);
}

static Type elementOf(Value value) {
  return cast<TensorType>(value.getType()).getElementType();
}

static LogicalResult push(Types &results, Value output,
                          std::optional<ArrayRef<int64_t>> shape) {
  results.push_back(makeTensorType(shape, elementOf(output)));
  return success();
}

static bool isStatic(std::optional<ArrayRef<int64_t>> shape) {
  return shape && !ShapedType::isDynamicShape(*shape);
}

/// An axis operand brought into [0, rank), -1 if its value is not known; fails
/// with an error if it is out of range.
static FailureOr<int64_t> inferAxis(Operation *op, const OptionalDims &axis,
                                    int64_t rank) {
  if (!axis)
    return -1;
  if (axis->size() != 1)
    return op->emitOpError("expects one axis, but got ") << axis->size();
  std::optional<int64_t> dim = normalizeAxis(axis->front(), rank);
  if (!dim)
    return op->emitOpError("expects an axis in [-")
           << rank << ", " << rank << "), but got " << axis->front();
  return *dim;
}

/// A part of a constant: `offsets` and `strides` for each dimension of `part`.
static ElementsAttr foldPart(Attribute source, ArrayRef<int64_t> sourceShape,
                             RankedTensorType part, ArrayRef<int64_t> offsets,
                             ArrayRef<int64_t> strides) {
  return pickElements(source, part, [&](ArrayRef<int64_t> index) {
    int64_t position = 0;
    for (auto [size, i, offset, stride] :
         llvm::zip_equal(sourceShape, index, offsets, strides))
      position = position * size + offset + i * stride;
    return position;
  });
}

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
      return push(results, getOutput(), std::nullopt);
    for (int64_t &dim : *size)
      dim = dim < 0 ? kDynamic : dim;
    return push(results, getOutput(), *size);
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
  return push(results, getOutput(), shape);
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
  return foldPart(adaptor.getInput(), *input, type, *begin,
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
    return push(results, getOutput(), std::nullopt);
  OptionalDims begin = context.constantInts(getBegin());
  OptionalDims end = context.constantInts(getEnd());
  OptionalDims strides = context.constantInts(getStrides());
  std::string error;
  FailureOr<StridedSliceSpec> spec = resolveStridedSlice(
      *this, *input, *entries, asRef(begin), asRef(end), asRef(strides), error);
  if (failed(spec))
    return emitOpError(error);
  return push(results, getOutput(), spec->shape);
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
      foldPart(adaptor.getInput(), *input, part, spec->offsets, spec->strides);
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
    (void)push(results, output, shape);
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
    ElementsAttr part = foldPart(value, *shape, type, offsets, strides);
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
      (void)push(results, output, std::nullopt);
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
      (void)push(results, output, shape);
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
    (void)push(results, output, shape);
  }
  return success();
}

LogicalResult SplitVOp::fold(FoldAdaptor adaptor,
                             SmallVectorImpl<OpFoldResult> &results) {
  return foldParts(*this, getValue(), adaptor.getValue(),
                   foldedInt(adaptor.getSplitDim()), results);
}

//===----------------------------------------------------------------------===//
// Unpack, Pack
//===----------------------------------------------------------------------===//

LogicalResult UnpackOp::inferShapes(const ShapeInference &, Types &results) {
  ResultRange outputs = firn::tfg::getOutputs(*this);
  std::optional<ArrayRef<int64_t>> input = shapeOf(getValue());
  std::optional<Dims> shape;
  if (input) {
    FailureOr<int64_t> axis = inferAxis(
        *this, Dims{getAxisAttr() ? getAxisAttr().getInt() : 0}, input->size());
    if (failed(axis))
      return failure();
    int64_t size = (*input)[*axis];
    if (!ShapedType::isDynamic(size) && size != int64_t(outputs.size()))
      return emitOpError("expects ")
             << outputs.size() << " slices in dimension " << *axis
             << ", but it has " << size;
    shape.emplace(*input);
    shape->erase(shape->begin() + *axis);
  }
  for (Value output : outputs)
    (void)push(results, output, shape);
  return success();
}

LogicalResult UnpackOp::fold(FoldAdaptor adaptor,
                             SmallVectorImpl<OpFoldResult> &results) {
  std::optional<ArrayRef<int64_t>> input = shapeOf(getValue());
  ResultRange outputs = firn::tfg::getOutputs(*this);
  if (!mayFold(*this) || !isStatic(input) || !adaptor.getValue() ||
      outputs.empty())
    return failure();
  std::optional<int64_t> axis =
      normalizeAxis(int64_t(getAxis()), input->size());
  if (!axis || (*input)[*axis] != int64_t(outputs.size()))
    return failure();
  Dims size(*input), offsets(input->size(), 0), strides(input->size(), 1);
  size[*axis] = 1;
  auto part = RankedTensorType::get(size, elementOf(getValue()));
  for (auto [i, output] : llvm::enumerate(outputs)) {
    offsets[*axis] = i;
    ElementsAttr slice =
        foldPart(adaptor.getValue(), *input, part, offsets, strides);
    ElementsAttr folded =
        slice ? reshapeConstant(slice, output.getType()) : ElementsAttr();
    if (!folded)
      return failure();
    results.push_back(folded);
  }
  return success();
}

LogicalResult PackOp::inferShapes(const ShapeInference &, Types &results) {
  OperandRange inputs = firn::tfg::getDataOperands(*this);
  std::optional<TensorType> common;
  for (Value input : inputs) {
    auto type = makeTensorType(shapeOf(input), elementOf(getOutput()));
    FailureOr<TensorType> merged =
        common ? mergeTypes(*common, type) : FailureOr<TensorType>(type);
    if (failed(merged))
      return emitOpError("expects inputs of one shape, but got ")
             << *common << " and " << type;
    common = *merged;
  }
  if (!common || !common->hasRank())
    return push(results, getOutput(), std::nullopt);
  int64_t rank = common->getRank() + 1;
  FailureOr<int64_t> axis = inferAxis(*this, Dims{int64_t(getAxis())}, rank);
  if (failed(axis))
    return failure();
  Dims shape(common->getShape());
  shape.insert(shape.begin() + *axis, inputs.size());
  return push(results, getOutput(), shape);
}

OpFoldResult PackOp::fold(FoldAdaptor adaptor) {
  auto type = dyn_cast<RankedTensorType>(getType());
  if (!mayFold(*this) || !type || !type.hasStaticShape())
    return {};
  std::optional<int64_t> axis =
      normalizeAxis(int64_t(getAxis()), type.getRank());
  if (!axis || type.getDimSize(*axis) !=
                   int64_t(firn::tfg::getDataOperands(*this).size()))
    return {};
  Dims slice(type.getShape());
  slice[*axis] = 1;
  auto sliceType = RankedTensorType::get(slice, type.getElementType());
  SmallVector<Attribute> parts;
  for (Attribute input : adaptor.getArgs()) {
    ElementsAttr part = reshapeConstant(input, sliceType);
    if (!part)
      return {};
    parts.push_back(part);
  }
  return joinConstants(parts, type, *axis);
}

//===----------------------------------------------------------------------===//
// Concat, ConcatV2
//===----------------------------------------------------------------------===//

LogicalResult ConcatOp::verify() {
  if (firn::tfg::getDataOperands(*this).size() < 2)
    return emitOpError("expects an axis and at least one input");
  return success();
}

LogicalResult ConcatV2Op::verify() {
  if (firn::tfg::getDataOperands(*this).size() < 2)
    return emitOpError("expects at least one input and an axis");
  return success();
}

/// The sizes along the axis added up, all other sizes merged.
static LogicalResult inferConcat(Operation *op, OperandRange inputs,
                                 const OptionalDims &axisValue,
                                 Types &results) {
  Value output = op->getResult(0);
  auto ranked = llvm::find_if(
      inputs, [](Value input) { return shapeOf(input).has_value(); });
  if (ranked == inputs.end())
    return push(results, output, std::nullopt);
  int64_t rank = shapeOf(*ranked)->size();
  FailureOr<int64_t> axis = inferAxis(op, axisValue, rank);
  if (failed(axis))
    return failure();
  Dims shape(rank, kDynamic);
  std::optional<int64_t> sum = 0;
  for (Value input : inputs) {
    std::optional<ArrayRef<int64_t>> next = shapeOf(input);
    if (!next) {
      sum = std::nullopt;
      continue;
    }
    if (int64_t(next->size()) != rank)
      return op->emitOpError("expects inputs of rank ")
             << rank << ", but got " << input.getType();
    if (*axis < 0)
      continue;
    for (auto [i, size] : llvm::enumerate(*next)) {
      if (int64_t(i) == *axis) {
        int64_t total = 0;
        bool known = sum && !ShapedType::isDynamic(size) &&
                     !llvm::AddOverflow(*sum, size, total);
        sum = known ? std::optional(total) : std::nullopt;
      } else if (ShapedType::isDynamic(shape[i])) {
        shape[i] = size;
      } else if (!ShapedType::isDynamic(size) && size != shape[i]) {
        return op->emitOpError("expects inputs that agree in dimension ")
               << i << ", but got sizes " << shape[i] << " and " << size;
      }
    }
  }
  if (*axis >= 0)
    shape[*axis] = sum.value_or(kDynamic);
  return push(results, output, shape);
}

static OpFoldResult foldConcat(Operation *op, ArrayRef<Attribute> parts,
                               std::optional<int64_t> axis) {
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!mayFold(op) || !type || !axis)
    return {};
  std::optional<int64_t> dim = normalizeAxis(*axis, type.getRank());
  return dim ? joinConstants(parts, type, *dim) : ElementsAttr();
}

LogicalResult ConcatOp::inferShapes(const ShapeInference &context,
                                    Types &results) {
  return inferConcat(*this, firn::tfg::getDataOperands(*this).drop_front(),
                     context.constantInts(getConcatDim()), results);
}

OpFoldResult ConcatOp::fold(FoldAdaptor adaptor) {
  return foldConcat(*this, adaptor.getArgs(),
                    foldedInt(adaptor.getConcatDim()));
}

LogicalResult ConcatV2Op::inferShapes(const ShapeInference &context,
                                      Types &results) {
  OperandRange operands = firn::tfg::getDataOperands(*this);
  return inferConcat(*this, operands.drop_back(),
                     context.constantInts(operands.back()), results);
}

OpFoldResult ConcatV2Op::fold(FoldAdaptor adaptor) {
  ArrayRef<Attribute> operands = adaptor.getArgs();
  if (!mayFold(*this))
    return {};
  return foldConcat(*this, operands.drop_back(), foldedInt(operands.back()));
}

//===----------------------------------------------------------------------===//
// Pad, PadV2, MirrorPad
//===----------------------------------------------------------------------===//

/// The input's sizes with those of `paddings` added: a matrix with a row for
/// each dimension. At most `maxPadding(size)` on each side, where it is given.
static LogicalResult
inferPad(Operation *op, Value input, Value paddings,
         const ShapeInference &context, Types &results,
         llvm::function_ref<int64_t(int64_t)> maxPadding = nullptr) {
  Value output = op->getResult(0);
  std::optional<ArrayRef<int64_t>> shape = shapeOf(input);
  OptionalDims values = context.constantInts(paddings);
  if (!shape) {
    if (!values || values->size() / 2 > size_t(kMaxRank))
      return push(results, output, std::nullopt);
    return push(results, output, Dims(values->size() / 2, kDynamic));
  }
  if (!values)
    return push(results, output, Dims(shape->size(), kDynamic));
  if (values->size() != 2 * shape->size())
    return op->emitOpError("expects paddings of shape [")
           << shape->size() << ", 2], but got " << paddings.getType();
  Dims padded;
  for (auto [i, size] : llvm::enumerate(*shape)) {
    int64_t before = (*values)[2 * i], after = (*values)[2 * i + 1], sum = 0;
    bool isKnown = !ShapedType::isDynamic(size);
    int64_t limit = maxPadding && isKnown ? maxPadding(size) : INT64_MAX;
    if (before < 0 || after < 0 || before > limit || after > limit ||
        llvm::AddOverflow(before, after, sum) ||
        (isKnown && llvm::AddOverflow(sum, size, sum))) {
      InFlightDiagnostic error =
          op->emitOpError("expects paddings of dimension ")
          << i << " that are not negative";
      if (limit != INT64_MAX)
        error << " and at most " << limit;
      return error << ", but got " << before << " and " << after;
    }
    padded.push_back(isKnown ? sum : kDynamic);
  }
  return push(results, output, padded);
}

/// The paddings before each dimension, if they and the input's shape are known
/// and fit the result.
static OptionalDims paddingsBefore(Operation *op, Attribute paddings) {
  std::optional<ArrayRef<int64_t>> shape = shapeOf(op->getOperand(0));
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  OptionalDims values = foldedInts(paddings);
  if (!mayFold(op) || !isStatic(shape) || !type || !type.hasStaticShape() ||
      !values || values->size() != 2 * shape->size() ||
      type.getRank() != int64_t(shape->size()))
    return std::nullopt;
  Dims before;
  for (auto [i, size] : llvm::enumerate(*shape)) {
    before.push_back((*values)[2 * i]);
    if (before.back() < 0 || before.back() > type.getDimSize(i))
      return std::nullopt;
  }
  return before;
}

/// Pads a constant with the element of `fill`.
static OpFoldResult foldPad(Operation *op, Attribute value, Attribute paddings,
                            ArrayRef<char> fill) {
  OptionalDims before = paddingsBefore(op, paddings);
  if (!before)
    return {};
  if (op->getOperand(0).getType() == op->getResult(0).getType())
    return op->getOperand(0);
  ArrayRef<int64_t> shape = *shapeOf(op->getOperand(0));
  return pickElements(
      value, op->getResult(0).getType(),
      [&](ArrayRef<int64_t> index) {
        int64_t position = 0;
        for (auto [size, i, offset] : llvm::zip_equal(shape, index, *before)) {
          if (i < offset || i - offset >= size)
            return int64_t(-1);
          position = position * size + i - offset;
        }
        return position;
      },
      fill);
}

LogicalResult PadOp::inferShapes(const ShapeInference &context,
                                 Types &results) {
  return inferPad(*this, getInput(), getPaddings(), context, results);
}

OpFoldResult PadOp::fold(FoldAdaptor adaptor) {
  std::optional<unsigned> size = getElementByteSize(elementOf(getInput()));
  if (!size)
    return {};
  return foldPad(*this, adaptor.getInput(), adaptor.getPaddings(),
                 SmallVector<char>(*size, 0));
}

LogicalResult PadV2Op::inferShapes(const ShapeInference &context,
                                   Types &results) {
  return inferPad(*this, getInput(), getPaddings(), context, results);
}

OpFoldResult PadV2Op::fold(FoldAdaptor adaptor) {
  auto fill = dyn_cast_or_null<ElementsAttr>(adaptor.getConstantValues());
  SmallVector<char> scratch;
  std::optional<ArrayRef<char>> bytes =
      fill ? getRawData(fill, scratch) : std::nullopt;
  if (!bytes || bytes->empty())
    return {};
  return foldPad(*this, adaptor.getInput(), adaptor.getPaddings(), *bytes);
}

LogicalResult MirrorPadOp::verify() {
  if (getMode() != "REFLECT" && getMode() != "SYMMETRIC")
    return emitOpError("expects mode REFLECT or SYMMETRIC, but got \"")
           << getMode() << '"';
  return success();
}

LogicalResult MirrorPadOp::inferShapes(const ShapeInference &context,
                                       Types &results) {
  int64_t border = getMode() == "REFLECT" ? 1 : 0;
  return inferPad(
      *this, getInput(), getPaddings(), context, results,
      [&](int64_t size) { return std::max<int64_t>(size - border, 0); });
}

OpFoldResult MirrorPadOp::fold(FoldAdaptor adaptor) {
  OptionalDims before = paddingsBefore(*this, adaptor.getPaddings());
  if (!before)
    return {};
  if (getInput().getType() == getType())
    return getInput();
  ArrayRef<int64_t> shape = *shapeOf(getInput());
  int64_t border = getMode() == "REFLECT" ? 1 : 0;
  return pickElements(
      adaptor.getInput(), getType(), [&](ArrayRef<int64_t> index) {
        int64_t position = 0;
        for (auto [size, i, offset] : llvm::zip_equal(shape, index, *before)) {
          int64_t own = i - offset;
          if (own < 0)
            own = -own - 1 + border;
          else if (own >= size)
            own = 2 * size - 1 - border - own;
          // A size that the paddings do not fit is reported by inference.
          own = std::clamp<int64_t>(own, 0, std::max<int64_t>(size - 1, 0));
          position = position * size + own;
        }
        return position;
      });
}

#define GET_OP_CLASSES
#include "ir/TFGSliceOps.cpp.inc"
