//===- LowerControlFlow.cpp - If, Case and While into TF1's form ----------===//
//
// Each node becomes Switches, Merges and frames around calls of its functions;
// the calls are inlined by tfg-inline-calls, whose rule for what a call waits
// for (nodes without inputs and nodes with effects wait, too) makes a body run
// on its side, or in its iteration, only.
//
// A branch: every argument goes through a Switch by the predicate; the call on
// one side waits for a pivot, the predicate behind its own Switch. A Case asks
// for one index after the other, and its Merges have as many inputs as there
// are branches.
//
// A loop: what the body returns unchanged enters the frame as a constant, the
// rest are loop variables (Enter, Merge, Switch, NextIteration, Exit).
//
//===----------------------------------------------------------------------===//

#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_LOWERCONTROLFLOWPASS
#include "passes/Passes.h.inc"

namespace {

struct LowerControlFlowPass
    : impl::LowerControlFlowPassBase<LowerControlFlowPass> {
  void runOnOperation() override;

private:
  LogicalResult runOnBody(Block &body, const SymbolTable &symbols);
};

/// What both forms need: nodes around one functional node, in its scope.
class NodeLowerer {
public:
  NodeLowerer(Operation *node, NodeNames &names)
      : node(node), names(names), builder(node),
        boolType(RankedTensorType::get({}, builder.getI1Type())),
        indexType(RankedTensorType::get({}, builder.getI32Type())) {}

protected:
  Operation *create(StringRef op, StringRef name, ValueRange operands,
                    TypeRange results, ArrayRef<NamedAttribute> attrs = {});
  Operation *createSwitch(Value data, Value predicate,
                          ValueRange controls = {});
  Operation *createCall(FuncAttr function, StringRef name, ValueRange arguments,
                        Operation *pivot, TypeRange results);
  Value createIdentity(StringRef name, Value value, ValueRange controls = {});
  Value createScalar(int64_t value, Type elementType);
  void redirectControl(function_ref<Value()> createDone);

  Operation *node;
  NodeNames &names;
  OpBuilder builder;
  Type boolType, indexType;
};

class BranchLowerer : NodeLowerer {
public:
  using NodeLowerer::NodeLowerer;
  LogicalResult run();

private:
  FailureOr<Value> getPredicate(unsigned branch, Value index);
  void createBranch(FuncAttr function, unsigned number,
                    ArrayRef<Value> arguments, Value pivot);

  SmallVector<SmallVector<Value>> inputs; // of the Merges, one by result
  SmallVector<Value> finished;            // one by branch, alive if it ran
};

class LoopLowerer : NodeLowerer {
public:
  LoopLowerer(Operation *node, NodeNames &names, FuncOp body)
      : NodeLowerer(node, names), body(body) {}
  void run(FuncAttr condition, FuncAttr bodyAttr);

private:
  void findInvariants();
  Value createEnter(Value value, bool isConstant);

  FuncOp body;
  SmallVector<bool> isInvariant;
  StringAttr frameName;
};

} // namespace

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

Operation *NodeLowerer::create(StringRef op, StringRef name,
                               ValueRange operands, TypeRange results,
                               ArrayRef<NamedAttribute> attrs) {
  StringRef scope = getNodeName(node->getLoc());
  Location loc =
      names.makeLoc((scope + (scope.empty() ? "" : "/") + name).str());
  Operation *created = createNode(builder, loc, op, operands, results, attrs);
  if (Attribute device = node->getAttr(TFGDialect::kDeviceAttr))
    created->setAttr(TFGDialect::kDeviceAttr, device);
  return created;
}

Operation *NodeLowerer::createSwitch(Value data, Value predicate,
                                     ValueRange controls) {
  SmallVector<Value> operands = {data, predicate};
  llvm::append_range(operands, controls);
  return create("Switch", "Switch", operands, {data.getType(), data.getType()});
}

Value NodeLowerer::createIdentity(StringRef name, Value value,
                                  ValueRange controls) {
  SmallVector<Value> operands = {value};
  llvm::append_range(operands, controls);
  return create("Identity", name, operands, value.getType())->getResult(0);
}

Value NodeLowerer::createScalar(int64_t value, Type elementType) {
  auto type = RankedTensorType::get({}, elementType);
  TypedAttr number = isa<FloatType>(elementType)
                         ? TypedAttr(builder.getFloatAttr(elementType, value))
                         : builder.getIntegerAttr(elementType, value);
  auto attr = DenseElementsAttr::get(type, Attribute(number));
  return create("Const", "Const", {}, type, builder.getNamedAttr("value", attr))
      ->getResult(0);
}

Operation *NodeLowerer::createCall(FuncAttr function, StringRef name,
                                   ValueRange arguments, Operation *pivot,
                                   TypeRange results) {
  SmallVector<Value> operands(arguments);
  operands.push_back(createControl(builder, pivot));
  return create("StatefulPartitionedCall", name, operands, results,
                builder.getNamedAttr("f", function));
}

