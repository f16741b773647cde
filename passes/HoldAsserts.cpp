//===- HoldAsserts.cpp - what the fetches wait for must hold --------------===//
//
// An Assert is tied to what it guards by control edges alone, and those are
// dropped from nodes that only compute. Here the fetch takes them over:
//
//   %ok = Assert(%p, %text)                 %ok = Assert(%p, %text)
//   %z = Div(%x, %y) [%ok]            =>    %z = Div(%x, %y) [%ok]
//   fetch %z ["z"]                          fetch %z, %ok ["z"]
//
// What TF1 writes for an Assert is a branch that runs it if its condition does
// not hold; there the condition is all that has to be asked:
//
//   %f, %t = Switch(%p, %p); Assert(%f, …)  =>  Assert(%p, …)
//
// Of another Assert in a branch the condition comes out of the branch, and is
// true where the other branch runs:
//
//   %f, %t = Switch(%x, %p)                 %f, %t = Switch(%x, %p)
//   %c = Less(%t, %n)                       %c = Less(%t, %n)
//   Assert(%c, …)                     =>    %o, %u = Switch(true, %p)
//                                           %ok = Merge(%c, %o); Assert(%ok, …)
//
// Asserts in branches within branches and in loops of TF1 stay where they are,
// and are not held.
//
//===----------------------------------------------------------------------===//

#include "ir/Identities.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Outliner.h"
#include "passes/Passes.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_HOLDASSERTSPASS
#include "passes/Passes.h.inc"

namespace {

struct HoldAssertsPass : impl::HoldAssertsPassBase<HoldAssertsPass> {
  void runOnOperation() override;

private:
  void findAssertingFunctions();
  bool runsAsserting(Operation *node);
  void runOnGraph(GraphOp graph);
  Operation *hoist(AssertOp op, NodeNames &names);
  Operation *mergeOut(AssertOp op, NodeNames &names);
  Value lift(Value value, Value predicate, OpBuilder &builder,
             NodeNames &names);

  llvm::StringSet<> asserting;
  llvm::DenseSet<Operation *> conditional;
};

} // namespace

/// Whether a function that the node runs has an Assert, itself or in one that
/// it runs.
bool HoldAssertsPass::runsAsserting(Operation *node) {
  bool found = false;
  node->getAttrDictionary().walk([&](FlatSymbolRefAttr callee) {
    found |= asserting.contains(callee.getValue());
  });
  return found;
}

void HoldAssertsPass::findAssertingFunctions() {
  bool changed = true;
  while (changed) {
    changed = false;
    for (auto func : getOperation().getOps<FuncOp>()) {
      if (asserting.contains(func.getSymName()))
        continue;
      bool has = llvm::any_of(*func.getBodyBlock(), [&](Operation &op) {
        return isa<AssertOp>(op) ||
               (isa<NodeOpInterface>(op) && runsAsserting(&op));
      });
      if (has)
        changed |= asserting.insert(func.getSymName()).second;
    }
  }
}

/// What `value` is before the Switch by `predicate` that it comes through; null
/// if only the branch computes it.
Value HoldAssertsPass::lift(Value value, Value predicate, OpBuilder &builder,
                            NodeNames &names) {
  Operation *op = value.getDefiningOp();
  if (op && isSwitch(op) && !conditional.contains(op))
    return skipIdentities(op->getOperand(1)) == skipIdentities(predicate)
               ? op->getOperand(0)
               : Value();
  // A constant may wait for the branch by a control edge.
  auto node = dyn_cast_or_null<NodeOp>(op);
  bool isConstant =
      node && node.getTFOpName() == "Const" && node.getDataOperands().empty();
  if (!isConstant)
    return op && conditional.contains(op) ? Value() : value;
  SmallVector<NamedAttribute> attrs(op->getAttrs());
  llvm::erase_if(attrs,
                 [](NamedAttribute attr) { return attr.getName() == "op"; });
  return createNode(builder, names.makeLoc(node.getNodeName()), "Const", {},
                    op->getResultTypes(), attrs)
      ->getResult(0);
}

/// The Assert of the same condition outside of the branch that runs it if the
/// condition does not hold; null if it is another branch.
Operation *HoldAssertsPass::hoist(AssertOp op, NodeNames &names) {
  Operation *source = op.getCondition().getDefiningOp();
  if (!source || !isSwitch(source) || conditional.contains(source) ||
      op.getCondition() != source->getResult(0))
    return nullptr;
  Value predicate = source->getOperand(1);
  if (skipIdentities(source->getOperand(0)) != skipIdentities(predicate))
    return nullptr;
  OpBuilder builder(op);
  SmallVector<Value> operands = {source->getOperand(0)};
  for (Value data : getDataOperands(op).drop_front())
    if (Value lifted = lift(data, predicate, builder, names))
      operands.push_back(lifted);
  return createNode(builder, names.makeLoc(op.getNodeName()), "Assert",
                    operands, op->getResultTypes(),
                    llvm::to_vector(op->getAttrs()));
}

