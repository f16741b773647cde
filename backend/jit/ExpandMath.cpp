// Transcendental functions of vectors.
//
// Each function reduces its argument to a short interval, where a polynomial
// that interpolates at the interval's Chebyshev points is near the best of its
// degree:
//   exp   x = n·ln 2 + r,  e^r = 1 + r + r²·P(r),  |r| ≤ ln 2 / 2
//   expm1 2^n·(e^r - 1) + (2^n - 1)
//   log   x = 2^e·(1 + f), log(1 + f) = f - f²/2 + f³·P(f),  1 + f in [√½, √2)
//   tanh  |x| < 0.625: x + x³·P(x²);  else 1 - 2 / (e^(2|x|) + 1)
//   erf   |x| < 0.93: x + x·P(x²);    else 1 - e^-(t + t·P(t)), t = min(|x|, 4)
// The rest is exact bit arithmetic on exponents. Code has no branches: special
// values are selected at the end.
#include "backend/jit/ExpandMath.h"

#include "backend/jit/HostTarget.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <limits>

using namespace mlir;

namespace firn::jit {

namespace {

// ln 2 in two parts; products of the first with exponents are exact.
constexpr float kLn2High = 0.693359375F;
constexpr float kLn2Low = -2.12194440e-4F;

/// Arithmetic on vectors of f32.
class F32 {
public:
  F32(OpBuilder &builder, Location loc, VectorType type)
      : b(builder), loc(loc), type(type),
        integer(type.clone(builder.getI32Type())) {}

