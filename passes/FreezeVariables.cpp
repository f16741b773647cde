//===- FreezeVariables.cpp - variables become constants -------------------===//
//
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
//
// First every variable is checked, then everything is rewritten, so that an
// error leaves the module as it was.
//
//===----------------------------------------------------------------------===//

#include "passes/CallGraph.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"
#include "passes/VariableUses.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_FREEZEVARIABLESPASS
#include "passes/Passes.h.inc"

namespace {

/// Rewrites what is reached from frozen variables.
class Freezer {
public:
  Freezer(ModuleOp module, SymbolTable &symbols)
      : module(module), symbols(symbols) {}

  /// `variable` becomes a Const of `value`.
  void freeze(Operation *variable, TypedAttr value);
  LogicalResult run();

private:
  using InstanceKey = std::pair<Operation *, SmallVector<Type>>;

  void push(Value value, Type type);
  LogicalResult rewriteUses(Value value);
  LogicalResult rewriteRead(Operation *op);
  Operation *forward(OpOperand &use, Type type);
  LogicalResult checkMerges();
  void rewriteCall(CallLikeOpInterface call);
  FuncOp getInstance(FuncOp func, TypeRange argumentTypes);
  void updateResultTypes();
  void eraseUnusedOriginals();
  NodeNames &namesOf(Block *body);

  ModuleOp module;
  SymbolTable &symbols;
  SmallVector<Value> worklist;
  llvm::DenseSet<Value> frozen;
  llvm::SetVector<Operation *> pendingCalls, merges;
  llvm::MapVector<Operation *, SmallVector<FuncOp>> instances; // by original
  llvm::MapVector<Block *, std::unique_ptr<NodeNames>> names;
};

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

//===----------------------------------------------------------------------===//
// Rewriting
//===----------------------------------------------------------------------===//

NodeNames &Freezer::namesOf(Block *body) {
  std::unique_ptr<NodeNames> &entry = names[body];
  if (!entry)
    entry = std::make_unique<NodeNames>(*body);
  return *entry;
}

void Freezer::push(Value value, Type type) {
  value.setType(type);
  if (frozen.insert(value).second)
    worklist.push_back(value);
}

void Freezer::freeze(Operation *variable, TypedAttr value) {
  OpBuilder builder(variable);
  Operation *constant = replaceNode(variable, "Const", {}, value.getType(),
                                    builder.getNamedAttr("value", value));
  push(constant->getResult(0), value.getType());
}

/// `op` is a read whose handle is a value now.
LogicalResult Freezer::rewriteRead(Operation *op) {
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
Operation *Freezer::forward(OpOperand &use, Type type) {
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

LogicalResult Freezer::rewriteUses(Value value) {
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

LogicalResult Freezer::checkMerges() {
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
FuncOp Freezer::getInstance(FuncOp func, TypeRange argumentTypes) {
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

void Freezer::rewriteCall(CallLikeOpInterface call) {
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
void Freezer::updateResultTypes() {
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
void Freezer::eraseUnusedOriginals() {
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

LogicalResult Freezer::run() {
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

//===----------------------------------------------------------------------===//
// Which variables
//===----------------------------------------------------------------------===//

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
  Freezer freezer(getOperation(), *symbols);
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
