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
// Other Asserts in branches and loops of TF1 stay where they are, and are not
// held.
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
