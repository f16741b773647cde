// Softmax: the largest element is taken off first, so that no power overflows.
#include "backend/jit/lowering/ElementwiseToLinalg.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "backend/jit/lowering/ReductionBuilder.h"
#include "ir/TFGOps.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace firn {
namespace {

/// Softmax and LogSoftmax along the last dimension, in f32 for halves.
template <typename OpT> struct SoftmaxToLinalg : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;
  static constexpr bool kIsLog = std::is_same_v<OpT, tfg::LogSoftmaxOp>;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value logits = adaptor.getLogits();
    auto type = dyn_cast<RankedTensorType>(logits.getType());
    if (!type)
      return failure();
    if (type.getRank() == 0)
      return op.emitError("it takes no scalars");
    if (!isa<FloatType>(type.getElementType()))
      return op.emitError("it does not take elements of type ")
             << type.getElementType();
    Location loc = op.getLoc();
    SmallVector<bool> reduced(type.getRank(), false);
    reduced.back() = true;
    Type element = getComputeType(type.getElementType());
    RankedTensorType wideType = type.clone(element);
    auto reduce = [&](Value input, Combiner combiner) {
      Value kept = buildReduction(rewriter, op, input, reduced, combiner);
      return restoreUnitDims(rewriter, loc, kept, reduced);
    };
    Value largest = reduce(logits, Combiner::Max);
    Value shifted = buildElementwise(
        rewriter, op, wideType, {logits, largest},
        [&](OpBuilder &b, Location l, ValueRange args) -> Value {
          Value x = convertFloat(b, l, args[0], element);
          return arith::SubFOp::create(b, l, x, args[1]);
        });
    Value power = buildElementwise(
        rewriter, op, wideType, shifted,
        [](OpBuilder &b, Location l, ValueRange args) -> Value {
          return math::ExpOp::create(b, l, args[0]);
        });
    Value sum = reduce(power, Combiner::Sum);
    rewriter.replaceOp(
        op, buildElementwise(
                rewriter, op, type, {kIsLog ? shifted : power, sum},
                [&](OpBuilder &b, Location l, ValueRange args) -> Value {
                  Value y;
                  if (kIsLog)
                    y = arith::SubFOp::create(
                        b, l, args[0], math::LogOp::create(b, l, args[1]));
                  else
                    y = arith::DivFOp::create(b, l, args[0], args[1]);
                  return convertFloat(b, l, y, type.getElementType());
                }));
    return success();
  }
};

} // namespace

void populateSoftmaxToLinalgPatterns(const TypeConverter &converter,
                                     RewritePatternSet &patterns) {
  patterns
      .add<SoftmaxToLinalg<tfg::SoftmaxOp>, SoftmaxToLinalg<tfg::LogSoftmaxOp>>(
          converter, patterns.getContext());
}

} // namespace firn
