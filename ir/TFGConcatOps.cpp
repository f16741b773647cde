//===- TFGConcatOps.cpp - joined tensors, and taken apart ----------------===//
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
    (void)pushResult(results, output, shape);
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
  auto part = RankedTensorType::get(size, getElementTypeOrSelf(getValue()));
  for (auto [i, output] : llvm::enumerate(outputs)) {
    offsets[*axis] = i;
    ElementsAttr slice =
        pickPart(adaptor.getValue(), *input, part, offsets, strides);
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
    auto type =
        makeTensorType(shapeOf(input), getElementTypeOrSelf(getOutput()));
    FailureOr<TensorType> merged =
        common ? mergeTypes(*common, type) : FailureOr<TensorType>(type);
    if (failed(merged))
      return emitOpError("expects inputs of one shape, but got ")
             << *common << " and " << type;
    common = *merged;
  }
  if (!common || !common->hasRank())
    return pushResult(results, getOutput(), std::nullopt);
  int64_t rank = common->getRank() + 1;
  FailureOr<int64_t> axis = inferAxis(*this, Dims{int64_t(getAxis())}, rank);
  if (failed(axis))
    return failure();
  Dims shape(common->getShape());
  shape.insert(shape.begin() + *axis, inputs.size());
  return pushResult(results, getOutput(), shape);
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
    return pushResult(results, output, std::nullopt);
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
  return pushResult(results, output, shape);
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
