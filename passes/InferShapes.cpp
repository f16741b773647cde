//===- InferShapes.cpp - one sweep of shape inference ---------------------===//
//
// Every body is visited once in topological order; each node refines its result
// types from its operands' types and from the values of operands that are
// known. Values are known of constants and of what folds from them (shape
// arithmetic), without changing the graph.
//
// Functions. A callee is inferred for the types it is called with; a second
// call with other types gets a copy of it. The arguments of a loop's body start
// with the types that enter the loop; where the body returns another shape the
// types are widened to what both agree on, and the body is inferred again.
//
//===----------------------------------------------------------------------===//

#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_INFERSHAPESPASS
#include "passes/Passes.h.inc"

namespace {

/// Version of GraphDef from which a Placeholder's shape [] is a scalar.
constexpr int32_t kFirstScalarPlaceholders = 24;

/// Types of all values of a body, to be put back.
class TypeSnapshot {
public:
  explicit TypeSnapshot(Block &body) : body(body) {
    for (Value argument : body.getArguments())
      types.push_back(argument.getType());
    for (Operation &op : body)
      llvm::append_range(types, op.getResultTypes());
  }
  void restore(Block &target) const {
    auto next = types.begin();
    for (Value argument : target.getArguments())
      argument.setType(*next++);
    for (Operation &op : target)
      for (Value result : op.getResults())
        result.setType(*next++);
  }
  void restore() const { restore(body); }

private:
  Block &body;
  SmallVector<Type> types;
};

class Inferrer {
public:
  Inferrer(ModuleOp module, Pass::Statistic &numRefined)
      : module(module), symbols(module), numRefined(numRefined) {}

  LogicalResult inferBody(Block &body);

private:
  struct Instance {
    FuncOp func;
    SmallVector<Type> arguments; // what it was called with
  };
  struct Callee {
    std::unique_ptr<TypeSnapshot> pristine;
    SmallVector<Instance> instances;
  };

  LogicalResult inferNode(Operation *op);
  LogicalResult refine(Value result, Type inferred);
  void inferPlaceholder(Operation *op);
  void fold(Operation *op);
  ElementsAttr lookUp(Value value);
  LogicalResult inferCallees(CallLikeOpInterface call);
  LogicalResult inferLoop(CallLikeOpInterface loop);
  FailureOr<FuncOp> instantiate(FuncOp func, ArrayRef<Type> arguments);
  LogicalResult inferFunction(FuncOp func, ArrayRef<Type> arguments);

  ModuleOp module;
  SymbolTable symbols;
  Pass::Statistic &numRefined;
  llvm::DenseMap<Value, ElementsAttr> known;
  llvm::DenseMap<Operation *, Callee> callees;
  llvm::DenseSet<Operation *> active; // functions that are being inferred
};

struct InferShapesPass : impl::InferShapesPassBase<InferShapesPass> {
  using InferShapesPassBase::InferShapesPassBase;
  void runOnOperation() override;

private:
  LogicalResult applyInputShapes(GraphOp graph);
};

/// What two types of one element type agree on.
Type widen(Type a, Type b) {
  auto first = cast<TensorType>(a), second = cast<TensorType>(b);
  if (!first.hasRank() || !second.hasRank() ||
      first.getRank() != second.getRank())
    return UnrankedTensorType::get(first.getElementType());
  SmallVector<int64_t> shape(first.getShape());
  for (auto [size, other] : llvm::zip(shape, second.getShape()))
    if (size != other)
      size = ShapedType::kDynamic;
  return RankedTensorType::get(shape, first.getElementType());
}

} // namespace

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

ElementsAttr Inferrer::lookUp(Value value) {
  if (auto constant = value.getDefiningOp<ConstOp>())
    return dyn_cast<ElementsAttr>(constant.getValue());
  return known.lookup(value);
}

LogicalResult Inferrer::refine(Value result, Type inferred) {
  auto have = dyn_cast<TensorType>(result.getType());
  auto more = dyn_cast<TensorType>(inferred);
  if (!have || !more)
    return success();
  FailureOr<TensorType> merged =
      mergeTypes(have, more.clone(have.getElementType()));
  if (failed(merged))
    return result.getDefiningOp()->emitError("node '")
           << getNodeName(result.getLoc()) << "' ("
           << getTFOpName(result.getDefiningOp()) << ") was said to give "
           << have << ", but from its inputs follows " << more;
  if (*merged != have) {
    result.setType(*merged);
    ++numRefined;
  }
  return success();
}

