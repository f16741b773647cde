//===- RoutinesToCalls.cpp - ops that the runtime computes ----------------===//
//
// An op that no other pattern takes, but for which the runtime has a routine of
// its name, becomes a jit.call. Results of static shape are written in place; a
// result with unknown dimensions is taken over once the routine has said them:
//
//   %y = tfg.Where(%x) : (tensor<4xi1>) -> tensor<?x1xi64>
// becomes
//   %h, %d0, %d1 = jit.call "Where"(%x) outs() … dynamic (i64, index, index)
//   %e = tensor.empty(%d0) : tensor<?x1xi64>
//   %y = jit.take %h outs(%e)
//
//===----------------------------------------------------------------------===//

#include "backend/jit/JitDialect.h"
#include "backend/jit/lowering/ElementDType.h"
#include "backend/jit/lowering/Patterns.h"
#include "backend/runtime/Routine.h"
#include "ir/TFGOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace firn {
namespace {

/// The attributes of the NodeDef, without those that describe the node.
DictionaryAttr getNodeAttributes(Operation *op) {
  SmallVector<NamedAttribute> kept;
  for (NamedAttribute attribute : op->getAttrDictionary())
    if (!attribute.getName().strref().starts_with("tfg."))
      kept.push_back(attribute);
  return DictionaryAttr::get(op->getContext(), kept);
}

SmallVector<int32_t> getDTypes(ValueRange values) {
  return llvm::map_to_vector(values, [](Value value) {
    return static_cast<int32_t>(dtypeOfType(value.getType()));
  });
}

/// A call of the node's routine with these inputs, as the graph and as native
/// code have them.
jit::CallOp createCall(OpBuilder &builder, tfg::NodeOpInterface node,
                       ValueRange inputs, ValueRange operands,
                       ValueRange outputs, TypeRange staticTypes,
                       TypeRange dynamicTypes,
                       ArrayRef<RankedTensorType> types) {
  return jit::CallOp::create(
      builder, node->getLoc(), staticTypes, dynamicTypes,
      builder.getStringAttr(node.getTFOpName()), operands, outputs,
      builder.getStringAttr(node.getNodeName()), getNodeAttributes(node),
      builder.getDenseI32ArrayAttr(getDTypes(inputs)),
      builder.getDenseI32ArrayAttr(getDTypes(node.getOutputs())),
      builder.getTypeArrayAttr(SmallVector<Type>(types.begin(), types.end())),
      isMemoryEffectFree(node) ? UnitAttr() : builder.getUnitAttr(),
      /*site=*/IntegerAttr());
}

struct RoutineToCall : ConversionPattern {
  RoutineToCall(const TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), /*benefit=*/0,
                          context) {}

  LogicalResult
  matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                  ConversionPatternRewriter &rewriter) const override;

private:
  FailureOr<SmallVector<RankedTensorType>> convertResults(Operation *op) const;
};

/// The types of the outputs; fails, with the reason on the node, unless all
/// have a rank.
FailureOr<SmallVector<RankedTensorType>>
RoutineToCall::convertResults(Operation *op) const {
  SmallVector<RankedTensorType> types;
  for (Value output : tfg::getOutputs(op)) {
    auto type = dyn_cast_or_null<RankedTensorType>(
        getTypeConverter()->convertType(output.getType()));
    if (!type)
      return op->emitError("an output has type ") << output.getType();
    types.push_back(type);
  }
  return types;
}

LogicalResult
RoutineToCall::matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                               ConversionPatternRewriter &rewriter) const {
  auto node = dyn_cast<tfg::NodeOpInterface>(op);
  if (!node || isa<tfg::NodeOp>(op))
    return failure();
  StringRef name = node.getTFOpName();
  if (!runtime::routines().find(std::string_view(name.data(), name.size())))
    return rewriter.notifyMatchFailure(op, "there is no routine of its name");
  for (Value operand : operands)
    if (!isa<RankedTensorType>(operand.getType()))
      return op->emitError("the rank of an input is not known");
  auto types = convertResults(op);
  if (failed(types))
    return failure();

  Location loc = op->getLoc();
  SmallVector<Value> outputs;
  SmallVector<Type> staticTypes, dynamicTypes;
  for (RankedTensorType type : *types) {
    if (type.hasStaticShape()) {
      outputs.push_back(tensor::EmptyOp::create(rewriter, loc, type.getShape(),
                                                type.getElementType()));
      staticTypes.push_back(type);
      continue;
    }
    dynamicTypes.push_back(rewriter.getI64Type());
    dynamicTypes.append(type.getRank(), rewriter.getIndexType());
  }
  auto call = createCall(rewriter, node, node.getDataOperands(), operands,
                         outputs, staticTypes, dynamicTypes, *types);

  SmallVector<Value> results;
  unsigned nextStatic = 0, nextDynamic = 0;
  for (RankedTensorType type : *types) {
    if (type.hasStaticShape()) {
      results.push_back(call.getResults()[nextStatic++]);
      continue;
    }
    Value handle = call.getDynamics()[nextDynamic++];
    SmallVector<Value> sizes;
    for (int64_t dim = 0; dim < type.getRank(); ++dim, ++nextDynamic)
      if (type.isDynamicDim(dim))
        sizes.push_back(call.getDynamics()[nextDynamic]);
    Value empty = tensor::EmptyOp::create(rewriter, loc, type, sizes);
    results.push_back(
        jit::TakeOp::create(rewriter, loc, type, handle, empty).getResult());
  }
  // A node without outputs has a control result that nothing uses any more.
  if (results.empty())
    rewriter.eraseOp(op);
  else
    rewriter.replaceOp(op, results);
  return success();
}

/// An Assert asks for its condition, and calls its routine, which makes the
/// error, if that does not hold. Inputs without a native form are not told.
struct AssertToCall : OpConversionPattern<tfg::AssertOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tfg::AssertOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = dyn_cast<RankedTensorType>(adaptor.getCondition().getType());
    if (!type || type.getRank() != 0)
      return op.emitError("its condition is not known to be a scalar");
    SmallVector<Value> inputs, operands;
    for (auto [input, operand] :
         llvm::zip(tfg::getDataOperands(op).drop_front(), adaptor.getArgs())) {
      auto dataType = dyn_cast_or_null<RankedTensorType>(
          getTypeConverter()->convertType(input.getType()));
      if (!dataType || operand.getType() != dataType)
        continue;
      inputs.push_back(input);
      operands.push_back(operand);
    }
    Location loc = op.getLoc();
    Value condition = tensor::ExtractOp::create(
        rewriter, loc, adaptor.getCondition(), ValueRange());
    Value yes =
        arith::ConstantOp::create(rewriter, loc, rewriter.getBoolAttr(true));
    Value fails = arith::XOrIOp::create(rewriter, loc, condition, yes);
    auto branch = scf::IfOp::create(rewriter, loc, fails,
                                    /*withElseRegion=*/false);
    rewriter.setInsertionPointToStart(branch.thenBlock());
    createCall(rewriter, op, inputs, operands, {}, {}, {}, {});
    rewriter.eraseOp(op);
    return success();
  }
};

} // namespace

void populateRoutinePatterns(const TypeConverter &converter,
                             RewritePatternSet &patterns) {
  patterns.add<AssertToCall>(converter, patterns.getContext());
  patterns.add<RoutineToCall>(converter, patterns.getContext());
}

} // namespace firn
