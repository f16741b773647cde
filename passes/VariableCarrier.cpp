//===- VariableCarrier.cpp - variables as values along the order of a run -===//
//
// The nodes of a body are visited in an order in which the graph may run them,
// with the value of each variable at that point. A read takes it, a write
// replaces it. What no edge orders runs as early as it can if it reads, and as
// late as it can if it writes; writes that no edge orders run in the order of
// the file. So the result is one of those that TensorFlow may give, and always
// the same one.
//
// Branches and loops take the values in the place of the handles, in functions
// of their own. A branch gives the new values back as further outputs; a loop
// carries them where it carried the handles.
//
//===----------------------------------------------------------------------===//

#include "passes/VariableCarrier.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/Stacks.h"
#include "passes/VariableReads.h"
#include "passes/VariableUpdates.h"
#include "passes/VariableUses.h"

#include <queue>

using namespace mlir;

namespace firn::tfg {

/// What may write: it runs after all that need not wait for it.
static bool mayWrite(Operation *op) {
  return isVariableUpdate(op) || isStackChange(op) ||
         (isa<CallLikeOpInterface>(op) &&
          llvm::any_of(op->getOperands(), isHandle));
}

static SmallVector<Operation *> findRunOrder(Block &body) {
  using Entry = std::pair<std::pair<bool, size_t>, Operation *>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<Entry>> ready;
  llvm::DenseMap<Operation *, std::pair<size_t, unsigned>> nodes;
  for (auto [position, op] : llvm::enumerate(body)) {
    unsigned waits = llvm::count_if(op.getOperands(),
                                    [](Value v) { return v.getDefiningOp(); });
    nodes[&op] = {position, waits};
    if (!waits)
      ready.push({{mayWrite(&op), position}, &op});
  }
  SmallVector<Operation *> order;
  while (!ready.empty()) {
    Operation *op = ready.top().second;
    ready.pop();
    order.push_back(op);
    for (OpOperand &use : op->getUses()) {
      Operation *user = use.getOwner();
      auto &[position, waits] = nodes[user];
      if (--waits == 0)
        ready.push({{mayWrite(user), position}, user});
    }
  }
  return order;
}

static InFlightDiagnostic refuse(Operation *op) {
  return op->emitError("node '")
         << getNodeName(op->getLoc()) << "' (" << getTFOpName(op) << ") ";
}

void VariableCarrier::update(Operation *op, CarriedValues &variables) {
  unsigned number = variables.handles.lookup(op->getOperand(0));
  Value before = variables.values[number];
  UpdatedValue updated = getUpdatedValue(op, before);
  llvm::append_range(updated.operands, getControlOperands(op));
  OpBuilder builder(op);
  Operation *node = createNode(
      builder, op->getLoc(), updated.op, updated.operands,
      makeTensorType(std::nullopt, getElementType(before)), updated.attrs);
  variables.values[number] = node->getResult(0);
  variables.written.set(number);
  Value result = op->getResult(0);
  if (isHandle(result)) {
    variables.handles[result] = number;
    variables.replaced.push_back(op);
    return;
  }
  result.replaceAllUsesWith(createControl(builder, node));
  op->erase();
}

LogicalResult VariableCarrier::runOnNode(Operation *op,
                                         CarriedValues &variables,
                                         NodeNames &names) {
  if (isa<FetchOp, ReturnOp>(op))
    return success();
  if (auto call = dyn_cast<CallLikeOpInterface>(op))
    return runOnCall(call, variables);
  if (isStackChange(op)) {
    auto stack = variables.handles.find(op->getOperand(0));
    if (stack != variables.handles.end()) {
      unsigned number = stack->second;
      Value &list = variables.values[number];
      list = replaceStackChange(op, list, names);
      variables.written.set(number);
      return success();
    }
  }
  bool isUpdate =
      isVariableUpdate(op) && variables.handles.contains(op->getOperand(0));
  bool isRead = false;
  for (OpOperand &use : op->getOpOperands()) {
    auto handle = variables.handles.find(use.get());
    if (handle == variables.handles.end() ||
        (isUpdate && use.getOperandNumber() == 0))
      continue;
    HandleUse kind = isUpdate ? HandleUse::Read : classifyHandleUse(use);
    if (kind == HandleUse::Forward && op->getNumResults() == 1 &&
        getDataOperands(op).size() == 1) {
      unsigned number = handle->second;
      variables.handles[op->getResult(0)] = number;
      variables.replaced.push_back(op);
      return success();
    }
    bool isValue = isReference(use.get()) || !isUpdate;
    if ((kind != HandleUse::Read && kind != HandleUse::Control) || !isValue)
      return refuse(op) << "uses a variable in a way that is not known; only "
                           "what reads and writes it can be compiled";
    use.set(variables.values[handle->second]);
    isRead |= kind == HandleUse::Read && use.getOperandNumber() == 0;
  }
  if (isUpdate)
    update(op, variables);
  else if (isRead)
    return rewriteVariableRead(op, names);
  return success();
}

LogicalResult VariableCarrier::run(Block &body, CarriedValues &variables) {
  NodeNames names(body);
  SmallVector<Operation *> order = findRunOrder(body);
  if (order.size() != body.getOperations().size())
    return verifyAcyclic(body, sortTopologically(body));
  for (Operation *op : order)
    if (llvm::any_of(op->getOperands(), [&](Value operand) {
          return variables.handles.contains(operand);
        }))
      if (failed(runOnNode(op, variables, names)))
        return failure();
  return success();
}

void CarriedValues::addStacks(Block &body) {
  NodeNames names(body);
  for (Operation &op : llvm::make_early_inc_range(body)) {
    if (!isStack(&op))
      continue;
    handles[op.getResult(0)] = values.size();
    values.push_back(makeEmptyList(&op, names));
    replaced.push_back(&op);
  }
  written.resize(values.size());
}

void CarriedValues::eraseReplaced() {
  for (Operation *op : llvm::reverse(replaced))
    op->erase();
  replaced.clear();
}

/// The body of a loop must give a handle on that it was given.
LogicalResult VariableCarrier::finishLoopBody(FuncOp func, CarriedValues &inner,
                                              ArrayRef<unsigned> handleArgs) {
  ReturnOp ret = func.getReturn();
  for (auto [number, index] : llvm::enumerate(handleArgs)) {
    OpOperand &operand = ret->getOpOperand(index);
    auto handle = inner.handles.find(operand.get());
    if (handle == inner.handles.end() || handle->second != number)
      return ret.emitError("function '")
             << func.getSymName()
             << "' gives another variable to its next iteration";
    operand.set(inner.values[number]);
  }
  return success();
}

LogicalResult VariableCarrier::runOnCall(CallLikeOpInterface call,
                                         CarriedValues &variables) {
  bool isLoop = isa<WhileOp, StatelessWhileOp>(call);
  if (isa<PartitionedCallOp, StatefulPartitionedCallOp>(call))
    return refuse(call) << "takes a variable that is written, but cannot be "
                           "inlined";
  // Arguments that are handles, and the variables that they are.
  SmallVector<unsigned> handleArgs, numbers;
  SmallVector<Type> types(call.getCalleeOperands().getTypes());
  unsigned first = call.getCalleeOperands().getBeginOperandIndex();
  for (auto [i, operand] : llvm::enumerate(call.getCalleeOperands())) {
    auto handle = variables.handles.find(operand);
    if (handle == variables.handles.end())
      continue;
    if (llvm::is_contained(numbers, handle->second))
      return refuse(call) << "takes one variable as two arguments";
    handleArgs.push_back(i);
    numbers.push_back(handle->second);
    types[i] = variables.values[handle->second].getType();
  }
  // The functions with values in the place of handles.
  SmallVector<FuncOp> funcs;
  SmallVector<CarriedValues> inner;
  llvm::BitVector written(numbers.size());
  for (FuncAttr callee : call.getCallees()) {
    auto func = symbols.lookup<FuncOp>(callee.getName().getValue());
    if (!func || func.getNumArguments() != types.size())
      return refuse(call) << "names a function that is not in the library or "
                             "takes other arguments";
    FuncOp copy = func.clone();
    symbols.insert(copy, std::next(func->getIterator()));
    CarriedValues &values = inner.emplace_back();
    values.written.resize(numbers.size());
    for (auto [number, index] : llvm::enumerate(handleArgs)) {
      BlockArgument argument = copy.getArgument(index);
      argument.setType(types[index]);
      values.handles[argument] = number;
      values.values.push_back(argument);
    }
    copy.setFunctionType(
        FunctionType::get(call.getContext(), types, copy.getResultTypes()));
    if (failed(run(*copy.getBodyBlock(), values)))
      return failure();
    written |= values.written;
    funcs.push_back(copy);
  }
  // What they give back.
  SmallVector<Type> results;
  for (Value output : cast<NodeOpInterface>(call.getOperation()).getOutputs())
    results.push_back(output.getType());
  size_t numOutputs = results.size();
  auto returned = isLoop ? handleArgs : SmallVector<unsigned>();
  for (auto [i, func] : llvm::enumerate(funcs)) {
    if (isLoop && !call.returnsResultsOf(i)) {
      if (inner[i].written.any())
        return refuse(call) << "writes a variable in its condition";
      inner[i].eraseReplaced();
      continue;
    }
    if (isLoop) {
      if (failed(finishLoopBody(func, inner[i], handleArgs)))
        return failure();
    } else {
      ReturnOp ret = func.getReturn();
      unsigned end = ret.getDataOperands().size();
      for (unsigned number : written.set_bits()) {
        Value value = inner[i].values[number];
        if (failed(func.insertResult(end, value.getType(), {})))
          return failure();
        ret->insertOperands(end++, value);
      }
    }
    inner[i].eraseReplaced();
    SmallVector<Type> functionResults;
    for (Value value : func.getReturn().getDataOperands()) {
      if (isHandle(value))
        return func.getReturn().emitError("function '")
               << func.getSymName() << "' returns a variable";
      functionResults.push_back(value.getType());
    }
    func.setFunctionType(
        FunctionType::get(call.getContext(), types, functionResults));
  }
  if (isLoop)
    for (auto [number, index] : llvm::zip(numbers, handleArgs))
      results[index] = makeTensorType(std::nullopt,
                                      getElementType(variables.values[number]));
  else
    for (unsigned number : written.set_bits())
      results.push_back(makeTensorType(
          std::nullopt, getElementType(variables.values[numbers[number]])));

  // The node with values in the place of handles.
  SmallVector<Value> operands(call->getOperands());
  for (auto [number, index] : llvm::zip(numbers, handleArgs))
    operands[first + index] = variables.values[number];
  OpBuilder builder(call);
  NamedAttrList attrs(call->getAttrs());
  attrs.erase("output_shapes");
  attrs.erase("_output_shapes");
  StringRef name = getTFOpName(call);
  Operation *node =
      createNode(builder, call.getLoc(), name, operands, results, attrs);
  size_t next = 0;
  cast<CallLikeOpInterface>(node).updateCallees([&](FuncAttr attr) {
    return FuncAttr::get(attr.getContext(),
                         FlatSymbolRefAttr::get(funcs[next++].getSymNameAttr()),
                         attr.getAttrs());
  });
  for (size_t i = 0; i < numOutputs; ++i) {
    call->getResult(i).replaceAllUsesWith(node->getResult(i));
    auto arg = llvm::find(returned, i);
    if (arg == returned.end())
      continue;
    unsigned number = numbers[arg - returned.begin()];
    variables.handles[node->getResult(i)] = number;
    variables.values[number] = node->getResult(i);
    variables.written.set(number);
  }
  if (!numOutputs)
    call->getResult(0).replaceAllUsesWith(createControl(builder, node));
  if (!isLoop)
    for (unsigned number : written.set_bits()) {
      variables.values[numbers[number]] = node->getResult(numOutputs++);
      variables.written.set(numbers[number]);
    }
  call.erase();
  return success();
}

} // namespace firn::tfg
