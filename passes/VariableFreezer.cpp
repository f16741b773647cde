// A handle is replaced by the value: the node that made it becomes a Const of
// its name, and along every edge that carried the handle the value flows, with
// its type, through identities, TF1 control flow and arguments of functions, up
// to the reads, which become plain ops (VariableReads.h).
//
// The values themselves are never copied: a Const refers to the blob that the
// tfg.variable refers to. A function whose argument is frozen in one call and
// not in another gets a second form.
#include "passes/VariableFreezer.h"

#include "passes/CallGraph.h"
#include "passes/NodeBuilder.h"
#include "passes/VariableReads.h"
#include "passes/VariableUses.h"

using namespace mlir;

namespace firn::tfg {

NodeNames &VariableFreezer::namesOf(Block *body) {
  std::unique_ptr<NodeNames> &entry = names[body];
  if (!entry)
    entry = std::make_unique<NodeNames>(*body);
  return *entry;
}

/// TensorFlow's attributes of a function's argument, as import keeps them.
static constexpr llvm::StringLiteral kArgAttrsAttr = "tfg.attrs";

/// Attributes that say which shape a handle had, and now would of the value. A
/// While's `output_shapes` are its own and must be there.
static void updateStatedShape(Value value, Type type) {
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    auto func = cast<FuncOp>(argument.getOwner()->getParentOp());
    func->removeAttr("_input_shapes");
    unsigned number = argument.getArgNumber();
    auto known = func.getArgAttrOfType<DictionaryAttr>(number, kArgAttrsAttr);
    if (!known)
      return;
    NamedAttrList kept(known);
    kept.erase("_output_shapes");
    if (kept.empty())
      func.removeArgAttr(number, kArgAttrsAttr);
    else
      func.setArgAttr(number, kArgAttrsAttr,
                      kept.getDictionary(func.getContext()));
    return;
  }
  auto result = cast<OpResult>(value);
  Operation *op = result.getOwner();
  op->removeAttr("_output_shapes");
  auto shapes = op->getAttrOfType<ArrayAttr>("output_shapes");
  if (!shapes || result.getResultNumber() >= shapes.size())
    return;
  SmallVector<Attribute> changed(shapes.getValue());
  changed[result.getResultNumber()] = ShapeAttr::getOf(cast<TensorType>(type));
  op->setAttr("output_shapes", ArrayAttr::get(op->getContext(), changed));
}

void VariableFreezer::push(Value value, Type type) {
  value.setType(type);
  updateStatedShape(value, type);
  if (frozen.insert(value).second)
    worklist.push_back(value);
}

void VariableFreezer::freeze(Operation *variable, TypedAttr value) {
  OpBuilder builder(variable);
  Operation *constant = replaceNode(variable, "Const", {}, value.getType(),
                                    builder.getNamedAttr("value", value));
  push(constant->getResult(0), value.getType());
}

/// The op of a use that forwards a handle, without `Ref` in its name.
Operation *VariableFreezer::forward(OpOperand &use, Type type) {
  Operation *op = use.getOwner();
  SmallVector<unsigned> indices;
  for (Value value : getForwarded(use))
    indices.push_back(cast<OpResult>(value).getResultNumber());
  StringRef name = getTFOpName(op);
  if (name.consume_front("Ref")) {
    SmallVector<NamedAttribute> attrs(op->getAttrs());
    SmallVector<Type> results(op->getResultTypes());
    llvm::erase_if(attrs,
                   [](NamedAttribute attr) { return attr.getName() == "op"; });
    for (unsigned index : indices)
      results[index] = type;
    op = replaceNode(op, name, op->getOperands(), results, attrs);
  }
  for (unsigned index : indices) {
    Value result = op->getResult(index);
    // Values of different shapes may meet in a Merge.
    Type joined = type;
    if (frozen.contains(result) && result.getType() != type)
      joined = UnrankedTensorType::get(getElementType(result));
    push(result, joined);
  }
  return op;
}

