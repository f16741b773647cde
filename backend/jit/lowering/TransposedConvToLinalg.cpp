//===- TransposedConvToLinalg.cpp - gradients of convolutions by image ----===//
//
// Problem: result[i] is the sum over taps k of gradient[o] * filter[k] where
// i + pad = stride * o + k. Written as a convolution over a gradient with
// stride - 1 zeros between its elements, most products are with zeros.
//
// Idea: places i that are equal modulo the stride see the same taps. With
// i + pad = stride * q + r and k = stride * j + r
//
//   result[q, r] = sum over j of gradient[q - j] * filter[stride * j + r]
//
// which is one dense convolution of stride 1 whose filter has its taps j
// reversed and its phases r as further output channels; the phases then move
// from the channels into the image. A filter of 4×4 and stride 2 becomes one of
// 2×2 with four times the channels, for the same number of products.
//
//   gradient [N, Q + J - 1, C], filter [J, C, stride * F]
//     -> [N, Q, stride * F] -> [N, Q * stride, F] -> cut to [N, I, F]
//
// Limits: where the stride does not divide the window, the last taps of some
// phases are zeros. Dilation is taken with stride 1 only; groups are not.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ConvBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "ir/TFGConstants.h"
#include "ir/TFGNNOps.h"

using namespace mlir;

