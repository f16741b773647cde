//===- ElementwiseToLinalg.cpp - elementwise ops to linalg.generic
//---------===//
//
// The table at the end says for each op what it computes and for which element
// types; the scalar code stands in ScalarMath and ScalarFunctions.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ElementwiseToLinalg.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "backend/jit/lowering/ScalarFunctions.h"
#include "ir/TFGOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using arith::CmpFPredicate;
using arith::CmpIPredicate;

namespace firn {

Type getComputeType(Type type) {
  return type.isF16() || type.isBF16() ? Float32Type::get(type.getContext())
                                       : type;
}

Value convertFloat(OpBuilder &builder, Location loc, Value value, Type type) {
  Type from = value.getType();
  if (from == type || !isa<FloatType>(from) || !isa<FloatType>(type))
    return value;
  if (from.getIntOrFloatBitWidth() < type.getIntOrFloatBitWidth())
    return arith::ExtFOp::create(builder, loc, type, value);
  return arith::TruncFOp::create(builder, loc, type, value);
}

static Type elementTypeOf(Value tensor) {
  return getStorageType(tfg::getElementType(tensor));
}

LogicalResult lowerElementwise(Operation *node, ValueRange operands,
                               const TypeConverter &converter,
                               ConversionPatternRewriter &rewriter, EmitFn emit,
                               unsigned kinds, SizeRule rule) {
  auto type = dyn_cast_or_null<RankedTensorType>(
      converter.convertType(node->getResult(0).getType()));
  if (!type)
    return failure();
  Type first = elementTypeOf(node->getOperand(0));
  if (!(getElementKind(first) & kinds))
    return node->emitError("it does not take elements of type ") << first;
  Type resultType = elementTypeOf(node->getResult(0));
  auto body = [&](OpBuilder &builder, Location loc, ValueRange args) -> Value {
    SmallVector<Value> wide;
    for (Value arg : args)
      wide.push_back(
          convertFloat(builder, loc, arg, getComputeType(arg.getType())));
    ScalarContext context{builder, loc, node, getComputeType(first),
                          getComputeType(resultType)};
    return convertFloat(builder, loc, emit(context, wide),
                        type.getElementType());
  };
  rewriter.replaceOp(
      node, buildElementwise(rewriter, node, type, operands, body, rule));
  return success();
}

namespace {

/// Select: a vector condition chooses along the first dimension.
struct SelectToLinalg : OpConversionPattern<tfg::SelectOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tfg::SelectOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = dyn_cast_or_null<RankedTensorType>(
        getTypeConverter()->convertType(op.getType()));
    auto condition =
        dyn_cast<RankedTensorType>(adaptor.getCondition().getType());
    if (!type || !condition)
      return failure();
    SmallVector<Value> operands(adaptor.getOperands());
    if (condition.getRank() == 1 && type.getRank() > 1)
      operands.front() = appendUnitDims(rewriter, op.getLoc(), operands.front(),
                                        type.getRank());
    auto body = [](OpBuilder &builder, Location loc, ValueRange args) -> Value {
      return arith::SelectOp::create(builder, loc, args[0], args[1], args[2]);
    };
    rewriter.replaceOp(op,
                       buildElementwise(rewriter, op, type, operands, body));
    return success();
  }

private:
  /// [n] as [n, 1, 1, …].
  static Value appendUnitDims(OpBuilder &builder, Location loc, Value vector,
                              int64_t rank) {
    auto type = cast<RankedTensorType>(vector.getType());
    SmallVector<int64_t> shape(rank, 1);
    shape.front() = type.getDimSize(0);
    SmallVector<OpFoldResult> sizes(rank, builder.getIndexAttr(1));
    sizes.front() = getDim(builder, loc, vector, 0);
    ReassociationIndices all = llvm::to_vector(llvm::seq<int64_t>(0, rank));
    return tensor::ExpandShapeOp::create(
        builder, loc, type.clone(shape), vector,
        ArrayRef<ReassociationIndices>(all), sizes);
  }
};

/// Equal and NotEqual: shapes that do not broadcast are unequal if the node
/// says that this is no error.
template <typename OpT> struct EqualityToLinalg : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;
  static constexpr bool kIsEqual = std::is_same_v<OpT, tfg::EqualOp>;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    std::optional<ArrayRef<int64_t>> x = tfg::shapeOf(op.getX());
    std::optional<ArrayRef<int64_t>> y = tfg::shapeOf(op.getY());
    if (!x || !y)
      return failure();
    if (failed(tfg::broadcastShapes(*x, *y))) {
      auto type = RankedTensorType::get({}, rewriter.getI1Type());
      rewriter.replaceOpWithNewOp<arith::ConstantOp>(
          op, DenseElementsAttr::get(type, !kIsEqual));
      return success();
    }
    return lowerElementwise(op, adaptor.getOperands(),
                            *this->getTypeConverter(), rewriter,
                            kIsEqual ? emitEqual : emitNotEqual,
                            kBool | kNumber, SizeRule::Broadcast);
  }
};