namespace {
/// The results of unconditional Switches that a node is behind.
struct Branch {
  Value predicate;
  unsigned side = 0;
  /// Nothing but this one branch.
  bool isOnly = true;

  void add(Value predicateOfSwitch, unsigned sideOfSwitch) {
    isOnly &=
        !predicate || (predicate == predicateOfSwitch && side == sideOfSwitch);
    predicate = predicateOfSwitch;
    side = sideOfSwitch;
  }
};
} // namespace

static Branch findBranch(Operation *op,
                         const llvm::DenseSet<Operation *> &conditional) {
  Branch branch;
  SmallVector<Operation *> worklist{op};
  llvm::SmallPtrSet<Operation *, 16> seen{op};
  while (!worklist.empty()) {
    Operation *node = worklist.pop_back_val();
    // What a frame or a branch within the branch holds.
    branch.isOnly &= !isMerge(node) && !isSwitch(node) &&
                     !isa<EnterOp, RefEnterOp, ExitOp, RefExitOp, LoopCondOp,
                          NextIterationOp, RefNextIterationOp>(node);
    for (Value operand : node->getOperands()) {
      Operation *source = operand.getDefiningOp();
      if (!source)
        continue;
      if (isSwitch(source) && !conditional.contains(source)) {
        // A control edge from a Switch itself is of no branch.
        if (!isa<ControlOp>(node))
          branch.add(source->getOperand(1),
                     cast<OpResult>(operand).getResultNumber());
        continue;
      }
      if (conditional.contains(source) && seen.insert(source).second)
        worklist.push_back(source);
    }
  }
  return branch;
}

/// The Assert outside of the one branch of TF1 that it is in; null if there are
/// several, or a loop.
Operation *HoldAssertsPass::mergeOut(AssertOp op, NodeNames &names) {
  Branch branch = findBranch(op, conditional);
  if (!branch.isOnly || !branch.predicate || branch.side > 1)
    return nullptr;
  OpBuilder builder(op);
  auto type = RankedTensorType::get({}, builder.getI1Type());
  auto makeLoc = [&](StringRef suffix) {
    return names.makeLoc((op.getNodeName() + suffix).str());
  };
  auto switched = [&](Value value, StringRef suffix, unsigned side) {
    return createNode(builder, makeLoc(suffix), "Switch",
                      {value, branch.predicate}, {type, type})
        ->getResult(side);
  };
  Value yes = ConstOp::create(builder, makeLoc("/true"),
                              DenseElementsAttr::get(type, true));
  Value other = switched(yes, "/other", 1 - branch.side);
  // A condition from outside of the branch is asked within it.
  Value condition = op.getCondition();
  Operation *source = condition.getDefiningOp();
  if (!source || (!conditional.contains(source) && !isSwitch(source)))
    condition = switched(condition, "/condition", branch.side);
  Operation *merged =
      createNode(builder, makeLoc("/holds"), "Merge", {condition, other},
                 {type, RankedTensorType::get({}, builder.getI32Type())});
  SmallVector<Value> operands{merged->getResult(0)};
  for (Value data : getDataOperands(op).drop_front())
    if (Value lifted = lift(data, branch.predicate, builder, names))
      operands.push_back(lifted);
  return createNode(builder, names.makeLoc(op.getNodeName()), "Assert",
                    operands, op->getResultTypes(),
                    llvm::to_vector(op->getAttrs()));
}

void HoldAssertsPass::runOnGraph(GraphOp graph) {
  FetchOp fetch = graph.getFetch();
  Block &body = *graph.getBodyBlock();
  conditional = findConditionalNodes(body);
  llvm::DenseSet<Operation *> needed = findNeeded(fetch->getOperands());
  SmallVector<Operation *> found;
  for (Operation &op : body)
    if (needed.contains(&op) && isa<NodeOpInterface>(op) &&
        (isa<AssertOp>(op) || (!isPureNode(&op) && runsAsserting(&op))))
      found.push_back(&op);
  if (found.empty())
    return;
  NodeNames names(body);
  SmallVector<Value> held;
  OpBuilder builder(fetch);
  for (Operation *op : found) {
    if (conditional.contains(op)) {
      auto assertOp = dyn_cast<AssertOp>(op);
      op = assertOp ? hoist(assertOp, names) : nullptr;
      if (!op && assertOp)
        op = mergeOut(assertOp, names);
    }
    if (op)
      held.push_back(createControl(builder, op));
  }
  numHeld += held.size();
  fetch.getArgsMutable().append(held);
}

void HoldAssertsPass::runOnOperation() {
  findAssertingFunctions();
  for (auto graph : getOperation().getOps<GraphOp>())
    if (graph.getFetch())
      runOnGraph(graph);
}

} // namespace firn::tfg
