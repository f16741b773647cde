//===- ImageToLinalg.cpp - resizing ---------------------------------------===//
//
// Which pixels an output pixel is made of, and with which weights, depends on
// sizes alone: it is worked out here, in f32 as TensorFlow does it, and read
// from constant tables by the generated loops.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ImageBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "ir/TFGImageOps.h"

#include <cmath>

using namespace mlir;

namespace firn {
namespace {

/// Where output pixels lie in the input, along one dimension.
struct Sampling {
  int64_t input, output;
  bool alignCorners, halfPixels;

  float scale() const {
    return alignCorners && output > 1
               ? static_cast<float>(input - 1) / static_cast<float>(output - 1)
               : static_cast<float>(input) / static_cast<float>(output);
  }
};

/// The pixels that an output pixel lies between, and how far behind the first.
struct Neighbours {
  SmallVector<int64_t> lower, upper;
  SmallVector<float> weight;
};

Neighbours findNeighbours(const Sampling &sampling) {
  Neighbours result;
  float scale = sampling.scale();
  for (int64_t i = 0; i < sampling.output; ++i) {
    auto x = static_cast<float>(i);
    // The product is rounded before the difference is taken.
    volatile float scaled =
        sampling.halfPixels ? (x + 0.5f) * scale : x * scale;
    float in = sampling.halfPixels ? scaled - 0.5f : scaled;
    float floor = std::floor(in);
    int64_t upper = std::min<int64_t>(std::ceil(in), sampling.input - 1);
    int64_t lower = std::max<int64_t>(floor, 0);
    result.lower.push_back(std::min(lower, upper));
    result.upper.push_back(std::max<int64_t>(upper, 0));
    result.weight.push_back(in - floor);
  }
  return result;
}

SmallVector<int64_t> findNearest(const Sampling &sampling) {
  SmallVector<int64_t> result;
  float scale = sampling.scale();
  for (int64_t i = 0; i < sampling.output; ++i) {
    float x = static_cast<float>(i) + (sampling.halfPixels ? 0.5f : 0.0f);
    float in = x * scale;
    auto pixel = static_cast<int64_t>(sampling.alignCorners ? std::round(in)
                                                            : std::floor(in));
    result.push_back(std::max<int64_t>(std::min(pixel, sampling.input - 1), 0));
  }
  return result;
}

Value makeIndexTable(OpBuilder &builder, Location loc,
                     ArrayRef<int64_t> values) {
  auto type =
      RankedTensorType::get({int64_t(values.size())}, builder.getI64Type());
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(type, values));
}

Value makeWeightTable(OpBuilder &builder, Location loc,
                      ArrayRef<float> values) {
  auto type =
      RankedTensorType::get({int64_t(values.size())}, builder.getF32Type());
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(type, values));
}

/// A number of any element type as f32.
Value toFloat(OpBuilder &builder, Location loc, Value value, bool isUnsigned) {
  Type type = value.getType(), f32 = builder.getF32Type();
  if (type == f32)
    return value;
  if (auto floatType = dyn_cast<FloatType>(type))
    return floatType.getWidth() < 32
               ? arith::ExtFOp::create(builder, loc, f32, value).getResult()
               : arith::TruncFOp::create(builder, loc, f32, value).getResult();
  return isUnsigned
             ? arith::UIToFPOp::create(builder, loc, f32, value).getResult()
             : arith::SIToFPOp::create(builder, loc, f32, value).getResult();
}

/// Reads pixels of the image, by rows and columns that tables hold, at the
/// batch and channel of the place that is computed.
struct PixelReader {
  OpBuilder &builder;
  Location loc;
  Value image;
  Value batch, channel;

  PixelReader(OpBuilder &builder, Location loc, Value image)
      : builder(builder), loc(loc), image(image),
        batch(linalg::IndexOp::create(builder, loc, 0)),
        channel(linalg::IndexOp::create(builder, loc, 3)) {}

  Value toIndex(Value value) {
    return arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                      value);
  }
  Value read(Value row, Value column) {
    return tensor::ExtractOp::create(builder, loc, image,
                                     ValueRange{batch, row, column, channel});
  }
};