/// The sum of a list, from left to right, in one loop.
Value emitListSum(const ScalarContext &c, ValueRange args) {
  Value sum = args.front();
  for (Value next : args.drop_front())
    sum = emitAdd(c, {sum, next});
  return sum;
}

template <typename FloatOp, typename ComplexOp>
constexpr EmitFn both = emitFloatOrComplex<FloatOp, ComplexOp>;

} // namespace

static void addArithmetic(ElementwisePatterns &to) {
  to.add<tfg::AddOp, tfg::AddV2Op>(emitAdd, kNumber);
  to.add<tfg::AddNOp, tfg::AccumulateNV2Op>(emitListSum, kNumber,
                                            SizeRule::Equal);
  to.add<tfg::SubOp>(emitSub, kNumber);
  to.add<tfg::MulOp>(emitMul, kNumber);
  to.add<tfg::DivOp, tfg::RealDivOp>(emitDiv, kNumber);
  to.add<tfg::TruncateDivOp>(emitTruncateDiv, kReal);
  to.add<tfg::FloorDivOp>(emitFloorDiv, kReal);
  to.add<tfg::ModOp, tfg::TruncateModOp>(emitTruncateMod, kReal);
  to.add<tfg::FloorModOp>(emitFloorMod, kReal);
  to.add<tfg::DivNoNanOp>(emitDivNoNan, kFloat | kComplex);
  to.add<tfg::MulNoNanOp>(emitMulNoNan, kFloat | kComplex);
  to.add<tfg::XdivyOp>(emitXdivy, kFloat | kComplex);
  to.add<tfg::XlogyOp>(emitXlogy, kFloat | kComplex);
  to.add<tfg::Xlog1pyOp>(emitXlog1py, kFloat | kComplex);
  to.add<tfg::PowOp>(emitPow, kNumber);
  to.add<tfg::SquareOp>(emitSquare, kNumber);
  to.add<tfg::SquaredDifferenceOp>(emitSquaredDifference, kNumber);
  to.add<tfg::NegOp>(emitNeg, kNumber);
  to.add<tfg::AbsOp>(emitAbs, kReal);
  to.add<tfg::SignOp>(emitSign, kNumber);
  to.add<tfg::ReciprocalOp, tfg::InvOp>(emitReciprocal, kNumber);
  to.add<tfg::MaximumOp>(emitMaximum, kReal);
  to.add<tfg::MinimumOp>(emitMinimum, kReal);
  to.add<tfg::ClipByValueOp>(emitClip, kReal, SizeRule::Equal);
}

static void addFunctions(ElementwisePatterns &to) {
  constexpr unsigned kBoth = kFloat | kComplex;
  to.add<tfg::FloorOp>(emitRounding<math::FloorOp>, kReal);
  to.add<tfg::CeilOp>(emitRounding<math::CeilOp>, kReal);
  to.add<tfg::RoundOp, tfg::RintOp>(emitRounding<math::RoundEvenOp>, kReal);
  to.add<tfg::SqrtOp>(both<math::SqrtOp, complex::SqrtOp>, kBoth);
  to.add<tfg::RsqrtOp>(emitRsqrt, kBoth);
  to.add<tfg::ExpOp>(both<math::ExpOp, complex::ExpOp>, kBoth);
  to.add<tfg::Expm1Op>(both<math::ExpM1Op, complex::Expm1Op>, kBoth);
  to.add<tfg::LogOp>(both<math::LogOp, complex::LogOp>, kBoth);
  to.add<tfg::Log1pOp>(both<math::Log1pOp, complex::Log1pOp>, kBoth);
  to.add<tfg::SinOp>(both<math::SinOp, complex::SinOp>, kBoth);
  to.add<tfg::CosOp>(both<math::CosOp, complex::CosOp>, kBoth);
  to.add<tfg::TanOp>(both<math::TanOp, complex::TanOp>, kBoth);
  to.add<tfg::TanhOp>(both<math::TanhOp, complex::TanhOp>, kBoth);
  to.add<tfg::SigmoidOp>(emitSigmoid, kBoth);
  to.add<tfg::AsinOp>(emitFloat<math::AsinOp>, kFloat);
  to.add<tfg::AcosOp>(emitFloat<math::AcosOp>, kFloat);
  to.add<tfg::AtanOp>(emitFloat<math::AtanOp>, kFloat);
  to.add<tfg::SinhOp>(emitFloat<math::SinhOp>, kFloat);
  to.add<tfg::CoshOp>(emitFloat<math::CoshOp>, kFloat);
  to.add<tfg::AsinhOp>(emitFloat<math::AsinhOp>, kFloat);
  to.add<tfg::AcoshOp>(emitFloat<math::AcoshOp>, kFloat);
  to.add<tfg::AtanhOp>(emitFloat<math::AtanhOp>, kFloat);
  to.add<tfg::ErfOp>(emitFloat<math::ErfOp>, kFloat);
  to.add<tfg::ErfcOp>(emitFloat<math::ErfcOp>, kFloat);
  to.add<tfg::Atan2Op>(emitAtan2, kFloat);
  to.add<tfg::ReluOp>(emitRelu, kReal);
  to.add<tfg::Relu6Op>(emitRelu6, kReal);
  to.add<tfg::EluOp>(emitElu, kFloat);
  to.add<tfg::SeluOp>(emitSelu, kFloat);
  to.add<tfg::LeakyReluOp>(emitLeakyRelu, kFloat);
  to.add<tfg::SoftplusOp>(emitSoftplus, kFloat);
  to.add<tfg::SoftsignOp>(emitSoftsign, kFloat);
}

