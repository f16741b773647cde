//===- SliceToLinalg.cpp - cutting, joining, padding and reordering -------===//
//
// Slices and parts are views (tensor.extract_slice, tensor.insert_slice);
// reordering that is no view is one copy with computed positions.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ArrayBuilder.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "backend/jit/lowering/ImageBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "ir/StridedSliceSpec.h"
#include "ir/TFGOps.h"

using namespace mlir;

namespace firn {
namespace {

using Ints = std::optional<SmallVector<int64_t>>;

SmallVector<int64_t> shapeOf(Value tensor) {
  return SmallVector<int64_t>(
      cast<RankedTensorType>(tensor.getType()).getShape());
}

/// The value of operand `index`, which the lowering must know.
Ints knownInts(Operation *op, ValueRange lowered, unsigned index,
               const char *what) {
  Ints values = knownOperands(op, lowered).constantInts(op->getOperand(index));
  if (!values)
    op->emitError(what) << " is not known when compiling";
  return values;
}

/// A pattern for ops whose operands have static shapes; gives the result types.
template <typename OpT> struct StaticPattern : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  virtual FailureOr<SmallVector<Value>>
  build(OpT op, ValueRange operands, ArrayRef<RankedTensorType> types,
        ConversionPatternRewriter &rewriter) const = 0;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<RankedTensorType> types;
    for (Value result : op->getResults()) {
      types.push_back(getStaticType(*this->getTypeConverter(), result));
      if (!types.back())
        return failure();
    }
    for (Value operand : adaptor.getOperands())
      if (auto type = dyn_cast<RankedTensorType>(operand.getType());
          type && !type.hasStaticShape())
        return op.emitError("the shape of its input depends on values");
    FailureOr<SmallVector<Value>> values =
        build(op, adaptor.getOperands(), types, rewriter);
    if (failed(values))
      return failure();
    rewriter.replaceOp(op, *values);
    return success();
  }
};

#define FIRN_STATIC_PATTERN(Name, OpT)                                         \
  struct Name : StaticPattern<tfg::OpT> {                                      \
    using StaticPattern::StaticPattern;                                        \
    FailureOr<SmallVector<Value>>                                              \
    build(tfg::OpT op, ValueRange operands, ArrayRef<RankedTensorType> types,  \
          ConversionPatternRewriter &rewriter) const override;                 \
  };                                                                           \
  FailureOr<SmallVector<Value>> Name::build(                                   \
      tfg::OpT op, ValueRange operands, ArrayRef<RankedTensorType> types,      \
      ConversionPatternRewriter &rewriter) const

FIRN_STATIC_PATTERN(SliceToLinalg, SliceOp) {
  Ints begin = knownInts(op, operands, 1, "begin");
  if (!begin)
    return failure();
  SmallVector<int64_t> ones(types[0].getRank(), 1);
  return SmallVector<Value>{extractSlice(rewriter, op.getLoc(), operands[0],
                                         *begin, types[0].getShape(), ones)};
}

/// A slice with negative strides is a copy from computed positions.
Value sliceBackwards(OpBuilder &builder, Location loc, Value tensor,
                     const tfg::StridedSliceSpec &spec) {
  auto type = cast<RankedTensorType>(tensor.getType());
  return copyByIndex(builder, loc, tensor,
                     RankedTensorType::get(spec.sizes, type.getElementType()),
                     [&](OpBuilder &inner, Location loc, ValueRange position) {
                       SmallVector<Value> source;
                       for (auto [dim, index] : llvm::enumerate(position))
                         source.push_back(scaleIndex(inner, loc, index,
                                                     spec.strides[dim],
                                                     spec.offsets[dim]));
                       return source;
                     });
}

FIRN_STATIC_PATTERN(StridedSliceToLinalg, StridedSliceOp) {
  Ints begin = knownInts(op, operands, 1, "begin");
  Ints end = knownInts(op, operands, 2, "end");
  Ints strides = knownInts(op, operands, 3, "strides");
  if (!begin || !end || !strides)
    return failure();
  std::string error;
  FailureOr<tfg::StridedSliceSpec> spec = tfg::resolveStridedSlice(
      op, shapeOf(operands[0]), begin->size(), *begin, *end, *strides, error);
  if (failed(spec))
    return op.emitError(error);
  bool backwards = llvm::any_of(spec->strides, [](int64_t s) { return s < 0; });
  Value part = backwards
                   ? sliceBackwards(rewriter, op.getLoc(), operands[0], *spec)
                   : extractSlice(rewriter, op.getLoc(), operands[0],
                                  spec->offsets, spec->sizes, spec->strides);
  return SmallVector<Value>{
      reshapeTensor(rewriter, op.getLoc(), part, types[0])};
}

