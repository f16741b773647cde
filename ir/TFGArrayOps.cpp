//===- TFGArrayOps.cpp - constants, placeholders, identities, new tensors -===//
//
// Each op: what shape it gives, then how it folds. What inference reports as a
// model error, folding leaves alone.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGArrayOps.h"
#include "ir/Identities.h"
#include "ir/TensorFolding.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = SmallVector<int64_t>;

//===----------------------------------------------------------------------===//
// Const
//===----------------------------------------------------------------------===//

LogicalResult ConstOp::verify() {
  auto type = cast<TensorType>(getType());
  auto valueType = cast<TensorType>(getValue().getType());
  if (type.getElementType() != valueType.getElementType() ||
      failed(mergeTypes(type, valueType)))
    return emitOpError("expects a value of its own type, but has one of type ")
           << valueType;
  return success();
}

LogicalResult ConstOp::inferShapes(const ShapeInference &,
                                   SmallVectorImpl<Type> &results) {
  results.push_back(getValue().getType());
  return success();
}

OpFoldResult ConstOp::fold(FoldAdaptor) { return getValue(); }

//===----------------------------------------------------------------------===//
// Placeholders
//===----------------------------------------------------------------------===//

LogicalResult PlaceholderOp::inferShapes(const ShapeInference &,
                                         Types &results) {
  results.push_back(getType());
  return success();
}

LogicalResult PlaceholderV2Op::inferShapes(const ShapeInference &,
                                           Types &results) {
  results.push_back(
      getShape().getTensorType(getElementTypeOrSelf(getOutput())));
  return success();
}

LogicalResult PlaceholderWithDefaultOp::inferShapes(const ShapeInference &,
                                                    Types &results) {
  results.push_back(
      getShape().getTensorType(getElementTypeOrSelf(getOutput())));
  return success();
}

//===----------------------------------------------------------------------===//
// The input, unchanged
//===----------------------------------------------------------------------===//

/// An Identity of a reference reads the variable; one with control inputs
/// waits, and one after a Switch may stand for its branch.
static OpFoldResult foldForward(Operation *op) {
  if (!mayFold(op) ||
      op->getOperand(0).getType() != op->getResult(0).getType() ||
      firn::tfg::marksBranch(op))
    return {};
  return op->getOperand(0);
}

#define FIRN_FORWARD(Op)                                                       \
  LogicalResult Op::inferShapes(const ShapeInference &, Types &results) {      \
    return inferSameAsFirst(*this, results);                                   \
  }                                                                            \
  OpFoldResult Op::fold(FoldAdaptor) { return foldForward(*this); }

FIRN_FORWARD(IdentityOp)
FIRN_FORWARD(StopGradientOp)
FIRN_FORWARD(PreventGradientOp)
FIRN_FORWARD(SnapshotOp)
FIRN_FORWARD(GuaranteeConstOp)

LogicalResult IdentityNOp::verify() {
  if (getOutputs().size() != firn::tfg::getDataOperands(*this).size())
    return emitOpError("expects one output for each input");
  return success();
}

LogicalResult IdentityNOp::inferShapes(const ShapeInference &, Types &results) {
  for (auto [input, output] :
       llvm::zip(firn::tfg::getDataOperands(*this), getOutputs()))
    results.push_back(
        makeTensorType(shapeOf(input), getElementTypeOrSelf(output)));
  return success();
}

LogicalResult IdentityNOp::fold(FoldAdaptor,
                                SmallVectorImpl<OpFoldResult> &results) {
  OperandRange inputs = firn::tfg::getDataOperands(*this);
  if (!mayFold(*this) || inputs.empty() ||
      inputs.getTypes() != getOutputs().getTypes())
    return failure();
  llvm::append_range(results, inputs);
  return success();
}

LogicalResult CheckNumericsOp::inferShapes(const ShapeInference &,
                                           Types &results) {
  return inferSameAsFirst(*this, results);
}

//===----------------------------------------------------------------------===//
// Fill, ZerosLike, OnesLike
//===----------------------------------------------------------------------===//

LogicalResult FillOp::inferShapes(const ShapeInference &context,
                                  Types &results) {
  std::optional<Dims> dims = context.constantInts(getDims());
  if (!dims) {
    std::optional<ArrayRef<int64_t>> entries = shapeOf(getDims());
    bool known = entries && entries->size() == 1 &&
                 !ShapedType::isDynamic(entries->front()) &&
                 entries->front() <= kMaxRank;
    if (known)
      results.push_back(
          RankedTensorType::get(Dims(entries->front(), ShapedType::kDynamic),
                                getElementTypeOrSelf(getOutput())));
    else
      results.push_back(
          UnrankedTensorType::get(getElementTypeOrSelf(getOutput())));
    return success();
  }
  if (dims->size() > size_t(kMaxRank) || !checkedNumElements(*dims))
    return emitOpError("expects a shape, but got [") << *dims << "]";
  results.push_back(
      RankedTensorType::get(*dims, getElementTypeOrSelf(getOutput())));
  return success();
}

