//===- GatherToLinalg.cpp - rows picked by index --------------------------===//
//
// An index out of range is an error at run time that names the node; the access
// itself is clamped.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ArrayBuilder.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "backend/jit/lowering/ImageBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "ir/TFGOps.h"

using namespace mlir;

namespace firn {
namespace {

/// params[batch…, outer…, indices[batch…, i…], inner…], with `axis` and
/// `batchDims` brought into range.
LogicalResult lowerGather(Operation *op, Value params, Value indices,
                          int64_t axis, int64_t batchDims,
                          const TypeConverter &converter,
                          ConversionPatternRewriter &rewriter) {
  RankedTensorType type = getStaticType(converter, op->getResult(0));
  auto paramsType = dyn_cast<RankedTensorType>(params.getType());
  auto indicesType = dyn_cast<RankedTensorType>(indices.getType());
  if (!type || !paramsType || !paramsType.hasStaticShape() || !indicesType)
    return failure();
  int64_t numIndexDims = indicesType.getRank() - batchDims;
  Value result = copyByIndex(
      rewriter, op->getLoc(), params, type,
      [&](OpBuilder &inner, Location, ValueRange position) {
        SmallVector<Value> at(position.take_front(batchDims));
        llvm::append_range(at, position.slice(axis, numIndexDims));
        SmallVector<Value> source(position.take_front(axis));
        source.push_back(loadCheckedIndex(inner, op, indices, at,
                                          paramsType.getDimSize(axis)));
        llvm::append_range(source, position.drop_front(axis + numIndexDims));
        return source;
      });
  rewriter.replaceOp(op, result);
  return success();
}

struct GatherToLinalg : OpConversionPattern<tfg::GatherOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(tfg::GatherOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    return lowerGather(op, adaptor.getParams(), adaptor.getIndices(), 0, 0,
                       *getTypeConverter(), rewriter);
  }
};

struct GatherV2ToLinalg : OpConversionPattern<tfg::GatherV2Op> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(tfg::GatherV2Op op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto params = dyn_cast<RankedTensorType>(adaptor.getParams().getType());
    auto indices = dyn_cast<RankedTensorType>(adaptor.getIndices().getType());
    auto axis =
        knownOperands(op, adaptor.getOperands()).constantInts(op.getAxis());
    if (!params || !indices || !axis || axis->size() != 1)
      return op.emitError("axis is not known when compiling");
    std::optional<int64_t> dim =
        tfg::normalizeAxis(axis->front(), params.getRank());
    int64_t batchDims = op.getBatchDims();
    if (batchDims < 0)
      batchDims += indices.getRank();
    if (!dim || batchDims < 0 || batchDims > *dim ||
        batchDims > indices.getRank())
      return op.emitError("axis or batch_dims is out of range");
    return lowerGather(op, adaptor.getParams(), adaptor.getIndices(), *dim,
                       batchDims, *getTypeConverter(), rewriter);
  }
};

} // namespace

void populateGatherToLinalgPatterns(const TypeConverter &converter,
                                    RewritePatternSet &patterns) {
  patterns.add<GatherToLinalg, GatherV2ToLinalg>(converter,
                                                 patterns.getContext());
}

} // namespace firn