LogicalResult VariableFreezer::rewriteUses(Value value) {
  SmallVector<std::pair<Operation *, unsigned>> uses;
  for (OpOperand &use : value.getUses())
    uses.push_back({use.getOwner(), use.getOperandNumber()});
  llvm::DenseSet<Operation *> replaced; // and gone
  for (auto [op, index] : llvm::reverse(uses)) {
    if (replaced.contains(op) || isa<ReturnOp>(op))
      continue;
    OpOperand &use = op->getOpOperand(index);
    switch (classifyHandleUse(use)) {
    case HandleUse::Forward: {
      Operation *now = forward(use, value.getType());
      if (now != op)
        replaced.insert(op);
      if (getTFOpName(now) == "Merge")
        merges.insert(now);
      break;
    }
    case HandleUse::Argument:
      pendingCalls.insert(op);
      if (isa<WhileOp, StatelessWhileOp>(op))
        push(op->getResult(index), value.getType());
      break;
    case HandleUse::Read:
      if (failed(rewriteVariableRead(op, namesOf(op->getBlock()))))
        return failure();
      break;
    case HandleUse::Control:
    case HandleUse::Other: // of a value that was a reference
      break;
    }
  }
  return success();
}

LogicalResult VariableFreezer::checkMerges() {
  for (Operation *merge : merges)
    for (Value input : getDataOperands(merge))
      if (isHandle(input))
        return merge->emitError("node '")
               << getNodeName(merge->getLoc())
               << "' merges a variable that is frozen with one that is not";
  return success();
}

/// The form of `func` that takes these types: a copy in which the arguments
/// that are values now are rewritten.
FuncOp VariableFreezer::getInstance(FuncOp func, TypeRange argumentTypes) {
  SmallVector<Type> types(func.getArgumentTypes());
  SmallVector<unsigned> frozenArguments;
  for (auto [i, type] : llvm::enumerate(argumentTypes))
    if (isHandle(func.getArgument(i)) &&
        !isa<ResourceType, RefType>(cast<TensorType>(type).getElementType())) {
      types[i] = type;
      frozenArguments.push_back(i);
    }
  if (frozenArguments.empty())
    return func;
  for (FuncOp instance : instances[func])
    if (instance.getArgumentTypes() == ArrayRef<Type>(types))
      return instance;

  FuncOp instance = func.clone();
  instance.setName((func.getSymName() + "_frozen").str());
  symbols.insert(instance, std::next(func->getIterator()));
  instances[func].push_back(instance);
  for (unsigned i : frozenArguments)
    push(instance.getArgument(i), types[i]);
  instance.setFunctionType(
      FunctionType::get(func.getContext(), types, func.getResultTypes()));
  return instance;
}

void VariableFreezer::rewriteCall(CallLikeOpInterface call) {
  call.updateCallees([&](FuncAttr callee) {
    auto func = symbols.lookup<FuncOp>(callee.getName().getValue());
    if (!func)
      return callee;
    FuncOp instance = getInstance(func, call.getCalleeOperands().getTypes());
    return FuncAttr::get(call.getContext(),
                         FlatSymbolRefAttr::get(instance.getSymNameAttr()),
                         callee.getAttrs());
  });
}

/// The results of a loop body that pass a value on have its type.
void VariableFreezer::updateResultTypes() {
  for (auto &[original, copies] : instances)
    for (FuncOp copy : copies) {
      SmallVector<Type> results(copy.getResultTypes());
      for (auto [type, value] :
           llvm::zip(results, copy.getReturn().getDataOperands()))
        if (frozen.contains(value))
          type = value.getType();
      copy.setFunctionType(FunctionType::get(copy.getContext(),
                                             copy.getArgumentTypes(), results));
    }
}

/// A function of which only one form is left keeps its name.
void VariableFreezer::eraseUnusedOriginals() {
  llvm::DenseSet<Operation *> reached;
  for (FuncOp func : findReachableFunctions(module))
    reached.insert(func);
  for (auto &[original, copies] : instances) {
    if (reached.contains(original) || copies.size() != 1)
      continue;
    StringAttr name = cast<FuncOp>(original).getSymNameAttr();
    symbols.erase(original);
    (void)symbols.rename(copies.front(), name);
  }
}

LogicalResult VariableFreezer::run() {
  while (!worklist.empty() || !pendingCalls.empty()) {
    if (worklist.empty()) {
      rewriteCall(cast<CallLikeOpInterface>(pendingCalls.pop_back_val()));
      continue;
    }
    if (failed(rewriteUses(worklist.pop_back_val())))
      return failure();
  }
  if (failed(checkMerges()))
    return failure();
  updateResultTypes();
  eraseUnusedOriginals();
  return success();
}

} // namespace firn::tfg