namespace firn {
namespace {

/// Taps j of one phase.
int64_t numTaps(const tfg::WindowDim &dim) {
  return llvm::divideCeil(dim.window, dim.stride);
}

/// The shape [J…, C, strides…, F] that the filter is brought into.
SmallVector<int64_t> phaseShape(ArrayRef<tfg::WindowDim> dims,
                                ArrayRef<int64_t> filter) {
  SmallVector<int64_t> shape;
  for (const tfg::WindowDim &dim : dims)
    shape.push_back(numTaps(dim));
  shape.push_back(filter.back());
  for (const tfg::WindowDim &dim : dims)
    shape.push_back(dim.stride);
  shape.push_back(filter[dims.size()]);
  return shape;
}

/// The rearranged filter of a constant: null if its values cannot be read.
ElementsAttr rearrangeConstant(ElementsAttr attr, ArrayRef<tfg::WindowDim> dims,
                               RankedTensorType type) {
  auto source = cast<RankedTensorType>(attr.getType());
  if (auto dense = dyn_cast<DenseElementsAttr>(attr); dense && dense.isSplat())
    return {};
  SmallVector<char> scratch;
  std::optional<ArrayRef<char>> data = tfg::getRawData(attr, scratch);
  std::optional<unsigned> size =
      tfg::getElementByteSize(source.getElementType());
  if (!data || !size || data->size() != size_t(*size * source.getNumElements()))
    return {};
  unsigned numSpatial = dims.size();
  int64_t filters = source.getDimSize(numSpatial);
  int64_t channels = source.getDimSize(numSpatial + 1);

  std::vector<char> result(type.getNumElements() * *size, 0);
  SmallVector<int64_t> index(type.getRank(), 0);
  for (size_t at = 0; at < result.size(); at += *size) {
    // The tap of each dimension; beyond the window it is zero.
    int64_t tap = 0;
    bool inside = true;
    for (auto [i, dim] : llvm::enumerate(dims)) {
      int64_t k = (numTaps(dim) - 1 - index[i]) * dim.stride +
                  index[numSpatial + 1 + i];
      inside &= k < dim.window;
      tap = tap * dim.window + k;
    }
    int64_t from =
        (tap * filters + index.back()) * channels + index[numSpatial];
    if (inside)
      std::copy_n(data->data() + from * *size, *size, result.data() + at);
    for (int64_t dim = type.getRank() - 1; dim >= 0; --dim) {
      if (++index[dim] < type.getDimSize(dim))
        break;
      index[dim] = 0;
    }
  }
  return tfg::makeConstant(type, result);
}

/// The same at run time: taps padded to a multiple of the stride, then read in
/// the new order.
Value rearrangeAtRunTime(OpBuilder &builder, Location loc, Value filter,
                         ArrayRef<tfg::WindowDim> dims, RankedTensorType type) {
  unsigned numSpatial = dims.size();
  SmallVector<std::pair<int64_t, int64_t>> amounts;
  SmallVector<AffineExpr> exprs;
  for (auto [i, dim] : llvm::enumerate(dims)) {
    int64_t taps = numTaps(dim);
    amounts.push_back({0, taps * dim.stride - dim.window});
    AffineExpr tap =
        builder.getAffineConstantExpr(taps - 1) - builder.getAffineDimExpr(i);
    exprs.push_back(tap * dim.stride +
                    builder.getAffineDimExpr(numSpatial + 1 + i));
  }
  amounts.append(2, {0, 0});
  exprs.push_back(builder.getAffineDimExpr(type.getRank() - 1));
  exprs.push_back(builder.getAffineDimExpr(numSpatial));
  Value padded = padTensor(builder, loc, filter, amounts,
                           makeScalar(builder, loc, type.getElementType(), 0));
  Value empty = tensor::EmptyOp::create(builder, loc, type, ValueRange());
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::parallel);
  return linalg::GenericOp::create(
             builder, loc, type, padded, empty,
             {AffineMap::get(type.getRank(), 0, exprs, builder.getContext()),
              builder.getMultiDimIdentityMap(type.getRank())},
             iterators,
             [](OpBuilder &body, Location loc, ValueRange arguments) {
               linalg::YieldOp::create(body, loc, arguments[0]);
             })
      .getResult(0);
}

/// The filter as [J…, C, strides… * F].
Value rearrangeFilter(OpBuilder &builder, Location loc, Value filter,
                      ArrayRef<tfg::WindowDim> dims) {
  auto source = cast<RankedTensorType>(filter.getType());
  auto type = source.clone(phaseShape(dims, source.getShape()));
  Value phases;
  if (ElementsAttr attr = getConstant(filter))
    if (ElementsAttr rearranged = rearrangeConstant(attr, dims, type))
      phases = arith::ConstantOp::create(builder, loc, rearranged);
  if (!phases)
    phases = rearrangeAtRunTime(builder, loc, filter, dims, type);
  unsigned numSpatial = dims.size();
  SmallVector<ReassociationIndices> groups;
  for (unsigned i = 0; i <= numSpatial; ++i)
    groups.push_back({i});
  ReassociationIndices last;
  for (unsigned i = 0; i <= numSpatial; ++i)
    last.push_back(numSpatial + 1 + i);
  groups.push_back(last);
  return collapseDims(builder, loc, phases, groups);
}

/// [N, Q…, strides… * F] becomes [N, Q * stride…, F].
Value phasesToImage(OpBuilder &builder, Location loc, Value value,
                    ArrayRef<tfg::WindowDim> dims, int64_t filters) {
  if (llvm::all_of(dims, [](auto &dim) { return dim.stride == 1; }))
    return value;
  unsigned numSpatial = dims.size();
  SmallVector<int64_t> shape(
      cast<RankedTensorType>(value.getType()).getShape().drop_back());
  SmallVector<ReassociationIndices> split, join;
  for (unsigned i = 0; i <= numSpatial; ++i)
    split.push_back({i});
  split.emplace_back();
  for (unsigned i = 0; i <= numSpatial; ++i)
    split.back().push_back(numSpatial + 1 + i);
  SmallVector<int64_t> permutation{0};
  join.push_back({0});
  for (auto [i, dim] : llvm::enumerate(dims)) {
    shape.push_back(dim.stride);
    permutation.append({int64_t(i + 1), int64_t(numSpatial + 1 + i)});
    join.push_back({int64_t(2 * i + 1), int64_t(2 * i + 2)});
  }
  shape.push_back(filters);
  permutation.push_back(2 * numSpatial + 1);
  join.push_back({int64_t(2 * numSpatial + 1)});
  value = expandDims(builder, loc, value, shape, split);
  value = transposeTensor(builder, loc, value, permutation);
  return collapseDims(builder, loc, value, join);
}

/// Conv2DBackpropInput, Conv3DBackpropInputV2.
template <typename OpT>
struct TransposedConvToLinalg : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value gradient = adaptor.getOutBackprop(), filter = adaptor.getFilter();
    auto type = cast<RankedTensorType>(gradient.getType());
    auto filterType = cast<RankedTensorType>(filter.getType());
    auto resultType = dyn_cast_or_null<RankedTensorType>(
        this->getTypeConverter()->convertType(op.getType()));
    if (!resultType)
      return failure();
    FailureOr<tfg::ConvGeometry> geometry =
        tfg::getConvGeometry(op, resultType.getShape(), filterType.getShape());
    if (failed(geometry) || failed(check(op, *geometry, type, filterType)))
      return failure();