OpFoldResult FillOp::fold(FoldAdaptor adaptor) {
  auto value = dyn_cast_or_null<ElementsAttr>(adaptor.getValue());
  if (!mayFold(*this) || !value || value.getNumElements() != 1)
    return {};
  SmallVector<char> scratch;
  std::optional<ArrayRef<char>> bytes = getRawData(value, scratch);
  return bytes ? makeSplat(getType(), *bytes) : ElementsAttr();
}

/// A splat of 0 or 1 of the type's elements; null if they have no such.
static OpFoldResult foldNumber(Operation *op, unsigned number) {
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!mayFold(op) || !type || !type.hasStaticShape() ||
      !checkedNumElements(type.getShape()))
    return {};
  Type elementType = type.getElementType();
  if (auto complex = dyn_cast<ComplexType>(elementType)) {
    auto part = dyn_cast<FloatType>(complex.getElementType());
    if (!part)
      return {};
    APFloat real(part.getFloatSemantics(), number);
    APFloat zero(part.getFloatSemantics(), 0);
    return DenseElementsAttr::get(type, std::complex<APFloat>(real, zero));
  }
  if (auto floating = dyn_cast<FloatType>(elementType))
    return DenseElementsAttr::get(
        type, APFloat(floating.getFloatSemantics(), number));
  if (auto integer = dyn_cast<IntegerType>(elementType))
    return DenseElementsAttr::get(type, APInt(integer.getWidth(), number));
  return {};
}

LogicalResult ZerosLikeOp::inferShapes(const ShapeInference &, Types &results) {
  return inferSameAsFirst(*this, results);
}

OpFoldResult ZerosLikeOp::fold(FoldAdaptor) { return foldNumber(*this, 0); }

LogicalResult OnesLikeOp::inferShapes(const ShapeInference &, Types &results) {
  return inferSameAsFirst(*this, results);
}

OpFoldResult OnesLikeOp::fold(FoldAdaptor) { return foldNumber(*this, 1); }

//===----------------------------------------------------------------------===//
// Range, LinSpace
//===----------------------------------------------------------------------===//

/// The value of a constant scalar of floats; nullopt if it is none.
static std::optional<APFloat> floatScalar(ElementsAttr value) {
  auto dense = dyn_cast_or_null<DenseFPElementsAttr>(value);
  if (!dense || dense.getNumElements() != 1)
    return std::nullopt;
  return *dense.value_begin<APFloat>();
}

/// ceil((limit - start) / delta) of integers, in 128 bits, as unsigned types
/// and differences of int64 need. An error text if there is no such range.
static FailureOr<int64_t> countIntegers(int64_t start, int64_t limit,
                                        int64_t delta, bool isUnsigned,
                                        std::string &error) {
  auto widen = [&](int64_t value) {
    return isUnsigned ? __int128(uint64_t(value)) : __int128(value);
  };
  __int128 distance = widen(limit) - widen(start), step = widen(delta);
  if (step == 0) {
    error = "expects a delta that is not 0";
    return failure();
  }
  if (distance != 0 && (distance < 0) != (step < 0)) {
    error = "expects a limit in the direction of delta";
    return failure();
  }
  __int128 count = distance / step + (distance % step != 0);
  if (count > INT64_MAX) {
    error = "has more elements than can be";
    return failure();
  }
  return int64_t(count);
}

/// ceil(abs((limit - start) / delta)), each step rounded to the element type as
/// TensorFlow does.
static FailureOr<int64_t> countFloats(APFloat start, APFloat limit,
                                      APFloat delta, std::string &error) {
  if (delta.isZero() || delta.isNaN()) {
    error = "expects a delta that is not 0";
    return failure();
  }
  APFloat count = limit;
  count.subtract(start, APFloat::rmNearestTiesToEven);
  if (!count.isZero() && count.isNegative() != delta.isNegative()) {
    error = "expects a limit in the direction of delta";
    return failure();
  }
  count.divide(delta, APFloat::rmNearestTiesToEven);
  count.clearSign();
  llvm::APSInt integer(64, /*isUnsigned=*/false);
  bool isExact;
  if (!count.isFinite() ||
      count.convertToInteger(integer, APFloat::rmTowardPositive, &isExact) ==
          APFloat::opInvalidOp) {
    error = "expects numbers that are finite";
    return failure();
  }
  return integer.getExtValue();
}

/// Number of elements if all three operands are known, -1 if not.
static FailureOr<int64_t> countRange(ElementsAttr start, ElementsAttr limit,
                                     ElementsAttr delta, std::string &error) {
  if (!start || !limit || !delta)
    return -1;
  if (auto type = dyn_cast<IntegerType>(start.getElementType())) {
    auto a = getIntegers(start), b = getIntegers(limit), c = getIntegers(delta);
    if (!a || !b || !c || a->size() != 1 || b->size() != 1 || c->size() != 1)
      return -1;
    return countIntegers(a->front(), b->front(), c->front(), type.isUnsigned(),
                         error);
  }
  std::optional<APFloat> a = floatScalar(start), b = floatScalar(limit),
                         c = floatScalar(delta);
  if (!a || !b || !c)
    return -1;
  return countFloats(*a, *b, *c, error);
}

