//===- TFGPadOps.cpp - tensors with a border -----------------------------===//
//
// Each op: what shape it gives, then how it folds. What inference reports as a
// model error, folding leaves alone.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGSliceOps.h"
#include "ir/TensorFolding.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = SmallVector<int64_t>;
using OptionalDims = std::optional<Dims>;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

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
      return pushResult(results, output, std::nullopt);
    return pushResult(results, output, Dims(values->size() / 2, kDynamic));
  }
  if (!values)
    return pushResult(results, output, Dims(shape->size(), kDynamic));
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
  return pushResult(results, output, padded);
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
  std::optional<unsigned> size =
      getElementByteSize(getElementTypeOrSelf(getInput()));
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
