//===- PoolToLinalg.cpp - maximum and mean in a window --------------------===//
//
// A pooling is a linalg.generic over the places of the window and its taps, on
// a channels-last image. The maximum is of an image padded with the lowest
// value. The mean divides the sum of an image padded with zeros by the number
// of its taps that lie inside, which is known for each place.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ImageBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "ir/TFGConstants.h"
#include "ir/TFGPoolOps.h"

using namespace mlir;

namespace firn {
namespace {

/// Combines all elements that the window sees at a place, starting from `init`.
Value reduceWindow(OpBuilder &builder, Location loc, Value padded, Value init,
                   ArrayRef<tfg::WindowDim> dims, ScalarFn combine) {
  unsigned numSpatial = dims.size(), channel = numSpatial + 1;
  unsigned numLoops = 2 * numSpatial + 2;
  auto loop = [&](unsigned i) { return builder.getAffineDimExpr(i); };
  SmallVector<AffineExpr> image{loop(0)}, taps, output{loop(0)};
  SmallVector<int64_t> window;
  for (auto [i, dim] : llvm::enumerate(dims)) {
    AffineExpr tap = loop(channel + 1 + i);
    image.push_back(loop(i + 1) * dim.stride + tap * dim.dilation);
    taps.push_back(tap);
    output.push_back(loop(i + 1));
    window.push_back(dim.window);
  }
  image.push_back(loop(channel));
  output.push_back(loop(channel));
  auto map = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(numLoops, 0, exprs, builder.getContext());
  };
  SmallVector<utils::IteratorType> iterators(numLoops,
                                             utils::IteratorType::reduction);
  std::fill_n(iterators.begin(), channel + 1, utils::IteratorType::parallel);
  // Its values are not read: it says how many taps there are.
  Type elementType = cast<RankedTensorType>(padded.getType()).getElementType();
  Value shape = tensor::EmptyOp::create(builder, loc, window, elementType);
  auto body = [&](OpBuilder &body, Location loc, ValueRange arguments) {
    Value result = combine(body, loc, {arguments[0], arguments[2]});
    linalg::YieldOp::create(body, loc, result);
  };
  return linalg::GenericOp::create(
             builder, loc, init.getType(), ValueRange{padded, shape}, init,
             {map(image), map(taps), map(output)}, iterators, body)
      .getResult(0);
}

//===----------------------------------------------------------------------===//
// Maximum
//===----------------------------------------------------------------------===//

/// The value that a maximum starts from: TensorFlow's is the lowest finite one.
TypedAttr getLowest(OpBuilder &builder, Type type, bool isUnsigned) {
  if (auto floatType = dyn_cast<FloatType>(type))
    return builder.getFloatAttr(
        type, llvm::APFloat::getLargest(floatType.getFloatSemantics(),
                                        /*Negative=*/true));
  unsigned width = type.getIntOrFloatBitWidth();
  return builder.getIntegerAttr(
      type, isUnsigned ? llvm::APInt::getZero(width)
                       : llvm::APInt::getSignedMinValue(width));
}

/// maxnum passes over a NaN, as TensorFlow's pooling on the CPU does.
Value createMax(OpBuilder &builder, Location loc, ValueRange values,
                bool isUnsigned) {
  if (isa<FloatType>(values[0].getType()))
    return arith::MaxNumFOp::create(builder, loc, values[0], values[1]);
  if (isUnsigned)
    return arith::MaxUIOp::create(builder, loc, values[0], values[1]);
  return arith::MaxSIOp::create(builder, loc, values[0], values[1]);
}

Value buildMaxPool(OpBuilder &builder, Location loc, Value image,
                   ArrayRef<tfg::WindowDim> dims, bool isUnsigned) {
  auto type = cast<RankedTensorType>(image.getType());
  Value lowest = arith::ConstantOp::create(
      builder, loc, getLowest(builder, type.getElementType(), isUnsigned));
  Value padded = padForWindow(builder, loc, image, dims, lowest);
  Value init = makeFilled(
      builder, loc,
      getWindowedSizes(builder, loc, padded, dims, type.getShape().back()),
      lowest);
  return reduceWindow(builder, loc, padded, init, dims,
                      [&](OpBuilder &body, Location loc, ValueRange values) {
                        return createMax(body, loc, values, isUnsigned);
                      });
}

//===----------------------------------------------------------------------===//
// Mean
//===----------------------------------------------------------------------===//

/// How many taps of a window lie inside the image at each place.
SmallVector<int64_t> countTaps(const tfg::WindowDim &dim) {
  SmallVector<int64_t> counts;
  for (int64_t place = 0; place < dim.output; ++place) {
    int64_t first = place * dim.stride - dim.padBefore;
    int64_t last = std::min(first + dim.window, dim.input);
    counts.push_back(last - std::max<int64_t>(first, 0));
  }
  return counts;
}

/// sum / the number of taps, which differs by place at the borders only.
Value divideByCounts(OpBuilder &builder, Location loc, Value sum,
                     ArrayRef<tfg::WindowDim> dims) {
  auto type = cast<RankedTensorType>(sum.getType());
  Type elementType = type.getElementType();
  unsigned rank = type.getRank();
  SmallVector<Value> operands{sum};
  SmallVector<AffineMap> maps{builder.getMultiDimIdentityMap(rank)};
  int64_t uniform = 1;
  for (auto [i, dim] : llvm::enumerate(dims)) {
    if (!dim.isPadded()) {
      uniform *= dim.window;
      continue;
    }
    SmallVector<int64_t> counts = countTaps(dim);
    SmallVector<Attribute> values;
    for (int64_t count : counts)
      values.push_back(builder.getFloatAttr(elementType, double(count)));
    auto countType =
        RankedTensorType::get({int64_t(counts.size())}, elementType);
    operands.push_back(arith::ConstantOp::create(
        builder, loc, DenseElementsAttr::get(countType, values)));
    maps.push_back(AffineMap::get(rank, 0, builder.getAffineDimExpr(i + 1)));
  }
  maps.push_back(builder.getMultiDimIdentityMap(rank));
  Value window = makeScalar(builder, loc, elementType, double(uniform));
  Value empty =
      makeEmpty(builder, loc, getDims(builder, loc, sum), elementType);
  SmallVector<utils::IteratorType> iterators(rank,
                                             utils::IteratorType::parallel);
  auto body = [&](OpBuilder &body, Location loc, ValueRange arguments) {
    Value count = window;
    for (Value factor : arguments.slice(1, operands.size() - 1))
      count = arith::MulFOp::create(body, loc, count, factor);
    linalg::YieldOp::create(
        body, loc,
        arith::DivFOp::create(body, loc, arguments[0], count).getResult());
  };
  return linalg::GenericOp::create(builder, loc, type, operands, empty, maps,
                                   iterators, body)
      .getResult(0);
}

Value buildAvgPool(OpBuilder &builder, Location loc, Value image,
                   ArrayRef<tfg::WindowDim> dims) {
  auto type = cast<RankedTensorType>(image.getType());
  Type elementType = type.getElementType();
  Type sumType = getAccumulatorType(elementType);
  Value zero = makeScalar(builder, loc, elementType, 0);
  Value padded = padForWindow(builder, loc, image, dims, zero);
  Value init = makeFilled(
      builder, loc,
      getWindowedSizes(builder, loc, padded, dims, type.getShape().back()),
      makeScalar(builder, loc, sumType, 0));
  Value sum = reduceWindow(
      builder, loc, padded, init, dims,
      [&](OpBuilder &body, Location loc, ValueRange values) -> Value {
        Value element = values[0];
        if (element.getType() != sumType)
          element = arith::ExtFOp::create(body, loc, sumType, element);
        return arith::AddFOp::create(body, loc, values[1], element);
      });
  sum = divideByCounts(builder, loc, sum, dims);
  return convertElements(builder, loc, sum, elementType);
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

template <typename OpT> struct PoolToLinalg : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;
  static constexpr bool isMean = std::is_same_v<OpT, tfg::AvgPoolOp> ||
                                 std::is_same_v<OpT, tfg::AvgPool3DOp>;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value image = adaptor.getInput();
    auto type = cast<RankedTensorType>(image.getType());
    auto resultType = this->getTypeConverter()->convertType(op.getType());
    if (!resultType)
      return failure();
    FailureOr<tfg::PoolGeometry> geometry = tfg::getPoolGeometry(
        op, knownOperands(op, adaptor.getOperands()), type.getShape());
    if (failed(geometry))
      return op.emitError("expects a constant window");
    if (failed(check(op, *geometry, type)))
      return failure();

    Location loc = op.getLoc();
    const tfg::ImageLayout &layout = geometry->attrs.layout;
    bool isUnsigned = tfg::getElementType(op.getInput()).isUnsignedInteger() ||
                      isa<tfg::QUInt8Type, tfg::QUInt16Type>(
                          tfg::getElementType(op.getInput()));
    image = toChannelsLast(rewriter, loc, image, layout);
    Value result;
    if constexpr (isMean)
      result = buildAvgPool(rewriter, loc, image, geometry->dims);
    else
      result = buildMaxPool(rewriter, loc, image, geometry->dims, isUnsigned);
    result = fromChannelsLast(rewriter, loc, result, layout);
    if (result.getType() != resultType)
      result = tensor::CastOp::create(rewriter, loc, resultType, result);
    rewriter.replaceOp(op, result);
    return success();
  }

private:
  static LogicalResult check(OpT op, const tfg::PoolGeometry &geometry,
                             RankedTensorType type) {
    if (geometry.channelWindow != 1)
      return op.emitError("has a window over channels");
    if (ShapedType::isDynamic(geometry.channels))
      return op.emitError("expects a known number of channels");
    for (const tfg::WindowDim &dim : geometry.dims)
      if (isMean && dim.isPadded() && ShapedType::isDynamic(dim.output))
        return op.emitError("expects images of known size");
    return checkPaddingKnown(op, geometry.dims);
  }
};

} // namespace

void populatePoolToLinalgPatterns(const TypeConverter &converter,
                                  RewritePatternSet &patterns) {
  patterns.add<PoolToLinalg<tfg::MaxPoolOp>, PoolToLinalg<tfg::MaxPoolV2Op>,
               PoolToLinalg<tfg::MaxPool3DOp>, PoolToLinalg<tfg::AvgPoolOp>,
               PoolToLinalg<tfg::AvgPool3DOp>>(converter,
                                               patterns.getContext());
}

} // namespace firn