/// What waits for the node waits for what `createDone` gives.
void NodeLowerer::redirectControl(function_ref<Value()> createDone) {
  SmallVector<Operation *> edges;
  for (Operation *user : node->getUsers())
    if (isa<ControlOp>(user))
      edges.push_back(user);
  bool hasControlResult = getOutputs(node).empty();
  if (edges.empty() && (!hasControlResult || node->use_empty()))
    return;
  Value done = createDone();
  for (Operation *edge : edges) {
    edge->getResult(0).replaceAllUsesWith(done);
    edge->erase();
  }
  if (hasControlResult)
    node->getResult(0).replaceAllUsesWith(done);
}

//===----------------------------------------------------------------------===//
// If and Case
//===----------------------------------------------------------------------===//

/// Whether `branch` is taken, as a scalar bool.
FailureOr<Value> BranchLowerer::getPredicate(unsigned branch, Value index) {
  Type elementType = getElementType(index);
  auto type = dyn_cast<RankedTensorType>(index.getType());
  bool isCase = isa<CaseOp, StatelessCaseOp>(node);
  if (isCase)
    return create("Equal", "Equal", {index, createScalar(branch, elementType)},
                  boolType)
        ->getResult(0);
  if (elementType.isInteger(1) && (!type || type.getRank() == 0))
    return index;
  if (!type || type.getRank() > 0 || !elementType.isIntOrFloat())
    return node->emitError("node '")
           << getNodeName(node->getLoc()) << "' (" << getTFOpName(node)
           << ") has a condition of type " << index.getType()
           << ", which no Switch takes; expected a scalar number or bool";
  return create("NotEqual", "NotEqual", {index, createScalar(0, elementType)},
                boolType)
      ->getResult(0);
}

void BranchLowerer::createBranch(FuncAttr function, unsigned number,
                                 ArrayRef<Value> arguments, Value pivot) {
  Operation *call =
      createCall(function, "branch" + std::to_string(number), arguments,
                 pivot.getDefiningOp(), getOutputs(node).getTypes());
  for (auto [list, output] : llvm::zip(inputs, getOutputs(call)))
    list.push_back(output);
  finished.push_back(call->getResult(0));
}

LogicalResult BranchLowerer::run() {
  auto callLike = cast<CallLikeOpInterface>(node);
  SmallVector<FuncAttr> branches;
  if (auto attr = node->getAttrOfType<FuncAttr>("then_branch"))
    branches = {attr, node->getAttrOfType<FuncAttr>("else_branch")};
  else
    branches = callLike.getCallees();
  SmallVector<Value> arguments(callLike.getCalleeOperands());
  SmallVector<Value> controls(getControlOperands(node));
  SmallVector<Value> pivots;
  Value index = node->getOperand(0);
  inputs.resize(getOutputs(node).size());
  Value rest; // alive where the branches so far are not taken
  for (unsigned i = 0, e = branches.size(); i + 1 < e; ++i) {
    FailureOr<Value> predicate = getPredicate(i, index);
    if (failed(predicate))
      return failure();
    Operation *pivot = createSwitch(*predicate, *predicate, controls);
    controls.clear();
    rest = createIdentity("pivot_f", pivot->getResult(0));
    pivots.push_back(createIdentity("pivot_t", pivot->getResult(1)));
    SmallVector<Value> taken;
    for (Value &argument : arguments) {
      Operation *sides = createSwitch(argument, *predicate);
      taken.push_back(sides->getResult(1));
      argument = sides->getResult(0);
    }
    if (i + 2 < e)
      index = createSwitch(index, *predicate)->getResult(0);
    createBranch(branches[i], i, taken, pivots.back());
  }
  if (!rest) // one branch only
    rest = createIdentity("pivot", index, controls);
  pivots.push_back(rest);
  createBranch(branches.back(), branches.size() - 1, arguments, rest);

  redirectControl([&] {
    SmallVector<Value> ends;
    for (auto [pivot, value] : llvm::zip(pivots, finished)) {
      Value edge = isa<ControlType>(value.getType())
                       ? value
                       : createControl(builder, value.getDefiningOp());
      ends.push_back(createIdentity("done", pivot, edge));
    }
    if (ends.size() == 1)
      return createControl(builder, ends.front().getDefiningOp());
    return createControl(builder, create("Merge", "done", ends,
                                         {ends.front().getType(), indexType}));
  });
  for (auto [output, values] : llvm::zip(getOutputs(node), inputs)) {
    Value merged = values.front();
    if (values.size() > 1)
      merged = create("Merge", "Merge", values, {output.getType(), indexType})
                   ->getResult(0);
    output.replaceAllUsesWith(merged);
  }
  node->erase();
  return success();
}

//===----------------------------------------------------------------------===//
// While
//===----------------------------------------------------------------------===//

/// Arguments that the body gives back as they are. One must be a variable, for
/// without a Merge there is no iteration.
void LoopLowerer::findInvariants() {
  ValueRange returned = body.getReturn().getDataOperands();
  for (unsigned i = 0, e = getDataOperands(node).size(); i < e; ++i)
    isInvariant.push_back(returned[i] == body.getArgument(i));
  if (llvm::all_of(isInvariant, [](bool value) { return value; }))
    isInvariant.front() = false;
}

