//===- ReshapeToLinalg.cpp - shapes, reshapes, and tensors of one value ---===//
//
// Ops that change what a tensor is seen as and move nothing, and ops that make
// a tensor out of shapes and scalars.
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

/// An op whose output has the elements of its first input in another shape.
template <typename OpT> struct ReshapeFirst : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value input = adaptor.getOperands().front();
    auto type = getStaticType(*this->getTypeConverter(), op->getResult(0));
    auto inputType = dyn_cast<RankedTensorType>(input.getType());
    if (!type || !inputType || !inputType.hasStaticShape())
      return failure();
    if (inputType.getNumElements() != type.getNumElements())
      return op.emitError("cannot give ")
             << inputType << " the shape of " << type;
    rewriter.replaceOp(op, reshapeTensor(rewriter, op.getLoc(), input, type));
    return success();
  }
};

/// An op whose outputs are its data inputs.
template <typename OpT> struct ForwardAll : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Value> values;
    for (auto [value, result] :
         llvm::zip(adaptor.getOperands(), op->getResults())) {
      Type type = this->getTypeConverter()->convertType(result.getType());
      if (value.getType() != type)
        return op.emitError("input and output types differ");
      values.push_back(value);
    }
    rewriter.replaceOp(op, values);
    return success();
  }
};

/// An op that is known from the static shapes of its inputs.
template <typename OpT> struct ShapeValue : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Value> values;
    for (auto [input, result] :
         llvm::zip(adaptor.getOperands(), op->getResults())) {
      auto type = dyn_cast<RankedTensorType>(input.getType());
      auto resultType = getStaticType(*this->getTypeConverter(), result);
      if (!type || !type.hasStaticShape() || !resultType)
        return failure();
      values.push_back(arith::ConstantOp::create(
          rewriter, op.getLoc(), valueOf(type, resultType.getElementType())));
    }
    rewriter.replaceOp(op, values);
    return success();
  }

private:
  static DenseElementsAttr valueOf(RankedTensorType type, Type elementType) {
    if constexpr (std::is_same_v<OpT, tfg::SizeOp>)
      return tfg::makeIntScalar(elementType, type.getNumElements());
    if constexpr (std::is_same_v<OpT, tfg::RankOp>)
      return tfg::makeIntScalar(elementType, type.getRank());
    return tfg::makeIntVector(elementType, type.getShape());
  }
};

/// ZerosLike, OnesLike.
template <typename OpT, int value>
struct ConstantLike : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getStaticType(*this->getTypeConverter(), op->getResult(0));
    if (!type)
      return failure();
    Value scalar =
        makeScalar(rewriter, op.getLoc(), type.getElementType(), value);
    rewriter.replaceOp(
        op, makeFilled(rewriter, op.getLoc(),
                       getAsIndexOpFoldResult(op.getContext(), type.getShape()),
                       scalar));
    return success();
  }
};

struct FillToLinalg : OpConversionPattern<tfg::FillOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tfg::FillOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getStaticType(*getTypeConverter(), op.getOutput());
    if (!type)
      return failure();
    Value scalar =
        tensor::ExtractOp::create(rewriter, op.getLoc(), adaptor.getValue());
    rewriter.replaceOp(
        op, makeFilled(rewriter, op.getLoc(),
                       getAsIndexOpFoldResult(op.getContext(), type.getShape()),
                       scalar));
    return success();
  }
};

struct BroadcastToToLinalg : OpConversionPattern<tfg::BroadcastToOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tfg::BroadcastToOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getStaticType(*getTypeConverter(), op.getOutput());
    if (!type)
      return failure();
    rewriter.replaceOp(
        op, buildElementwise(
                rewriter, op, type, adaptor.getInput(),
                [](OpBuilder &, Location, ValueRange x) { return x[0]; },
                SizeRule::Broadcast));
    return success();
  }
};

} // namespace

void populateReshapeToLinalgPatterns(const TypeConverter &converter,
                                     RewritePatternSet &patterns) {
  patterns
      .add<ReshapeFirst<tfg::ReshapeOp>, ReshapeFirst<tfg::SqueezeOp>,
           ReshapeFirst<tfg::ExpandDimsOp>, ForwardAll<tfg::EnsureShapeOp>,
           ForwardAll<tfg::StopGradientOp>, ForwardAll<tfg::PreventGradientOp>,
           ForwardAll<tfg::SnapshotOp>, ForwardAll<tfg::GuaranteeConstOp>,
           ForwardAll<tfg::PlaceholderWithDefaultOp>,
           ForwardAll<tfg::CheckNumericsOp>, ForwardAll<tfg::IdentityNOp>,
           ShapeValue<tfg::ShapeOp>, ShapeValue<tfg::ShapeNOp>,
           ShapeValue<tfg::SizeOp>, ShapeValue<tfg::RankOp>,
           ConstantLike<tfg::ZerosLikeOp, 0>, ConstantLike<tfg::OnesLikeOp, 1>,
           FillToLinalg, BroadcastToToLinalg>(converter, patterns.getContext());
}

} // namespace firn
