//===- ScalarMath.cpp - arithmetic on scalars, with TensorFlow's semantics
//-===//

#include "backend/jit/lowering/ScalarMath.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "ir/TFGDialect.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using arith::CmpFPredicate;
using arith::CmpIPredicate;

namespace firn {

Type getStorageType(Type type) {
  MLIRContext *context = type.getContext();
  auto unsignedType = [&](unsigned width) {
    return IntegerType::get(context, width, IntegerType::Unsigned);
  };
  if (isa<tfg::QInt8Type>(type))
    return IntegerType::get(context, 8);
  if (isa<tfg::QInt16Type>(type))
    return IntegerType::get(context, 16);
  if (isa<tfg::QInt32Type>(type))
    return IntegerType::get(context, 32);
  if (isa<tfg::QUInt8Type>(type))
    return unsignedType(8);
  if (isa<tfg::QUInt16Type>(type))
    return unsignedType(16);
  return type;
}

unsigned getElementKind(Type type) {
  if (type.isInteger(1))
    return kBool;
  if (isa<IntegerType>(getStorageType(type)))
    return kInt;
  if (isa<Float16Type, BFloat16Type, Float32Type, Float64Type>(type))
    return kFloat;
  return isa<ComplexType>(type) ? kComplex : 0;
}

bool isUnsignedElement(Type type) {
  return getStorageType(type).isUnsignedInteger() || type.isInteger(1);
}

//===----------------------------------------------------------------------===//
// Context
//===----------------------------------------------------------------------===//

Value ScalarContext::constant(Value like, double value) const {
  return makeScalar(builder, loc, like.getType(), value);
}

Value ScalarContext::compare(CmpFPredicate predicate, Value a, Value b) const {
  return make<arith::CmpFOp>(predicate, a, b);
}

Value ScalarContext::compare(CmpIPredicate predicate, Value a, Value b) const {
  return make<arith::CmpIOp>(predicate, a, b);
}

Value ScalarContext::select(Value condition, Value a, Value b) const {
  return make<arith::SelectOp>(condition, a, b);
}

//===----------------------------------------------------------------------===//
// Sums and products
//===----------------------------------------------------------------------===//

/// The op of the three kinds that has this element type.
template <typename IntOp, typename FloatOp, typename ComplexOp>
static Value emitByKind(const ScalarContext &c, ValueRange args) {
  if (c.isFloat())
    return c.make<FloatOp>(args[0], args[1]);
  if (c.isComplex())
    return c.make<ComplexOp>(args[0], args[1]);
  return c.make<IntOp>(args[0], args[1]);
}

Value emitAdd(const ScalarContext &c, ValueRange args) {
  return emitByKind<arith::AddIOp, arith::AddFOp, complex::AddOp>(c, args);
}

Value emitSub(const ScalarContext &c, ValueRange args) {
  return emitByKind<arith::SubIOp, arith::SubFOp, complex::SubOp>(c, args);
}

Value emitMul(const ScalarContext &c, ValueRange args) {
  return emitByKind<arith::MulIOp, arith::MulFOp, complex::MulOp>(c, args);
}

Value emitSquare(const ScalarContext &c, ValueRange args) {
  return emitMul(c, {args[0], args[0]});
}

Value emitSquaredDifference(const ScalarContext &c, ValueRange args) {
  Value difference = emitSub(c, args);
  if (!c.isComplex())
    return emitSquare(c, difference);
  Value conjugate = c.make<complex::ConjOp>(difference);
  return emitMul(c, {conjugate, difference});
}

Value emitNeg(const ScalarContext &c, ValueRange args) {
  if (c.isFloat())
    return c.make<arith::NegFOp>(args[0]);
  if (c.isComplex())
    return c.make<complex::NegOp>(args[0]);
  return c.make<arith::SubIOp>(c.constant(args[0], 0), args[0]);
}

Value emitAbs(const ScalarContext &c, ValueRange args) {
  if (c.isFloat())
    return c.make<math::AbsFOp>(args[0]);
  if (c.isUnsigned())
    return args[0];
  Value isNegative =
      c.compare(CmpIPredicate::slt, args[0], c.constant(args[0], 0));
  return c.select(isNegative, emitNeg(c, args), args[0]);
}

Value emitSign(const ScalarContext &c, ValueRange args) {
  Value x = args[0];
  if (c.isComplex())
    return c.make<complex::SignOp>(x);
  Value zero = c.constant(x, 0), one = c.constant(x, 1);
  if (c.isFloat()) {
    Value minusOne = c.constant(x, -1);
    Value lower = c.select(c.compare(CmpFPredicate::OLT, x, zero), minusOne, x);
    return c.select(c.compare(CmpFPredicate::OGT, x, zero), one, lower);
  }
  if (c.isUnsigned())
    return c.select(c.compare(CmpIPredicate::ne, x, zero), one, zero);
  Value lower =
      c.select(c.compare(CmpIPredicate::slt, x, zero), c.constant(x, -1), zero);
  return c.select(c.compare(CmpIPredicate::sgt, x, zero), one, lower);
}

//===----------------------------------------------------------------------===//
// Division
//===----------------------------------------------------------------------===//

/// The divisor, checked; 1 in place of a wrong 0 so that the program goes on.
static Value checkDivisor(const ScalarContext &c, Value y) {
  Value isValid = c.compare(CmpIPredicate::ne, y, c.constant(y, 0));
  emitRuntimeCheck(c.builder, c.node, isValid, "integer division by zero");
  return c.select(isValid, y, c.constant(y, 1));
}

/// x / y and x % y toward zero, of a checked divisor. Dividing -2^n by -1 traps
/// on x86, so -1 is treated apart: the quotient wraps to -x.
static std::pair<Value, Value> emitIntDivision(const ScalarContext &c, Value x,
                                               Value y) {
  if (c.isUnsigned())
    return {c.make<arith::DivUIOp>(x, y), c.make<arith::RemUIOp>(x, y)};
  Value isMinusOne = c.compare(CmpIPredicate::eq, y, c.constant(y, -1));
  Value divisor = c.select(isMinusOne, c.constant(y, 1), y);
  Value quotient = c.make<arith::DivSIOp>(x, divisor);
  Value negated = c.make<arith::SubIOp>(c.constant(x, 0), quotient);
  return {c.select(isMinusOne, negated, quotient),
          c.make<arith::RemSIOp>(x, divisor)};
}

Value emitDiv(const ScalarContext &c, ValueRange args) {
  if (c.isFloat())
    return c.make<arith::DivFOp>(args[0], args[1]);
  if (c.isComplex())
    return c.make<complex::DivOp>(args[0], args[1]);
  return emitIntDivision(c, args[0], checkDivisor(c, args[1])).first;
}

Value emitTruncateDiv(const ScalarContext &c, ValueRange args) {
  Value quotient = emitDiv(c, args);
  return c.isFloat() ? c.make<math::TruncOp>(quotient) : quotient;
}

/// Whether remainder and divisor are of different signs, so that rounding down
/// differs from rounding toward zero.
static Value needsFloorFix(const ScalarContext &c, Value remainder, Value y) {
  Value zero = c.constant(y, 0);
  Value isExact = c.compare(CmpIPredicate::eq, remainder, zero);
  Value signs = c.make<arith::XOrIOp>(remainder, y);
  Value differ = c.compare(CmpIPredicate::slt, signs, zero);
  Value falseBit = makeScalar(c.builder, c.loc, c.builder.getI1Type(), 0);
  return c.select(isExact, falseBit, differ);
}

Value emitFloorDiv(const ScalarContext &c, ValueRange args) {
  if (c.isFloat())
    return c.make<math::FloorOp>(emitDiv(c, args));
  if (c.isComplex())
    return emitDiv(c, args);
  Value y = checkDivisor(c, args[1]);
  auto [quotient, remainder] = emitIntDivision(c, args[0], y);
  if (c.isUnsigned())
    return quotient;
  Value lower = c.make<arith::SubIOp>(quotient, c.constant(quotient, 1));
  return c.select(needsFloorFix(c, remainder, y), lower, quotient);
}

Value emitTruncateMod(const ScalarContext &c, ValueRange args) {
  if (c.isFloat())
    return c.make<arith::RemFOp>(args[0], args[1]);
  return emitIntDivision(c, args[0], checkDivisor(c, args[1])).second;
}

Value emitFloorMod(const ScalarContext &c, ValueRange args) {
  if (!c.isFloat()) {
    Value y = checkDivisor(c, args[1]);
    Value remainder = emitIntDivision(c, args[0], y).second;
    if (c.isUnsigned())
      return remainder;
    Value raised = c.make<arith::AddIOp>(remainder, y);
    return c.select(needsFloorFix(c, remainder, y), raised, remainder);
  }
  Value x = args[0], y = args[1], zero = c.constant(y, 0);
  Value remainder = c.make<arith::RemFOp>(x, y);
  Value isInexact = c.compare(CmpFPredicate::UNE, remainder, zero);
  Value differ =
      c.make<arith::XOrIOp>(c.compare(CmpFPredicate::OLT, remainder, zero),
                            c.compare(CmpFPredicate::OLT, y, zero));
  Value raised = c.make<arith::AddFOp>(remainder, y);
  return c.select(c.make<arith::AndIOp>(isInexact, differ), raised, remainder);
}

/// Whether a float or complex number is 0.
static Value isZero(const ScalarContext &c, Value x) {
  Value zero = c.constant(x, 0);
  if (c.isComplex())
    return c.make<complex::EqualOp>(x, zero);
  return c.compare(CmpFPredicate::OEQ, x, zero);
}

Value emitDivNoNan(const ScalarContext &c, ValueRange args) {
  return c.select(isZero(c, args[1]), c.constant(args[1], 0), emitDiv(c, args));
}

Value emitMulNoNan(const ScalarContext &c, ValueRange args) {
  return c.select(isZero(c, args[1]), c.constant(args[1], 0), emitMul(c, args));
}

Value emitReciprocal(const ScalarContext &c, ValueRange args) {
  return emitDiv(c, {c.constant(args[0], 1), args[0]});
}

//===----------------------------------------------------------------------===//
// Powers
//===----------------------------------------------------------------------===//

/// Square and multiply over the bits of the exponent.
static Value emitIntPow(const ScalarContext &c, Value base, Value exponent) {
  Value zero = c.constant(exponent, 0), one = c.constant(exponent, 1);
  if (!c.isUnsigned()) {
    Value isValid = c.compare(CmpIPredicate::sge, exponent, zero);
    emitRuntimeCheck(c.builder, c.node, isValid,
                     "integers to negative integer powers are not allowed");
    exponent = c.select(isValid, exponent, zero);
  }
  auto index = [&](int64_t value) {
    return makeIntScalarOp(c.builder, c.loc, c.builder.getIndexType(), value);
  };
  int64_t width = base.getType().getIntOrFloatBitWidth();
  auto loop = scf::ForOp::create(
      c.builder, c.loc, index(0), index(width), index(1),
      ValueRange{one, base, exponent},
      [&](OpBuilder &builder, Location loc, Value, ValueRange state) {
        ScalarContext body{builder, loc, c.node, c.type, c.resultType};
        Value bit = body.make<arith::AndIOp>(state[2], one);
        Value isSet = body.compare(CmpIPredicate::ne, bit, zero);
        Value product = body.make<arith::MulIOp>(state[0], state[1]);
        Value next = body.select(isSet, product, state[0]);
        Value square = body.make<arith::MulIOp>(state[1], state[1]);
        Value rest = body.make<arith::ShRUIOp>(state[2], one);
        scf::YieldOp::create(builder, loc, ValueRange{next, square, rest});
      });
  return loop.getResult(0);
}

Value emitPow(const ScalarContext &c, ValueRange args) {
  if (c.isFloat())
    return c.make<math::PowFOp>(args[0], args[1]);
  if (c.isComplex())
    return c.make<complex::PowOp>(args[0], args[1]);
  return emitIntPow(c, args[0], args[1]);
}

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

/// `b` where b < a (`isMin`) or a < b, else `a`: one minps or maxps, which
/// gives NaN if `a` is.
static Value emitChoice(const ScalarContext &c, Value a, Value b, bool isMin) {
  Value low = isMin ? b : a, high = isMin ? a : b;
  if (c.isFloat())
    return c.select(c.compare(CmpFPredicate::OLT, low, high), b, a);
  auto less = c.isUnsigned() ? CmpIPredicate::ult : CmpIPredicate::slt;
  return c.select(c.compare(less, low, high), b, a);
}

static Value emitExtremum(const ScalarContext &c, ValueRange args, bool isMin) {
  Value chosen = emitChoice(c, args[0], args[1], isMin);
  if (!c.isFloat())
    return chosen;
  Value isNan = c.compare(CmpFPredicate::UNO, args[1], args[1]);
  return c.select(isNan, args[1], chosen);
}

Value emitMaximum(const ScalarContext &c, ValueRange args) {
  return emitExtremum(c, args, /*isMin=*/false);
}

Value emitMinimum(const ScalarContext &c, ValueRange args) {
  return emitExtremum(c, args, /*isMin=*/true);
}

Value emitClip(const ScalarContext &c, ValueRange args) {
  Value upper = emitChoice(c, args[0], args[2], /*isMin=*/true);
  return emitChoice(c, upper, args[1], /*isMin=*/false);
}

} // namespace firn
