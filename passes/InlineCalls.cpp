//===- InlineCalls.cpp - put called functions in the place of calls -------===//
//
// Functions are flattened callees first, so that each call site copies a body
// without calls: one pass over what the result holds, and its size is known
// before anything is copied. Nodes of a call `c` become `c/name`.
//
// Control edges. What waits for the call waits for `c/output_control_node`,
// which waits for the function's control results (for its nodes with effects,
// if it names none) and its outputs. What the call waits for, its nodes with
// effects and those without inputs wait for.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/IRMapping.h"
#include "passes/CallGraph.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_INLINECALLSPASS
#include "passes/Passes.h.inc"

namespace {

/// A function that takes lists is held as its bytes and has no body.
constexpr llvm::StringLiteral kRawFunctionAttr = "tfg.raw";

/// Copies one callee to one call site.
class CallInliner {
public:
  CallInliner(Call call, NodeNames &names)
      : call(call), names(names), builder(call.node),
        context(call.node->getContext()) {}

  LogicalResult run();

private:
  LogicalResult checkArity();
  void cloneBody();
  void rename(Operation *clone);
  void renameColocation(Operation *clone);
  void substituteAttributes();
  void createGate();
  void applyGate();
  void addControl(Operation *&clone, Value control);
  Value createOutputControl();
  void replaceUses();
  StringAttr scoped(StringRef name);

  Call call;
  NodeNames &names;
  OpBuilder builder;
  MLIRContext *context;
  IRMapping mapping;
  SmallVector<Operation *> clones;
  llvm::StringMap<StringAttr> newNames;
  ReturnOp returned; // a copy, which follows its operands' replacements
  Value gate;        // what the call waits for, as one control edge
};

struct InlineCallsPass : impl::InlineCallsPassBase<InlineCallsPass> {
  using InlineCallsPassBase::InlineCallsPassBase;
  void runOnOperation() override;

private:
  LogicalResult checkLimits(const CallGraph &graph,
                            ArrayRef<Operation *> calleesFirst);
};

} // namespace

//===----------------------------------------------------------------------===//
// One call
//===----------------------------------------------------------------------===//

LogicalResult CallInliner::checkArity() {
  FuncOp callee = call.callee;
  size_t numArgs = call.node.getDataOperands().size();
  size_t numResults = call.node.getOutputs().size();
  size_t numReturned = callee.getReturn().getDataOperands().size();
  if (numArgs == callee.getNumArguments() && numResults == numReturned)
    return success();
  return call.node->emitError("the call of function '")
         << callee.getSymName() << "' has " << numArgs << " inputs and "
         << numResults << " outputs, but the function has "
         << callee.getNumArguments() << " and " << numReturned;
}

StringAttr CallInliner::scoped(StringRef name) {
  StringRef scope = call.node.getNodeName();
  if (scope.empty())
    return names.makeUnique(name);
  return names.makeUnique((scope + "/" + name).str());
}

void CallInliner::rename(Operation *clone) {
  if (!isa<NodeOpInterface>(clone))
    return;
  if (StringRef old = getNodeName(clone->getLoc()); !old.empty()) {
    StringAttr name = scoped(old);
    newNames[old] = name;
    clone->setLoc(NameLoc::get(name));
  }
  StringRef device = call.node.getDevice();
  if (!device.empty() && !clone->hasAttr(TFGDialect::kDeviceAttr))
    clone->setAttr(TFGDialect::kDeviceAttr, builder.getStringAttr(device));
  // Two calls of a function with a loop make two loops.
  if (auto frame = clone->getAttrOfType<StringAttr>("frame_name"))
    clone->setAttr("frame_name", builder.getStringAttr(call.node.getNodeName() +
                                                       "/" + frame.getValue()));
}

void CallInliner::renameColocation(Operation *clone) {
  auto classes = clone->getAttrOfType<ArrayAttr>("_class");
  if (!classes)
    return;
  SmallVector<Attribute> renamed(classes.getValue());
  for (Attribute &attr : renamed) {
    auto text = dyn_cast<StringAttr>(attr);
    StringRef node = text ? text.getValue() : StringRef();
    if (!node.consume_front("loc:@"))
      continue;
    if (StringAttr name = newNames.lookup(node))
      attr = builder.getStringAttr("loc:@" + name.getValue());
  }
  clone->setAttr("_class", builder.getArrayAttr(renamed));
}

void CallInliner::cloneBody() {
  FuncOp callee = call.callee;
  mapping.map(callee.getArguments(), call.node.getDataOperands());
  for (Operation &op : *callee.getBodyBlock()) {
    clones.push_back(builder.clone(op, mapping));
    rename(clones.back());
  }
  // Operands that stood after their user.
  for (Operation *clone : clones) {
    for (OpOperand &operand : clone->getOpOperands())
      operand.set(mapping.lookupOrDefault(operand.get()));
    renameColocation(clone);
  }
  returned = cast<ReturnOp>(clones.pop_back_val());
}

/// The attributes of this call in the place of a polymorphic function's own.
void CallInliner::substituteAttributes() {
  if (call.attrs.empty())
    return;
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](TypeParamType type) -> std::optional<Type> {
    Attribute attr = call.attrs.get(type.getAttribute());
    if (auto known = dyn_cast_or_null<TypeAttr>(attr))
      return known.getValue();
    if (auto outer = dyn_cast_or_null<PlaceholderAttr>(attr))
      return TypeParamType::get(context, outer.getName());
    return std::nullopt;
  });
  replacer.addReplacement(
      [&](PlaceholderAttr attr) -> std::optional<Attribute> {
        Attribute known = call.attrs.get(attr.getName());
        return known ? std::optional(known) : std::nullopt;
      });
  for (Operation *&clone : clones) {
    replacer.replaceElementsIn(clone, /*replaceAttrs=*/true,
                               /*replaceLocs=*/false, /*replaceTypes=*/true);
    if (auto generic = dyn_cast<NodeOp>(clone))
      clone = registerNode(generic);
  }
}

