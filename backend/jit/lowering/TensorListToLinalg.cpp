//===- TensorListToLinalg.cpp - one slice of a tensor ---------------------===//
//
// Writes and reads of what arrays and lists have become (see
// passes/ArraysToTensors.cpp): a slice inserted, which bufferization does in
// place, and a slice extracted, which is no copy. An index out of range is an
// error at run time; the access itself is clamped.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ArrayBuilder.h"
#include "backend/jit/lowering/ImageBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "ir/TFGTensorListOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace firn {
namespace {

/// The scalar in `index`, checked against [0, size).
Value buildSliceIndex(OpBuilder &builder, Operation *node, Value index,
                      OpFoldResult size) {
  Location loc = node->getLoc();
  index = tensor::ExtractOp::create(builder, loc, index, ValueRange());
  index =
      arith::IndexCastOp::create(builder, loc, builder.getIndexType(), index);
  Value limit = getValueOrCreateConstantIndexOp(builder, loc, size);
  Value inRange = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult,
                                        index, limit);
  emitRuntimeCheck(builder, node, inRange,
                   "the index is not that of an element");
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  return arith::SelectOp::create(builder, loc, inRange, index, zero);
}

/// Sizes of an item that only the running program knows must be those of the
/// slice that it replaces.
LogicalResult checkItem(OpBuilder &builder, Operation *node, Value item,
                        ArrayRef<OpFoldResult> slice) {
  Location loc = node->getLoc();
  for (auto [own, wanted] : llvm::zip(getDims(builder, loc, item), slice)) {
    std::optional<int64_t> a = getConstantIntValue(own);
    std::optional<int64_t> b = getConstantIntValue(wanted);
    if (a && b && *a != *b)
      return failure();
    if (own == wanted || (a && b))
      continue;
    Value equal = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::eq,
        getValueOrCreateConstantIndexOp(builder, loc, own),
        getValueOrCreateConstantIndexOp(builder, loc, wanted));
    emitRuntimeCheck(builder, node, equal,
                     "expects an item of the elements' shape");
  }
  return success();
}

struct SetElementToLinalg : OpConversionPattern<tfg::SetElementOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(tfg::SetElementOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Value tensor = adaptor.getTensor(), item = adaptor.getItem();
    auto type = dyn_cast<RankedTensorType>(tensor.getType());
    auto itemType = dyn_cast<RankedTensorType>(item.getType());
    auto index = dyn_cast<RankedTensorType>(adaptor.getIndex().getType());
    auto result = dyn_cast_or_null<RankedTensorType>(
        getTypeConverter()->convertType(op.getType()));
    if (!type || !itemType || !result)
      return failure();
    if (!index || index.getRank() != 0)
      return op.emitError("the index is no scalar");
    if (type.getRank() != itemType.getRank() + 1)
      return op.emitError("the item is no slice of the tensor");
    SmallVector<OpFoldResult> sizes = getDims(rewriter, loc, tensor);
    if (failed(checkItem(rewriter, op, item, ArrayRef(sizes).drop_front())))
      return op.emitError("the item is no slice of the tensor");
    Value offset = buildSliceIndex(rewriter, op, adaptor.getIndex(),
                                   getDim(rewriter, loc, tensor, 0));
    SmallVector<OpFoldResult> offsets(type.getRank(), rewriter.getIndexAttr(0));
    sizes = getDims(rewriter, loc, item);
    SmallVector<OpFoldResult> strides(type.getRank(), rewriter.getIndexAttr(1));
    offsets.front() = offset;
    sizes.insert(sizes.begin(), rewriter.getIndexAttr(1));
    Value changed = tensor::InsertSliceOp::create(rewriter, loc, item, tensor,
                                                  offsets, sizes, strides);
    changed = castShape(rewriter, op, changed, result);
    if (!changed)
      return op.emitError("input and output types differ");
    rewriter.replaceOp(op, changed);
    return success();
  }
};

/// GatherV2 of one index.
struct GatherOneToLinalg : OpConversionPattern<tfg::GatherV2Op> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(tfg::GatherV2Op op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Value params = adaptor.getParams();
    auto type = dyn_cast<RankedTensorType>(params.getType());
    auto index = dyn_cast<RankedTensorType>(adaptor.getIndices().getType());
    auto result = dyn_cast_or_null<RankedTensorType>(
        getTypeConverter()->convertType(op.getType()));
    auto axis =
        knownOperands(op, adaptor.getOperands()).constantInts(op.getAxis());
    if (!type || !index || index.getRank() != 0 || !result || !axis ||
        axis->size() != 1 || op.getBatchDims() != 0)
      return failure();
    std::optional<int64_t> dim =
        tfg::normalizeAxis(axis->front(), type.getRank());
    if (!dim || type.getDimSize(*dim) == 0 ||
        result.getRank() != type.getRank() - 1)
      return failure();
    SmallVector<OpFoldResult> sizes = getDims(rewriter, loc, params);
    SmallVector<OpFoldResult> offsets(type.getRank(), rewriter.getIndexAttr(0));
    SmallVector<OpFoldResult> strides(type.getRank(), rewriter.getIndexAttr(1));
    offsets[*dim] =
        buildSliceIndex(rewriter, op, adaptor.getIndices(), sizes[*dim]);
    sizes[*dim] = rewriter.getIndexAttr(1);
    SmallVector<int64_t> shape(type.getShape());
    shape.erase(shape.begin() + *dim);
    Value slice = tensor::ExtractSliceOp::create(
        rewriter, loc, RankedTensorType::get(shape, type.getElementType()),
        params, offsets, sizes, strides);
    slice = castShape(rewriter, op, slice, result);
    if (!slice)
      return op.emitError("input and output types differ");
    rewriter.replaceOp(op, slice);
    return success();
  }
};

} // namespace

void populateTensorListToLinalgPatterns(const TypeConverter &converter,
                                        RewritePatternSet &patterns) {
  patterns.add<SetElementToLinalg>(converter, patterns.getContext());
  // Before the pattern that takes any indices.
  patterns.add<GatherOneToLinalg>(converter, patterns.getContext(),
                                  /*benefit=*/2);
}

} // namespace firn
