//===- SpaceDepthToLinalg.cpp - blocks moved to batch or channels ---------===//
//
// All of these cut dimensions into blocks, reorder, and join dimensions:
// expand_shape, one transpose, collapse_shape, with padding before or cropping
// behind.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/GenericBuilder.h"
#include "backend/jit/lowering/ImageBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "ir/TFGSpaceOps.h"

using namespace mlir;

namespace firn {
namespace {

/// Dimensions in the making: each of the tensor's as the factors that it is cut
/// into, then the order of all factors, then how many are joined to each
/// dimension of the result.
struct BlockMove {
  SmallVector<SmallVector<int64_t>> factors;
  SmallVector<int64_t> order;
  SmallVector<int64_t> joined;
};

SmallVector<ReassociationIndices> makeGroups(ArrayRef<int64_t> sizes) {
  SmallVector<ReassociationIndices> groups;
  int64_t next = 0;
  for (int64_t size : sizes) {
    groups.emplace_back();
    for (int64_t i = 0; i < size; ++i)
      groups.back().push_back(next++);
  }
  return groups;
}

Value moveBlocks(OpBuilder &builder, Location loc, Value tensor,
                 const BlockMove &move) {
  SmallVector<int64_t> shape, cut;
  for (ArrayRef<int64_t> factors : move.factors) {
    llvm::append_range(shape, factors);
    cut.push_back(factors.size());
  }
  tensor = expandDims(builder, loc, tensor, shape, makeGroups(cut));
  tensor = transposeTensor(builder, loc, tensor, move.order);
  return collapseDims(builder, loc, tensor, makeGroups(move.joined));
}

//===----------------------------------------------------------------------===//
// Batch
//===----------------------------------------------------------------------===//

/// [N, S1, S2, …] to [blocks…, N, S1 / b1, …] joined to [blocks * N, S1 / b1,
/// …].
Value spaceToBatch(OpBuilder &builder, Location loc, Value tensor,
                   const tfg::BatchBlocks &blocks) {
  auto rank = cast<RankedTensorType>(tensor.getType()).getRank();
  SmallVector<std::pair<int64_t, int64_t>> pads(rank, {0, 0});
  for (auto [i, dim] : llvm::enumerate(blocks.dims))
    pads[i + 1] = {dim.before, dim.after};
  Type elementType = cast<RankedTensorType>(tensor.getType()).getElementType();
  Value zero = makeScalar(builder, loc, elementType, 0);
  tensor = padTensor(builder, loc, tensor, pads, zero);
  ArrayRef<int64_t> shape = cast<RankedTensorType>(tensor.getType()).getShape();
  BlockMove move;
  move.factors.push_back({shape[0]});
  SmallVector<int64_t> inside, outside{0};
  int64_t next = 1;
  for (int64_t i = 1; i < rank; ++i) {
    if (i <= int64_t(blocks.dims.size())) {
      int64_t block = blocks.dims[i - 1].block;
      move.factors.push_back({shape[i] / block, block});
      outside.push_back(next++);
      inside.push_back(next++);
    } else {
      move.factors.push_back({shape[i]});
      outside.push_back(next++);
    }
  }
  move.order = inside;
  llvm::append_range(move.order, outside);
  move.joined.assign(rank, 1);
  move.joined[0] = inside.size() + 1;
  return moveBlocks(builder, loc, tensor, move);
}

/// The inverse, then cropped.
Value batchToSpace(OpBuilder &builder, Location loc, Value tensor,
                   const tfg::BatchBlocks &blocks) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(tensor.getType()).getShape();
  int64_t rank = shape.size(), numBlocks = blocks.dims.size();
  BlockMove move;
  move.factors.emplace_back();
  for (const tfg::BatchBlocks::Dim &dim : blocks.dims)
    move.factors[0].push_back(dim.block);
  move.factors[0].push_back(shape[0] / blocks.size);
  move.order.push_back(numBlocks);
  move.joined.push_back(1);
  SmallVector<std::pair<int64_t, int64_t>> crops(rank, {0, 0});
  for (int64_t i = 1; i < rank; ++i) {
    move.factors.push_back({shape[i]});
    move.order.push_back(numBlocks + i);
    move.joined.push_back(1);
    if (i > numBlocks)
      continue;
    move.order.push_back(i - 1);
    move.joined.back() = 2;
    crops[i] = {-blocks.dims[i - 1].before, -blocks.dims[i - 1].after};
  }
  tensor = moveBlocks(builder, loc, tensor, move);
  return padTensor(builder, loc, tensor, crops, {});
}

template <typename OpT> struct BatchSpaceToLinalg : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;
  static constexpr bool toBatch = std::is_same_v<OpT, tfg::SpaceToBatchOp> ||
                                  std::is_same_v<OpT, tfg::SpaceToBatchNDOp>;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value input = adaptor.getInput();
    auto type = cast<RankedTensorType>(input.getType());
    auto resultType = this->getTypeConverter()->convertType(op.getType());
    FailureOr<std::optional<tfg::BatchBlocks>> blocks =
        tfg::getBatchBlocks(op, knownOperands(op, adaptor.getOperands()));
    // The sizes themselves: shape inference has checked that blocks fit.
    SmallVector<Type> inferred;
    if (!resultType || failed(blocks) ||
        failed(
            op.inferShapes(knownOperands(op, adaptor.getOperands()), inferred)))
      return failure();
    if (!*blocks)
      return op.emitError("expects constant blocks");
    if (!type.hasStaticShape())
      return op.emitError("expects an input of known size");
    Value result = toBatch
                       ? spaceToBatch(rewriter, op.getLoc(), input, **blocks)
                       : batchToSpace(rewriter, op.getLoc(), input, **blocks);
    if (result.getType() != resultType)
      result =
          tensor::CastOp::create(rewriter, op.getLoc(), resultType, result);
    rewriter.replaceOp(op, result);
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Channels
//===----------------------------------------------------------------------===//

/// DepthToSpace. Factors of NHWC: N, H, W, (bh, bw, C); of NCHW: N, (bh, bw,
/// C), H, W.
BlockMove depthToSpace(ArrayRef<int64_t> shape, int64_t block,
                       tfg::ImageLayout layout) {
  int64_t channels = shape[layout.channelDim()] / (block * block);
  if (!layout.channelsFirst)
    return {{{shape[0]}, {shape[1]}, {shape[2]}, {block, block, channels}},
            {0, 1, 3, 2, 4, 5},
            {1, 2, 2, 1}};
  return {{{shape[0]}, {block, block, channels}, {shape[2]}, {shape[3]}},
          {0, 3, 4, 1, 5, 2},
          {1, 1, 2, 2}};
}

/// SpaceToDepth. Factors of NHWC: N, (H, bh), (W, bw), C; of NCHW: N, C, (H,
/// bh), (W, bw).
BlockMove spaceToDepth(ArrayRef<int64_t> shape, int64_t block,
                       tfg::ImageLayout layout) {
  if (!layout.channelsFirst)
    return {{{shape[0]},
             {shape[1] / block, block},
             {shape[2] / block, block},
             {shape[3]}},
            {0, 1, 3, 2, 4, 5},
            {1, 1, 1, 3}};
  return {{{shape[0]},
           {shape[1]},
           {shape[2] / block, block},
           {shape[3] / block, block}},
          {0, 3, 5, 1, 2, 4},
          {1, 3, 1, 1}};
}

template <typename OpT> struct DepthSpaceToLinalg : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = cast<RankedTensorType>(adaptor.getInput().getType());
    auto resultType = this->getTypeConverter()->convertType(op.getType());
    SmallVector<Type> inferred;
    if (!resultType || failed(op.inferShapes(tfg::ShapeInference(), inferred)))
      return failure();
    if (!type.hasStaticShape())
      return op.emitError("expects an input of known size");
    tfg::ImageLayout layout = *tfg::parseDataFormat(op.getDataFormat());
    int64_t block = op.getBlockSize();
    BlockMove move = std::is_same_v<OpT, tfg::DepthToSpaceOp>
                         ? depthToSpace(type.getShape(), block, layout)
                         : spaceToDepth(type.getShape(), block, layout);
    Value result = moveBlocks(rewriter, op.getLoc(), adaptor.getInput(), move);
    if (result.getType() != resultType)
      result =
          tensor::CastOp::create(rewriter, op.getLoc(), resultType, result);
    rewriter.replaceOp(op, result);
    return success();
  }
};

} // namespace

void populateSpaceDepthToLinalgPatterns(const TypeConverter &converter,
                                        RewritePatternSet &patterns) {
  patterns.add<BatchSpaceToLinalg<tfg::SpaceToBatchNDOp>,
               BatchSpaceToLinalg<tfg::SpaceToBatchOp>,
               BatchSpaceToLinalg<tfg::BatchToSpaceNDOp>,
               BatchSpaceToLinalg<tfg::BatchToSpaceOp>,
               DepthSpaceToLinalg<tfg::DepthToSpaceOp>,
               DepthSpaceToLinalg<tfg::SpaceToDepthOp>>(converter,
                                                        patterns.getContext());
}

} // namespace firn
