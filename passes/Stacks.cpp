//===- Stacks.cpp - stacks as values along the order of a run -------------===//

#include "passes/Stacks.h"
#include "ir/TFGStackOps.h"
#include "passes/NodeBuilder.h"

using namespace mlir;

namespace firn::tfg {

bool isStack(Operation *op) { return isa<StackOp, StackV2Op>(op); }

bool isStackChange(Operation *op) {
  return isa<StackPushOp, StackPushV2Op, StackPopOp, StackPopV2Op, StackCloseOp,
             StackCloseV2Op>(op);
}

static Type listType(MLIRContext *context) {
  return RankedTensorType::get({}, VariantType::get(context));
}

/// As the shape of elements: nothing is known. As a number of them: any.
static Value makeUnknown(OpBuilder &builder, Operation *op, StringRef suffix,
                         NodeNames &names) {
  Location loc = names.makeLoc((getNodeName(op->getLoc()) + suffix).str());
  return ConstOp::create(builder, loc, makeIntScalar(builder.getI32Type(), -1));
}

Value makeEmptyList(Operation *stack, NodeNames &names) {
  OpBuilder builder(stack);
  Value shape = makeUnknown(builder, stack, "/element_shape", names);
  Value limit = isa<StackV2Op>(stack)
                    ? stack->getOperand(0)
                    : makeUnknown(builder, stack, "/max_size", names);
  Location loc = names.makeLoc((getNodeName(stack->getLoc()) + "/empty").str());
  Operation *list = createNode(
      builder, loc, "EmptyTensorList", {shape, limit},
      listType(stack->getContext()),
      builder.getNamedAttr("element_dtype", stack->getAttr("elem_type")));
  return list->getResult(0);
}

Value replaceStackChange(Operation *change, Value list, NodeNames &names) {
  OpBuilder builder(change);
  Type type = listType(change->getContext());
  Location loc = change->getLoc();
  SmallVector<Value> controls(getControlOperands(change));
  if (isa<StackCloseOp, StackCloseV2Op>(change)) {
    replaceNode(change, "NoOp", controls, {});
    return list;
  }
  if (isa<StackPushOp, StackPushV2Op>(change)) {
    Value elem = change->getOperand(1);
    SmallVector<Value> operands{list, elem};
    llvm::append_range(operands, controls);
    Operation *push =
        createNode(builder, loc, "TensorListPushBack", operands, type);
    change->getResult(0).replaceAllUsesWith(elem);
    change->erase();
    return push->getResult(0);
  }
  SmallVector<Value> operands{
      list, makeUnknown(builder, change, "/element_shape", names)};
  llvm::append_range(operands, controls);
  Operation *pop = createNode(builder, loc, "TensorListPopBack", operands,
                              {type, change->getResult(0).getType()});
  change->getResult(0).replaceAllUsesWith(pop->getResult(1));
  change->erase();
  return pop->getResult(0);
}

} // namespace firn::tfg
