//===- ScalarCast.cpp - casts between element types
//------------------------===//
//
// From floats to integers TensorFlow does what the compiler makes of a C++ cast
// on x86: truncation by cvttss2si into 32 or 64 bits, whose result for numbers
// out of range (and NaN) is the smallest integer, of which narrower types take
// the low bits. arith.fptosi leaves those cases open, so they are kept from it.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/GenericBuilder.h"
#include "backend/jit/lowering/ScalarMath.h"
#include "mlir/Dialect/Complex/IR/Complex.h"

using namespace mlir;
using arith::CmpFPredicate;
using arith::CmpIPredicate;

namespace firn {

/// cvttss2si: to a signed integer of 32 or 64 bits.
static Value truncateToInt(const ScalarContext &c, Value x, unsigned width) {
  Type type = c.builder.getIntegerType(width);
  double limit = std::ldexp(1.0, width - 1);
  // -2^31 - 1 is a double that truncates to a valid integer; in f32 the
  // smallest number of the range is -2^31 itself.
  bool isExact = x.getType().isF64() && width == 32;
  Value above =
      isExact ? c.compare(CmpFPredicate::OGT, x, c.constant(x, -limit - 1))
              : c.compare(CmpFPredicate::OGE, x, c.constant(x, -limit));
  Value below = c.compare(CmpFPredicate::OLT, x, c.constant(x, limit));
  Value isInRange = c.make<arith::AndIOp>(above, below);
  Value safe = c.select(isInRange, x, c.constant(x, 0));
  Value truncated = c.make<arith::FPToSIOp>(type, safe);
  Value smallest =
      makeIntScalarOp(c.builder, c.loc, type, llvm::minIntN(width));
  return c.select(isInRange, truncated, smallest);
}

/// To 64 unsigned bits: numbers from 2^63 on are brought down first.
static Value truncateToUInt64(const ScalarContext &c, Value x) {
  Value half = c.constant(x, std::ldexp(1.0, 63));
  Value isHigh = c.compare(CmpFPredicate::OGE, x, half);
  Value shifted = c.make<arith::SubFOp>(x, half);
  Value value = truncateToInt(c, c.select(isHigh, shifted, x), 64);
  Value topBit = makeIntScalarOp(c.builder, c.loc, value.getType(),
                                 std::numeric_limits<int64_t>::min());
  return c.select(isHigh, c.make<arith::XOrIOp>(value, topBit), value);
}

static Value castFloatToInt(const ScalarContext &c, Value x) {
  bool isUnsigned = isUnsignedElement(c.resultType);
  unsigned width = c.resultType.getIntOrFloatBitWidth();
  if (width == 64)
    return isUnsigned ? truncateToUInt64(c, x) : truncateToInt(c, x, 64);
  // A 32-bit unsigned number is the low half of a 64-bit signed one.
  Value wide = truncateToInt(c, x, width == 32 && isUnsigned ? 64 : 32);
  Type type = c.builder.getIntegerType(width);
  return wide.getType() == type ? wide : c.make<arith::TruncIOp>(type, wide);
}

static Value castFloatToFloat(const ScalarContext &c, Value x, Type type) {
  if (x.getType() == type)
    return x;
  if (x.getType().getIntOrFloatBitWidth() < type.getIntOrFloatBitWidth())
    return c.make<arith::ExtFOp>(type, x);
  return c.make<arith::TruncFOp>(type, x);
}

static Value castInt(const ScalarContext &c, Value x) {
  bool isUnsigned = isUnsignedElement(c.type);
  if (getElementKind(c.resultType) == kFloat) {
    if (isUnsigned)
      return c.make<arith::UIToFPOp>(c.resultType, x);
    return c.make<arith::SIToFPOp>(c.resultType, x);
  }
  unsigned width = c.resultType.getIntOrFloatBitWidth();
  unsigned from = x.getType().getIntOrFloatBitWidth();
  Type type = c.builder.getIntegerType(width);
  if (from == width)
    return x;
  if (from > width)
    return c.make<arith::TruncIOp>(type, x);
  return isUnsigned ? c.make<arith::ExtUIOp>(type, x)
                    : c.make<arith::ExtSIOp>(type, x);
}

/// To bool: whether it is not 0.
static Value castToBool(const ScalarContext &c, Value x) {
  if (c.isComplex())
    return c.make<complex::NotEqualOp>(x, c.constant(x, 0));
  if (c.isFloat())
    return c.compare(CmpFPredicate::UNE, x, c.constant(x, 0));
  return c.compare(CmpIPredicate::ne, x, c.constant(x, 0));
}

Value emitCast(const ScalarContext &c, ValueRange args) {
  Value x = args[0];
  if (c.type == c.resultType)
    return x;
  if (c.resultType.isInteger(1))
    return castToBool(c, x);
  if (auto complex = dyn_cast<ComplexType>(c.resultType)) {
    Type part = complex.getElementType();
    ScalarContext toPart{c.builder, c.loc, c.node, c.type, part};
    if (auto from = dyn_cast<ComplexType>(c.type)) {
      toPart.type = from.getElementType();
      Value re = c.make<complex::ReOp>(x), im = c.make<complex::ImOp>(x);
      return c.make<complex::CreateOp>(complex, emitCast(toPart, re),
                                       emitCast(toPart, im));
    }
    Value re = emitCast(toPart, x);
    return c.make<complex::CreateOp>(complex, re, c.constant(re, 0));
  }
  if (auto complex = dyn_cast<ComplexType>(c.type)) {
    ScalarContext ofPart{c.builder, c.loc, c.node, complex.getElementType(),
                         c.resultType};
    return emitCast(ofPart, c.make<complex::ReOp>(x));
  }
  if (!c.isFloat())
    return castInt(c, x);
  if (getElementKind(c.resultType) == kFloat)
    return castFloatToFloat(c, x, c.resultType);
  return castFloatToInt(c, x);
}

} // namespace firn
