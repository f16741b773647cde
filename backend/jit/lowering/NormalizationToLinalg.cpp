//===- NormalizationToLinalg.cpp - batch and response normalisation -------===//
//
// Batch normalisation is one pass over the image, (x - mean) * factor + offset,
// with factor = scale / sqrt(variance + epsilon) worked out here if both are
// constants. The mean is not folded into the offset: where x and mean are large
// against their difference, that would lose what the difference has.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ImageBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "ir/TFGConstants.h"
#include "ir/TFGNormOps.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <cmath>

using namespace mlir;

namespace firn {
namespace {

Type elementTypeOf(Value tensor) {
  return cast<RankedTensorType>(tensor.getType()).getElementType();
}

/// A parallel linalg.generic over operands of maps `maps`, the first of which
/// has the result's shape.
Value buildParallel(OpBuilder &builder, Location loc, ValueRange operands,
                    ArrayRef<AffineMap> maps, Type elementType,
                    ScalarFn scalar) {
  Value empty =
      makeEmpty(builder, loc, getDims(builder, loc, operands[0]), elementType);
  unsigned rank = cast<RankedTensorType>(empty.getType()).getRank();
  SmallVector<AffineMap> allMaps(maps);
  allMaps.push_back(builder.getMultiDimIdentityMap(rank));
  SmallVector<utils::IteratorType> iterators(rank,
                                             utils::IteratorType::parallel);
  return linalg::GenericOp::create(
             builder, loc, empty.getType(), operands, empty, allMaps, iterators,
             [&](OpBuilder &body, Location loc, ValueRange arguments) {
               Value result = scalar(body, loc, arguments.drop_back());
               linalg::YieldOp::create(body, loc, result);
             })
      .getResult(0);
}

Value extend(OpBuilder &builder, Location loc, Value scalar, Type type) {
  if (scalar.getType() == type)
    return scalar;
  return arith::ExtFOp::create(builder, loc, type, scalar);
}

Value truncate(OpBuilder &builder, Location loc, Value scalar, Type type) {
  if (scalar.getType() == type)
    return scalar;
  return arith::TruncFOp::create(builder, loc, type, scalar);
}

//===----------------------------------------------------------------------===//
// Batch normalisation
//===----------------------------------------------------------------------===//

/// The elements of a constant f32 vector; nullopt if it is none.
std::optional<std::vector<float>> getFloats(Value value) {
  ElementsAttr attr = getConstant(value);
  if (!attr || !attr.getElementType().isF32())
    return std::nullopt;
  SmallVector<char> scratch;
  std::optional<ArrayRef<char>> data = tfg::getRawData(attr, scratch);
  if (!data)
    return std::nullopt;
  std::vector<float> floats(attr.getNumElements());
  bool isSplat = data->size() == sizeof(float);
  if (!isSplat && data->size() != floats.size() * sizeof(float))
    return std::nullopt;
  for (size_t i = 0; i < floats.size(); ++i)
    std::memcpy(&floats[i], data->data() + (isSplat ? 0 : i * sizeof(float)),
                sizeof(float));
  return floats;
}

/// scale / sqrt(variance + epsilon) for each channel, in the type of `scale`.
Value buildFactor(OpBuilder &builder, Location loc, Value scale, Value variance,
                  float epsilon) {
  auto scales = getFloats(scale), variances = getFloats(variance);
  if (scales && variances) {
    for (auto [value, spread] : llvm::zip_equal(*scales, *variances))
      value = static_cast<float>(
          value / std::sqrt(static_cast<double>(spread + epsilon)));
    auto type = cast<RankedTensorType>(scale.getType());
    ArrayRef<char> bytes(reinterpret_cast<const char *>(scales->data()),
                         scales->size() * sizeof(float));
    return arith::ConstantOp::create(builder, loc,
                                     tfg::makeConstant(type, bytes));
  }
  Type type = elementTypeOf(scale);
  Type computeType = getAccumulatorType(type);
  SmallVector<AffineMap> maps(2, builder.getMultiDimIdentityMap(1));
  return buildParallel(
      builder, loc, {scale, variance}, maps, type,
      [&](OpBuilder &body, Location loc, ValueRange values) {
        Value spread = arith::AddFOp::create(
            body, loc, extend(body, loc, values[1], computeType),
            makeScalar(body, loc, computeType, epsilon));
        Value factor = arith::DivFOp::create(
            body, loc, extend(body, loc, values[0], computeType),
            math::SqrtOp::create(body, loc, spread));
        return truncate(body, loc, factor, type);
      });
}

/// (x - mean) * factor + offset.
Value buildNormalized(OpBuilder &builder, Location loc, Value x, Value mean,
                      Value factor, Value offset, unsigned channelDim) {
  Type type = elementTypeOf(x);
  Type computeType = getAccumulatorType(type);
  unsigned rank = cast<RankedTensorType>(x.getType()).getRank();
  AffineMap channel =
      AffineMap::get(rank, 0, builder.getAffineDimExpr(channelDim));
  return buildParallel(
      builder, loc, {x, mean, factor, offset},
      {builder.getMultiDimIdentityMap(rank), channel, channel, channel}, type,
      [&](OpBuilder &body, Location loc, ValueRange values) {
        SmallVector<Value> v;
        for (Value value : values)
          v.push_back(extend(body, loc, value, computeType));
        Value centred = arith::SubFOp::create(body, loc, v[0], v[1]);
        Value scaled = arith::MulFOp::create(body, loc, centred, v[2]);
        Value shifted = arith::AddFOp::create(body, loc, scaled, v[3]);
        return truncate(body, loc, shifted, type);
      });
}

/// For each channel the sum over all other dimensions of x, or with `mean` of
/// (x - mean)², in f64.
Value buildChannelSum(OpBuilder &builder, Location loc, Value x, Value mean,
                      unsigned channelDim) {
  auto type = cast<RankedTensorType>(x.getType());
  Type sumType = builder.getF64Type();
  AffineMap channel =
      AffineMap::get(type.getRank(), 0, builder.getAffineDimExpr(channelDim));
  SmallVector<Value> operands{x};
  SmallVector<AffineMap> maps{builder.getMultiDimIdentityMap(type.getRank())};
  if (mean) {
    operands.push_back(mean);
    maps.push_back(channel);
  }
  maps.push_back(channel);
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::reduction);
  iterators[channelDim] = utils::IteratorType::parallel;
  Value init = makeFilled(builder, loc, getDim(builder, loc, x, channelDim),
                          makeScalar(builder, loc, sumType, 0));
  return linalg::GenericOp::create(
             builder, loc, init.getType(), operands, init, maps, iterators,
             [&](OpBuilder &body, Location loc, ValueRange arguments) {
               Value value = extend(body, loc, arguments[0], sumType);
               if (mean) {
                 value = arith::SubFOp::create(body, loc, value, arguments[1]);
                 value = arith::MulFOp::create(body, loc, value, value);
               }
               value =
                   arith::AddFOp::create(body, loc, arguments.back(), value);
               linalg::YieldOp::create(body, loc, value);
             })
      .getResult(0);
}

/// Elementwise over vectors of channels, computed in f64.
Value mapChannels(OpBuilder &builder, Location loc, ValueRange operands,
                  Type elementType, ScalarFn scalar) {
  SmallVector<AffineMap> maps(operands.size(),
                              builder.getMultiDimIdentityMap(1));
  Type computeType = builder.getF64Type();
  return buildParallel(
      builder, loc, operands, maps, elementType,
      [&](OpBuilder &body, Location loc, ValueRange values) {
        SmallVector<Value> extended;
        for (Value value : values)
          extended.push_back(extend(body, loc, value, computeType));
        return truncate(body, loc, scalar(body, loc, extended), elementType);
      });
}

/// `value` times a constant, per channel.
Value scaleChannels(OpBuilder &builder, Location loc, Value value,
                    double factor, Type elementType) {
  return mapChannels(builder, loc, value, elementType,
                     [&](OpBuilder &body, Location loc, ValueRange v) -> Value {
                       return arith::MulFOp::create(
                           body, loc, v[0],
                           makeScalar(body, loc, v[0].getType(), factor));
                     });
}

/// (1 - rate) * before + rate * now.
Value moveTowards(OpBuilder &builder, Location loc, Value before, Value now,
                  double rate) {
  if (rate == 1)
    return now;
  return mapChannels(
      builder, loc, {before, now}, elementTypeOf(now),
      [&](OpBuilder &body, Location loc, ValueRange v) -> Value {
        auto scaled = [&](Value value, double factor) {
          return arith::MulFOp::create(
              body, loc, value, makeScalar(body, loc, value.getType(), factor));
        };
        return arith::AddFOp::create(body, loc, scaled(v[0], 1 - rate),
                                     scaled(v[1], rate));
      });
}

template <typename OpT> struct BatchNormToLinalg : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    FailureOr<tfg::ImageLayout> layout = tfg::getBatchNormLayout(op);
    if (failed(layout))
      return failure();
    SmallVector<Type> types;
    if (failed(this->getTypeConverter()->convertTypes(op->getResultTypes(),
                                                      types)))
      return failure();
    SmallVector<Value> parameters{adaptor.getScale(), adaptor.getOffset()};
    if (!op.getIsTraining())
      parameters.append({adaptor.getMean(), adaptor.getVariance()});
    checkChannels(op, adaptor.getX(), layout->channelDim(), parameters,
                  rewriter);
    FailureOr<SmallVector<Value>> results =
        op.getIsTraining()
            ? buildTraining(op, adaptor, layout->channelDim(), rewriter)
            : buildInference(op, adaptor, layout->channelDim(), rewriter);
    if (failed(results))
      return failure();
    Location loc = op.getLoc();
    if (types.size() > results->size()) {
      Type type = elementTypeOf(adaptor.getScale());
      results->push_back(arith::ConstantOp::create(
          rewriter, loc,
          rewriter.getZeroAttr(RankedTensorType::get({}, type))));
    }
    for (auto [result, type] : llvm::zip_equal(*results, types))
      if (result.getType() != type)
        result = tensor::CastOp::create(rewriter, loc, type, result);
    rewriter.replaceOp(op, *results);
    return success();
  }

