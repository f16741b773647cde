//===- ReductionToLinalg.cpp - reductions and arg reductions --------------===//
//
// What comes before and after a reduction (squares, means, roots) is
// elementwise and fused by native code.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ElementwiseToLinalg.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "backend/jit/lowering/ReductionBuilder.h"
#include "ir/TFGOps.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace firn {
namespace {

/// The mean of a sum; of integers it is truncated, and 0 of nothing.
Value emitMean(const ScalarContext &c, ValueRange args) {
  if (c.isFloat())
    return c.make<arith::DivFOp>(args[0], args[1]);
  if (auto complex = dyn_cast<ComplexType>(args[0].getType()))
    return c.make<complex::DivOp>(
        args[0], c.make<complex::CreateOp>(
                     complex, args[1],
                     makeScalar(c.builder, c.loc, args[1].getType(), 0)));
  Value one = c.constant(args[1], 1);
  Value count = c.make<arith::MaxUIOp>(args[1], one);
  if (c.isUnsigned())
    return c.make<arith::DivUIOp>(args[0], count);
  return c.make<arith::DivSIOp>(args[0], count);
}

/// The root of a sum of squares; of integers rounded down.
Value emitRoot(const ScalarContext &c, ValueRange args) {
  Value sum = args[0];
  if (c.isFloat())
    return c.make<math::SqrtOp>(sum);
  if (c.isComplex())
    return c.make<complex::SqrtOp>(sum);
  Type wide = c.builder.getF64Type();
  if (c.isUnsigned()) {
    Value root = c.make<math::SqrtOp>(c.make<arith::UIToFPOp>(wide, sum));
    return c.make<arith::FPToUIOp>(sum.getType(), root);
  }
  Value root = c.make<math::SqrtOp>(c.make<arith::SIToFPOp>(wide, sum));
  return c.make<arith::FPToSIOp>(sum.getType(), root);
}

/// How an op reduces: the combiner, and what is done with its result.
struct ReductionKind {
  Combiner combiner;
  bool squares = false;
  bool divides = false;
  EmitFn finish = nullptr;
  unsigned kinds = kNumber;
};

template <typename OpT>
class ReductionToLinalg : public OpConversionPattern<OpT> {
public:
  ReductionToLinalg(const TypeConverter &converter, MLIRContext *context,
                    ReductionKind kind)
      : OpConversionPattern<OpT>(converter, context), kind(kind) {}

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = dyn_cast_or_null<RankedTensorType>(
        this->getTypeConverter()->convertType(op.getType()));
    Value input = adaptor.getInput();
    auto inputType = dyn_cast<RankedTensorType>(input.getType());
    if (!type || !inputType)
      return failure();
    Type tfgType = getStorageType(tfg::getElementType(op.getInput()));
    if (!(getElementKind(tfgType) & kind.kinds))
      return op.emitError("it does not take elements of type ") << tfgType;
    auto axes = tfg::ShapeInference().constantInts(op.getReductionIndices());
    if (!axes)
      return op.emitError("its axes are not constant");
    auto reduced = tfg::getReducedDims(op, *axes, inputType.getRank());
    if (failed(reduced))
      return failure();

    Location loc = op.getLoc();
    Value result = buildReduction(rewriter, op, input, *reduced, kind.combiner,
                                  kind.squares);
    if (op.getKeepDims())
      result = restoreUnitDims(rewriter, loc, result, *reduced);
    if (result.getType() != type || kind.finish)
      result = finish(rewriter, op, type, tfgType, result, input, *reduced);
    rewriter.replaceOp(op, result);
    return success();
  }

private:
  Value finish(OpBuilder &builder, Operation *op, RankedTensorType type,
               Type tfgType, Value result, Value input,
               ArrayRef<bool> reduced) const {
    SmallVector<Value> operands = {result};
    Type element = cast<RankedTensorType>(result.getType()).getElementType();
    if (auto complex = dyn_cast<ComplexType>(element))
      element = complex.getElementType();
    if (kind.divides)
      operands.push_back(
          countReduced(builder, op->getLoc(), input, reduced, element));
    auto body = [&](OpBuilder &b, Location loc, ValueRange args) -> Value {
      ScalarContext c{b, loc, op, getComputeType(tfgType),
                      getComputeType(tfgType)};
      Value value = kind.finish ? kind.finish(c, args) : args[0];
      return convertFloat(b, loc, value, type.getElementType());
    };
    return buildElementwise(builder, op, type, operands, body);
  }

  ReductionKind kind;
};

