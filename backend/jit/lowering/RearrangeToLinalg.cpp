//===- RearrangeToLinalg.cpp - one loop with computed positions -----------===//
//
// Bitcast, OneHot, Roll, Reverse, MatrixBandPart, GatherNd of static shapes.
// What these patterns leave (shapes that depend on values, casts that change
// the shape) is done by the runtime's routines of the same names.
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

using Ints = std::optional<SmallVector<int64_t>>;

/// The static type of a tensor; null if it has none.
RankedTensorType staticTypeOf(Value tensor) {
  auto type = dyn_cast<RankedTensorType>(tensor.getType());
  return type && type.hasStaticShape() ? type : RankedTensorType();
}

/// The static type that a result is converted to; null, without an error, if it
/// has none.
RankedTensorType staticResult(const TypeConverter &converter, Value result) {
  auto type = dyn_cast_or_null<RankedTensorType>(
      converter.convertType(result.getType()));
  return type && type.hasStaticShape() ? type : RankedTensorType();
}

/// The one element of a tensor.
Value loadScalar(OpBuilder &builder, Location loc, Value tensor) {
  int64_t rank = cast<RankedTensorType>(tensor.getType()).getRank();
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  return tensor::ExtractOp::create(builder, loc, tensor,
                                   SmallVector<Value>(rank, zero));
}

struct BitcastToLinalg : OpConversionPattern<tfg::BitcastOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(tfg::BitcastOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto from = dyn_cast<RankedTensorType>(adaptor.getInput().getType());
    auto to = dyn_cast_or_null<RankedTensorType>(
        getTypeConverter()->convertType(op.getType()));
    if (!from || !to || from.getShape() != to.getShape())
      return failure();
    if (from == to) {
      rewriter.replaceOp(op, adaptor.getInput());
      return success();
    }
    Type source = from.getElementType(), target = to.getElementType();
    if (!source.isIntOrFloat() || !target.isIntOrFloat() ||
        source.getIntOrFloatBitWidth() != target.getIntOrFloatBitWidth())
      return failure();
    rewriter.replaceOp(
        op, buildElementwise(rewriter, op, to, adaptor.getInput(),
                             [&](OpBuilder &inner, Location loc, ValueRange x) {
                               return arith::BitcastOp::create(inner, loc,
                                                               target, x[0])
                                   .getResult();
                             }));
    return success();
  }
};

/// result[…, d, …] = indices[… …] == d ? on : off
struct OneHotToLinalg : OpConversionPattern<tfg::OneHotOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(tfg::OneHotOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    RankedTensorType type = staticResult(*getTypeConverter(), op.getOutput());
    RankedTensorType indices = staticTypeOf(adaptor.getIndices());
    int64_t axis = op.getAxis();
    if (!type || !indices || type.getRank() != indices.getRank() + 1 ||
        axis < -1 || axis > indices.getRank())
      return failure();
    Location loc = op.getLoc();
    if (axis == -1)
      axis = indices.getRank();
    Value on = loadScalar(rewriter, loc, adaptor.getOnValue());
    Value off = loadScalar(rewriter, loc, adaptor.getOffValue());
    SmallVector<AffineExpr> exprs;
    for (int64_t dim = 0; dim < type.getRank(); ++dim)
      if (dim != axis)
        exprs.push_back(rewriter.getAffineDimExpr(dim));
    SmallVector<AffineMap> maps{
        AffineMap::get(type.getRank(), 0, exprs, op.getContext()),
        rewriter.getMultiDimIdentityMap(type.getRank())};
    SmallVector<utils::IteratorType> iterators(type.getRank(),
                                               utils::IteratorType::parallel);
    bool isUnsigned = cast<TensorType>(op.getIndices().getType())
                          .getElementType()
                          .isUnsignedInteger();
    Value empty = makeEmpty(
        rewriter, loc, getAsIndexOpFoldResult(op.getContext(), type.getShape()),
        type.getElementType());
    auto body = [&](OpBuilder &inner, Location loc, ValueRange args) {
      Type wide = inner.getI64Type();
      Value index = args[0];
      if (!index.getType().isInteger(64))
        index =
            isUnsigned
                ? arith::ExtUIOp::create(inner, loc, wide, index).getResult()
                : arith::ExtSIOp::create(inner, loc, wide, index).getResult();
      Value own = linalg::IndexOp::create(inner, loc, axis);
      own = arith::IndexCastOp::create(inner, loc, wide, own);
      Value hot = arith::CmpIOp::create(inner, loc, arith::CmpIPredicate::eq,
                                        index, own);
      linalg::YieldOp::create(
          inner, loc,
          arith::SelectOp::create(inner, loc, hot, on, off).getResult());
    };
    rewriter.replaceOpWithNewOp<linalg::GenericOp>(
        op, type, adaptor.getIndices(), empty, maps, iterators, body);
    return success();
  }
};