Value LoopLowerer::createEnter(Value value, bool isConstant) {
  SmallVector<Value> operands = {value};
  llvm::append_range(operands, getControlOperands(node));
  SmallVector<NamedAttribute> attrs = {
      builder.getNamedAttr("frame_name", frameName)};
  if (isConstant)
    attrs.push_back(
        builder.getNamedAttr("is_constant", builder.getBoolAttr(true)));
  if (Attribute parallel = node->getAttr("parallel_iterations"))
    attrs.push_back(builder.getNamedAttr("parallel_iterations", parallel));
  return create("Enter", "Enter", operands, value.getType(), attrs)
      ->getResult(0);
}

void LoopLowerer::run(FuncAttr condition, FuncAttr bodyAttr) {
  StringRef name = getNodeName(node->getLoc());
  frameName = builder.getStringAttr(name.empty() ? "while" : name);
  findInvariants();
  // The frame: what each argument is to the condition and to the body.
  SmallVector<Value> entered, inBody;
  SmallVector<Operation *> merges;
  for (auto [i, argument] : llvm::enumerate(getDataOperands(node))) {
    Value enter = createEnter(argument, isInvariant[i]);
    if (!isInvariant[i]) {
      // The second input follows, once it is there.
      merges.push_back(create("Merge", "Merge", {enter, enter},
                              {node->getResult(i).getType(), indexType}));
      enter = merges.back()->getResult(0);
    }
    entered.push_back(enter);
  }
  Operation *test =
      createCall(condition, "cond", entered, merges.front(), boolType);
  Value goesOn = create("LoopCond", "LoopCond", test->getResult(0), boolType)
                     ->getResult(0);
  SmallVector<Operation *> switches;
  for (Value value : entered) {
    if (isInvariant[inBody.size()]) {
      inBody.push_back(value);
      continue;
    }
    switches.push_back(createSwitch(value, goesOn));
    inBody.push_back(createIdentity("Identity", switches.back()->getResult(1)));
  }
  Operation *pivot =
      inBody[llvm::find(isInvariant, false) - isInvariant.begin()]
          .getDefiningOp();
  Operation *call =
      createCall(bodyAttr, "body", inBody, pivot, node->getResultTypes());
  // An iteration with effects is over when they are.
  SmallVector<Value> waits;
  if (isa<WhileOp>(node))
    waits.push_back(createControl(builder, call));
  Operation *firstExit = nullptr;
  unsigned variable = 0;
  for (auto [i, output] : llvm::enumerate(node->getResults())) {
    if (isInvariant[i])
      continue;
    SmallVector<Value> operands = {call->getResult(i)};
    llvm::append_range(operands, waits);
    Operation *next =
        create("NextIteration", "NextIteration", operands, output.getType());
    merges[variable]->setOperand(1, next->getResult(0));
    Operation *exit = create("Exit", "Exit", switches[variable++]->getResult(0),
                             output.getType());
    if (!firstExit)
      firstExit = exit;
    // Edges out of the node are moved together, below.
    output.replaceUsesWithIf(exit->getResult(0), [](OpOperand &use) {
      return !isa<ControlOp>(use.getOwner());
    });
  }
  redirectControl([&] { return createControl(builder, firstExit); });
  for (auto [i, argument] : llvm::enumerate(getDataOperands(node)))
    if (isInvariant[i])
      node->getResult(i).replaceAllUsesWith(argument);
  node->erase();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

LogicalResult LowerControlFlowPass::runOnBody(Block &body,
                                              const SymbolTable &symbols) {
  NodeNames names(body);
  // Lowering one erases edges next to it.
  SmallVector<Operation *> nodes;
  for (Operation &op : body)
    if (isa<IfOp, StatelessIfOp, CaseOp, StatelessCaseOp, WhileOp,
            StatelessWhileOp>(op))
      nodes.push_back(&op);
  for (Operation *op : nodes) {
    if (!isa<WhileOp, StatelessWhileOp>(op)) {
      if (failed(BranchLowerer(op, names).run()))
        return failure();
      ++numBranches;
      continue;
    }
    auto condition = op->getAttrOfType<FuncAttr>("cond");
    auto bodyAttr = op->getAttrOfType<FuncAttr>("body");
    auto func = symbols.lookup<FuncOp>(bodyAttr.getName().getValue());
    if (!func || op->getNumResults() != func.getNumArguments() ||
        getOutputs(op).empty())
      return op->emitError("node '")
             << getNodeName(op->getLoc()) << "' (" << getTFOpName(op)
             << ") has no variables, or no body of its signature";
    LoopLowerer(op, names, func).run(condition, bodyAttr);
    ++numLoops;
  }
  return success();
}

void LowerControlFlowPass::runOnOperation() {
  SymbolTable symbols(getOperation());
  for (auto graph : getOperation().getOps<GraphOp>())
    if (failed(runOnBody(*graph.getBodyBlock(), symbols)))
      return signalPassFailure();
  for (auto func : getOperation().getOps<FuncOp>())
    if (!func->hasAttr("tfg.raw") &&
        failed(runOnBody(*func.getBodyBlock(), symbols)))
      return signalPassFailure();
}

} // namespace firn::tfg