private:
  using Adaptor = typename OpT::Adaptor;

  /// Where only the run knows the sizes, it finds out whether they agree.
  static void checkChannels(OpT op, Value x, unsigned channelDim,
                            ArrayRef<Value> parameters, OpBuilder &builder) {
    Location loc = op.getLoc();
    auto type = cast<RankedTensorType>(x.getType());
    for (Value parameter : parameters) {
      auto of = cast<RankedTensorType>(parameter.getType());
      if (!type.isDynamicDim(channelDim) && !of.isDynamicDim(0))
        continue;
      auto size = [&](Value value, unsigned dim) {
        return getValueOrCreateConstantIndexOp(
            builder, loc, getDim(builder, loc, value, dim));
      };
      Value equal =
          arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                size(x, channelDim), size(parameter, 0));
      emitRuntimeCheck(builder, op, equal,
                       "expects scale, offset, mean and variance with one "
                       "element a channel");
    }
  }

  static FailureOr<SmallVector<Value>> buildInference(OpT op, Adaptor adaptor,
                                                      unsigned channelDim,
                                                      OpBuilder &builder) {
    Location loc = op.getLoc();
    Value mean = adaptor.getMean(), variance = adaptor.getVariance();
    float epsilon = op.getEpsilon().convertToFloat();
    Value factor =
        buildFactor(builder, loc, adaptor.getScale(), variance, epsilon);
    Value y = buildNormalized(builder, loc, adaptor.getX(), mean, factor,
                              adaptor.getOffset(), channelDim);
    return SmallVector<Value>{y, mean, variance, mean, variance};
  }

  static FailureOr<SmallVector<Value>> buildTraining(OpT op, Adaptor adaptor,
                                                     unsigned channelDim,
                                                     OpBuilder &builder) {
    auto type = cast<RankedTensorType>(adaptor.getX().getType());
    std::optional<int64_t> elements =
        type.hasStaticShape() ? tfg::checkedNumElements(type.getShape())
                              : std::nullopt;
    if (!elements || *elements == 0)
      return op.emitError("expects a batch of known size to compute its "
                          "statistics from");
    Location loc = op.getLoc();
    int64_t count = *elements / type.getDimSize(channelDim);
    Type statisticType = elementTypeOf(adaptor.getScale());
    Value x = adaptor.getX();
    Value exactMean = scaleChannels(
        builder, loc, buildChannelSum(builder, loc, x, {}, channelDim),
        1.0 / count, builder.getF64Type());
    Value squares = buildChannelSum(builder, loc, x, exactMean, channelDim);
    Value mean = scaleChannels(builder, loc, exactMean, 1, statisticType);
    Value variance =
        scaleChannels(builder, loc, squares, 1.0 / count, statisticType);
    Value unbiased =
        scaleChannels(builder, loc, squares,
                      1.0 / std::max<int64_t>(count - 1, 1), statisticType);
    Value factor = buildFactor(builder, loc, adaptor.getScale(), variance,
                               op.getEpsilon().convertToFloat());
    Value y = buildNormalized(builder, loc, x, mean, factor,
                              adaptor.getOffset(), channelDim);
    double rate = op.getExponentialAvgFactor().convertToFloat();
    return SmallVector<Value>{
        y, moveTowards(builder, loc, adaptor.getMean(), mean, rate),
        moveTowards(builder, loc, adaptor.getVariance(), unbiased, rate), mean,
        variance};
  }
};