void Inferrer::inferPlaceholder(Operation *op) {
  auto shape = op->getAttrOfType<ShapeAttr>("shape");
  if (!shape || !shape.getHasRank())
    return;
  auto graph = dyn_cast<GraphOp>(op->getParentOp());
  // A graph that does not say its version has version 0.
  bool isOld = graph && int32_t(graph.getProducer().value_or(0)) <
                            kFirstScalarPlaceholders;
  if (isOld && shape.getDims().empty())
    return;
  auto type = cast<TensorType>(op->getResult(0).getType());
  auto declared = cast<TensorType>(shape.getTensorType(type.getElementType()));
  // What the user says of a feed counts more than the attribute.
  if (FailureOr<TensorType> merged = mergeTypes(type, declared);
      succeeded(merged))
    op->getResult(0).setType(*merged);
}

/// What the results are if the operands are known.
void Inferrer::fold(Operation *op) {
  if (isa<ConstOp>(op) || !isMemoryEffectFree(op) || op->getNumRegions())
    return;
  SmallVector<Attribute> operands;
  for (Value operand : op->getOperands())
    operands.push_back(lookUp(operand));
  SmallVector<OpFoldResult> results;
  if (failed(op->fold(operands, results)) ||
      results.size() != op->getNumResults())
    return;
  for (auto [result, folded] : llvm::zip(op->getResults(), results)) {
    ElementsAttr value;
    if (auto attr = dyn_cast<Attribute>(folded))
      value = dyn_cast_or_null<ElementsAttr>(attr);
    else
      value = lookUp(cast<Value>(folded));
    if (value)
      known[result] = value;
  }
}

LogicalResult Inferrer::inferNode(Operation *op) {
  StringRef name = getTFOpName(op);
  if (name == "Placeholder" || name == "PlaceholderV2")
    inferPlaceholder(op);
  if (auto call = dyn_cast<CallLikeOpInterface>(op)) {
    bool isLoop = isa<WhileOp, StatelessWhileOp>(op);
    if (failed(isLoop ? inferLoop(call) : inferCallees(call)))
      return failure();
  }
  if (auto inferable = dyn_cast<InferShapesOpInterface>(op)) {
    SmallVector<Type> types;
    ShapeInference context([&](Value value) { return lookUp(value); });
    // Ranks that only became known here have not been checked before.
    if (failed(op->getName().verifyInvariants(op)) ||
        failed(inferable.inferShapes(context, types)))
      return failure();
    for (auto [result, type] : llvm::zip(getOutputs(op), types))
      if (failed(refine(result, type)))
        return failure();
  }
  fold(op);
  return success();
}

