//===- TFGLogicOps.cpp - comparison, logic, selection, casts
//---------------===//

#include "ir/TFGLogicOps.h"
#include "ir/ElementwiseFold.h"

using namespace mlir;
using namespace firn::tfg;
using llvm::APFloat;
using llvm::APInt;
using llvm::APSInt;

using Scalars = ArrayRef<Scalar>;

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

namespace {

enum class Order { Less, Equal, Greater, Unordered };

std::optional<Order> compare(Scalars args) {
  const auto *x = std::get_if<APSInt>(&args[0]);
  const auto *y = std::get_if<APSInt>(&args[1]);
  if (bool(x) != bool(y))
    return std::nullopt;
  if (x) {
    int order = APSInt::compareValues(*x, *y);
    return order < 0 ? Order::Less : order ? Order::Greater : Order::Equal;
  }
  const auto &fx = std::get<APFloat>(args[0]);
  const auto &fy = std::get<APFloat>(args[1]);
  if (&fx.getSemantics() != &fy.getSemantics())
    return std::nullopt;
  switch (fx.compare(fy)) {
  case APFloat::cmpLessThan:
    return Order::Less;
  case APFloat::cmpGreaterThan:
    return Order::Greater;
  case APFloat::cmpEqual:
    return Order::Equal;
  case APFloat::cmpUnordered:
    return Order::Unordered;
  }
  llvm_unreachable("all orders are handled");
}

OpFoldResult foldComparison(Operation *op, ArrayRef<Attribute> operands,
                            llvm::function_ref<bool(Order)> holds) {
  return foldElementwise(op, operands,
                         [&](Scalars args) -> std::optional<Scalar> {
                           std::optional<Order> order = compare(args);
                           if (!order)
                             return std::nullopt;
                           return makeBool(holds(*order));
                         });
}

} // namespace

OpFoldResult EqualOp::fold(FoldAdaptor adaptor) {
  return foldComparison(*this, adaptor.getOperands(),
                        [](Order order) { return order == Order::Equal; });
}
OpFoldResult NotEqualOp::fold(FoldAdaptor adaptor) {
  return foldComparison(*this, adaptor.getOperands(),
                        [](Order order) { return order != Order::Equal; });
}
OpFoldResult LessOp::fold(FoldAdaptor adaptor) {
  return foldComparison(*this, adaptor.getOperands(),
                        [](Order order) { return order == Order::Less; });
}
OpFoldResult LessEqualOp::fold(FoldAdaptor adaptor) {
  return foldComparison(*this, adaptor.getOperands(), [](Order order) {
    return order == Order::Less || order == Order::Equal;
  });
}
OpFoldResult GreaterOp::fold(FoldAdaptor adaptor) {
  return foldComparison(*this, adaptor.getOperands(),
                        [](Order order) { return order == Order::Greater; });
}
OpFoldResult GreaterEqualOp::fold(FoldAdaptor adaptor) {
  return foldComparison(*this, adaptor.getOperands(), [](Order order) {
    return order == Order::Greater || order == Order::Equal;
  });
}

/// Shapes that do not go together make a scalar if the node asks for it.
template <typename OpT>
static LogicalResult inferEquality(OpT op, SmallVectorImpl<Type> &results) {
  std::optional<ArrayRef<int64_t>> x = shapeOf(op.getX());
  std::optional<ArrayRef<int64_t>> y = shapeOf(op.getY());
  if (op.getIncompatibleShapeError())
    return inferBroadcast(op, results);
  // Unknown sizes may turn out either way.
  bool areKnown = x && y && !ShapedType::isDynamicShape(*x) &&
                  !ShapedType::isDynamicShape(*y);
  Type elementType = getElementType(op.getZ());
  if (!areKnown)
    results.push_back(UnrankedTensorType::get(elementType));
  else if (failed(broadcastShapes(*x, *y)))
    results.push_back(RankedTensorType::get({}, elementType));
  else
    return inferBroadcast(op, results);
  return success();
}

LogicalResult EqualOp::inferShapes(const ShapeInference &,
                                   SmallVectorImpl<Type> &results) {
  return inferEquality(*this, results);
}
LogicalResult NotEqualOp::inferShapes(const ShapeInference &,
                                      SmallVectorImpl<Type> &results) {
  return inferEquality(*this, results);
}

//===----------------------------------------------------------------------===//
// Logic
//===----------------------------------------------------------------------===//

static bool isTrue(const Scalar &scalar) {
  return !std::get<APSInt>(scalar).isZero();
}
static bool areBools(Scalars args) {
  return llvm::all_of(args, [](const Scalar &scalar) {
    return std::holds_alternative<APSInt>(scalar);
  });
}

OpFoldResult LogicalAndOp::fold(FoldAdaptor adaptor) {
  if (isSplatOf(adaptor.getY(), 1))
    if (OpFoldResult x = foldTo(*this, getX()))
      return x;
  if (isSplatOf(adaptor.getX(), 1))
    if (OpFoldResult y = foldTo(*this, getY()))
      return y;
  return foldElementwise(*this, adaptor.getOperands(),
                         [](Scalars args) -> std::optional<Scalar> {
                           if (!areBools(args))
                             return std::nullopt;
                           return makeBool(isTrue(args[0]) && isTrue(args[1]));
                         });
}

OpFoldResult LogicalOrOp::fold(FoldAdaptor adaptor) {
  if (isSplatOf(adaptor.getY(), 0))
    if (OpFoldResult x = foldTo(*this, getX()))
      return x;
  if (isSplatOf(adaptor.getX(), 0))
    if (OpFoldResult y = foldTo(*this, getY()))
      return y;
  return foldElementwise(*this, adaptor.getOperands(),
                         [](Scalars args) -> std::optional<Scalar> {
                           if (!areBools(args))
                             return std::nullopt;
                           return makeBool(isTrue(args[0]) || isTrue(args[1]));
                         });
}

