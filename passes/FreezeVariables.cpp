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
#include "passes/VariableValues.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_FREEZEVARIABLESPASS
#include "passes/Passes.h.inc"

namespace {

struct FreezeVariablesPass
    : impl::FreezeVariablesPassBase<FreezeVariablesPass> {
  using FreezeVariablesPassBase::FreezeVariablesPassBase;
  FreezeVariablesPass(FreezeVariablesPassOptions options, FrozenListener frozen)
      : FreezeVariablesPassBase(std::move(options)),
        onFrozen(std::move(frozen)) {}
  void runOnOperation() override;

private:
  struct Candidate {
    Operation *node;
    VariableOp value;
  };
  SmallVector<Operation *> findVariables();
  bool isChosen(StringRef name);
  LogicalResult checkType(const Candidate &candidate);
  LogicalResult reportMissing(ArrayRef<Operation *> missing);
  void warnKept(Operation *node, OpOperand &use);
  LogicalResult
  reportWritten(ArrayRef<std::pair<Operation *, OpOperand *>> written);

  std::string adviceText() { return advice.empty() ? "" : "; " + advice; }

  FrozenListener onFrozen;
  std::optional<SymbolTable> symbols;
};

} // namespace

SmallVector<Operation *> FreezeVariablesPass::findVariables() {
  SmallVector<Operation *> variables;
  auto collect = [&](Operation *parent) {
    for (Operation &op : parent->getRegion(0).front())
      if (isVariable(&op))
        variables.push_back(&op);
  };
  for (auto graph : getOperation().getOps<GraphOp>())
    collect(graph);
  for (FuncOp func : findReachableFunctions(getOperation()))
    collect(func);
  return variables;
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
  if (missing.size() == 1)
    error << "a variable has no value: ";
  else
    error << missing.size() << " variables have no value: ";
  llvm::interleaveComma(missing.take_front(maxListed), error,
                        [&](Operation *node) {
                          error << "'" << getNodeName(node->getLoc()) << "'";
                        });
  if (missing.size() > maxListed)
    error << ", …";
  return error << "; a checkpoint must hold "
               << (missing.size() == 1 ? "it" : "them") << adviceText();
}

/// What keeps a variable from being a constant.
static std::string describeUse(OpOperand &use) {
  Operation *user = use.getOwner();
  if (isa<ReturnOp>(user))
    return ("function '" + user->getParentOfType<FuncOp>().getSymName() +
            "' returns its handle")
        .str();
  return ("node '" + getNodeName(user->getLoc()) + "' (" + getTFOpName(user) +
          ") writes to it")
      .str();
}

void FreezeVariablesPass::warnKept(Operation *node, OpOperand &use) {
  node->emitWarning("variable '") << getNodeName(node->getLoc())
                                  << "' stays a variable: " << describeUse(use);
}

LogicalResult FreezeVariablesPass::reportWritten(
    ArrayRef<std::pair<Operation *, OpOperand *>> written) {
  constexpr size_t maxListed = 5;
  auto name = [](Operation *node) {
    return ("variable '" + getNodeName(node->getLoc()) + "'").str();
  };
  auto [first, firstUse] = written.front();
  if (written.size() == 1)
    return first->emitError(name(first))
           << " cannot become a constant: " << describeUse(*firstUse)
           << adviceText();
  InFlightDiagnostic error = getOperation().emitError();
  error << written.size() << " variables cannot become constants: ";
  for (auto [node, use] : written.take_front(maxListed))
    error << (node == first ? "" : "; ") << "of " << name(node) << ", "
          << describeUse(*use);
  if (written.size() > maxListed)
    error << "; …";
  return error << adviceText();
}

void FreezeVariablesPass::runOnOperation() {
  symbols.emplace(getOperation());
  VariableValues values(getOperation(), *symbols);
  SmallVector<Candidate> candidates;
  SmallVector<Operation *> missing;
  SmallVector<std::pair<Operation *, OpOperand *>> written;
  bool ok = true;
  for (Operation *node : findVariables()) {
    if (!isChosen(getNodeName(node->getLoc())) ||
        llvm::is_contained(deny, values.getName(node)))
      continue;
    if (OpOperand *use = findOtherUse(node, *symbols)) {
      if (keepWritten)
        warnKept(node, *use);
      else
        written.push_back({node, use});
      continue;
    }
    if (node->use_empty())
      continue;
    Candidate candidate{node, values.find(node)};
    if (!candidate.value)
      missing.push_back(node);
    else if (failed(checkType(candidate)))
      ok = false;
    else
      candidates.push_back(candidate);
  }
  if (!missing.empty())
    ok &= succeeded(reportMissing(missing));
  if (!written.empty())
    ok &= succeeded(reportWritten(written));
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
  for (Operation *variable : done) {
    if (onFrozen)
      onFrozen(cast<VariableOp>(variable));
    variable->erase();
  }
}

std::unique_ptr<Pass>
createFreezeVariablesPass(FreezeVariablesPassOptions options,
                          FrozenListener onFrozen) {
  return std::make_unique<FreezeVariablesPass>(std::move(options),
                                               std::move(onFrozen));
}

} // namespace firn::tfg