//===----------------------------------------------------------------------===//
// LRN
//===----------------------------------------------------------------------===//

/// base^-beta; the exponents that networks use need no logarithm.
Value buildNegativePower(OpBuilder &builder, Location loc, Value base,
                         float beta) {
  Type type = base.getType();
  Value power;
  if (beta == 1) {
    power = base;
  } else if (beta == 0.5f) {
    power = math::SqrtOp::create(builder, loc, base);
  } else if (beta == 0.75f) {
    Value root = math::SqrtOp::create(builder, loc, base);
    power = arith::MulFOp::create(builder, loc, root,
                                  math::SqrtOp::create(builder, loc, root));
  } else {
    power = math::PowFOp::create(builder, loc, base,
                                 makeScalar(builder, loc, type, beta));
  }
  return arith::DivFOp::create(builder, loc, makeScalar(builder, loc, type, 1),
                               power);
}

struct LRNToLinalg : OpConversionPattern<tfg::LRNOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tfg::LRNOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value input = adaptor.getInput();
    auto type = cast<RankedTensorType>(input.getType());
    if (type.getRank() != 4 || type.isDynamicDim(3) ||
        getTypeConverter()->convertType(op.getType()) != type)
      return op.emitError("expects images with a known number of channels");
    Location loc = op.getLoc();
    // A radius of all channels sees all of them.
    int64_t radius = std::min<int64_t>(op.getDepthRadius(), type.getDimSize(3));
    Value sums = buildSquareSums(rewriter, loc, input, radius);
    Type sumType = elementTypeOf(sums);
    AffineMap identity = rewriter.getMultiDimIdentityMap(4);
    auto constant = [&](APFloat value) {
      return makeScalar(rewriter, loc, sumType, value.convertToFloat());
    };
    Value bias = constant(op.getBias()), alpha = constant(op.getAlpha());
    Value result = buildParallel(
        rewriter, loc, {input, sums}, {identity, identity},
        type.getElementType(),
        [&](OpBuilder &body, Location loc, ValueRange values) {
          Value sum = arith::MulFOp::create(body, loc, alpha, values[1]);
          sum = arith::AddFOp::create(body, loc, bias, sum);
          Value factor =
              buildNegativePower(body, loc, sum, op.getBeta().convertToFloat());
          Value product = arith::MulFOp::create(
              body, loc, extend(body, loc, values[0], sumType), factor);
          return truncate(body, loc, product, type.getElementType());
        });
    rewriter.replaceOp(op, result);
    return success();
  }