  Value constant(float value) {
    return arith::ConstantOp::create(
        b, loc, DenseElementsAttr::get(type, b.getF32FloatAttr(value)));
  }
  Value constantInt(int32_t value) {
    return arith::ConstantOp::create(
        b, loc, DenseElementsAttr::get(integer, b.getI32IntegerAttr(value)));
  }
  Value add(Value x, Value y) { return arith::AddFOp::create(b, loc, x, y); }
  Value sub(Value x, Value y) { return arith::SubFOp::create(b, loc, x, y); }
  Value mul(Value x, Value y) { return arith::MulFOp::create(b, loc, x, y); }
  Value div(Value x, Value y) { return arith::DivFOp::create(b, loc, x, y); }
  /// x·y + z, rounded once where the machine has that.
  Value mad(Value x, Value y, Value z) {
    if (HostTarget::get().hasFMA)
      return math::FmaOp::create(b, loc, x, y, z);
    return add(mul(x, y), z);
  }
  /// The polynomial with these coefficients, lowest first.
  Value polynomial(Value x, ArrayRef<float> coefficients) {
    Value result = constant(coefficients.back());
    for (float coefficient : llvm::reverse(coefficients.drop_back()))
      result = mad(result, x, constant(coefficient));
    return result;
  }
  Value compare(arith::CmpFPredicate predicate, Value x, float y) {
    return arith::CmpFOp::create(b, loc, predicate, x, constant(y));
  }
  Value select(Value condition, Value x, Value y) {
    return arith::SelectOp::create(b, loc, condition, x, y);
  }
  Value abs(Value x) { return math::AbsFOp::create(b, loc, x); }
  Value copySign(Value x, Value sign) {
    return math::CopySignOp::create(b, loc, x, sign);
  }
  Value bits(Value x) { return arith::BitcastOp::create(b, loc, integer, x); }
  Value fromBits(Value x) { return arith::BitcastOp::create(b, loc, type, x); }
  Value addInt(Value x, Value y) { return arith::AddIOp::create(b, loc, x, y); }
  Value subInt(Value x, Value y) { return arith::SubIOp::create(b, loc, x, y); }
  Value shiftLeft(Value x, int by) {
    return arith::ShLIOp::create(b, loc, x, constantInt(by));
  }
  Value shiftRight(Value x, int by) {
    return arith::ShRSIOp::create(b, loc, x, constantInt(by));
  }
  Value toFloat(Value x) { return arith::SIToFPOp::create(b, loc, type, x); }
  /// 2^n for an integer n of the normal exponents.
  Value powerOfTwo(Value n) {
    return fromBits(shiftLeft(addInt(n, constantInt(127)), 23));
  }

private:
  OpBuilder &b;
  Location loc;
  VectorType type, integer;
};

using Predicate = arith::CmpFPredicate;

/// x = n·ln 2 + r.
struct Reduced {
  Value n; ///< i32
  Value r;
};

Reduced reduceByLn2(F32 &f, Value x) {
  // Adding 1.5·2²³ rounds to an integer, which the low bits then hold.
  Value magic = f.constant(12582912.0F);
  Value shifted = f.mad(x, f.constant(1.44269504F), magic);
  Value rounded = f.sub(shifted, magic);
  Value r = f.mad(rounded, f.constant(-kLn2High), x);
  return {f.subInt(f.bits(shifted), f.bits(magic)),
          f.mad(rounded, f.constant(-kLn2Low), r)};
}

/// e^r - 1 for |r| ≤ ln 2 / 2.
Value smallExpM1(F32 &f, Value r) {
  Value p = f.polynomial(r, {0.500000001F, 0.166666667F, 0.0416664642F,
                             0.00833331084F, 0.00139337307F, 0.000198910805F});
  return f.mad(p, f.mul(r, r), r);
}

Value clamp(F32 &f, Value x, float low, float high) {
  // NaN passes.
  x = f.select(f.compare(Predicate::OGT, x, high), f.constant(high), x);
  return f.select(f.compare(Predicate::OLT, x, low), f.constant(low), x);
}

Value expandExp(F32 &f, Value x) {
  // Beyond these bounds the result is infinite or zero.
  auto [n, r] = reduceByLn2(f, clamp(f, x, -104.0F, 89.0F));
  Value p = f.add(smallExpM1(f, r), f.constant(1.0F));
  // In two steps, since 2^n alone may be out of range.
  Value half = f.shiftRight(n, 1);
  return f.mul(f.mul(p, f.powerOfTwo(half)), f.powerOfTwo(f.subInt(n, half)));
}

Value expandExpM1(F32 &f, Value x) {
  // 2^n·(e^r - 1) + (2^n - 1); from 40 on the one does not count.
  auto [n, r] = reduceByLn2(f, clamp(f, x, -40.0F, 40.0F));
  Value scale = f.powerOfTwo(n);
  Value result = f.mad(scale, smallExpM1(f, r), f.sub(scale, f.constant(1.0F)));
  Value isLarge = f.compare(Predicate::OGT, x, 40.0F);
  return f.copySign(f.select(isLarge, expandExp(f, x), result), x);
}

Value expandLog(F32 &f, Value x) {
  Value bits = f.bits(x);
  // Exponents count from √½ on, so that the mantissa is in [√½, √2).
  Value e = f.shiftRight(f.subInt(bits, f.constantInt(0x3F3504F3)), 23);
  Value m = f.fromBits(f.subInt(bits, f.shiftLeft(e, 23)));
  Value scale = f.toFloat(e);
  Value r = f.sub(m, f.constant(1.0F));
  Value square = f.mul(r, r);
  Value y = f.polynomial(r, {0.333333312F, -0.24999997F, 0.200007158F,
                             -0.166678024F, 0.142490571F, -0.124256857F,
                             0.116854236F, -0.114797486F, 0.0697162054F});
  y = f.mul(f.mul(y, r), square);
  y = f.mad(scale, f.constant(kLn2Low), y);
  y = f.mad(square, f.constant(-0.5F), y);
  Value result = f.mad(scale, f.constant(kLn2High), f.add(r, y));
  constexpr float inf = std::numeric_limits<float>::infinity();
  result =
      f.select(f.compare(Predicate::OEQ, x, 0.0F), f.constant(-inf), result);
  result =
      f.select(f.compare(Predicate::OLT, x, 0.0F),
               f.constant(std::numeric_limits<float>::quiet_NaN()), result);
  return f.select(f.compare(Predicate::UGE, x, inf), x, result);
}

Value expandTanh(F32 &f, Value x) {
  Value size = f.abs(x);
  Value square = f.mul(x, x);
  Value p = f.polynomial(square, {-0.333333289F, 0.133327697F, -0.0538509096F,
                                  0.020997179F, -0.00609671417F});
  Value small = f.mad(f.mul(p, square), x, x);
  Value one = f.constant(1.0F);
  Value power = expandExp(f, f.add(size, size));
  Value large = f.sub(one, f.div(f.constant(2.0F), f.add(power, one)));
  Value isSmall = f.compare(Predicate::OLT, size, 0.625F);
  return f.copySign(f.select(isSmall, small, large), x);
}

Value expandErf(F32 &f, Value x) {
  Value size = f.abs(x);
  Value p = f.polynomial(
      f.mul(x, x), {0.128379167F, -0.376126335F, 0.112836915F, -0.0268591515F,
                    0.00520036859F, -0.000813470933F, 8.33471862e-5F});
  // Rounded by itself x·P would be flushed to zero for the smallest x.
  Value small = HostTarget::get().hasFMA ? f.mad(p, x, x)
                                         : f.mul(x, f.add(p, f.constant(1.0F)));
  Value t =
      f.select(f.compare(Predicate::OGT, size, 4.0F), f.constant(4.0F), size);
  Value q = f.polynomial(t, {0.128902798F, 0.634148184F, 0.107855653F,
                             -0.0251395503F, 0.00430378931F, -0.000498825008F,
                             3.43885088e-5F, -1.04606568e-6F});
  Value exponent = f.sub(f.constant(-0.0F), f.mad(q, t, t));
  Value large = f.sub(f.constant(1.0F), expandExp(f, exponent));
  Value isSmall = f.compare(Predicate::OLT, size, 0.93F);
  return f.copySign(f.select(isSmall, small, large), x);
}

template <typename Op, Value (*expand)(F32 &, Value)>
struct ExpandPattern : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    auto type = dyn_cast<VectorType>(op.getType());
    if (!type || !type.getElementType().isF32())
      return rewriter.notifyMatchFailure(op, "not a vector of f32");
    F32 code(rewriter, op.getLoc(), type);
    rewriter.replaceOp(op, expand(code, op.getOperand()));
    return success();
  }
};

} // namespace

void populateExpandMathPatterns(RewritePatternSet &patterns) {
  patterns.add<ExpandPattern<math::ExpOp, expandExp>,
               ExpandPattern<math::ExpM1Op, expandExpM1>,
               ExpandPattern<math::LogOp, expandLog>,
               ExpandPattern<math::TanhOp, expandTanh>,
               ExpandPattern<math::ErfOp, expandErf>>(patterns.getContext());
}

} // namespace firn::jit