/// A loop over the result whose body sees the row tables' entries, then the
/// column tables'.
Value buildFromTables(OpBuilder &builder, Location loc, Value image,
                      ArrayRef<int64_t> size, Type elementType,
                      ArrayRef<Value> rows, ArrayRef<Value> columns,
                      ScalarFn scalar) {
  SmallVector<OpFoldResult> sizes = getDims(builder, loc, image);
  sizes[1] = builder.getIndexAttr(size[0]);
  sizes[2] = builder.getIndexAttr(size[1]);
  Value empty = makeEmpty(builder, loc, sizes, elementType);
  SmallVector<Value> operands(rows);
  llvm::append_range(operands, columns);
  SmallVector<AffineMap> maps(
      rows.size(), AffineMap::get(4, 0, builder.getAffineDimExpr(1)));
  maps.append(columns.size(),
              AffineMap::get(4, 0, builder.getAffineDimExpr(2)));
  maps.push_back(builder.getMultiDimIdentityMap(4));
  SmallVector<utils::IteratorType> iterators(4, utils::IteratorType::parallel);
  return linalg::GenericOp::create(
             builder, loc, empty.getType(), operands, empty, maps, iterators,
             [&](OpBuilder &body, Location loc, ValueRange arguments) {
               Value result = scalar(body, loc, arguments.drop_back());
               linalg::YieldOp::create(body, loc, result);
             })
      .getResult(0);
}

Value buildBilinear(OpBuilder &builder, Location loc, Value image,
                    const Sampling &height, const Sampling &width,
                    bool isUnsigned) {
  Neighbours y = findNeighbours(height), x = findNeighbours(width);
  auto tables = [&](const Neighbours &neighbours) {
    return SmallVector<Value>{makeIndexTable(builder, loc, neighbours.lower),
                              makeIndexTable(builder, loc, neighbours.upper),
                              makeWeightTable(builder, loc, neighbours.weight)};
  };
  return buildFromTables(
      builder, loc, image, {height.output, width.output}, builder.getF32Type(),
      tables(y), tables(x),
      [&](OpBuilder &body, Location loc, ValueRange v) -> Value {
        PixelReader pixels(body, loc, image);
        Value top = pixels.toIndex(v[0]), bottom = pixels.toIndex(v[1]);
        Value left = pixels.toIndex(v[3]), right = pixels.toIndex(v[4]);
        auto between = [&](Value from, Value to, Value weight) -> Value {
          Value difference = arith::SubFOp::create(body, loc, to, from);
          Value part = arith::MulFOp::create(body, loc, difference, weight);
          return arith::AddFOp::create(body, loc, from, part);
        };
        auto row = [&](Value y) {
          return between(toFloat(body, loc, pixels.read(y, left), isUnsigned),
                         toFloat(body, loc, pixels.read(y, right), isUnsigned),
                         v[5]);
        };
        return between(row(top), row(bottom), v[2]);
      });
}

Value buildNearest(OpBuilder &builder, Location loc, Value image,
                   const Sampling &height, const Sampling &width) {
  Type elementType = cast<RankedTensorType>(image.getType()).getElementType();
  return buildFromTables(
      builder, loc, image, {height.output, width.output}, elementType,
      makeIndexTable(builder, loc, findNearest(height)),
      makeIndexTable(builder, loc, findNearest(width)),
      [&](OpBuilder &body, Location loc, ValueRange v) -> Value {
        PixelReader pixels(body, loc, image);
        return pixels.read(pixels.toIndex(v[0]), pixels.toIndex(v[1]));
      });
}

template <typename OpT> struct ResizeToLinalg : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value image = adaptor.getImages();
    auto type = cast<RankedTensorType>(image.getType());
    auto resultType = this->getTypeConverter()->convertType(op.getType());
    SmallVector<Type> inferred;
    if (!resultType || failed(op.inferShapes(
                           knownOperands(op, adaptor.getOperands()), inferred)))
      return failure();
    auto size = cast<RankedTensorType>(inferred[0]).getShape().slice(1, 2);
    ArrayRef<int64_t> input = type.getShape().slice(1, 2);
    if (llvm::is_contained(size, ShapedType::kDynamic) ||
        llvm::is_contained(input, ShapedType::kDynamic))
      return op.emitError("expects images of known size and a constant size");

    auto sampling = [&](unsigned i) {
      return Sampling{input[i], size[i], op.getAlignCorners(),
                      op.getHalfPixelCenters()};
    };
    Location loc = op.getLoc();
    Value result;
    if constexpr (std::is_same_v<OpT, tfg::ResizeBilinearOp>)
      result = buildBilinear(
          rewriter, loc, image, sampling(0), sampling(1),
          tfg::getElementType(op.getImages()).isUnsignedInteger());
    else
      result = buildNearest(rewriter, loc, image, sampling(0), sampling(1));
    if (result.getType() != resultType)
      result = tensor::CastOp::create(rewriter, loc, resultType, result);
    rewriter.replaceOp(op, result);
    return success();
  }
};

} // namespace

void populateImageToLinalgPatterns(const TypeConverter &converter,
                                   RewritePatternSet &patterns) {
  patterns.add<ResizeToLinalg<tfg::ResizeBilinearOp>,
               ResizeToLinalg<tfg::ResizeNearestNeighborOp>>(
      converter, patterns.getContext());
}

} // namespace firn