/// Parts of `tensor` along `axis`, with the sizes that the types have there.
SmallVector<Value> splitTensor(OpBuilder &builder, Location loc, Value tensor,
                               int64_t axis, ArrayRef<RankedTensorType> types) {
  SmallVector<int64_t> offsets(types.empty() ? 0 : types[0].getRank(), 0);
  SmallVector<int64_t> ones(offsets.size(), 1);
  SmallVector<Value> parts;
  for (RankedTensorType type : types) {
    parts.push_back(
        extractSlice(builder, loc, tensor, offsets, type.getShape(), ones));
    offsets[axis] += type.getDimSize(axis);
  }
  return parts;
}

FIRN_STATIC_PATTERN(SplitToLinalg, SplitOp) {
  Ints axis = knownInts(op, operands, 0, "split_dim");
  if (!axis)
    return failure();
  int64_t dim = *tfg::normalizeAxis(axis->front(), types[0].getRank());
  return splitTensor(rewriter, op.getLoc(), operands[1], dim, types);
}

FIRN_STATIC_PATTERN(SplitVToLinalg, SplitVOp) {
  // Sizes that are fed need not be those of the types: the routine checks it.
  Ints axis = knownInts(op, operands, 2, "split_dim");
  if (!axis || !knownInts(op, operands, 1, "size_splits"))
    return failure();
  int64_t dim = *tfg::normalizeAxis(axis->front(), types[0].getRank());
  return splitTensor(rewriter, op.getLoc(), operands[0], dim, types);
}

FIRN_STATIC_PATTERN(UnpackToLinalg, UnpackOp) {
  SmallVector<int64_t> sizes = shapeOf(operands[0]);
  SmallVector<int64_t> offsets(sizes.size(), 0), ones(sizes.size(), 1);
  int64_t axis = *tfg::normalizeAxis(op.getAxis(), sizes.size());
  sizes[axis] = 1;
  SmallVector<Value> parts;
  for (auto [i, type] : llvm::enumerate(types)) {
    offsets[axis] = i;
    Value part =
        extractSlice(rewriter, op.getLoc(), operands[0], offsets, sizes, ones);
    parts.push_back(reshapeTensor(rewriter, op.getLoc(), part, type));
  }
  return parts;
}

FIRN_STATIC_PATTERN(PackToLinalg, PackOp) {
  int64_t axis = *tfg::normalizeAxis(op.getAxis(), types[0].getRank());
  SmallVector<int64_t> shape(types[0].getShape());
  shape[axis] = 1;
  SmallVector<Value> parts;
  for (Value part : operands)
    if (auto type = dyn_cast<RankedTensorType>(part.getType()))
      parts.push_back(
          reshapeTensor(rewriter, op.getLoc(), part, type.clone(shape)));
  return SmallVector<Value>{
      concatenate(rewriter, op.getLoc(), parts, axis, types[0])};
}

template <typename OpT>
FailureOr<SmallVector<Value>>
lowerConcat(OpT op, ValueRange operands, unsigned axisIndex, ValueRange parts,
            RankedTensorType type, OpBuilder &builder) {
  Ints axis = knownInts(op, operands, axisIndex, "axis");
  if (!axis)
    return failure();
  int64_t dim = *tfg::normalizeAxis(axis->front(), type.getRank());
  return SmallVector<Value>{
      concatenate(builder, op.getLoc(), parts, dim, type)};
}

FIRN_STATIC_PATTERN(ConcatToLinalg, ConcatOp) {
  unsigned count = op.getDataOperands().size();
  return lowerConcat(op, operands, 0, operands.slice(1, count - 1), types[0],
                     rewriter);
}

FIRN_STATIC_PATTERN(ConcatV2ToLinalg, ConcatV2Op) {
  unsigned count = op.getDataOperands().size();
  return lowerConcat(op, operands, count - 1, operands.take_front(count - 1),
                     types[0], rewriter);
}

SmallVector<std::pair<int64_t, int64_t>> padAmounts(ArrayRef<int64_t> values) {
  SmallVector<std::pair<int64_t, int64_t>> amounts;
  for (size_t i = 0; i + 1 < values.size(); i += 2)
    amounts.push_back({values[i], values[i + 1]});
  return amounts;
}

FIRN_STATIC_PATTERN(PadToLinalg, PadOp) {
  Ints paddings = knownInts(op, operands, 1, "paddings");
  if (!paddings)
    return failure();
  Value zero = makeScalar(rewriter, op.getLoc(), types[0].getElementType(), 0);
  return SmallVector<Value>{padTensor(rewriter, op.getLoc(), operands[0],
                                      padAmounts(*paddings), zero)};
}

