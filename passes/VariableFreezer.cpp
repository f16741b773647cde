// A handle is replaced by the value: the node that made it becomes a Const of
// its name, and along every edge that carried the handle the value flows, with
// its type, through identities, TF1 control flow and arguments of functions, up
// to the reads, which become plain ops:
//
//   ReadVariableOp -> Identity           ResourceGather   -> GatherV2
//   VariableShape  -> Shape              ResourceGatherNd -> GatherNd
//
// The values themselves are never copied: a Const refers to the blob that the
// tfg.variable refers to. A function whose argument is frozen in one call and
// not in another gets a second form.
#include "passes/VariableFreezer.h"

#include "passes/CallGraph.h"
#include "passes/NodeBuilder.h"
#include "passes/VariableUses.h"

using namespace mlir;

namespace firn::tfg {

NodeNames &VariableFreezer::namesOf(Block *body) {
  std::unique_ptr<NodeNames> &entry = names[body];
  if (!entry)
    entry = std::make_unique<NodeNames>(*body);
  return *entry;
}

void VariableFreezer::push(Value value, Type type) {
  value.setType(type);
  if (frozen.insert(value).second)
    worklist.push_back(value);
}

void VariableFreezer::freeze(Operation *variable, TypedAttr value) {
  OpBuilder builder(variable);
  Operation *constant = replaceNode(variable, "Const", {}, value.getType(),
                                    builder.getNamedAttr("value", value));
  push(constant->getResult(0), value.getType());
}

/// `op` is a read whose handle is a value now.
LogicalResult VariableFreezer::rewriteRead(Operation *op) {
  StringRef name = getTFOpName(op);
  OpBuilder builder(op);
  SmallVector<Value> operands(op->getOperands());
  auto valueType = cast<TensorType>(operands[0].getType());
  SmallVector<Type> results(op->getResultTypes());
  SmallVector<NamedAttribute> attrs;
  if (Attribute classes = op->getAttr("_class"))
    attrs.push_back(builder.getNamedAttr("_class", classes));

  bool readsValue = name == "ReadVariableOp" || name == "ResourceGather" ||
                    name == "ResourceGatherNd";
  if (readsValue && cast<TensorType>(results[0]).getElementType() !=
                        valueType.getElementType())
    return op->emitError("node '")
           << getNodeName(op->getLoc()) << "' (" << name
           << ") reads the variable as "
           << cast<TensorType>(results[0]).getElementType()
           << ", but its value is " << valueType;

  if (name == "ReadVariableOp") {
    replaceNode(op, "Identity", operands, valueType, attrs);
  } else if (name == "ResourceGather") {
    int64_t batchDims = 0;
    if (auto attr = op->getAttrOfType<IntegerAttr>("batch_dims"))
      batchDims = attr.getInt();
    StringRef node = getNodeName(op->getLoc());
    Location loc = namesOf(op->getBlock()).makeLoc((node + "/axis").str());
    Value axis = ConstOp::create(
        builder, loc, makeIntScalar(builder.getI32Type(), batchDims));
    operands.insert(operands.begin() + 2, axis);
    if (batchDims)
      attrs.push_back(builder.getNamedAttr(
          "batch_dims", builder.getI64IntegerAttr(batchDims)));
    replaceNode(op, "GatherV2", operands, results, attrs);
  } else if (name == "ResourceGatherNd") {
    replaceNode(op, "GatherNd", operands, results, attrs);
  } else if (name == "VariableShape") {
    replaceNode(op, "Shape", operands, results, attrs);
  } else if (name == "DisableCopyOnRead") {
    replaceNode(op, "NoOp", ValueRange(operands).drop_front(), {});
  } else if (name == "VarIsInitializedOp" || name == "IsVariableInitialized") {
    auto type = RankedTensorType::get({}, builder.getI1Type());
    TypedAttr yes = DenseElementsAttr::get(type, true);
    replaceNode(op, "Const", {}, type, builder.getNamedAttr("value", yes));
  }
  // Any other op took the value out of a reference, and does so still.
  return success();
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
      if (failed(rewriteRead(op)))
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
