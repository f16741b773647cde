//===- ConvToLinalg.cpp - convolutions ------------------------------------===//
//
// Every convolution becomes a named linalg convolution over a channels-last
// image that is padded explicitly, with sums of f16 and bf16 in f32; that is
// the form that native code makes its kernels from. Only grouped convolutions
// are a linalg.generic.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ConvBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "ir/TFGNNOps.h"

using namespace mlir;

namespace firn {
namespace {

/// Each channel by itself, over two dimensions; `filter` is [KH, KW, C, M].
Value buildDepthwise(OpBuilder &builder, Location loc, Value padded,
                     Value filter, ArrayRef<tfg::WindowDim> dims) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(filter.getType()).getShape();
  int64_t channels = shape[2], multiplier = shape[3];
  Value accumulator = makeAccumulator(builder, loc, padded, dims, channels);
  if (multiplier == 1) {
    Value flat = collapseDims(builder, loc, filter, {{0}, {1}, {2, 3}});
    return createConv<linalg::DepthwiseConv2DNhwcHwcOp>(
        builder, loc, padded, flat, accumulator, dims);
  }
  SmallVector<OpFoldResult> sizes = getDims(builder, loc, accumulator);
  sizes.push_back(builder.getIndexAttr(multiplier));
  Type elementType =
      cast<RankedTensorType>(accumulator.getType()).getElementType();
  accumulator =
      makeFilled(builder, loc, sizes, makeScalar(builder, loc, elementType, 0));
  Value result = createConv<linalg::DepthwiseConv2DNhwcHwcmOp>(
      builder, loc, padded, filter, accumulator, dims);
  return collapseDims(builder, loc, result, {{0}, {1}, {2}, {3, 4}});
}

/// Groups of channels: one loop more than the dense form, over the groups.
///   out[n, places, g, f] += in[n, place * stride + tap * dilation, g, c]
///                           * filter[taps, c, g, f]
Value buildGrouped(OpBuilder &builder, Location loc, Value padded, Value filter,
                   ArrayRef<tfg::WindowDim> dims, int64_t groups) {
  unsigned numSpatial = dims.size();
  SmallVector<ReassociationIndices> splitLast;
  for (unsigned i = 0; i <= numSpatial; ++i)
    splitLast.push_back({i});
  splitLast.push_back({numSpatial + 1, numSpatial + 2});
  auto splitChannels = [&](Value value) {
    SmallVector<int64_t> shape(
        cast<RankedTensorType>(value.getType()).getShape());
    int64_t channels = shape.pop_back_val();
    shape.append({groups, channels / groups});
    return expandDims(builder, loc, value, shape, splitLast);
  };
  int64_t filters = cast<RankedTensorType>(filter.getType()).getShape().back();
  Value accumulator =
      splitChannels(makeAccumulator(builder, loc, padded, dims, filters));
  padded = splitChannels(padded);
  filter = splitChannels(filter);

  // Loops: n, places, g, f, then taps and c, which are summed over.
  unsigned group = numSpatial + 1, tap = numSpatial + 3,
           channel = 2 * numSpatial + 3, numLoops = channel + 1;
  auto loop = [&](unsigned i) { return builder.getAffineDimExpr(i); };
  SmallVector<AffineExpr> image{loop(0)}, weights, output{loop(0)};
  for (auto [i, dim] : llvm::enumerate(dims)) {
    image.push_back(loop(i + 1) * dim.stride + loop(tap + i) * dim.dilation);
    weights.push_back(loop(tap + i));
    output.push_back(loop(i + 1));
  }
  image.append({loop(group), loop(channel)});
  weights.append({loop(channel), loop(group), loop(group + 1)});
  output.append({loop(group), loop(group + 1)});
  SmallVector<utils::IteratorType> iterators(numLoops,
                                             utils::IteratorType::reduction);
  std::fill_n(iterators.begin(), tap, utils::IteratorType::parallel);
  auto map = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(numLoops, 0, exprs, builder.getContext());
  };
  Type sumType = cast<RankedTensorType>(accumulator.getType()).getElementType();
  auto body = [&](OpBuilder &body, Location loc, ValueRange arguments) {
    Value a = arguments[0], b = arguments[1], sum = arguments[2];
    if (isa<FloatType>(sumType)) {
      if (a.getType() != sumType) {
        a = arith::ExtFOp::create(body, loc, sumType, a);
        b = arith::ExtFOp::create(body, loc, sumType, b);
      }
      Value product = arith::MulFOp::create(body, loc, a, b);
      sum = arith::AddFOp::create(body, loc, sum, product);
    } else {
      Value product = arith::MulIOp::create(body, loc, a, b);
      sum = arith::AddIOp::create(body, loc, sum, product);
    }
    linalg::YieldOp::create(body, loc, sum);
  };
  Value result =
      linalg::GenericOp::create(
          builder, loc, accumulator.getType(), ValueRange{padded, filter},
          accumulator, {map(image), map(weights), map(output)}, iterators, body)
          .getResult(0);
  return collapseDims(builder, loc, result, splitLast);
}

