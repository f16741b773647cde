//===- TFGControlFlowOps.cpp - the control flow nodes of TF1 graphs -------===//
//
// Shapes pass through. A Merge in a loop is inferred from the operand that
// enters; its back edge may widen the shape, so it keeps what both agree on.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGControlFlowOps.h"

using namespace mlir;
using namespace firn::tfg;

/// The result's own element type (it may be a reference) with `shape`.
static Type withShapeOf(Value result, Value source) {
  return makeTensorType(shapeOf(source),
                        cast<TensorType>(result.getType()).getElementType());
}

static LogicalResult inferPassThrough(Operation *op,
                                      SmallVectorImpl<Type> &results) {
  for (Value result : op->getResults())
    results.push_back(withShapeOf(result, op->getOperand(0)));
  return success();
}

/// What all inputs have in common: a dimension that differs is unknown.
static LogicalResult inferMerge(Operation *op, SmallVectorImpl<Type> &results) {
  OperandRange inputs = getDataOperands(op);
  std::optional<SmallVector<int64_t>> shape;
  bool known = !inputs.empty();
  for (Value input : inputs) {
    std::optional<ArrayRef<int64_t>> next = shapeOf(input);
    if (!next || (shape && shape->size() != next->size())) {
      known = false;
      break;
    }
    if (!shape)
      shape.emplace(*next);
    for (auto [size, other] : llvm::zip(*shape, *next))
      if (size != other)
        size = ShapedType::kDynamic;
  }
  Type elementType =
      cast<TensorType>(op->getResult(0).getType()).getElementType();
  if (known)
    results.push_back(RankedTensorType::get(*shape, elementType));
  else
    results.push_back(UnrankedTensorType::get(elementType));
  results.push_back(
      RankedTensorType::get({}, getElementType(op->getResult(1))));
  return success();
}

#define FIRN_INFER(Op, rule)                                                   \
  LogicalResult Op::inferShapes(const ShapeInference &,                        \
                                SmallVectorImpl<Type> &results) {              \
    return rule(*this, results);                                               \
  }

FIRN_INFER(SwitchOp, inferPassThrough)
FIRN_INFER(RefSwitchOp, inferPassThrough)
FIRN_INFER(MergeOp, inferMerge)
FIRN_INFER(RefMergeOp, inferMerge)
FIRN_INFER(EnterOp, inferPassThrough)
FIRN_INFER(RefEnterOp, inferPassThrough)
FIRN_INFER(ExitOp, inferPassThrough)
FIRN_INFER(RefExitOp, inferPassThrough)
FIRN_INFER(NextIterationOp, inferPassThrough)
FIRN_INFER(RefNextIterationOp, inferPassThrough)
FIRN_INFER(LoopCondOp, inferPassThrough)
FIRN_INFER(RefIdentityOp, inferPassThrough)

#define GET_OP_CLASSES
#include "ir/TFGControlFlowOps.cpp.inc"