OpFoldResult LogicalNotOp::fold(FoldAdaptor adaptor) {
  return foldElementwise(*this, adaptor.getOperands(),
                         [](Scalars args) -> std::optional<Scalar> {
                           if (!areBools(args))
                             return std::nullopt;
                           return makeBool(!isTrue(args[0]));
                         });
}

//===----------------------------------------------------------------------===//
// Selection
//===----------------------------------------------------------------------===//

template <typename OpT> static LogicalResult verifySelect(OpT op) {
  Type condition = getElementType(op.getCondition());
  if (!condition.isInteger(1) && !isa<UnknownType, TypeParamType>(condition))
    return op.emitOpError("expects a condition of bool, but got ") << condition;
  return verifySameElementType(op, {op.getT(), op.getE(), op.getOutput()});
}

LogicalResult SelectOp::verify() { return verifySelect(*this); }
LogicalResult SelectV2Op::verify() { return verifySelect(*this); }

LogicalResult SelectOp::inferShapes(const ShapeInference &,
                                    SmallVectorImpl<Type> &results) {
  Type elementType = getElementType(getOutput());
  FailureOr<TensorType> type =
      mergeTypes(makeTensorType(shapeOf(getT()), elementType),
                 makeTensorType(shapeOf(getE()), elementType));
  if (failed(type))
    return emitOpError("expects two values of one shape, but got ")
           << getT().getType() << " and " << getE().getType();
  std::optional<ArrayRef<int64_t>> condition = shapeOf(getCondition());
  if (condition && type->hasRank() && !condition->empty()) {
    ArrayRef<int64_t> shape = type->getShape();
    bool isVector = condition->size() == 1 && !shape.empty();
    if (failed(mergeTypes(makeTensorType(condition, elementType),
                          makeTensorType(isVector ? shape.take_front() : shape,
                                         elementType))))
      return emitOpError("expects a condition that is a scalar, of the values' "
                         "shape, or a vector of their first size, but got ")
             << getCondition().getType() << " for " << *type;
  }
  results.push_back(*type);
  return success();
}

/// A condition that is the same everywhere chooses one of the values.
template <typename OpT, typename AdaptorT>
static OpFoldResult foldUniformSelect(OpT op, AdaptorT adaptor) {
  if (isSplatOf(adaptor.getCondition(), 1))
    return foldTo(op, op.getT());
  if (isSplatOf(adaptor.getCondition(), 0))
    return foldTo(op, op.getE());
  return {};
}

static OpFoldResult foldConstantSelect(Operation *op,
                                       ArrayRef<Attribute> operands) {
  return foldElementwise(op, operands,
                         [](Scalars args) -> std::optional<Scalar> {
                           if (!areBools(args[0]))
                             return std::nullopt;
                           return isTrue(args[0]) ? args[1] : args[2];
                         });
}

OpFoldResult SelectOp::fold(FoldAdaptor adaptor) {
  if (OpFoldResult value = foldUniformSelect(*this, adaptor))
    return value;
  // A vector condition does not broadcast as other operands do.
  auto condition = dyn_cast_or_null<ElementsAttr>(adaptor.getCondition());
  auto value = dyn_cast_or_null<ElementsAttr>(adaptor.getT());
  if (!condition || !value)
    return {};
  ArrayRef<int64_t> shape = condition.getShapedType().getShape();
  if (!shape.empty() && shape != value.getShapedType().getShape())
    return {};
  return foldConstantSelect(*this, adaptor.getOperands());
}

OpFoldResult SelectV2Op::fold(FoldAdaptor adaptor) {
  if (OpFoldResult value = foldUniformSelect(*this, adaptor))
    return value;
  return foldConstantSelect(*this, adaptor.getOperands());
}

LogicalResult ClipByValueOp::inferShapes(const ShapeInference &,
                                         SmallVectorImpl<Type> &results) {
  return inferBroadcast(*this, results);
}

//===----------------------------------------------------------------------===//
// Cast
//===----------------------------------------------------------------------===//

/// Integers and bools to any type, and floats to floats; the other way round is
/// left to compiled code, which knows what x86 does.
static std::optional<Scalar> castScalar(const Scalar &scalar, Type type) {
  if (const auto *value = std::get_if<APSInt>(&scalar)) {
    if (type.isInteger(1))
      return makeBool(!value->isZero());
    if (isa<IntegerType>(type))
      return APSInt(value->extOrTrunc(type.getIntOrFloatBitWidth()),
                    type.isUnsignedInteger());
    auto floatType = dyn_cast<FloatType>(type);
    if (!floatType)
      return std::nullopt;
    APFloat result(floatType.getFloatSemantics());
    result.convertFromAPInt(*value, value->isSigned(),
                            APFloat::rmNearestTiesToEven);
    return result;
  }
  auto floatType = dyn_cast<FloatType>(type);
  if (!floatType || type.isF16() || type.isBF16())
    return std::nullopt;
  APFloat result = std::get<APFloat>(scalar);
  bool losesInfo;
  result.convert(floatType.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                 &losesInfo);
  return result;
}

OpFoldResult CastOp::fold(FoldAdaptor adaptor) {
  if (OpFoldResult x = foldTo(*this, getX()))
    return x;
  Type type = getElementType(getY());
  return foldElementwise(*this, adaptor.getOperands(), [&](Scalars args) {
    return castScalar(args[0], type);
  });
}

#define GET_OP_CLASSES
#include "ir/TFGLogicOps.cpp.inc"