/// ArgMax and ArgMin: the extremum and its index, in one loop.
template <typename OpT> struct ArgReductionToLinalg : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;
  static constexpr bool kIsMax = std::is_same_v<OpT, tfg::ArgMaxOp>;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = dyn_cast_or_null<RankedTensorType>(
        this->getTypeConverter()->convertType(op.getType()));
    Value input = adaptor.getInput();
    auto inputType = dyn_cast<RankedTensorType>(input.getType());
    Type tfgType = getStorageType(tfg::getElementType(op.getInput()));
    if (!type || !inputType)
      return failure();
    if (!(getElementKind(tfgType) & (kReal | kBool)))
      return op.emitError("it does not take elements of type ") << tfgType;
    auto axes = tfg::ShapeInference().constantInts(op.getDimension());
    if (!axes || axes->size() != 1)
      return op.emitError("its dimension is not constant");
    auto reduced = tfg::getReducedDims(op, *axes, inputType.getRank());
    if (failed(reduced))
      return failure();
    int64_t axis = llvm::find(*reduced, true) - reduced->begin();

    Location loc = op.getLoc();
    if (inputType.isDynamicDim(axis)) {
      Value some = arith::CmpIOp::create(
          rewriter, loc, arith::CmpIPredicate::ne,
          getValueOrCreateConstantIndexOp(rewriter, loc,
                                          getDim(rewriter, loc, input, axis)),
          arith::ConstantIndexOp::create(rewriter, loc, 0));
      emitRuntimeCheck(rewriter, op, some,
                       "expects elements along its dimension");
    }
    ReductionNest nest(rewriter, loc, input, *reduced);
    Type element = inputType.getElementType();
    Value extremum = makeFilled(
        rewriter, loc, nest.keptSizes,
        makeNeutral(rewriter, loc, kIsMax ? Combiner::Max : Combiner::Min,
                    element, isUnsignedElement(tfgType)));
    Value index =
        makeFilled(rewriter, loc, nest.keptSizes,
                   makeScalar(rewriter, loc, type.getElementType(), 0));
    nest.maps.push_back(nest.maps.back());
    auto generic = linalg::GenericOp::create(
        rewriter, loc, TypeRange{extremum.getType(), index.getType()},
        ValueRange{input}, ValueRange{extremum, index}, nest.maps,
        nest.iterators, [&](OpBuilder &b, Location bodyLoc, ValueRange args) {
          ScalarContext c{b, bodyLoc, op, tfgType, tfgType};
          Value here = c.make<linalg::IndexOp>(axis);
          here = c.make<arith::IndexCastOp>(type.getElementType(), here);
          Value isBetter = compare(c, args[0], args[1]);
          linalg::YieldOp::create(b, bodyLoc,
                                  {c.select(isBetter, args[0], args[1]),
                                   c.select(isBetter, here, args[2])});
        });
    rewriter.replaceOp(op, generic.getResult(1));
    return success();
  }

private:
  /// Whether `x` is beyond what was found so far: never if it is NaN.
  static Value compare(const ScalarContext &c, Value x, Value found) {
    Value low = kIsMax ? found : x, high = kIsMax ? x : found;
    if (c.isFloat())
      return c.compare(arith::CmpFPredicate::OLT, low, high);
    return c.compare(c.isUnsigned() ? arith::CmpIPredicate::ult
                                    : arith::CmpIPredicate::slt,
                     low, high);
  }
};

struct L2LossToLinalg : OpConversionPattern<tfg::L2LossOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tfg::L2LossOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = dyn_cast<RankedTensorType>(adaptor.getT().getType());
    if (!type || !isa<FloatType>(type.getElementType()))
      return failure();
    SmallVector<bool> reduced(type.getRank(), true);
    Value sum = buildReduction(rewriter, op, adaptor.getT(), reduced,
                               Combiner::Sum, /*squares=*/true);
    auto resultType = RankedTensorType::get({}, type.getElementType());
    rewriter.replaceOp(
        op, buildElementwise(
                rewriter, op, resultType, sum,
                [&](OpBuilder &b, Location l, ValueRange args) -> Value {
                  Value half = makeScalar(b, l, args[0].getType(), 0.5);
                  Value y = arith::MulFOp::create(b, l, args[0], half);
                  return convertFloat(b, l, y, type.getElementType());
                }));
    return success();
  }
};

} // namespace

void populateReductionToLinalgPatterns(const TypeConverter &converter,
                                       RewritePatternSet &patterns) {
  MLIRContext *context = patterns.getContext();
  auto make = [](Combiner combiner, unsigned kinds) {
    ReductionKind kind{combiner};
    kind.kinds = kinds;
    return kind;
  };
  ReductionKind mean = make(Combiner::Sum, kNumber);
  mean.divides = true;
  mean.finish = emitMean;
  ReductionKind norm = make(Combiner::Sum, kNumber);
  norm.squares = true;
  norm.finish = emitRoot;
  patterns.add<ReductionToLinalg<tfg::SumOp>>(converter, context,
                                              make(Combiner::Sum, kNumber));
  patterns.add<ReductionToLinalg<tfg::ProdOp>>(converter, context,
                                               make(Combiner::Prod, kNumber));
  patterns.add<ReductionToLinalg<tfg::MaxOp>>(converter, context,
                                              make(Combiner::Max, kReal));
  patterns.add<ReductionToLinalg<tfg::MinOp>>(converter, context,
                                              make(Combiner::Min, kReal));
  patterns.add<ReductionToLinalg<tfg::AllOp>>(converter, context,
                                              make(Combiner::All, kBool));
  patterns.add<ReductionToLinalg<tfg::AnyOp>>(converter, context,
                                              make(Combiner::Any, kBool));
  patterns.add<ReductionToLinalg<tfg::MeanOp>>(converter, context, mean);
  patterns.add<ReductionToLinalg<tfg::EuclideanNormOp>>(converter, context,
                                                        norm);
  patterns.add<ArgReductionToLinalg<tfg::ArgMaxOp>,
               ArgReductionToLinalg<tfg::ArgMinOp>, L2LossToLinalg>(converter,
                                                                    context);
}

} // namespace firn