/// Conv2D, Conv3D, DepthwiseConv2dNative.
template <typename OpT> struct ConvToLinalg : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto imageType = cast<RankedTensorType>(adaptor.getInput().getType());
    auto filterType = cast<RankedTensorType>(adaptor.getFilter().getType());
    auto resultType = this->getTypeConverter()->convertType(op.getType());
    FailureOr<tfg::ConvGeometry> geometry =
        tfg::getConvGeometry(op, imageType.getShape(), filterType.getShape());
    if (!resultType || failed(geometry) ||
        failed(checkPaddingKnown(op, geometry->dims)))
      return failure();
    if (!filterType.hasStaticShape() ||
        ShapedType::isDynamic(geometry->channels))
      return op.emitError("expects channels and a filter of known size");

    Location loc = op.getLoc();
    const tfg::WindowDims &dims = geometry->dims;
    Value image = toChannelsLast(rewriter, loc, adaptor.getInput(),
                                 geometry->attrs.layout);
    Value zero = makeScalar(rewriter, loc, imageType.getElementType(), 0);
    Value padded = padForWindow(rewriter, loc, image, dims, zero);
    Value result;
    bool isDepthwise = dims.size() == 2 && geometry->groups != 1 &&
                       geometry->groups == geometry->channels;
    if (geometry->groups == 1 && !isDepthwise) {
      result = buildDenseConv(rewriter, loc, padded, adaptor.getFilter(), dims);
    } else if (isDepthwise) {
      result = buildDepthwise(
          rewriter, loc, padded,
          depthwiseFilter(rewriter, loc, adaptor.getFilter(), *geometry), dims);
    } else {
      result = buildGrouped(rewriter, loc, padded, adaptor.getFilter(), dims,
                            geometry->groups);
    }
    result = convertElements(rewriter, loc, result, imageType.getElementType());
    result = fromChannelsLast(rewriter, loc, result, geometry->attrs.layout);
    if (result.getType() != resultType)
      result = tensor::CastOp::create(rewriter, loc, resultType, result);
    rewriter.replaceOp(op, result);
    return success();
  }

private:
  /// The filter as [KH, KW, C, M], which is how the channels of one group
  /// each, [KH, KW, 1, C * M], lie in memory too.
  static Value depthwiseFilter(OpBuilder &builder, Location loc, Value filter,
                               const tfg::ConvGeometry &geometry) {
    ArrayRef<int64_t> shape =
        cast<RankedTensorType>(filter.getType()).getShape();
    if (shape[2] == geometry.channels)
      return filter;
    Value flat = collapseDims(builder, loc, filter, {{0}, {1}, {2, 3}});
    return expandDims(builder, loc, flat,
                      {shape[0], shape[1], geometry.channels,
                       geometry.outputChannels / geometry.channels},
                      {{0}, {1}, {2, 3}});
  }
};

} // namespace

void populateConvToLinalgPatterns(const TypeConverter &converter,
                                  RewritePatternSet &patterns) {
  patterns.add<ConvToLinalg<tfg::Conv2DOp>, ConvToLinalg<tfg::Conv3DOp>,
               ConvToLinalg<tfg::DepthwiseConv2dNativeOp>>(
      converter, patterns.getContext());
}

} // namespace firn
