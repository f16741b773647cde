//===- Outliner.cpp - copy a part of a graph into a function --------------===//

#include "passes/Outliner.h"
#include "passes/NodeBuilder.h"

using namespace mlir;

namespace firn::tfg {

Operation *getControlNode(Value control) {
  Operation *op = control.getDefiningOp();
  if (auto edge = dyn_cast_or_null<ControlOp>(op))
    return edge.getNode().getDefiningOp();
  return op;
}

bool isSwitch(Operation *op) {
  return isa_and_nonnull<SwitchOp, RefSwitchOp>(op);
}

bool isMerge(Operation *op) { return isa_and_nonnull<MergeOp, RefMergeOp>(op); }

bool hasOwnEffect(Operation *op) {
  return isa<NodeOpInterface>(op) && !isPureNode(op) &&
         !isa<NoOp, ControlTriggerOp, PlaceholderOp, PlaceholderV2Op,
              PlaceholderWithDefaultOp, StatelessWhileOp>(op);
}

llvm::DenseSet<Operation *> findAfterEffects(Block &body) {
  llvm::DenseSet<Operation *> after;
  SmallVector<Operation *> worklist;
  auto visit = [&](Operation *op) {
    if (after.insert(op).second)
      worklist.push_back(op);
  };
  for (Operation &op : body)
    if (hasOwnEffect(&op))
      visit(&op);
  while (!worklist.empty())
    llvm::for_each(worklist.pop_back_val()->getUsers(), visit);
  return after;
}

StringRef getScope(Operation *op) {
  StringRef name = getNodeName(op->getLoc());
  StringRef scope = name.rsplit('/').first;
  return scope.empty() ? name : scope;
}

/// A Const, also one that waits for other nodes.
static bool isConstant(Operation *op) {
  return op && (isa<ConstOp>(op) || getTFOpName(op) == "Const");
}

//===----------------------------------------------------------------------===//
// What belongs to the part
//===----------------------------------------------------------------------===//

/// What a value is, behind all that only stand for it.
FailureOr<PartValue> Outliner::resolve(Value value) {
  while (true) {
    FailureOr<PartValue> found = border.classify(value);
    if (failed(found))
      return failure();
    if (found->kind != PartValue::Same) {
      if (found->kind != PartValue::Argument)
        found->source = value;
      if (found->kind == PartValue::Outside &&
          isConstant(value.getDefiningOp()))
        found->kind = PartValue::Inside;
      return found;
    }
    value = found->source;
  }
}

LogicalResult Outliner::add(Value value) {
  FailureOr<PartValue> found = resolve(value);
  if (failed(found))
    return failure();
  if (found->kind == PartValue::Outside)
    captures.insert(found->source);
  else if (found->kind == PartValue::Inside &&
           inside.insert(found->source.getDefiningOp()))
    worklist.push_back(found->source.getDefiningOp());
  return success();
}

void Outliner::addControl(Value control) {
  Operation *source = getControlNode(control);
  if (!source)
    return;
  PartControl kind = border.classifyControl(source);
  if (kind == PartControl::Outside)
    controls.insert(control);
  else if (kind == PartControl::Inside && inside.insert(source))
    worklist.push_back(source);
}

LogicalResult Outliner::drain() {
  while (!worklist.empty()) {
    Operation *op = worklist.pop_back_val();
    for (Value operand : getDataOperands(op))
      if (failed(add(operand)))
        return failure();
    llvm::for_each(getControlOperands(op),
                   [&](Value control) { addControl(control); });
  }
  return success();
}

LogicalResult Outliner::collect(Value value) {
  return failed(add(value)) ? failure() : drain();
}

LogicalResult Outliner::collectControl(Value control) {
  addControl(control);
  return drain();
}

//===----------------------------------------------------------------------===//
// The copy
//===----------------------------------------------------------------------===//

Value Outliner::lookUp(Value value) {
  FailureOr<PartValue> found = resolve(value);
  if (found->kind == PartValue::Argument)
    return arguments[found->index];
  return mapping.lookupOrDefault(found->source);
}

/// The same edge between the copies; null if it does not lead into the part.
Value Outliner::lookUpControl(OpBuilder &builder, Value control) {
  Operation *source = getControlNode(control);
  if (!source || border.classifyControl(source) != PartControl::Inside)
    return {};
  Value &copied = copiedControls[source];
  if (!copied) {
    Value from = mapping.lookup(getControlSource(source));
    copied =
        isa<ControlType>(from.getType())
            ? from
            : ControlOp::create(builder, source->getLoc(),
                                ControlType::get(builder.getContext()), from);
  }
  return copied;
}

void Outliner::copyNodes(OpBuilder &builder) {
  SmallVector<Operation *> nodes(inside.getArrayRef());
  llvm::sort(nodes,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  for (Operation *node : nodes)
    copies.push_back(builder.clone(*node, mapping));
  for (auto [node, clone] : llvm::zip(nodes, copies)) {
    SmallVector<Value> operands;
    for (Value operand : getDataOperands(node))
      operands.push_back(lookUp(operand));
    OpBuilder before(clone);
    llvm::SmallSetVector<Value, 4> edges;
    for (Value operand : getControlOperands(node))
      if (Value edge = lookUpControl(before, operand))
        edges.insert(edge);
    llvm::append_range(operands, edges);
    clone->setOperands(operands);
  }
}

/// A constant that waits for nobody any more has its registered form.
void Outliner::registerCopies() {
  for (Operation *clone : copies)
    if (auto generic = dyn_cast<NodeOp>(clone))
      registerNode(generic);
  copies.clear();
  copiedControls.clear();
  mapping.clear();
  arguments.clear();
}

SmallVector<Value> Outliner::copy(OpBuilder &builder, ValueRange leading,
                                  ArrayRef<Value> results) {
  arguments.assign(leading.begin(), leading.end());
  copyNodes(builder);
  // Held by an op, so that they follow what is registered.
  SmallVector<Value> values;
  for (Value result : results)
    values.push_back(lookUp(result));
  Operation *holder = createNode(builder, builder.getUnknownLoc(), "IdentityN",
                                 values, ValueRange(values).getTypes());
  registerCopies();
  values.assign(holder->operand_begin(), holder->operand_end());
  holder->erase();
  return values;
}

/// What TensorFlow allows in the name of a function.
static std::string makeFunctionName(StringRef name) {
  std::string text = name.str();
  for (char &c : text)
    if (!llvm::isAlnum(c))
      c = '_';
  if (text.empty() || !llvm::isAlpha(text.front()))
    text = "f_" + text;
  return text;
}

FuncOp Outliner::createFunction(SymbolTable &symbols, StringRef name,
                                TypeRange leading, ArrayRef<Value> results,
                                ArrayRef<Value> waits) {
  auto module = cast<ModuleOp>(symbols.getOp());
  OpBuilder builder(module.getContext());
  SmallVector<Type> inputs(leading);
  for (Value capture : captures)
    inputs.push_back(capture.getType());
  auto func = FuncOp::create(builder, module.getLoc(), makeFunctionName(name),
                             builder.getFunctionType(inputs, {}));
  symbols.insert(func);
  ValueRange all = func.getBodyBlock()->getArguments();
  arguments.assign(all.begin(), all.begin() + leading.size());
  mapping.map(captures.getArrayRef(), all.drop_front(leading.size()));
  builder.setInsertionPointToEnd(func.getBodyBlock());
  copyNodes(builder);
  SmallVector<Value> returned;
  for (Value result : results)
    returned.push_back(lookUp(result));
  SmallVector<Type> outputs(ValueRange(returned).getTypes());
  for (Value wait : waits)
    if (Value edge = lookUpControl(builder, wait))
      returned.push_back(edge);
  ReturnOp::create(builder, func.getLoc(), returned, ArrayAttr());
  registerCopies();
  func.setFunctionType(builder.getFunctionType(inputs, outputs));
  for (unsigned i = 0, e = inputs.size(); i < e; ++i)
    func.setArgAttr(i, "tfg.name",
                    builder.getStringAttr("arg" + std::to_string(i)));
  for (unsigned i = 0, e = outputs.size(); i < e; ++i)
    func.setResultAttr(i, "tfg.name",
                       builder.getStringAttr("out" + std::to_string(i)));
  return func;
}

} // namespace firn::tfg
