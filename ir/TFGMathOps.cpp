//===- TFGMathOps.cpp - elementwise arithmetic and functions
//---------------===//
//
// Folds are those that shape arithmetic and exact simplification need; the
// rest of constant folding runs compiled code.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGMathOps.h"
#include "ir/ElementwiseFold.h"

using namespace mlir;
using namespace firn::tfg;
using llvm::APFloat;
using llvm::APInt;
using llvm::APSInt;

//===----------------------------------------------------------------------===//
// Scalars
//===----------------------------------------------------------------------===//

namespace {

using Scalars = ArrayRef<Scalar>;

const APSInt *getInt(const Scalar &scalar) {
  return std::get_if<APSInt>(&scalar);
}
const APFloat &getFloat(const Scalar &scalar) {
  return std::get<APFloat>(scalar);
}
bool bothInts(Scalars args) { return getInt(args[0]) && getInt(args[1]); }
bool sameKind(Scalars args) {
  if (bothInts(args))
    return getInt(args[0])->getBitWidth() == getInt(args[1])->getBitWidth();
  return !getInt(args[0]) && !getInt(args[1]) &&
         &getFloat(args[0]).getSemantics() == &getFloat(args[1]).getSemantics();
}

std::optional<Scalar> add(Scalars args) {
  if (!sameKind(args))
    return std::nullopt;
  if (bothInts(args))
    return *getInt(args[0]) + *getInt(args[1]);
  return getFloat(args[0]) + getFloat(args[1]);
}

std::optional<Scalar> subtract(Scalars args) {
  if (!sameKind(args))
    return std::nullopt;
  if (bothInts(args))
    return *getInt(args[0]) - *getInt(args[1]);
  return getFloat(args[0]) - getFloat(args[1]);
}

std::optional<Scalar> multiply(Scalars args) {
  if (!sameKind(args))
    return std::nullopt;
  if (bothInts(args))
    return *getInt(args[0]) * *getInt(args[1]);
  return getFloat(args[0]) * getFloat(args[1]);
}

/// Rounds toward zero; gives up on a division by zero. -2^n / -1 wraps.
std::optional<Scalar> divide(Scalars args) {
  if (!sameKind(args))
    return std::nullopt;
  if (!bothInts(args))
    return getFloat(args[0]) / getFloat(args[1]);
  if (getInt(args[1])->isZero())
    return std::nullopt;
  return *getInt(args[0]) / *getInt(args[1]);
}

std::optional<Scalar> truncateDivide(Scalars args) {
  return bothInts(args) ? divide(args) : std::nullopt;
}

std::optional<Scalar> floorModulo(Scalars args) {
  if (!sameKind(args) || !bothInts(args) || getInt(args[1])->isZero())
    return std::nullopt;
  const APSInt &x = *getInt(args[0]), &y = *getInt(args[1]);
  APSInt remainder = x % y;
  if (!remainder.isZero() && remainder.isNegative() != y.isNegative())
    remainder = remainder + y;
  return remainder;
}

std::optional<Scalar> floorDivide(Scalars args) {
  if (!sameKind(args) || !bothInts(args) || getInt(args[1])->isZero())
    return std::nullopt;
  const APSInt &x = *getInt(args[0]), &y = *getInt(args[1]);
  APSInt quotient = x / y, remainder = x % y;
  if (!remainder.isZero() && remainder.isNegative() != y.isNegative())
    --quotient;
  return quotient;
}

std::optional<Scalar> maximum(Scalars args) {
  if (!sameKind(args))
    return std::nullopt;
  if (bothInts(args))
    return *getInt(args[0]) < *getInt(args[1]) ? args[1] : args[0];
  if (getFloat(args[0]).isNaN() || getFloat(args[1]).isNaN())
    return getFloat(args[0]).isNaN() ? args[0] : args[1];
  return getFloat(args[0]) < getFloat(args[1]) ? args[1] : args[0];
}

std::optional<Scalar> minimum(Scalars args) {
  if (!sameKind(args))
    return std::nullopt;
  if (bothInts(args))
    return *getInt(args[1]) < *getInt(args[0]) ? args[1] : args[0];
  if (getFloat(args[0]).isNaN() || getFloat(args[1]).isNaN())
    return getFloat(args[0]).isNaN() ? args[0] : args[1];
  return getFloat(args[1]) < getFloat(args[0]) ? args[1] : args[0];
}

} // namespace

//===----------------------------------------------------------------------===//
// Folds
//===----------------------------------------------------------------------===//

/// x + 0 is x; of floats, x + -0 is (0 + -0 is 0, and so is -0 + 0).
template <typename OpT, typename AdaptorT>
static OpFoldResult foldAdd(OpT op, AdaptorT adaptor) {
  auto isZero = [](Attribute attr) {
    auto elements = dyn_cast_or_null<ElementsAttr>(attr);
    return elements &&
           isSplatOf(attr, 0, isa<FloatType>(elements.getElementType()));
  };
  if (isZero(adaptor.getY()))
    if (OpFoldResult x = foldTo(op, op.getX()))
      return x;
  if (isZero(adaptor.getX()))
    if (OpFoldResult y = foldTo(op, op.getY()))
      return y;
  return foldElementwise(op, adaptor.getOperands(), add);
}

OpFoldResult AddOp::fold(FoldAdaptor adaptor) {
  return foldAdd(*this, adaptor);
}
OpFoldResult AddV2Op::fold(FoldAdaptor adaptor) {
  return foldAdd(*this, adaptor);
}