void CallInliner::addControl(Operation *&clone, Value control) {
  if (!isa<ConstOp>(clone)) {
    clone->insertOperands(clone->getNumOperands(), control);
    return;
  }
  // A registered constant has no operands.
  SmallVector<NamedAttribute> attrs(clone->getAttrs());
  OpBuilder inPlace(clone);
  Operation *generic = createNode(inPlace, clone->getLoc(), "Const", control,
                                  clone->getResultTypes(), attrs);
  clone->replaceAllUsesWith(generic);
  clone->erase();
  clone = generic;
}

void CallInliner::createGate() {
  OperandRange controls = call.node.getControlOperands();
  if (controls.size() == 1)
    gate = controls.front();
  else if (!controls.empty())
    gate = createNode(builder, NameLoc::get(scoped("input_control_node")),
                      "NoOp", controls, {})
               ->getResult(0);
}

void CallInliner::applyGate() {
  if (!gate)
    return;
  for (Operation *&clone : clones)
    if (isa<NodeOpInterface>(clone) &&
        (clone->getNumOperands() == 0 || !isPureNode(clone)))
      addControl(clone, gate);
}

Value CallInliner::createOutputControl() {
  llvm::SmallSetVector<Value, 8> controls;
  if (gate)
    controls.insert(gate);
  controls.insert_range(returned.getControlOperands());
  if (returned.getControlOperands().empty())
    for (Operation *clone : clones)
      if (isa<NodeOpInterface>(clone) && !isPureNode(clone))
        controls.insert(createControl(builder, clone));
  llvm::SmallSetVector<Operation *, 8> producers;
  for (Value value : returned.getDataOperands())
    if (Operation *producer = value.getDefiningOp())
      producers.insert(producer);
  for (Operation *producer : producers)
    controls.insert(createControl(builder, producer));
  return createNode(builder, NameLoc::get(scoped("output_control_node")),
                    "NoOp", controls.getArrayRef(), {})
      ->getResult(0);
}

void CallInliner::replaceUses() {
  // Control edges first: they come from the call, not from what it returns.
  SmallVector<Operation *> edges;
  for (Operation *user : call.node->getUsers())
    if (isa<ControlOp>(user))
      edges.push_back(user);
  bool hasControlResult = call.node.getOutputs().empty();
  if (!edges.empty() || (hasControlResult && !call.node->use_empty())) {
    Value control = createOutputControl();
    for (Operation *edge : edges) {
      edge->getResult(0).replaceAllUsesWith(control);
      edge->erase();
    }
    if (hasControlResult)
      call.node->getResult(0).replaceAllUsesWith(control);
  }
  for (auto [output, value] :
       llvm::zip(call.node.getOutputs(), returned.getDataOperands()))
    output.replaceAllUsesWith(value);
}

LogicalResult CallInliner::run() {
  if (failed(checkArity()))
    return failure();
  createGate();
  cloneBody();
  substituteAttributes();
  applyGate();
  replaceUses();
  returned.erase();
  call.node->erase();
  return success();
}

//===----------------------------------------------------------------------===//
// All calls
//===----------------------------------------------------------------------===//

/// Depth and size of the result, before anything is copied.
LogicalResult InlineCallsPass::checkLimits(const CallGraph &graph,
                                           ArrayRef<Operation *> calleesFirst) {
  struct Extent {
    uint64_t depth = 0, nodes = 0;
  };
  llvm::DenseMap<Operation *, Extent> extents;
  uint64_t total = 0;
  for (Operation *caller : calleesFirst) {
    Extent extent;
    extent.nodes = caller->getRegion(0).front().getOperations().size();
    for (const Call &call : graph.getCalls(caller)) {
      const Extent &callee = extents.lookup(call.callee);
      extent.depth = std::max(extent.depth, callee.depth + 1);
      extent.nodes = std::min<uint64_t>(extent.nodes + callee.nodes,
                                        uint64_t(maxNodes) + 1);
    }
    extents[caller] = extent;
    total = std::min<uint64_t>(total + extent.nodes, uint64_t(maxNodes) + 1);
    if (extent.depth > maxDepth)
      return caller->emitError("calls are nested more than ")
             << maxDepth.getValue() << " deep (the limit max-depth)";
    if (total > maxNodes)
      return caller->emitError("inlining its calls makes more than ")
             << maxNodes.getValue() << " nodes (the limit max-nodes)";
  }
  return success();
}

void InlineCallsPass::runOnOperation() {
  CallGraph graph(getOperation());
  FailureOr<SmallVector<Operation *>> calleesFirst = graph.sortCalleesFirst();
  if (failed(calleesFirst) || failed(checkLimits(graph, *calleesFirst)))
    return signalPassFailure();
  for (Operation *caller : *calleesFirst) {
    ArrayRef<Call> calls = graph.getCalls(caller);
    if (calls.empty())
      continue;
    NodeNames names(caller->getRegion(0).front());
    for (const Call &call : calls) {
      if (call.callee->hasAttr(kRawFunctionAttr))
        continue;
      if (failed(CallInliner(call, names).run()))
        return signalPassFailure();
      ++numCalls;
    }
  }
  for (auto graph : getOperation().getOps<GraphOp>())
    if (failed(verifyCallees(graph, /*refuseRecursion=*/false)))
      return signalPassFailure();
}

} // namespace firn::tfg