LogicalResult RangeOp::inferShapes(const ShapeInference &context,
                                   Types &results) {
  std::string error;
  FailureOr<int64_t> count =
      countRange(context.constant(getStart()), context.constant(getLimit()),
                 context.constant(getDelta()), error);
  if (failed(count))
    return emitOpError(error);
  results.push_back(
      RankedTensorType::get({*count < 0 ? ShapedType::kDynamic : *count},
                            getElementTypeOrSelf(getOutput())));
  return success();
}

OpFoldResult RangeOp::fold(FoldAdaptor adaptor) {
  auto start = dyn_cast_or_null<ElementsAttr>(adaptor.getStart());
  auto limit = dyn_cast_or_null<ElementsAttr>(adaptor.getLimit());
  auto delta = dyn_cast_or_null<ElementsAttr>(adaptor.getDelta());
  std::string error;
  FailureOr<int64_t> count = countRange(start, limit, delta, error);
  if (!mayFold(*this) || failed(count) || *count < 0 ||
      *count > kMaxFoldElements)
    return {};
  Type elementType = getElementTypeOrSelf(getOutput());
  if (elementType.isInteger()) {
    Dims values;
    uint64_t value = getIntegers(start)->front();
    uint64_t step = getIntegers(delta)->front();
    for (int64_t i = 0; i < *count; ++i, value += step)
      values.push_back(value);
    return makeIntVector(elementType, values);
  }
  // Added up in the element type, as TensorFlow does.
  APFloat value = *floatScalar(start), step = *floatScalar(delta);
  SmallVector<APFloat> values;
  for (int64_t i = 0; i < *count; ++i) {
    values.push_back(value);
    value.add(step, APFloat::rmNearestTiesToEven);
  }
  return DenseElementsAttr::get(RankedTensorType::get({*count}, elementType),
                                values);
}

LogicalResult LinSpaceOp::inferShapes(const ShapeInference &context,
                                      Types &results) {
  std::optional<Dims> num = context.constantInts(getNum());
  if (num && (num->size() != 1 || num->front() <= 0))
    return emitOpError("expects a number of values above 0, but got [")
           << *num << "]";
  results.push_back(
      RankedTensorType::get({num ? num->front() : ShapedType::kDynamic},
                            getElementTypeOrSelf(getOutput())));
  return success();
}

OpFoldResult LinSpaceOp::fold(FoldAdaptor adaptor) {
  auto start = floatScalar(dyn_cast_or_null<ElementsAttr>(adaptor.getStart()));
  auto stop = floatScalar(dyn_cast_or_null<ElementsAttr>(adaptor.getStop()));
  std::optional<int64_t> num = foldedInt(adaptor.getNum());
  if (!mayFold(*this) || !start || !stop || !num || *num <= 0 ||
      *num > kMaxFoldElements)
    return {};
  auto mode = APFloat::rmNearestTiesToEven;
  const llvm::fltSemantics &semantics = start->getSemantics();
  auto number = [&](int64_t value) {
    APFloat result(semantics);
    result.convertFromAPInt(APInt(64, value), /*IsSigned=*/true, mode);
    return result;
  };
  // start + step * i, the last one exactly the stop.
  SmallVector<APFloat> values{*start};
  if (*num > 1) {
    APFloat step = *stop;
    step.subtract(*start, mode);
    step.divide(number(*num - 1), mode);
    for (int64_t i = 1; i + 1 < *num; ++i) {
      APFloat value = step;
      value.multiply(number(i), mode);
      value.add(*start, mode);
      values.push_back(value);
    }
    values.push_back(*stop);
  }
  return DenseElementsAttr::get(
      RankedTensorType::get({*num}, getElementTypeOrSelf(getOutput())), values);
}

//===----------------------------------------------------------------------===//
// OneHot
//===----------------------------------------------------------------------===//

LogicalResult OneHotOp::inferShapes(const ShapeInference &context,
                                    Types &results) {
  std::optional<ArrayRef<int64_t>> indices = shapeOf(getIndices());
  std::optional<Dims> depth = context.constantInts(getDepth());
  if (depth && (depth->size() != 1 || depth->front() < 0))
    return emitOpError("expects a depth that is not negative, but got [")
           << *depth << "]";
  if (!indices) {
    results.push_back(
        UnrankedTensorType::get(getElementTypeOrSelf(getOutput())));
    return success();
  }
  int64_t rank = indices->size(), axis = int64_t(getAxis());
  if (axis < -1 || axis > rank)
    return emitOpError("expects an axis in [-1, ")
           << rank << "], but got " << axis;
  Dims shape(*indices);
  shape.insert(axis == -1 ? shape.end() : shape.begin() + axis,
               depth ? depth->front() : ShapedType::kDynamic);
  if (!ShapedType::isDynamicShape(shape) && !checkedNumElements(shape))
    return emitOpError("has more elements than can be: [") << shape << "]";
  results.push_back(
      RankedTensorType::get(shape, getElementTypeOrSelf(getOutput())));
  return success();
}

#define GET_OP_CLASSES
#include "ir/TFGArrayOps.cpp.inc"
