//===- CarryVariables.cpp - what a run writes goes in and comes out -------===//
//
// A graph that writes variables becomes a function of their values: each one
// is a further input, and a further output if it is written. Whoever runs the
// graph keeps the values from run to run. VariableCarrier.h does the reads and
// writes in between.
//
// Stacks are variables, too, but of one body and one run: neither inputs nor
// outputs.
//
//===----------------------------------------------------------------------===//

#include "mlir/Pass/PassManager.h"
#include "passes/CallGraph.h"
#include "passes/CarriedVariables.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"
#include "passes/Stacks.h"
#include "passes/VariableCarrier.h"
#include "passes/VariableUses.h"
#include "passes/VariableValues.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_CARRYVARIABLESPASS
#include "passes/Passes.h.inc"

namespace {

struct CarryVariablesPass : impl::CarryVariablesPassBase<CarryVariablesPass> {
  void runOnOperation() override;

private:
  LogicalResult runOnGraph(GraphOp graph);
  LogicalResult runOnFunctions();
  LogicalResult addVariable(Operation *node, const VariableValues &values);
  void addInputs(GraphOp graph);
  void addOutputs(GraphOp graph);

  struct Variable {
    StringAttr name;
    TensorType type;
  };
  SmallVector<Variable> variables;
  llvm::StringMap<unsigned> numbers;
  SmallVector<Operation *> nodes;
  CarriedValues carried;
};

} // namespace

/// Nodes of one variable share its number.
LogicalResult CarryVariablesPass::addVariable(Operation *node,
                                              const VariableValues &values) {
  VariableOp value = values.find(node);
  auto name = StringAttr::get(&getContext(), values.getName(node));
  auto [number, isNew] = numbers.try_emplace(name, variables.size());
  nodes.push_back(node);
  carried.handles[node->getResult(0)] = number->second;
  if (!isNew)
    return success();
  TensorType type;
  auto dtype = node->getAttrOfType<TypeAttr>("dtype");
  if (value)
    type = cast<TensorType>(value.getValue().getType());
  else if (auto shape = node->getAttrOfType<ShapeAttr>("shape"))
    type = cast<TensorType>(shape.getTensorType(
        dtype ? dtype.getValue() : getElementType(node->getResult(0))));
  if (!type || !type.hasStaticShape())
    return node->emitError("variable '")
           << name.getValue()
           << "' is written, has no value, and does not say its shape: there "
              "is nothing to keep for it";
  variables.push_back({name, type});
  return success();
}

void CarryVariablesPass::addInputs(GraphOp graph) {
  int64_t next = 0;
  for (auto placeholder : graph.getBodyBlock()->getOps<PlaceholderOp>())
    if (auto index =
            placeholder->getAttrOfType<IntegerAttr>(TFGDialect::kFeedIndexAttr))
      next = std::max(next, index.getInt() + 1);
  NodeNames names(*graph.getBodyBlock());
  for (const Variable &variable : variables) {
    OpBuilder builder(&getContext());
    builder.setInsertionPointToStart(graph.getBodyBlock());
    Operation *input = createNode(
        builder, names.makeLoc((variable.name.getValue() + "/value").str()),
        "Placeholder", {}, variable.type,
        builder.getNamedAttr(
            "shape",
            ShapeAttr::getRanked(&getContext(), variable.type.getShape())));
    input->setAttr(TFGDialect::kFeedIndexAttr,
                   builder.getI64IntegerAttr(next++));
    input->setAttr(TFGDialect::kFeedNameAttr, variable.name);
    input->setAttr(kCarriedInAttr, variable.name);
    carried.values.push_back(input->getResult(0));
  }
}

