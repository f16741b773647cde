//===- VariableUses.cpp - where the handle of a variable goes -------------===//

#include "passes/VariableUses.h"
#include "passes/NodeBuilder.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace firn::tfg {

bool isVariable(Operation *op) {
  StringRef name = getTFOpName(op);
  return name == "VarHandleOp" || name == "VariableV2" || name == "Variable";
}

bool isHandle(Value value) {
  auto type = dyn_cast<TensorType>(value.getType());
  return type && isa<ResourceType, RefType>(type.getElementType());
}

bool isReference(Value value) {
  auto type = dyn_cast<TensorType>(value.getType());
  return type && isa<RefType>(type.getElementType());
}

static bool isLoop(Operation *op) {
  StringRef name = getTFOpName(op);
  return name == "While" || name == "StatelessWhile";
}

/// What reads by reference is not named here: any op takes a value from one.
/// What writes returns the reference, or has a name that says so.
static HandleUse classifyReferenceUse(OpOperand &use) {
  Operation *op = use.getOwner();
  StringRef name = getTFOpName(op);
  if (isa<ReturnOp>(op))
    return HandleUse::Other;
  for (StringRef prefix : {"Assign", "Scatter", "Apply", "SparseApply",
                           "CountUpTo", "ResourceApply"})
    if (name.starts_with(prefix))
      return HandleUse::Other;
  return llvm::any_of(op->getResults(), isHandle) ? HandleUse::Other
                                                  : HandleUse::Read;
}

HandleUse classifyHandleUse(OpOperand &use) {
  Operation *op = use.getOwner();
  if (isa<ControlOp>(op))
    return HandleUse::Control;
  // Who fetches a variable wants its value.
  if (isa<FetchOp>(op))
    return HandleUse::Read;
  auto kind =
      llvm::StringSwitch<std::optional<HandleUse>>(getTFOpName(op))
          .Cases({"ReadVariableOp", "ResourceGather", "ResourceGatherNd",
                  "VariableShape", "VarIsInitializedOp",
                  "IsVariableInitialized", "DisableCopyOnRead"},
                 HandleUse::Read)
          .Cases({"Enter", "Exit", "Switch", "_SwitchN", "Merge",
                  "NextIteration", "Identity", "IdentityN"},
                 HandleUse::Forward)
          .Cases({"RefEnter", "RefExit", "RefSwitch", "RefMerge",
                  "RefNextIteration", "RefIdentity"},
                 HandleUse::Forward)
          .Default(std::nullopt);
  if (kind == HandleUse::Forward)
    return getForwarded(use).empty() ? HandleUse::Read : *kind;
  if (kind)
    return *kind;
  if (auto call = dyn_cast<CallLikeOpInterface>(op)) {
    unsigned first = call.getCalleeOperands().getBeginOperandIndex();
    return use.getOperandNumber() >= first ? HandleUse::Argument
                                           : HandleUse::Other;
  }
  if (isReference(use.get()))
    return classifyReferenceUse(use);
  return HandleUse::Other;
}

SmallVector<Value> getForwarded(OpOperand &use) {
  Operation *op = use.getOwner();
  StringRef name = getTFOpName(op);
  name.consume_front("Ref");
  SmallVector<Value> forwarded;
  if (name == "Switch" || name == "_SwitchN") {
    if (use.getOperandNumber() == 0)
      llvm::append_range(forwarded, op->getResults());
  } else if (name == "IdentityN") {
    if (use.getOperandNumber() < op->getNumResults())
      forwarded.push_back(op->getResult(use.getOperandNumber()));
  } else {
    forwarded.push_back(op->getResult(0));
  }
  // An Identity of a reference may be its value.
  llvm::erase_if(forwarded, [](Value value) { return !isHandle(value); });
  return forwarded;
}

SmallVector<BlockArgument> getCalleeArguments(OpOperand &use,
                                              const SymbolTable &symbols) {
  auto call = cast<CallLikeOpInterface>(use.getOwner());
  unsigned index =
      use.getOperandNumber() - call.getCalleeOperands().getBeginOperandIndex();
  SmallVector<BlockArgument> arguments;
  for (FuncAttr callee : call.getCallees()) {
    auto func = symbols.lookup<FuncOp>(callee.getName().getValue());
    if (func && index < func.getNumArguments())
      arguments.push_back(func.getArgument(index));
  }
  return arguments;
}

OpOperand *findOtherUse(Operation *variable, const SymbolTable &symbols) {
  SmallVector<Value> worklist(variable->getResults());
  llvm::DenseSet<Value> seen(worklist.begin(), worklist.end());
  // Arguments of loop bodies that the body may return under the same number.
  llvm::DenseSet<Value> loopArguments;
  auto visit = [&](Value value) {
    if (seen.insert(value).second)
      worklist.push_back(value);
  };
  auto findIn = [&](Value value) -> OpOperand * {
    for (OpOperand &use : value.getUses()) {
      if (auto ret = dyn_cast<ReturnOp>(use.getOwner())) {
        auto func = cast<FuncOp>(ret->getParentOp());
        if (use.getOperandNumber() < func.getNumArguments() &&
            loopArguments.contains(func.getArgument(use.getOperandNumber())))
          continue;
        return &use;
      }
      switch (classifyHandleUse(use)) {
      case HandleUse::Read:
      case HandleUse::Control:
        break;
      case HandleUse::Forward:
        llvm::for_each(getForwarded(use), visit);
        break;
      case HandleUse::Argument:
        for (BlockArgument argument : getCalleeArguments(use, symbols)) {
          if (isLoop(use.getOwner()))
            loopArguments.insert(argument);
          visit(argument);
        }
        if (isLoop(use.getOwner()))
          visit(use.getOwner()->getResult(use.getOperandNumber()));
        break;
      case HandleUse::Other:
        return &use;
      }
    }
    return nullptr;
  };
  while (!worklist.empty())
    if (OpOperand *other = findIn(worklist.pop_back_val()))
      return other;
  return nullptr;
}

} // namespace firn::tfg
