//===- CallGraph.cpp - which functions a body calls -----------------------===//

#include "passes/CallGraph.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"

using namespace mlir;

namespace firn::tfg {

static FailureOr<Call> getCall(NodeOpInterface node,
                               const SymbolTable &symbols) {
  StringRef op = node.getTFOpName();
  if (op == "PartitionedCall" || op == "StatefulPartitionedCall") {
    auto func = node->getAttrOfType<FuncAttr>("f");
    auto callee =
        func ? symbols.lookup<FuncOp>(func.getName().getValue()) : FuncOp();
    if (callee)
      return Call{node, callee, func.getAttrs()};
  } else if (isa<NodeOp>(node)) {
    if (auto callee = symbols.lookup<FuncOp>(op))
      return Call{node, callee, node->getDiscardableAttrDictionary()};
  }
  return failure();
}

CallGraph::CallGraph(ModuleOp module) {
  SymbolTable symbols(module);
  for (Operation &op : *module.getBody()) {
    if (!isa<GraphOp, FuncOp>(op))
      continue;
    SmallVector<Call> &own = calls[&op];
    for (auto node : op.getRegion(0).getOps<NodeOpInterface>())
      if (FailureOr<Call> call = getCall(node, symbols); succeeded(call))
        own.push_back(*call);
  }
}

ArrayRef<Call> CallGraph::getCalls(Operation *caller) const {
  return calls.find(caller)->second;
}

static StringRef nameOf(Operation *caller) {
  auto func = dyn_cast<FuncOp>(caller);
  return func ? func.getSymName() : "the main graph";
}

FailureOr<SmallVector<Operation *>> CallGraph::sortCalleesFirst() {
  SmallVector<Operation *> sorted;
  llvm::DenseMap<Operation *, bool> isDone; // absent: not seen yet
  SmallVector<std::pair<Operation *, size_t>> stack;
  for (auto &[root, unused] : calls) {
    if (!isDone.try_emplace(root, false).second)
      continue;
    stack.push_back({root, 0});
    while (!stack.empty()) {
      auto &[caller, next] = stack.back();
      ArrayRef<Call> own = getCalls(caller);
      if (next == own.size()) {
        isDone[caller] = true;
        sorted.push_back(caller);
        stack.pop_back();
        continue;
      }
      const Call &call = own[next++];
      Operation *callee = call.callee;
      auto [it, isNew] = isDone.try_emplace(callee, false);
      if (isNew) {
        stack.push_back({callee, 0});
      } else if (!it->second) {
        InFlightDiagnostic error =
            call.node->emitError("the call of function '")
            << nameOf(callee) << "' never ends: ";
        bool onCycle = false;
        for (auto &[open, unusedNext] : stack) {
          onCycle |= open == callee;
          if (onCycle)
            error << "'" << nameOf(open) << "' calls ";
        }
        return error << "'" << nameOf(callee) << "'";
      }
    }
  }
  return sorted;
}

SmallVector<FuncOp> findReachableFunctions(ModuleOp module) {
  SymbolTable symbols(module);
  llvm::DenseSet<Operation *> reached;
  SmallVector<FuncOp> worklist;
  auto visitName = [&](StringRef name) {
    auto func = symbols.lookup<FuncOp>(name);
    if (func && reached.insert(func).second)
      worklist.push_back(func);
  };
  auto visitBody = [&](Operation *parent) {
    for (auto node : parent->getRegion(0).getOps<NodeOpInterface>()) {
      visitName(node.getTFOpName());
      node->getAttrDictionary().walk(
          [&](FlatSymbolRefAttr ref) { visitName(ref.getValue()); });
    }
  };
  for (auto graph : module.getOps<GraphOp>())
    visitBody(graph);
  while (!worklist.empty())
    visitBody(worklist.pop_back_val());
  SmallVector<FuncOp> ordered;
  for (auto func : module.getOps<FuncOp>())
    if (reached.contains(func))
      ordered.push_back(func);
  return ordered;
}

namespace {

/// Walks from the main graph into the functions that nodes run.
class CalleeVerifier {
public:
  CalleeVerifier(ModuleOp module, bool refuseRecursion)
      : symbols(module), refuseRecursion(refuseRecursion) {}

  LogicalResult run(GraphOp graph);

private:
  struct Open {
    FuncOp func; // none: the main graph
    SmallVector<CallLikeOpInterface> nodes;
    size_t next = 0;
  };
  LogicalResult visit(CallLikeOpInterface node);

  SymbolTable symbols;
  bool refuseRecursion;
  llvm::DenseSet<Operation *> seen;
  SmallVector<Open> stack;
};

} // namespace

LogicalResult CalleeVerifier::visit(CallLikeOpInterface node) {
  for (FuncAttr callee : node.getCallees()) {
    StringRef name = callee.getName().getValue();
    auto func = symbols.lookup<FuncOp>(name);
    if (!func)
      return node->emitError() << getTFOpName(node) << " runs the function '"
                               << name << "', which the model does not have";
    if (refuseRecursion &&
        llvm::any_of(stack, [&](Open &open) { return open.func == func; }))
      return node->emitError()
             << getTFOpName(node) << " runs the function '" << name
             << "', in which it is run itself: recursion is not compiled";
    if (!seen.insert(func).second)
      continue;
    auto nodes = func.getBodyBlock()->getOps<CallLikeOpInterface>();
    stack.push_back({func, llvm::to_vector(nodes)});
  }
  return success();
}

LogicalResult CalleeVerifier::run(GraphOp graph) {
  llvm::DenseSet<Operation *> needed =
      findNeeded(graph.getFetch()->getOperands());
  stack.push_back({});
  for (auto node : graph.getBodyBlock()->getOps<CallLikeOpInterface>())
    if (needed.contains(node))
      stack.back().nodes.push_back(node);
  while (!stack.empty()) {
    Open &open = stack.back();
    if (open.next == open.nodes.size())
      stack.pop_back();
    else if (failed(visit(open.nodes[open.next++])))
      return failure();
  }
  return success();
}

LogicalResult verifyCallees(GraphOp graph, bool refuseRecursion) {
  if (!graph.getFetch())
    return success();
  auto module = graph->getParentOfType<ModuleOp>();
  return CalleeVerifier(module, refuseRecursion).run(graph);
}

} // namespace firn::tfg
