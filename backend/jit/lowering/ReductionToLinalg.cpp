//===- ReductionToLinalg.cpp - reductions, arg reductions, softmax
//---------===//
//
// A reduction is a linalg.generic over a filled tensor of the kept dimensions,
// of f32 for halves; what comes before and after (squares, means, roots) is
// elementwise and fused by native code.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ElementwiseToLinalg.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "ir/TFGOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <limits>

using namespace mlir;

namespace firn {
namespace {

enum class Combiner { Sum, Prod, Max, Min, All, Any };

/// What the combiner leaves other elements as.
Value makeNeutral(OpBuilder &b, Location loc, Combiner combiner, Type type,
                  bool isUnsigned) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  switch (combiner) {
  case Combiner::Sum:
  case Combiner::Any:
    return makeScalar(b, loc, type, 0);
  case Combiner::Prod:
  case Combiner::All:
    return makeScalar(b, loc, type, 1);
  case Combiner::Max:
  case Combiner::Min:
    break;
  }
  bool isMax = combiner == Combiner::Max;
  if (isa<FloatType>(type))
    return makeScalar(b, loc, type, isMax ? -kInfinity : kInfinity);
  unsigned width = type.getIntOrFloatBitWidth();
  APInt bound = isUnsigned ? (isMax ? APInt::getMinValue(width)
                                    : APInt::getMaxValue(width))
                           : (isMax ? APInt::getSignedMinValue(width)
                                    : APInt::getSignedMaxValue(width));
  return arith::ConstantOp::create(b, loc, b.getIntegerAttr(type, bound));
}

/// One op, so that native code can split the sum.
Value combine(const ScalarContext &c, Combiner combiner, Value a, Value b) {
  switch (combiner) {
  case Combiner::Sum:
    return emitAdd(c, {a, b});
  case Combiner::Prod:
    return emitMul(c, {a, b});
  case Combiner::All:
    return c.make<arith::AndIOp>(a, b);
  case Combiner::Any:
    return c.make<arith::OrIOp>(a, b);
  case Combiner::Max:
    if (c.isFloat())
      return c.make<arith::MaximumFOp>(a, b);
    return c.isUnsigned() ? c.make<arith::MaxUIOp>(a, b)
                          : c.make<arith::MaxSIOp>(a, b);
  case Combiner::Min:
    if (c.isFloat())
      return c.make<arith::MinimumFOp>(a, b);
    return c.isUnsigned() ? c.make<arith::MinUIOp>(a, b)
                          : c.make<arith::MinSIOp>(a, b);
  }
  llvm_unreachable("all combiners are handled");
}

/// Maps and sizes of a reduction over some dimensions of a tensor.
struct ReductionNest {
  SmallVector<AffineMap> maps; // input, output
  SmallVector<utils::IteratorType> iterators;
  SmallVector<OpFoldResult> keptSizes;

