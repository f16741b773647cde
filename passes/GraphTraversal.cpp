//===- GraphTraversal.cpp - walking along the edges of a graph ------------===//

#include "passes/GraphTraversal.h"

using namespace mlir;

namespace firn::tfg {

void forEachBody(ModuleOp module, llvm::function_ref<void(Block &)> visit) {
  for (auto graph : module.getOps<GraphOp>())
    visit(*graph.getBodyBlock());
  for (auto func : module.getOps<FuncOp>())
    visit(*func.getBodyBlock());
}

llvm::DenseSet<Operation *> findNeeded(ValueRange roots) {
  llvm::DenseSet<Operation *> needed;
  SmallVector<Operation *> worklist;
  auto visit = [&](Value value) {
    Operation *op = value.getDefiningOp();
    if (op && needed.insert(op).second)
      worklist.push_back(op);
  };
  llvm::for_each(roots, visit);
  while (!worklist.empty())
    llvm::for_each(worklist.pop_back_val()->getOperands(), visit);
  return needed;
}

static bool closesLoop(Operation *producer) {
  auto node = dyn_cast<NodeOpInterface>(producer);
  return node && (node.getTFOpName() == "NextIteration" ||
                  node.getTFOpName() == "RefNextIteration");
}

SmallVector<Operation *> sortTopologically(Block &body) {
  // Depth first with an explicit stack, so that the order of the file is kept
  // as far as the edges allow.
  enum class State : char { Open, Done };
  llvm::DenseMap<Operation *, State> states;
  SmallVector<Operation *> sorted;
  SmallVector<std::pair<Operation *, unsigned>> stack;
  llvm::DenseSet<Operation *> blocked; // on a cycle, or after one

  auto open = [&](Operation *op) {
    if (states.try_emplace(op, State::Open).second)
      stack.push_back({op, 0});
  };
  auto advance = [&](Operation *op, unsigned &next) -> Operation * {
    while (next < op->getNumOperands()) {
      Operation *producer = op->getOperand(next++).getDefiningOp();
      if (!producer || closesLoop(producer))
        continue;
      auto it = states.find(producer);
      if (it == states.end())
        return producer;
      if (it->second == State::Open || blocked.contains(producer))
        blocked.insert(op);
    }
    return nullptr;
  };
  for (Operation &root : body) {
    open(&root);
    while (!stack.empty()) {
      auto &[op, next] = stack.back();
      if (Operation *producer = advance(op, next)) {
        open(producer);
        continue;
      }
      Operation *done = op;
      stack.pop_back();
      states[done] = State::Done;
      bool isBlocked = blocked.contains(done);
      if (!isBlocked)
        sorted.push_back(done);
      else if (!stack.empty())
        blocked.insert(stack.back().first);
    }
  }
  return sorted;
}

llvm::DenseSet<Operation *> findConditionalNodes(Block &body) {
  llvm::DenseSet<Operation *> conditional;
  if (llvm::none_of(body, [](Operation &op) {
        return isa<SwitchOp, RefSwitchOp, EnterOp, RefEnterOp>(op);
      }))
    return conditional;
  // How many Switches and Enters lie around a node.
  llvm::DenseMap<Operation *, unsigned> depths;
  auto depthAfter = [&](Operation *source) -> unsigned {
    bool opens =
        isa_and_nonnull<SwitchOp, RefSwitchOp, EnterOp, RefEnterOp>(source);
    return depths.lookup(source) + opens;
  };
  for (Operation *op : sortTopologically(body)) {
    unsigned deepest = 0, flattest = ~0u;
    bool isLoopMerge = false;
    for (Value operand : op->getOperands()) {
      Operation *source = operand.getDefiningOp();
      isLoopMerge |= isa_and_nonnull<EnterOp, RefEnterOp>(source);
      if (source && closesLoop(source))
        continue;
      unsigned depth =
          isa<ControlOp>(op) ? depths.lookup(source) : depthAfter(source);
      deepest = std::max(deepest, depth);
      flattest = std::min(flattest, depth);
    }
    // An Exit leaves the Switch of the loop and the Enter.
    if (isa<ExitOp, RefExitOp>(op))
      deepest -= std::min(deepest, 2u);
    else if (isa<MergeOp, RefMergeOp>(op) && !isLoopMerge)
      deepest = flattest - std::min(flattest, 1u);
    depths[op] = deepest;
    if (deepest > 0)
      conditional.insert(op);
  }
  return conditional;
}

LogicalResult verifyAcyclic(Block &body, ArrayRef<Operation *> sorted) {
  if (sorted.size() == body.getOperations().size())
    return success();
  llvm::DenseSet<Operation *> done(sorted.begin(), sorted.end());
  for (Operation &op : body) {
    if (done.contains(&op))
      continue;
    // Every operation left has a producer that is left: going from one to the
    // next ends on a cycle.
    llvm::SmallSetVector<Operation *, 8> path;
    Operation *current = &op;
    while (path.insert(current)) {
      auto left = llvm::find_if(current->getOperands(), [&](Value operand) {
        Operation *producer = operand.getDefiningOp();
        return producer && !done.contains(producer) && !closesLoop(producer);
      });
      current = (*left).getDefiningOp();
    }
    InFlightDiagnostic error =
        current->emitError("the graph has a cycle that no loop makes: ");
    for (Operation *step : llvm::reverse(path.getArrayRef())) {
      if (isa<NodeOpInterface>(step))
        error << "'" << getNodeName(step->getLoc()) << "' -> ";
      if (step == current)
        break;
    }
    return error << "'" << getNodeName(path.back()->getLoc()) << "'";
  }
  return success();
}

} // namespace firn::tfg