FIRN_STATIC_PATTERN(PadV2ToLinalg, PadV2Op) {
  Ints paddings = knownInts(op, operands, 1, "paddings");
  if (!paddings)
    return failure();
  Value scalar = tensor::ExtractOp::create(rewriter, op.getLoc(), operands[2]);
  return SmallVector<Value>{padTensor(rewriter, op.getLoc(), operands[0],
                                      padAmounts(*paddings), scalar)};
}

/// The position that a mirror at both ends of [0, size) gives; `edge` is 1
/// where the border itself is not repeated (REFLECT).
Value mirrorIndex(OpBuilder &builder, Location loc, Value index, int64_t before,
                  int64_t size, int64_t edge) {
  Value position = scaleIndex(builder, loc, index, 1, -before);
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  Value last = arith::ConstantIndexOp::create(builder, loc, size - 1);
  Value low = scaleIndex(builder, loc, position, -1, edge - 1);
  Value high = scaleIndex(builder, loc, position, -1, 2 * size - 1 - edge);
  Value isLow = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt,
                                      position, zero);
  Value isHigh = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sgt,
                                       position, last);
  position = arith::SelectOp::create(builder, loc, isLow, low, position);
  return arith::SelectOp::create(builder, loc, isHigh, high, position);
}

FIRN_STATIC_PATTERN(MirrorPadToLinalg, MirrorPadOp) {
  Ints paddings = knownInts(op, operands, 1, "paddings");
  if (!paddings)
    return failure();
  int64_t edge = op.getMode() == "REFLECT" ? 1 : 0;
  SmallVector<int64_t> shape = shapeOf(operands[0]);
  return SmallVector<Value>{copyByIndex(
      rewriter, op.getLoc(), operands[0], types[0],
      [&](OpBuilder &inner, Location loc, ValueRange position) {
        SmallVector<Value> source;
        for (auto [dim, index] : llvm::enumerate(position))
          source.push_back(mirrorIndex(inner, loc, index, (*paddings)[2 * dim],
                                       shape[dim], edge));
        return source;
      })};
}

FIRN_STATIC_PATTERN(TransposeToLinalg, TransposeOp) {
  Ints perm = knownInts(op, operands, 1, "perm");
  if (!perm)
    return failure();
  for (int64_t &dim : *perm)
    dim = *tfg::normalizeAxis(dim, types[0].getRank());
  return SmallVector<Value>{
      transposeTensor(rewriter, op.getLoc(), operands[0], *perm)};
}

FIRN_STATIC_PATTERN(TileToLinalg, TileOp) {
  SmallVector<int64_t> shape = shapeOf(operands[0]);
  return SmallVector<Value>{copyByIndex(
      rewriter, op.getLoc(), operands[0], types[0],
      [&](OpBuilder &inner, Location loc, ValueRange position) {
        SmallVector<Value> source;
        for (auto [dim, index] : llvm::enumerate(position))
          source.push_back(arith::RemUIOp::create(
              inner, loc, index,
              arith::ConstantIndexOp::create(inner, loc, shape[dim])));
        return source;
      })};
}

FIRN_STATIC_PATTERN(ReverseV2ToLinalg, ReverseV2Op) {
  Ints axes = knownInts(op, operands, 1, "axis");
  if (!axes)
    return failure();
  SmallVector<int64_t> shape = shapeOf(operands[0]);
  for (int64_t &axis : *axes)
    axis = *tfg::normalizeAxis(axis, shape.size());
  return SmallVector<Value>{
      copyByIndex(rewriter, op.getLoc(), operands[0], types[0],
                  [&](OpBuilder &inner, Location loc, ValueRange position) {
                    SmallVector<Value> source(position);
                    for (int64_t axis : *axes)
                      source[axis] = scaleIndex(inner, loc, position[axis], -1,
                                                shape[axis] - 1);
                    return source;
                  })};
}

} // namespace

void populateSliceToLinalgPatterns(const TypeConverter &converter,
                                   RewritePatternSet &patterns) {
  patterns.add<SliceToLinalg, StridedSliceToLinalg, SplitToLinalg,
               SplitVToLinalg, UnpackToLinalg, PackToLinalg, ConcatToLinalg,
               ConcatV2ToLinalg, PadToLinalg, PadV2ToLinalg, MirrorPadToLinalg,
               TransposeToLinalg, TileToLinalg, ReverseV2ToLinalg>(
      converter, patterns.getContext());
}

} // namespace firn