struct RollToLinalg : OpConversionPattern<tfg::RollOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(tfg::RollOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    RankedTensorType type = staticTypeOf(adaptor.getInput());
    tfg::ShapeInference known = knownOperands(op, adaptor.getOperands());
    Ints shift = known.constantInts(op.getShift());
    Ints axes = known.constantInts(op.getAxis());
    if (!type || !shift || !axes || shift->size() != axes->size() ||
        type.getNumElements() == 0)
      return failure();
    // Shifts of one axis add up; result[i] comes from i - shift.
    SmallVector<int64_t> back(type.getRank(), 0);
    for (auto [amount, axis] : llvm::zip_equal(*shift, *axes)) {
      std::optional<int64_t> dim = tfg::normalizeAxis(axis, type.getRank());
      if (!dim)
        return op.emitError("an axis is out of range");
      int64_t size = type.getDimSize(*dim);
      back[*dim] = ((back[*dim] - amount % size) % size + size) % size;
    }
    Value rolled = copyByIndex(
        rewriter, op.getLoc(), adaptor.getInput(), type,
        [&](OpBuilder &inner, Location loc, ValueRange position) {
          SmallVector<Value> source(position);
          for (auto [dim, offset] : llvm::enumerate(back))
            if (offset)
              source[dim] = arith::RemUIOp::create(
                  inner, loc, scaleIndex(inner, loc, position[dim], 1, offset),
                  arith::ConstantIndexOp::create(inner, loc,
                                                 type.getDimSize(dim)));
          return source;
        });
    rewriter.replaceOp(op, rolled);
    return success();
  }
};

struct ReverseToLinalg : OpConversionPattern<tfg::ReverseOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(tfg::ReverseOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    RankedTensorType type = staticTypeOf(adaptor.getTensor());
    Ints mask =
        knownOperands(op, adaptor.getOperands()).constantInts(op.getDims());
    if (!type || !mask || int64_t(mask->size()) != type.getRank())
      return failure();
    Value reversed =
        copyByIndex(rewriter, op.getLoc(), adaptor.getTensor(), type,
                    [&](OpBuilder &inner, Location loc, ValueRange position) {
                      SmallVector<Value> source(position);
                      for (auto [dim, isReversed] : llvm::enumerate(*mask))
                        if (isReversed)
                          source[dim] =
                              scaleIndex(inner, loc, position[dim], -1,
                                         type.getDimSize(dim) - 1);
                      return source;
                    });
    rewriter.replaceOp(op, reversed);
    return success();
  }
};

