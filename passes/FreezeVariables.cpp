//===- FreezeVariables.cpp - variables become constants -------------------===//
//
// Which variables are frozen, and whether they can be: each has a value of its
// type, and nothing writes to it or lets its handle out. Everything is checked
// before VariableFreezer.h rewrites anything, so that an error leaves the
// module as it was.
//
//===----------------------------------------------------------------------===//

#include "passes/CallGraph.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"
#include "passes/VariableFreezer.h"
#include "passes/VariableUses.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_FREEZEVARIABLESPASS
#include "passes/Passes.h.inc"

namespace {

struct FreezeVariablesPass
    : impl::FreezeVariablesPassBase<FreezeVariablesPass> {
  using FreezeVariablesPassBase::FreezeVariablesPassBase;
  void runOnOperation() override;

private:
  struct Candidate {
    Operation *node;
    VariableOp value;
  };
  SmallVector<Operation *> findVariables();
  VariableOp findValue(Operation *node);
  bool isChosen(StringRef name);
  LogicalResult checkType(const Candidate &candidate);
  LogicalResult reportMissing(ArrayRef<Operation *> missing);
  LogicalResult reportUse(Operation *node, OpOperand &use);

  std::optional<SymbolTable> symbols;
  llvm::StringMap<StringAttr> nodeOfSharedName;
};

} // namespace

SmallVector<Operation *> FreezeVariablesPass::findVariables() {
  SmallVector<Operation *> variables;
  auto collect = [&](Operation *parent, bool isMain) {
    for (Operation &op : parent->getRegion(0).front()) {
      if (!isVariable(&op))
        continue;
      variables.push_back(&op);
      auto shared = op.getAttrOfType<StringAttr>("shared_name");
      if (isMain && shared && !shared.empty())
        nodeOfSharedName.try_emplace(
            shared.getValue(),
            StringAttr::get(&getContext(), getNodeName(op.getLoc())));
    }
  };
  for (auto graph : getOperation().getOps<GraphOp>())
    collect(graph, true);
  for (FuncOp func : findReachableFunctions(getOperation()))
    collect(func, false);
  return variables;
}

/// By the node's name; by its shared name, for a handle made in a function.
VariableOp FreezeVariablesPass::findValue(Operation *node) {
  if (isa<GraphOp>(node->getParentOp()))
    if (auto variable =
            symbols->lookup<VariableOp>(getNodeName(node->getLoc())))
      return variable;
  auto shared = node->getAttrOfType<StringAttr>("shared_name");
  if (!shared || shared.empty())
    return {};
  if (StringAttr name = nodeOfSharedName.lookup(shared.getValue()))
    return symbols->lookup<VariableOp>(name);
  return symbols->lookup<VariableOp>(shared);
}

bool FreezeVariablesPass::isChosen(StringRef name) {
  return (allow.empty() || llvm::is_contained(allow, name)) &&
         !llvm::is_contained(deny, name);
}

LogicalResult FreezeVariablesPass::checkType(const Candidate &candidate) {
  auto type =
      cast<TensorType>(VariableOp(candidate.value).getValue().getType());
  auto shape = candidate.node->getAttrOfType<ShapeAttr>("shape");
  auto dtype = candidate.node->getAttrOfType<TypeAttr>("dtype");
  Type elementType =
      dtype ? dtype.getValue() : getElementType(candidate.node->getResult(0));
  bool fits = elementType == type.getElementType();
  // An old graph says [] where it means that it does not know.
  if (shape && shape.getHasRank() && !shape.getDims().empty())
    fits &=
        succeeded(mergeTypes(cast<TensorType>(shape.getTensorType(elementType)),
                             type.clone(elementType)));
  if (fits)
    return success();
  InFlightDiagnostic error = candidate.node->emitError("variable '")
                             << getNodeName(candidate.node->getLoc())
                             << "' is declared as " << elementType;
  if (shape)
    error << " of shape " << shape;
  return error << ", but its value is " << type;
}

LogicalResult
FreezeVariablesPass::reportMissing(ArrayRef<Operation *> missing) {
  constexpr size_t maxListed = 20;
  InFlightDiagnostic error = getOperation().emitError();
  error << missing.size() << " variables have no value: ";
  llvm::interleaveComma(missing.take_front(maxListed), error,
                        [&](Operation *node) {
                          error << "'" << getNodeName(node->getLoc()) << "'";
                        });
  if (missing.size() > maxListed)
    error << ", …";
  return error << "; the checkpoint must hold them, or keep them variables "
                  "(deny)";
}

LogicalResult FreezeVariablesPass::reportUse(Operation *node, OpOperand &use) {
  Operation *user = use.getOwner();
  InFlightDiagnostic message =
      keepWritten ? node->emitWarning() : node->emitError();
  message << "variable '" << getNodeName(node->getLoc())
          << (keepWritten ? "' stays a variable: "
                          : "' cannot become a constant: ");
  if (isa<FetchOp>(user))
    message << "its handle itself is fetched";
  else if (isa<ReturnOp>(user))
    message << "function '" << user->getParentOfType<FuncOp>().getSymName()
            << "' returns its handle";
  else
    message << "node '" << getNodeName(user->getLoc()) << "' ("
            << getTFOpName(user) << ") writes to it";
  if (!keepWritten)
    message << "; fetch something else, or keep it a variable (deny, "
               "keep-written)";
  return success(keepWritten);
}

void FreezeVariablesPass::runOnOperation() {
  symbols.emplace(getOperation());
  SmallVector<Candidate> candidates;
  SmallVector<Operation *> missing;
  bool ok = true;
  for (Operation *node : findVariables()) {
    if (!isChosen(getNodeName(node->getLoc())))
      continue;
    if (OpOperand *use = findOtherUse(node, *symbols)) {
      ok &= succeeded(reportUse(node, *use));
      continue;
    }
    if (node->use_empty())
      continue;
    Candidate candidate{node, findValue(node)};
    if (!candidate.value)
      missing.push_back(node);
    else if (failed(checkType(candidate)))
      ok = false;
    else
      candidates.push_back(candidate);
  }
  if (!missing.empty())
    ok &= succeeded(reportMissing(missing));
  if (!ok)
    return signalPassFailure();

  llvm::SetVector<Operation *> done;
  VariableFreezer freezer(getOperation(), *symbols);
  for (const Candidate &candidate : candidates) {
    freezer.freeze(candidate.node, VariableOp(candidate.value).getValue());
    done.insert(candidate.value);
    ++numVariables;
  }
  if (failed(freezer.run()))
    return signalPassFailure();
  for (Operation *variable : done)
    variable->erase();
}

} // namespace firn::tfg