OpFoldResult SubOp::fold(FoldAdaptor adaptor) {
  if (isSplatOf(adaptor.getY(), 0))
    if (OpFoldResult x = foldTo(*this, getX()))
      return x;
  return foldElementwise(*this, adaptor.getOperands(), subtract);
}

OpFoldResult MulOp::fold(FoldAdaptor adaptor) {
  if (isSplatOf(adaptor.getY(), 1))
    if (OpFoldResult x = foldTo(*this, getX()))
      return x;
  if (isSplatOf(adaptor.getX(), 1))
    if (OpFoldResult y = foldTo(*this, getY()))
      return y;
  return foldElementwise(*this, adaptor.getOperands(), multiply);
}

template <typename OpT, typename AdaptorT>
static OpFoldResult foldDivide(OpT op, AdaptorT adaptor, ScalarFoldFn fold) {
  if (isSplatOf(adaptor.getY(), 1))
    if (OpFoldResult x = foldTo(op, op.getX()))
      return x;
  return foldElementwise(op, adaptor.getOperands(), fold);
}

OpFoldResult DivOp::fold(FoldAdaptor adaptor) {
  return foldDivide(*this, adaptor, divide);
}
OpFoldResult RealDivOp::fold(FoldAdaptor adaptor) {
  return foldDivide(*this, adaptor, divide);
}

// Of floats, FloorDiv and TruncateDiv by 1 round.
OpFoldResult FloorDivOp::fold(FoldAdaptor adaptor) {
  if (!isa<IntegerType>(getElementType(getZ())))
    return {};
  return foldDivide(*this, adaptor, floorDivide);
}
OpFoldResult TruncateDivOp::fold(FoldAdaptor adaptor) {
  if (!isa<IntegerType>(getElementType(getZ())))
    return {};
  return foldDivide(*this, adaptor, truncateDivide);
}
OpFoldResult FloorModOp::fold(FoldAdaptor adaptor) {
  return foldElementwise(*this, adaptor.getOperands(), floorModulo);
}

OpFoldResult MaximumOp::fold(FoldAdaptor adaptor) {
  return foldElementwise(*this, adaptor.getOperands(), maximum);
}
OpFoldResult MinimumOp::fold(FoldAdaptor adaptor) {
  return foldElementwise(*this, adaptor.getOperands(), minimum);
}

OpFoldResult NegOp::fold(FoldAdaptor adaptor) {
  return foldElementwise(*this, adaptor.getOperands(),
                         [](Scalars args) -> std::optional<Scalar> {
                           if (const APSInt *value = getInt(args[0]))
                             return -*value;
                           return -getFloat(args[0]);
                         });
}

OpFoldResult AbsOp::fold(FoldAdaptor adaptor) {
  return foldElementwise(*this, adaptor.getOperands(),
                         [](Scalars args) -> std::optional<Scalar> {
                           if (const APSInt *value = getInt(args[0]))
                             return value->isNegative() ? -*value : *value;
                           return abs(getFloat(args[0]));
                         });
}

OpFoldResult SquareOp::fold(FoldAdaptor adaptor) {
  return foldElementwise(*this, adaptor.getOperands(), [](Scalars args) {
    return multiply(SmallVector<Scalar>{args[0], args[0]});
  });
}

OpFoldResult SquaredDifferenceOp::fold(FoldAdaptor adaptor) {
  return foldElementwise(*this, adaptor.getOperands(),
                         [](Scalars args) -> std::optional<Scalar> {
                           std::optional<Scalar> d = subtract(args);
                           return d ? multiply(SmallVector<Scalar>{*d, *d}) : d;
                         });
}

//===----------------------------------------------------------------------===//
// Sums of lists
//===----------------------------------------------------------------------===//

static LogicalResult verifyNotEmpty(Operation *op) {
  if (getDataOperands(op).empty())
    return op->emitOpError("expects at least one input");
  return success();
}

static LogicalResult inferCommonShape(Operation *op,
                                      SmallVectorImpl<Type> &results) {
  auto type =
      TensorType(UnrankedTensorType::get(getElementType(op->getResult(0))));
  for (Value operand : getDataOperands(op)) {
    std::optional<ArrayRef<int64_t>> shape = shapeOf(operand);
    if (!shape)
      continue;
    FailureOr<TensorType> merged =
        mergeTypes(type, makeTensorType(shape, type.getElementType()));
    if (failed(merged)) {
      InFlightDiagnostic error =
          op->emitOpError("expects inputs of one shape, but got ");
      llvm::interleaveComma(getDataOperands(op).getTypes(), error);
      return error;
    }
    type = *merged;
  }
  results.push_back(type);
  return success();
}

LogicalResult AddNOp::verify() { return verifyNotEmpty(*this); }
LogicalResult AddNOp::inferShapes(const ShapeInference &,
                                  SmallVectorImpl<Type> &results) {
  return inferCommonShape(*this, results);
}
LogicalResult AccumulateNV2Op::verify() { return verifyNotEmpty(*this); }
LogicalResult AccumulateNV2Op::inferShapes(const ShapeInference &,
                                           SmallVectorImpl<Type> &results) {
  return inferCommonShape(*this, results);
}

#define GET_OP_CLASSES
#include "ir/TFGMathOps.cpp.inc"