    Location loc = op.getLoc();
    const tfg::ImageLayout &layout = geometry->attrs.layout;
    SmallVector<std::pair<int64_t, int64_t>> pads{{0, 0}}, cuts{{0, 0}};
    tfg::WindowDims dense;
    for (const tfg::WindowDim &dim : geometry->dims) {
      int64_t first = dim.padBefore / dim.stride;
      int64_t last = (dim.padBefore + dim.input - 1) / dim.stride;
      int64_t reach = (numTaps(dim) - 1) * dim.dilation;
      pads.push_back({reach - first, last - (dim.output - 1)});
      int64_t before = dim.padBefore - first * dim.stride;
      int64_t whole = (last + 1 - first) * dim.stride;
      cuts.push_back({-before, -(whole - before - dim.input)});
      int64_t places = last + 1 - first;
      dense.push_back(
          {places + reach, numTaps(dim), 1, dim.dilation, 0, 0, places});
    }
    pads.push_back({0, 0});
    cuts.push_back({0, 0});

    gradient = toChannelsLast(rewriter, loc, gradient, layout);
    Value zero = makeScalar(rewriter, loc, type.getElementType(), 0);
    gradient = padTensor(rewriter, loc, gradient, pads, zero);
    filter = rearrangeFilter(rewriter, loc, filter, geometry->dims);
    Value result = buildDenseConv(rewriter, loc, gradient, filter, dense);
    result = convertElements(rewriter, loc, result, type.getElementType());
    result = phasesToImage(rewriter, loc, result, geometry->dims,
                           geometry->channels);
    result = padTensor(rewriter, loc, result, cuts, zero);
    result = fromChannelsLast(rewriter, loc, result, layout);
    if (result.getType() != resultType)
      result = tensor::CastOp::create(rewriter, loc, resultType, result);
    rewriter.replaceOp(op, result);
    return success();
  }

private:
  static LogicalResult check(OpT op, const tfg::ConvGeometry &geometry,
                             RankedTensorType gradient,
                             RankedTensorType filter) {
    if (!filter.hasStaticShape() || geometry.groups != 1)
      return op.emitError("expects a filter of known size and one group");
    for (auto [i, dim] : llvm::enumerate(geometry.dims)) {
      int64_t size = gradient.getDimSize(geometry.attrs.layout.spatialDim(i));
      if (!dim.isStatic() || ShapedType::isDynamic(size))
        return op.emitError("expects images of known size");
      if (size != dim.output)
        return op.emitError("expects an out_backprop of size ")
               << dim.output << ", but it is " << size;
      if (dim.input == 0 || size == 0)
        return op.emitError("expects images with pixels");
      if (dim.stride != 1 && dim.dilation != 1)
        return op.emitError("expects a stride or a dilation, but has both");
    }
    return success();
  }
};

} // namespace

void populateTransposedConvToLinalgPatterns(const TypeConverter &converter,
                                            RewritePatternSet &patterns) {
  patterns.add<TransposedConvToLinalg<tfg::Conv2DBackpropInputOp>,
               TransposedConvToLinalg<tfg::Conv3DBackpropInputV2Op>>(
      converter, patterns.getContext());
}

} // namespace firn