  ReductionNest(OpBuilder &builder, Location loc, Value input,
                ArrayRef<bool> reduced) {
    SmallVector<AffineExpr> kept;
    for (auto [dim, isReduced] : llvm::enumerate(reduced)) {
      iterators.push_back(isReduced ? utils::IteratorType::reduction
                                    : utils::IteratorType::parallel);
      if (isReduced)
        continue;
      kept.push_back(builder.getAffineDimExpr(dim));
      keptSizes.push_back(getDim(builder, loc, input, dim));
    }
    maps.push_back(builder.getMultiDimIdentityMap(reduced.size()));
    maps.push_back(
        AffineMap::get(reduced.size(), 0, kept, builder.getContext()));
  }
};

/// The kept dimensions of `input`, of its compute type. Squares the elements
/// first if asked to.
Value buildReduction(OpBuilder &builder, Operation *node, Value input,
                     ArrayRef<bool> reduced, Combiner combiner,
                     bool squares = false) {
  Location loc = node->getLoc();
  Type tfgType =
      getComputeType(getStorageType(tfg::getElementType(node->getOperand(0))));
  Type type =
      getComputeType(cast<RankedTensorType>(input.getType()).getElementType());
  ReductionNest nest(builder, loc, input, reduced);
  Value init = makeFilled(
      builder, loc, nest.keptSizes,
      makeNeutral(builder, loc, combiner, type, isUnsignedElement(tfgType)));
  return linalg::GenericOp::create(
             builder, loc, TypeRange{init.getType()}, ValueRange{input},
             ValueRange{init}, nest.maps, nest.iterators,
             [&](OpBuilder &b, Location bodyLoc, ValueRange args) {
               ScalarContext c{b, bodyLoc, node, tfgType, tfgType};
               Value x = convertFloat(b, bodyLoc, args[0], type);
               if (squares)
                 x = emitSquare(c, x);
               linalg::YieldOp::create(b, bodyLoc,
                                       combine(c, combiner, x, args[1]));
             })
      .getResult(0);
}

/// Puts the reduced dimensions back, with size 1.
Value restoreUnitDims(OpBuilder &builder, Location loc, Value kept,
                      ArrayRef<bool> reduced) {
  auto type = cast<RankedTensorType>(kept.getType());
  SmallVector<int64_t> shape;
  SmallVector<OpFoldResult> sizes;
  SmallVector<ReassociationIndices> groups(type.getRank());
  int64_t next = 0;
  for (auto [dim, isReduced] : llvm::enumerate(reduced)) {
    if (!groups.empty())
      groups[isReduced ? std::max<int64_t>(next - 1, 0) : next].push_back(dim);
    shape.push_back(isReduced ? 1 : type.getDimSize(next));
    sizes.push_back(isReduced ? OpFoldResult(builder.getIndexAttr(1))
                              : getDim(builder, loc, kept, next));
    next += !isReduced;
  }
  return tensor::ExpandShapeOp::create(builder, loc, type.clone(shape), kept,
                                       groups, sizes);
}

/// A scalar tensor: the number of elements that go into each result.
Value countReduced(OpBuilder &builder, Location loc, Value input,
                   ArrayRef<bool> reduced, Type type) {
  Value count = arith::ConstantIndexOp::create(builder, loc, 1);
  int64_t known = 1;
  bool isKnown = true;
  for (auto [dim, isReduced] : llvm::enumerate(reduced)) {
    if (!isReduced)
      continue;
    OpFoldResult size = getDim(builder, loc, input, dim);
    if (auto constant = getConstantIntValue(size)) {
      known *= *constant;
      continue;
    }
    isKnown = false;
    count = arith::MulIOp::create(builder, loc, count, cast<Value>(size));
  }
  auto tensorType = RankedTensorType::get({}, type);
  if (isKnown)
    return arith::ConstantOp::create(
        builder, loc,
        DenseElementsAttr::get(
            tensorType,
            isa<FloatType>(type)
                ? Attribute(builder.getFloatAttr(type, double(known)))
                : Attribute(builder.getIntegerAttr(
                      type, APInt(type.getIntOrFloatBitWidth(), known,
                                  /*isSigned=*/false,
                                  /*implicitTrunc=*/true)))));
  Value factor = arith::ConstantIndexOp::create(builder, loc, known);
  count = arith::MulIOp::create(builder, loc, count, factor);
  Value wide =
      arith::IndexCastOp::create(builder, loc, builder.getI64Type(), count);
  Value scalar = isa<FloatType>(type)
                     ? Value(arith::SIToFPOp::create(builder, loc, type, wide))
                     : convertScalarToDtype(builder, loc, wide, type, false);
  return tensor::FromElementsOp::create(builder, loc, tensorType, scalar);
}

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

Value emitRoot(const ScalarContext &c, ValueRange args) {
  return c.make<math::SqrtOp>(args[0]);
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

/// Softmax and LogSoftmax along the last dimension, in f32 for halves.
template <typename OpT> struct SoftmaxToLinalg : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;
  static constexpr bool kIsLog = std::is_same_v<OpT, tfg::LogSoftmaxOp>;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value logits = adaptor.getLogits();
    auto type = dyn_cast<RankedTensorType>(logits.getType());
    if (!type)
      return failure();
    if (type.getRank() == 0)
      return op.emitError("it takes no scalars");
    if (!isa<FloatType>(type.getElementType()))
      return op.emitError("it does not take elements of type ")
             << type.getElementType();
    Location loc = op.getLoc();
    SmallVector<bool> reduced(type.getRank(), false);
    reduced.back() = true;
    Type element = getComputeType(type.getElementType());
    RankedTensorType wideType = type.clone(element);
    auto reduce = [&](Value input, Combiner combiner) {
      Value kept = buildReduction(rewriter, op, input, reduced, combiner);
      return restoreUnitDims(rewriter, loc, kept, reduced);
    };
    Value largest = reduce(logits, Combiner::Max);
    Value shifted = buildElementwise(
        rewriter, op, wideType, {logits, largest},
        [&](OpBuilder &b, Location l, ValueRange args) -> Value {
          Value x = convertFloat(b, l, args[0], element);
          return arith::SubFOp::create(b, l, x, args[1]);
        });
    Value power = buildElementwise(
        rewriter, op, wideType, shifted,
        [](OpBuilder &b, Location l, ValueRange args) -> Value {
          return math::ExpOp::create(b, l, args[0]);
        });
    Value sum = reduce(power, Combiner::Sum);
    rewriter.replaceOp(
        op, buildElementwise(
                rewriter, op, type, {kIsLog ? shifted : power, sum},
                [&](OpBuilder &b, Location l, ValueRange args) -> Value {
                  Value y;
                  if (kIsLog)
                    y = arith::SubFOp::create(
                        b, l, args[0], math::LogOp::create(b, l, args[1]));
                  else
                    y = arith::DivFOp::create(b, l, args[0], args[1]);
                  return convertFloat(b, l, y, type.getElementType());
                }));
    return success();
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
  ReductionKind norm = make(Combiner::Sum, kFloat);
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
  patterns
      .add<ArgReductionToLinalg<tfg::ArgMaxOp>,
           ArgReductionToLinalg<tfg::ArgMinOp>, SoftmaxToLinalg<tfg::SoftmaxOp>,
           SoftmaxToLinalg<tfg::LogSoftmaxOp>, L2LossToLinalg>(converter,
                                                               context);
}

} // namespace firn
