//===- ElementwiseToLinalg.h - the pattern of all elementwise ops
//----------===//

#ifndef FIRN_BACKEND_JIT_LOWERING_ELEMENTWISETOLINALG_H
#define FIRN_BACKEND_JIT_LOWERING_ELEMENTWISETOLINALG_H

#include "backend/jit/lowering/GenericBuilder.h"
#include "backend/jit/lowering/ScalarMath.h"
#include "mlir/Transforms/DialectConversion.h"

namespace firn {

/// The type a scalar is computed in: f32 for halves, else its own.
mlir::Type getComputeType(mlir::Type elementType);

/// A float in another float type; others as they are.
mlir::Value convertFloat(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value value, mlir::Type type);

/// Lowers a node with one result to one linalg.generic over the broadcast
/// operands, whose body `emit` gives. Element kinds of the first operand
/// outside of `kinds` are refused.
mlir::LogicalResult lowerElementwise(mlir::Operation *node,
                                     mlir::ValueRange operands,
                                     const mlir::TypeConverter &converter,
                                     mlir::ConversionPatternRewriter &rewriter,
                                     EmitFn emit, unsigned kinds,
                                     SizeRule rule);

template <typename OpT>
class ElementwiseToLinalg : public mlir::OpConversionPattern<OpT> {
public:
  ElementwiseToLinalg(const mlir::TypeConverter &converter,
                      mlir::MLIRContext *context, EmitFn emit, unsigned kinds,
                      SizeRule rule)
      : mlir::OpConversionPattern<OpT>(converter, context), emit(emit),
        kinds(kinds), rule(rule) {}

  mlir::LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  mlir::ConversionPatternRewriter &rewriter) const override {
    return lowerElementwise(op, adaptor.getOperands(),
                            *this->getTypeConverter(), rewriter, emit, kinds,
                            rule);
  }

private:
  EmitFn emit;
  unsigned kinds;
  SizeRule rule;
};

/// Adds the patterns of a family's elementwise ops.
class ElementwisePatterns {
public:
  ElementwisePatterns(const mlir::TypeConverter &converter,
                      mlir::RewritePatternSet &patterns)
      : converter(converter), patterns(patterns) {}

  template <typename... OpTs>
  void add(EmitFn emit, unsigned kinds, SizeRule rule = SizeRule::Broadcast) {
    (patterns.add<ElementwiseToLinalg<OpTs>>(converter, patterns.getContext(),
                                             emit, kinds, rule),
     ...);
  }

private:
  const mlir::TypeConverter &converter;
  mlir::RewritePatternSet &patterns;
};

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_ELEMENTWISETOLINALG_H