void CarryVariablesPass::addOutputs(GraphOp graph) {
  FetchOp fetch = graph.getFetch();
  // A variable that is fetched is what it holds in the end.
  for (OpOperand &operand : fetch->getOpOperands())
    if (auto handle = carried.handles.find(operand.get());
        handle != carried.handles.end())
      operand.set(carried.values[handle->second]);
  if (variables.empty())
    return;
  NodeNames names(*graph.getBodyBlock());
  OpBuilder builder(fetch);
  SmallVector<Value> values(fetch.getArgs());
  SmallVector<Attribute> keys(fetch.getNames().getValue()), written;
  for (unsigned number : carried.written.set_bits()) {
    if (number >= variables.size())
      break; // Stacks are behind the variables.
    const Variable &variable = variables[number];
    // The next run is compiled for the same shape.
    Operation *checked = createNode(
        builder, names.makeLoc((variable.name.getValue() + "/next").str()),
        "EnsureShape", carried.values[number], variable.type,
        builder.getNamedAttr(
            "shape",
            ShapeAttr::getRanked(&getContext(), variable.type.getShape())));
    values.push_back(checked->getResult(0));
    keys.push_back(variable.name);
    written.push_back(variable.name);
  }
  fetch.getArgsMutable().assign(values);
  fetch.setNamesAttr(builder.getArrayAttr(keys));
  fetch.removeTensorsAttr();
  fetch->setAttr(kCarriedOutAttr, builder.getArrayAttr(written));
  numVariables += variables.size();
}

LogicalResult CarryVariablesPass::runOnGraph(GraphOp graph) {
  SymbolTable symbols(getOperation());
  VariableValues values(getOperation(), symbols);
  for (Operation &op : *graph.getBodyBlock())
    if (isVariable(&op) && !op.use_empty() && failed(addVariable(&op, values)))
      return failure();
  addInputs(graph);
  carried.addStacks(*graph.getBodyBlock());
  VariableCarrier carrier(symbols);
  if (failed(carrier.run(*graph.getBodyBlock(), carried)))
    return failure();
  addOutputs(graph);
  carried.eraseReplaced();
  for (Operation *node : nodes)
    node->erase();
  return success();
}

/// The stacks of functions, such as those of a loop within a loop.
LogicalResult CarryVariablesPass::runOnFunctions() {
  SymbolTable symbols(getOperation());
  for (auto func : llvm::to_vector(getOperation().getOps<FuncOp>())) {
    CarriedValues stacks;
    if (func.isExternal())
      continue;
    stacks.addStacks(*func.getBodyBlock());
    if (stacks.values.empty())
      continue;
    if (failed(VariableCarrier(symbols).run(*func.getBodyBlock(), stacks)))
      return failure();
    for (Value returned : func.getReturn().getDataOperands())
      if (stacks.handles.contains(returned))
        return func.getReturn().emitError("function '")
               << func.getSymName() << "' returns a stack that it makes";
    stacks.eraseReplaced();
  }
  return success();
}

void CarryVariablesPass::runOnOperation() {
  auto graphs = getOperation().getOps<GraphOp>();
  if (graphs.empty() || !(*graphs.begin()).getFetch())
    return;
  GraphOp graph = *graphs.begin();
  auto isInUse = [](Operation &op) {
    return isVariable(&op) && !op.use_empty();
  };
  bool hasStacks = false;
  getOperation().walk([&](Operation *op) { hasStacks |= isStack(op); });
  if (!hasStacks && llvm::none_of(*graph.getBodyBlock(), isInUse))
    return;
  // Whether a write in a branch or a loop of TF1 happens, and how often, is
  // known of functions only.
  OpPassManager functionalize(ModuleOp::getOperationName());
  DropTrainingOpsPassOptions training;
  training.dropAsserts = true;
  functionalize.addPass(createDropTrainingOpsPass(training));
  functionalize.addPass(createFunctionalizeControlFlowPass());
  if (failed(runPipeline(functionalize, getOperation())) ||
      failed(runOnFunctions()) || failed(runOnGraph(graph)))
    signalPassFailure();
}

} // namespace firn::tfg
