//===- Prune.cpp - remove what the fetches do not need --------------------===//
//
// Backwards reachability over data and control edges, then over functions. In a
// function body nodes with effects stay, as TensorFlow keeps them.
//
//===----------------------------------------------------------------------===//

#include "passes/CallGraph.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_PRUNEPASS
#include "passes/Passes.h.inc"

namespace {

struct PrunePass : impl::PrunePassBase<PrunePass> {
  void runOnOperation() override;

private:
  void pruneBody(Block &body, ValueRange roots, bool keepEffects);
  void dropColocationOfRemoved(Block &body);
  void pruneModuleLevel(GraphOp graph);
};

/// The data of a function, then its control results.
ValueRange getRoots(FuncOp func) { return func.getReturn()->getOperands(); }

} // namespace

void PrunePass::pruneBody(Block &body, ValueRange roots, bool keepEffects) {
  SmallVector<Value> allRoots(roots);
  for (Operation &op : body) {
    bool isFeed = op.hasAttr(TFGDialect::kFeedIndexAttr);
    bool hasEffect = isa<NodeOpInterface>(op) && !isPureNode(&op);
    if (isFeed || (keepEffects && hasEffect))
      llvm::append_range(allRoots, op.getResults());
  }
  llvm::DenseSet<Operation *> needed = findNeeded(allRoots);
  SmallVector<Operation *> removed;
  for (Operation &op : body)
    if (!isa<FetchOp, ReturnOp>(op) && !needed.contains(&op))
      removed.push_back(&op);
  // Nothing that stays uses them; among themselves they may form cycles.
  for (Operation *op : removed)
    op->dropAllReferences();
  for (Operation *op : removed) {
    numNodes += isa<NodeOpInterface>(op);
    op->erase();
  }
}

/// A colocation with a node that is gone makes a graph that TensorFlow refuses.
void PrunePass::dropColocationOfRemoved(Block &body) {
  llvm::DenseSet<StringRef> names;
  for (Operation &op : body)
    names.insert(getNodeName(op.getLoc()));
  for (Operation &op : body) {
    auto classes = op.getAttrOfType<ArrayAttr>("_class");
    if (!classes)
      continue;
    SmallVector<Attribute> kept(classes.getValue());
    llvm::erase_if(kept, [&](Attribute attr) {
      auto text = dyn_cast<StringAttr>(attr);
      StringRef node = text ? text.getValue() : StringRef();
      return node.consume_front("loc:@") && !names.contains(node);
    });
    if (kept.empty())
      op.removeAttr("_class");
    else if (kept.size() != classes.size())
      op.setAttr("_class", ArrayAttr::get(&getContext(), kept));
  }
}

void PrunePass::pruneModuleLevel(GraphOp graph) {
  llvm::DenseSet<Operation *> functions;
  for (FuncOp func : findReachableFunctions(getOperation()))
    functions.insert(func);
  llvm::StringSet<> nodes;
  auto addNames = [&](Operation *parent) {
    parent->walk([&](NodeOpInterface node) {
      nodes.insert(node.getNodeName());
      if (auto shared = node->getAttrOfType<StringAttr>("shared_name"))
        nodes.insert(shared.getValue());
    });
  };
  addNames(graph);
  for (auto func : getOperation().getOps<FuncOp>())
    if (functions.contains(func))
      addNames(func);

  for (Operation &op : llvm::make_early_inc_range(*getOperation().getBody())) {
    if (auto func = dyn_cast<FuncOp>(op)) {
      if (!functions.contains(func)) {
        ++numFunctions;
        op.erase();
      }
    } else if (auto variable = dyn_cast<VariableOp>(op)) {
      if (!nodes.contains(variable.getSymName())) {
        ++numVariables;
        op.erase();
      }
    } else if (isa<SignatureOp>(op) && graph.getFetch()) {
      op.erase();
    }
  }
}

void PrunePass::runOnOperation() {
  for (auto func : getOperation().getOps<FuncOp>())
    pruneBody(*func.getBodyBlock(), getRoots(func), /*keepEffects=*/true);
  for (auto graph : getOperation().getOps<GraphOp>()) {
    if (FetchOp fetch = graph.getFetch()) {
      pruneBody(*graph.getBodyBlock(), fetch.getArgs(), /*keepEffects=*/false);
      dropColocationOfRemoved(*graph.getBodyBlock());
    }
    pruneModuleLevel(graph);
  }
}

} // namespace firn::tfg