static void addLogic(ElementwisePatterns &to) {
  to.add<tfg::GreaterOp>(emitComparison<CmpIPredicate::sgt, CmpIPredicate::ugt,
                                        CmpFPredicate::OGT>,
                         kReal);
  to.add<tfg::GreaterEqualOp>(
      emitComparison<CmpIPredicate::sge, CmpIPredicate::uge,
                     CmpFPredicate::OGE>,
      kReal);
  to.add<tfg::LessOp>(emitComparison<CmpIPredicate::slt, CmpIPredicate::ult,
                                     CmpFPredicate::OLT>,
                      kReal);
  to.add<tfg::LessEqualOp>(
      emitComparison<CmpIPredicate::sle, CmpIPredicate::ule,
                     CmpFPredicate::OLE>,
      kReal);
  to.add<tfg::ApproximateEqualOp>(emitApproximateEqual, kNumber,
                                  SizeRule::Equal);
  to.add<tfg::IsNanOp>(emitIsNan, kFloat);
  to.add<tfg::IsInfOp>(emitIsInf, kFloat);
  to.add<tfg::IsFiniteOp>(emitIsFinite, kFloat);
  to.add<tfg::LogicalAndOp>(emitBits<arith::AndIOp>, kBool);
  to.add<tfg::LogicalOrOp>(emitBits<arith::OrIOp>, kBool);
  to.add<tfg::LogicalNotOp>(emitNot, kBool);
  to.add<tfg::BitwiseAndOp>(emitBits<arith::AndIOp>, kInt);
  to.add<tfg::BitwiseOrOp>(emitBits<arith::OrIOp>, kInt);
  to.add<tfg::BitwiseXorOp>(emitBits<arith::XOrIOp>, kInt);
  to.add<tfg::InvertOp>(emitNot, kInt);
  to.add<tfg::LeftShiftOp>(emitLeftShift, kInt);
  to.add<tfg::RightShiftOp>(emitRightShift, kInt);
  to.add<tfg::SelectV2Op>(emitSelect, kBool);
  to.add<tfg::CastOp>(emitCast, kBool | kNumber);
}

static void addComplex(ElementwisePatterns &to) {
  to.add<tfg::ConjOp>(emitFloat<complex::ConjOp>, kComplex);
  to.add<tfg::RealOp>(emitFloat<complex::ReOp>, kComplex);
  to.add<tfg::ImagOp>(emitFloat<complex::ImOp>, kComplex);
  to.add<tfg::AngleOp>(emitFloat<complex::AngleOp>, kComplex);
  to.add<tfg::ComplexAbsOp>(emitFloat<complex::AbsOp>, kComplex);
  to.add<tfg::ComplexOp>(emitComplex, kFloat);
}

void populateElementwiseToLinalgPatterns(const TypeConverter &converter,
                                         RewritePatternSet &patterns) {
  ElementwisePatterns elementwise(converter, patterns);
  addArithmetic(elementwise);
  addFunctions(elementwise);
  addLogic(elementwise);
  addComplex(elementwise);
  patterns.add<SelectToLinalg, EqualityToLinalg<tfg::EqualOp>,
               EqualityToLinalg<tfg::NotEqualOp>>(converter,
                                                  patterns.getContext());
}

} // namespace firn