struct MatrixBandPartToLinalg : OpConversionPattern<tfg::MatrixBandPartOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(tfg::MatrixBandPartOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = dyn_cast<RankedTensorType>(adaptor.getInput().getType());
    if (!type || type.getRank() < 2)
      return failure();
    Location loc = op.getLoc();
    int64_t rank = type.getRank();
    // Below 0: all of that side.
    auto limit = [&](Value operand, int64_t dim, StringRef text) -> Value {
      Value value =
          arith::IndexCastOp::create(rewriter, loc, rewriter.getIndexType(),
                                     loadScalar(rewriter, loc, operand));
      Value size = getValueOrCreateConstantIndexOp(
          rewriter, loc, getDim(rewriter, loc, adaptor.getInput(), dim));
      Value fits = arith::CmpIOp::create(
          rewriter, loc, arith::CmpIPredicate::sle, value, size);
      emitRuntimeCheck(rewriter, op, fits, text);
      return value;
    };
    Value lower = limit(adaptor.getNumLower(), rank - 2,
                        "expects num_lower of at most the number of rows");
    Value upper = limit(adaptor.getNumUpper(), rank - 1,
                        "expects num_upper of at most the number of columns");
    Value band = buildElementwise(
        rewriter, op, type, adaptor.getInput(),
        [&](OpBuilder &inner, Location loc, ValueRange x) -> Value {
          Value row = linalg::IndexOp::create(inner, loc, rank - 2);
          Value column = linalg::IndexOp::create(inner, loc, rank - 1);
          Value zero = arith::ConstantIndexOp::create(inner, loc, 0);
          auto within = [&](Value a, Value b, Value limit) -> Value {
            Value distance = arith::SubIOp::create(inner, loc, a, b);
            Value free = arith::CmpIOp::create(
                inner, loc, arith::CmpIPredicate::slt, limit, zero);
            Value near = arith::CmpIOp::create(
                inner, loc, arith::CmpIPredicate::sle, distance, limit);
            return arith::OrIOp::create(inner, loc, free, near);
          };
          Value inBand =
              arith::AndIOp::create(inner, loc, within(row, column, lower),
                                    within(column, row, upper));
          return arith::SelectOp::create(
              inner, loc, inBand, x[0],
              makeScalar(inner, loc, type.getElementType(), 0));
        });
    rewriter.replaceOp(op, band);
    return success();
  }
};

/// result[i…, j…] = params[indices[i…, 0], indices[i…, 1], …, j…]
struct GatherNdToLinalg : OpConversionPattern<tfg::GatherNdOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(tfg::GatherNdOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    RankedTensorType type = staticResult(*getTypeConverter(), op.getOutput());
    RankedTensorType params = staticTypeOf(adaptor.getParams());
    RankedTensorType indices = staticTypeOf(adaptor.getIndices());
    // Without elements in `params` every index is out of range: the routine
    // says so. So it does for another policy than an error.
    if (!type || !params || !indices || params.getNumElements() == 0 ||
        !llvm::is_contained({"", "DEFAULT", "ERROR"}, op.getBadIndicesPolicy()))
      return failure();
    int64_t depth = indices.getShape().back();
    int64_t outer = indices.getRank() - 1;
    Value picked = copyByIndex(
        rewriter, op.getLoc(), adaptor.getParams(), type,
        [&](OpBuilder &inner, Location loc, ValueRange position) {
          SmallVector<Value> source;
          for (int64_t i = 0; i < depth; ++i) {
            SmallVector<Value> at(position.take_front(outer));
            at.push_back(arith::ConstantIndexOp::create(inner, loc, i));
            source.push_back(loadCheckedIndex(inner, op, adaptor.getIndices(),
                                              at, params.getDimSize(i)));
          }
          llvm::append_range(source, position.drop_front(outer));
          return source;
        });
    rewriter.replaceOp(op, picked);
    return success();
  }
};

} // namespace

void populateRearrangeToLinalgPatterns(const TypeConverter &converter,
                                       RewritePatternSet &patterns) {
  patterns.add<BitcastToLinalg, OneHotToLinalg, RollToLinalg, ReverseToLinalg,
               MatrixBandPartToLinalg, GatherNdToLinalg>(converter,
                                                         patterns.getContext());
}

} // namespace firn