private:
  /// For each element the sum of the squares of the channels around it.
  static Value buildSquareSums(OpBuilder &builder, Location loc, Value input,
                               int64_t radius) {
    auto type = cast<RankedTensorType>(input.getType());
    Type sumType = getAccumulatorType(type.getElementType());
    Value padded = padTensor(
        builder, loc, input, {{0, 0}, {0, 0}, {0, 0}, {radius, radius}},
        makeScalar(builder, loc, type.getElementType(), 0));
    Value window = tensor::EmptyOp::create(builder, loc, {2 * radius + 1},
                                           type.getElementType());
    Value init = makeFilled(builder, loc, getDims(builder, loc, input),
                            makeScalar(builder, loc, sumType, 0));
    SmallVector<AffineExpr> image, output;
    for (unsigned i = 0; i < 4; ++i)
      output.push_back(builder.getAffineDimExpr(i));
    image = output;
    AffineExpr tap = builder.getAffineDimExpr(4);
    image[3] = image[3] + tap;
    auto map = [&](ArrayRef<AffineExpr> exprs) {
      return AffineMap::get(5, 0, exprs, builder.getContext());
    };
    SmallVector<utils::IteratorType> iterators(5,
                                               utils::IteratorType::parallel);
    iterators[4] = utils::IteratorType::reduction;
    return linalg::GenericOp::create(
               builder, loc, init.getType(), ValueRange{padded, window}, init,
               {map(image), map(tap), map(output)}, iterators,
               [&](OpBuilder &body, Location loc, ValueRange arguments) {
                 Value value = extend(body, loc, arguments[0], sumType);
                 value = arith::MulFOp::create(body, loc, value, value);
                 value = arith::AddFOp::create(body, loc, arguments[2], value);
                 linalg::YieldOp::create(body, loc, value);
               })
        .getResult(0);
  }
};

} // namespace

void populateNormalizationToLinalgPatterns(const TypeConverter &converter,
                                           RewritePatternSet &patterns) {
  patterns.add<BatchNormToLinalg<tfg::FusedBatchNormOp>,
               BatchNormToLinalg<tfg::FusedBatchNormV2Op>,
               BatchNormToLinalg<tfg::FusedBatchNormV3Op>, LRNToLinalg>(
      converter, patterns.getContext());
}

} // namespace firn
