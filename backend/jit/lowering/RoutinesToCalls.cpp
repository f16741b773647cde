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
  auto call = jit::CallOp::create(
      rewriter, loc, staticTypes, dynamicTypes, rewriter.getStringAttr(name),
      operands, outputs, rewriter.getStringAttr(node.getNodeName()),
      getNodeAttributes(op),
      rewriter.getDenseI32ArrayAttr(getDTypes(node.getDataOperands())),
      rewriter.getDenseI32ArrayAttr(getDTypes(node.getOutputs())),
      rewriter.getTypeArrayAttr(
          SmallVector<Type>(types->begin(), types->end())),
      isMemoryEffectFree(op) ? UnitAttr() : rewriter.getUnitAttr(),
      /*site=*/IntegerAttr());

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

} // namespace

void populateRoutinePatterns(const TypeConverter &converter,
                             RewritePatternSet &patterns) {
  patterns.add<RoutineToCall>(converter, patterns.getContext());
}

} // namespace firn
