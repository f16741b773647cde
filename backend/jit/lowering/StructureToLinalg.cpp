//===- StructureToLinalg.cpp - constants and ops that hand on their input
//--===//

#include "backend/jit/JitDialect.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "ir/TFGOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace firn {
namespace {

/// The same bytes under a type of signless elements; null for values that have
/// no dense form.
ElementsAttr retype(TypedAttr value, RankedTensorType type) {
  if (value.getType() == type)
    return dyn_cast<ElementsAttr>(value);
  if (auto dense = dyn_cast<DenseElementsAttr>(value))
    return dense.bitcast(type.getElementType()).reshape(type);
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(value))
    return DenseResourceElementsAttr::get(type, resource.getRawHandle());
  return {};
}

struct ConstToLinalg : OpConversionPattern<tfg::ConstOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tfg::ConstOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    // The value's type is static; the result's may be less refined.
    auto type = dyn_cast_or_null<RankedTensorType>(
        getTypeConverter()->convertType(op.getValue().getType()));
    auto resultType = getTypeConverter()->convertType(op.getType());
    if (!type || type != resultType)
      return failure();
    if (auto strings = dyn_cast<DenseStringElementsAttr>(op.getValue())) {
      rewriter.replaceOpWithNewOp<jit::StringsOp>(op, type, strings);
      return success();
    }
    ElementsAttr value = retype(op.getValue(), type);
    if (!value)
      return op.emitError("no native form of its value");
    rewriter.replaceOpWithNewOp<arith::ConstantOp>(op, value);
    return success();
  }
};

/// An op whose output is its first input.
template <typename OpT> struct ForwardInput : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value input = adaptor.getOperands().front();
    auto type = dyn_cast_or_null<RankedTensorType>(
        this->getTypeConverter()->convertType(op->getResult(0).getType()));
    if (!type || !isa<RankedTensorType>(input.getType()))
      return failure();
    // One of them may know more of the shape.
    Value output = castShape(rewriter, op, input, type);
    if (!output)
      return op.emitError("input and output types differ");
    rewriter.replaceOp(op, output);
    return success();
  }
};

} // namespace

void populateStructureToLinalgPatterns(const TypeConverter &converter,
                                       RewritePatternSet &patterns) {
  patterns.add<ConstToLinalg, ForwardInput<tfg::IdentityOp>>(
      converter, patterns.getContext());
}

} // namespace firn
