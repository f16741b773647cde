//===- ScalarFunctions.cpp - functions, activations, comparisons
//-----------===//

#include "backend/jit/lowering/ScalarFunctions.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "ir/TFGOps.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <limits>

using namespace mlir;
using arith::CmpFPredicate;
using arith::CmpIPredicate;

namespace firn {

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

Value emitRsqrt(const ScalarContext &c, ValueRange args) {
  if (c.isComplex())
    return c.make<complex::RsqrtOp>(args[0]);
  Value root = c.make<math::SqrtOp>(args[0]);
  return c.make<arith::DivFOp>(c.constant(root, 1), root);
}

Value emitSigmoid(const ScalarContext &c, ValueRange args) {
  Value x = args[0], one = c.constant(x, 1);
  Value negated = emitNeg(c, x);
  Value power = emitFloatOrComplex<math::ExpOp, complex::ExpOp>(c, negated);
  return emitDiv(c, {one, emitAdd(c, {one, power})});
}

Value emitAtan2(const ScalarContext &c, ValueRange args) {
  return c.make<math::Atan2Op>(args[0], args[1]);
}

/// `value`, but 0 where x is 0.
static Value zeroWhereZero(const ScalarContext &c, Value x, Value value) {
  Value zero = c.constant(x, 0);
  Value isZero = c.isComplex() ? c.make<complex::EqualOp>(x, zero)
                               : c.compare(CmpFPredicate::OEQ, x, zero);
  return c.select(isZero, zero, value);
}

Value emitXdivy(const ScalarContext &c, ValueRange args) {
  return zeroWhereZero(c, args[0], emitDiv(c, args));
}

Value emitXlogy(const ScalarContext &c, ValueRange args) {
  Value log = emitFloatOrComplex<math::LogOp, complex::LogOp>(c, args[1]);
  return zeroWhereZero(c, args[0], emitMul(c, {args[0], log}));
}

Value emitXlog1py(const ScalarContext &c, ValueRange args) {
  Value log = emitFloatOrComplex<math::Log1pOp, complex::Log1pOp>(c, args[1]);
  return zeroWhereZero(c, args[0], emitMul(c, {args[0], log}));
}

//===----------------------------------------------------------------------===//
// Activations
//===----------------------------------------------------------------------===//

/// Whether x < 0. False for NaN, which so takes the way of positive numbers.
static Value isNegative(const ScalarContext &c, Value x) {
  Value zero = c.constant(x, 0);
  if (c.isFloat())
    return c.compare(CmpFPredicate::OLT, x, zero);
  return c.compare(CmpIPredicate::slt, x, zero);
}

Value emitRelu(const ScalarContext &c, ValueRange args) {
  if (c.isUnsigned())
    return args[0];
  // This form of select is one maxps.
  return c.select(isNegative(c, args[0]), c.constant(args[0], 0), args[0]);
}

Value emitRelu6(const ScalarContext &c, ValueRange args) {
  Value x = emitRelu(c, args), six = c.constant(x, 6);
  auto greater = c.isUnsigned() ? CmpIPredicate::ugt : CmpIPredicate::sgt;
  Value isAbove = c.isFloat() ? c.compare(CmpFPredicate::OLT, six, x)
                              : c.compare(greater, x, six);
  return c.select(isAbove, six, x);
}

Value emitElu(const ScalarContext &c, ValueRange args) {
  Value x = args[0];
  return c.select(isNegative(c, x), c.make<math::ExpM1Op>(x), x);
}

Value emitSelu(const ScalarContext &c, ValueRange args) {
  constexpr double kScale = 1.0507009873554804934193349852946;
  constexpr double kScaleAlpha = 1.7580993408473768599402175208123;
  Value x = args[0];
  Value negative = c.make<arith::MulFOp>(c.constant(x, kScaleAlpha),
                                         c.make<math::ExpM1Op>(x));
  Value positive = c.make<arith::MulFOp>(c.constant(x, kScale), x);
  return c.select(isNegative(c, x), negative, positive);
}

Value emitLeakyRelu(const ScalarContext &c, ValueRange args) {
  Value x = args[0];
  double alpha = cast<tfg::LeakyReluOp>(c.node).getAlpha().convertToFloat();
  Value scaled = c.make<arith::MulFOp>(c.constant(x, alpha), x);
  return c.select(isNegative(c, x), scaled, x);
}

Value emitSoftplus(const ScalarContext &c, ValueRange args) {
  Value x = args[0];
  // Beyond the threshold exp(x) + 1 rounds to exp(x), or exp(-x) + 1 to 1.
  bool isDouble = x.getType().isF64();
  double epsilon = isDouble ? std::numeric_limits<double>::epsilon()
                            : std::numeric_limits<float>::epsilon();
  double threshold = std::log(epsilon) + 2;
  Value isLarge = c.compare(CmpFPredicate::OGT, x, c.constant(x, -threshold));
  Value isSmall = c.compare(CmpFPredicate::OLT, x, c.constant(x, threshold));
  Value power = c.make<math::ExpOp>(x);
  Value middle = c.make<math::Log1pOp>(power);
  return c.select(isLarge, x, c.select(isSmall, power, middle));
}

Value emitSoftsign(const ScalarContext &c, ValueRange args) {
  Value magnitude = c.make<math::AbsFOp>(args[0]);
  Value sum = c.make<arith::AddFOp>(c.constant(args[0], 1), magnitude);
  return c.make<arith::DivFOp>(args[0], sum);
}

//===----------------------------------------------------------------------===//
// Comparisons
//===----------------------------------------------------------------------===//

Value emitEqual(const ScalarContext &c, ValueRange args) {
  if (c.isComplex())
    return c.make<complex::EqualOp>(args[0], args[1]);
  return emitComparison<CmpIPredicate::eq, CmpIPredicate::eq,
                        CmpFPredicate::OEQ>(c, args);
}

Value emitNotEqual(const ScalarContext &c, ValueRange args) {
  if (c.isComplex())
    return c.make<complex::NotEqualOp>(args[0], args[1]);
  return emitComparison<CmpIPredicate::ne, CmpIPredicate::ne,
                        CmpFPredicate::UNE>(c, args);
}

Value emitApproximateEqual(const ScalarContext &c, ValueRange args) {
  double tolerance =
      cast<tfg::ApproximateEqualOp>(c.node).getTolerance().convertToFloat();
  Value difference = emitSub(c, args);
  if (c.isInt()) {
    // |difference| < tolerance, of which only the part before the point counts.
    Value magnitude = emitAbs(c, difference);
    return c.compare(CmpIPredicate::ult, magnitude,
                     c.constant(difference, std::ceil(tolerance)));
  }
  Value magnitude = c.isComplex() ? c.make<complex::AbsOp>(difference)
                                  : c.make<math::AbsFOp>(difference);
  return c.compare(CmpFPredicate::OLT, magnitude,
                   c.constant(magnitude, tolerance));
}

Value emitIsNan(const ScalarContext &c, ValueRange args) {
  return c.compare(CmpFPredicate::UNO, args[0], args[0]);
}

static Value compareWithInfinity(const ScalarContext &c, Value x,
                                 CmpFPredicate predicate) {
  Value magnitude = c.make<math::AbsFOp>(x);
  return c.compare(predicate, magnitude,
                   c.constant(x, std::numeric_limits<double>::infinity()));
}

Value emitIsInf(const ScalarContext &c, ValueRange args) {
  return compareWithInfinity(c, args[0], CmpFPredicate::OEQ);
}

Value emitIsFinite(const ScalarContext &c, ValueRange args) {
  return compareWithInfinity(c, args[0], CmpFPredicate::OLT);
}

//===----------------------------------------------------------------------===//
// Bits
//===----------------------------------------------------------------------===//

Value emitNot(const ScalarContext &c, ValueRange args) {
  return c.make<arith::XOrIOp>(args[0], c.constant(args[0], -1));
}

/// The number of bits to shift by, within [0, width).
static Value clampShift(const ScalarContext &c, Value y) {
  Value highest = c.constant(y, y.getType().getIntOrFloatBitWidth() - 1);
  if (!c.isUnsigned()) {
    Value zero = c.constant(y, 0);
    y = c.select(c.compare(CmpIPredicate::slt, y, zero), zero, y);
  }
  return c.select(c.compare(CmpIPredicate::ugt, y, highest), highest, y);
}

Value emitLeftShift(const ScalarContext &c, ValueRange args) {
  return c.make<arith::ShLIOp>(args[0], clampShift(c, args[1]));
}

Value emitRightShift(const ScalarContext &c, ValueRange args) {
  Value count = clampShift(c, args[1]);
  if (c.isUnsigned())
    return c.make<arith::ShRUIOp>(args[0], count);
  return c.make<arith::ShRSIOp>(args[0], count);
}

//===----------------------------------------------------------------------===//
// Complex numbers and selection
//===----------------------------------------------------------------------===//

Value emitComplex(const ScalarContext &c, ValueRange args) {
  return c.make<complex::CreateOp>(c.resultType, args[0], args[1]);
}

Value emitSelect(const ScalarContext &c, ValueRange args) {
  return c.select(args[0], args[1], args[2]);
}

} // namespace firn