LogicalResult Inferrer::inferBody(Block &body) {
  SmallVector<Operation *> sorted = sortTopologically(body);
  if (failed(verifyAcyclic(body, sorted)))
    return failure();
  for (Operation *op : sorted)
    if (isa<NodeOpInterface>(op) && failed(inferNode(op)))
      return failure();
  return success();
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

LogicalResult Inferrer::inferFunction(FuncOp func, ArrayRef<Type> arguments) {
  for (auto [argument, type] : llvm::zip(func.getArguments(), arguments)) {
    auto have = cast<TensorType>(argument.getType());
    if (FailureOr<TensorType> merged = mergeTypes(have, cast<TensorType>(type));
        succeeded(merged))
      argument.setType(*merged);
  }
  active.insert(func);
  LogicalResult result = inferBody(*func.getBodyBlock());
  active.erase(func);
  SmallVector<Type> inputs(func.getBodyBlock()->getArgumentTypes());
  SmallVector<Type> outputs(func.getReturn().getDataOperands().getTypes());
  func.setFunctionType(FunctionType::get(func.getContext(), inputs, outputs));
  return result;
}

/// The form of `func` for these argument types, inferred.
FailureOr<FuncOp> Inferrer::instantiate(FuncOp func, ArrayRef<Type> arguments) {
  Callee &callee = callees[func];
  for (Instance &instance : callee.instances)
    if (ArrayRef<Type>(instance.arguments) == arguments)
      return instance.func;
  FuncOp instance = func;
  if (callee.instances.empty()) {
    callee.pristine = std::make_unique<TypeSnapshot>(*func.getBodyBlock());
  } else {
    instance = func.clone();
    symbols.insert(instance, std::next(func->getIterator()));
    callee.pristine->restore(*instance.getBodyBlock());
  }
  callee.instances.push_back({instance, SmallVector<Type>(arguments)});
  if (failed(inferFunction(instance, arguments)))
    return failure();
  return instance;
}

/// Whether the functions of a call can be inferred: they are there, take what
/// is passed, and are not being inferred already.
static bool canInfer(FuncOp func, CallLikeOpInterface call,
                     const llvm::DenseSet<Operation *> &active) {
  return func && !func->hasAttr("tfg.raw") && !active.contains(func) &&
         func.getNumArguments() == call.getCalleeOperands().size();
}

LogicalResult Inferrer::inferCallees(CallLikeOpInterface call) {
  SmallVector<Type> arguments(call.getCalleeOperands().getTypes());
  bool ok = true;
  call.updateCallees([&](FuncAttr callee) {
    auto func = symbols.lookup<FuncOp>(callee.getName().getValue());
    if (!canInfer(func, call, active))
      return callee;
    FailureOr<FuncOp> instance = instantiate(func, arguments);
    if (failed(instance)) {
      ok = false;
      return callee;
    }
    return FuncAttr::get(call.getContext(),
                         FlatSymbolRefAttr::get(instance->getSymNameAttr()),
                         callee.getAttrs());
  });
  return success(ok);
}

LogicalResult Inferrer::inferLoop(CallLikeOpInterface loop) {
  SmallVector<FuncAttr> attrs = loop.getCallees();
  auto body = symbols.lookup<FuncOp>(attrs[0].getName().getValue());
  auto condition = symbols.lookup<FuncOp>(attrs[1].getName().getValue());
  if (!canInfer(body, loop, active) || !canInfer(condition, loop, active) ||
      body.getReturn().getDataOperands().size() != body.getNumArguments())
    return success();
  // A body of several loops is inferred for none of them.
  for (FuncOp func : {body, condition})
    if (!callees.try_emplace(func).second)
      return success();

  SmallVector<Type> types(loop.getCalleeOperands().getTypes());
  TypeSnapshot pristine(*body.getBodyBlock());
  while (true) {
    // A wrong guess may make nodes contradict each other: that is no error
    // before the types are widened.
    LogicalResult result = success();
    {
      ScopedDiagnosticHandler ignore(body.getContext(), [](Diagnostic &) {});
      result = inferFunction(body, types);
    }
    bool changed = false;
    for (auto [type, returned] :
         llvm::zip(types, body.getReturn().getDataOperands().getTypes())) {
      Type wider = succeeded(result)
                       ? widen(type, returned)
                       : UnrankedTensorType::get(
                             cast<TensorType>(type).getElementType());
      changed |= wider != type;
      type = wider;
    }
    if (!changed)
      break;
    pristine.restore();
    known.clear();
  }
  for (auto [result, type] : llvm::zip(loop->getResults(), types))
    if (failed(refine(result, type)))
      return failure();
  return inferFunction(condition, types);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// `name=1,?,3;other=` into shapes of the feeds of these names.
LogicalResult InferShapesPass::applyInputShapes(GraphOp graph) {
  llvm::StringMap<Operation *> feeds;
  SmallVector<StringRef> feedNames;
  for (Operation &op : *graph.getBodyBlock())
    if (auto name = op.getAttrOfType<StringAttr>(TFGDialect::kFeedNameAttr)) {
      feeds[name.getValue()] = &op;
      feedNames.push_back(name.getValue());
    }
  SmallVector<StringRef> entries;
  StringRef(inputShapes.getValue()).split(entries, ';', -1, false);
  for (StringRef entry : entries) {
    auto [name, dims] = entry.rsplit('=');
    Operation *feed = feeds.lookup(name);
    if (!feed)
      return graph.emitError("there is no input '")
             << name << "' to give a shape to" << suggestName(name, feedNames);
    SmallVector<int64_t> shape;
    SmallVector<StringRef> parts;
    dims.split(parts, ',', -1, false);
    for (StringRef part : parts) {
      int64_t size = ShapedType::kDynamic;
      if (part != "?" && (!llvm::to_integer(part, size, 10) || size < 0))
        return graph.emitError("the shape of input '")
               << name << "' has the size '" << part
               << "', which is neither a number nor ?";
      shape.push_back(size);
    }
    auto type = cast<TensorType>(feed->getResult(0).getType());
    FailureOr<TensorType> merged =
        mergeTypes(type, RankedTensorType::get(shape, type.getElementType()));
    if (failed(merged))
      return feed->emitError("input '")
             << name << "' is " << type << " and cannot have the shape ["
             << dims << "]";
    feed->getResult(0).setType(*merged);
  }
  return success();
}

void InferShapesPass::runOnOperation() {
  Inferrer inferrer(getOperation(), numRefined);
  for (auto graph : getOperation().getOps<GraphOp>())
    if (failed(applyInputShapes(graph)) ||
        failed(inferrer.inferBody(*graph.getBodyBlock())))
      return signalPassFailure();
}

} // namespace firn::tfg
