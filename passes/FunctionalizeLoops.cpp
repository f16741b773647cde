//===- FunctionalizeLoops.cpp - loops of TF1 into While nodes -------------===//
//
// A loop of TF1 is a frame: what lies between the Enters of one name and the
// Exits after them. A loop variable is
//
//   Enter -> Merge -> Switch(LoopCond) -> Exit            (the last value)
//              ^           \-> … -> NextIteration
//              '------------------------'
//
// All that a frame computes is a function of the Merges and of what enters it
// as a constant, seen in three ways: the condition is what LoopCond needs; the
// body is what the NextIterations need, where a Switch gives its true side; and
// behind the loop, where a Switch gives its false side, is what the Exits need
// (mostly just the Merges). Each is a part of the graph (passes/Outliner.h).
//
// Inner loops first: the While node that an inner one becomes is an ordinary
// node of the outer frame. Branches within a frame go into the functions as
// they are.
//
//===----------------------------------------------------------------------===//

#include "passes/FunctionalizeLoops.h"
#include "ir/Identities.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Outliner.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace firn::tfg {

namespace {

bool isEnter(Operation *op) { return isa_and_nonnull<EnterOp, RefEnterOp>(op); }
bool isExit(Operation *op) { return isa_and_nonnull<ExitOp, RefExitOp>(op); }
bool isNextIteration(Operation *op) {
  return isa_and_nonnull<NextIterationOp, RefNextIterationOp>(op);
}

bool isConstantEnter(Operation *op) {
  auto flag = op->getAttrOfType<BoolAttr>("is_constant");
  return flag && flag.getValue();
}

StringAttr getFrameName(Operation *enter) {
  return enter->getAttrOfType<StringAttr>("frame_name");
}

/// What lies in a frame, once the frames within it are gone.
struct Frame {
  StringAttr name;
  SmallVector<Operation *> enters, exits;
  llvm::SetVector<Operation *> inside;
  llvm::SetVector<StringAttr> inner; // frames in it, at any depth
  unsigned depth = 0;                // number of frames around it

  void explore();
};

/// Follows the uses of the Enters up to the Exits, and through inner frames.
void Frame::explore() {
  inside.clear();
  exits.clear();
  llvm::DenseSet<Operation *> visited;
  SmallVector<std::pair<Operation *, unsigned>> worklist; // node, frames deep
  auto visitUsers = [&](Operation *op, unsigned level) {
    for (Operation *user : op->getUsers())
      if (visited.insert(user).second)
        worklist.push_back({user, level});
  };
  for (Operation *enter : enters)
    visitUsers(enter, 0);
  while (!worklist.empty()) {
    auto [op, level] = worklist.pop_back_val();
    if (isExit(op) && level == 0) {
      exits.push_back(op);
      continue;
    }
    if (level == 0)
      inside.insert(op);
    if (isEnter(op)) {
      if (getFrameName(op) == name)
        continue;
      inner.insert(getFrameName(op));
      visitUsers(op, level + 1);
    } else {
      visitUsers(op, isExit(op) ? level - 1 : level);
    }
  }
  llvm::sort(exits,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
}

struct LoopVariable {
  Operation *merge, *enter, *next;
};

/// One frame into one While.
class LoopOutliner : public PartBorder {
public:
  LoopOutliner(Frame &frame, SymbolTable &symbols, NodeNames &names)
      : frame(frame), symbols(symbols), names(names) {}

  LogicalResult run();

  FailureOr<PartValue> classify(Value value) override;
  PartControl classifyControl(Operation *source) override;

private:
  enum class View { Condition, Body, Behind };

  LogicalResult findParts();
  LogicalResult findVariable(Operation *merge);
  LogicalResult checkUses();
  bool isLoopSwitch(Operation *op);
  FailureOr<PartValue> classifySwitch(OpResult value);
  Value makeConstant(Attribute value, Type elementType);
  LogicalResult createFunctions();
  void createWhile();
  LogicalResult replaceExits();
  void erase();

  Frame &frame;
  SymbolTable &symbols;
  NodeNames &names;
  View view = View::Condition;
  Operation *loopCond = nullptr;
  SmallVector<LoopVariable> variables;
  llvm::DenseMap<Operation *, unsigned> indexOfMerge;
  SmallVector<Value> initial, next; // of the variables, then the counters
  llvm::DenseMap<unsigned, unsigned> firstTime; // of variable: index of counter
  Value condValue[2]; // what LoopCond is behind the loop, and in its body
  llvm::SetVector<Value> captures, controls;
  FuncOp conditionFunc, bodyFunc;
  Operation *loop = nullptr;
  bool hasEffects = false;
};

} // namespace

//===----------------------------------------------------------------------===//
// What the frame is made of
//===----------------------------------------------------------------------===//

LogicalResult LoopOutliner::findVariable(Operation *merge) {
  LoopVariable variable = {merge, nullptr, nullptr};
  bool fits = getDataOperands(merge).size() == 2;
  for (Value input : getDataOperands(merge)) {
    Operation *source = input.getDefiningOp();
    if (isEnter(source) && getFrameName(source) == frame.name)
      variable.enter = source;
    else if (isNextIteration(source))
      variable.next = source;
  }
  // A Merge of two branches within the loop.
  if (!variable.enter && !variable.next)
    return success();
  if (!fits || !variable.enter || !variable.next)
    return merge->emitError("node '")
           << getNodeName(merge->getLoc()) << "' (" << getTFOpName(merge)
           << ") in loop '" << frame.name.getValue()
           << "' must join one Enter and one NextIteration";
  variables.push_back(variable);
  return success();
}

LogicalResult LoopOutliner::findParts() {
  SmallVector<Operation *> merges;
  for (Operation *op : frame.inside) {
    if (isMerge(op))
      merges.push_back(op);
    if (!isa<LoopCondOp>(op))
      continue;
    if (loopCond)
      return op->emitError("node '")
             << getNodeName(op->getLoc()) << "' is a second LoopCond of loop '"
             << frame.name.getValue() << "'";
    loopCond = op;
  }
  if (!loopCond)
    return frame.exits.front()->emitError("node '")
           << getNodeName(frame.exits.front()->getLoc()) << "' leaves loop '"
           << frame.name.getValue() << "', which has no LoopCond";
  llvm::sort(merges,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  for (Operation *merge : merges)
    if (failed(findVariable(merge)))
      return failure();
  for (auto [i, variable] : llvm::enumerate(variables)) {
    indexOfMerge[variable.merge] = i;
    initial.push_back(variable.enter->getOperand(0));
    next.push_back(variable.next->getOperand(0));
  }
  return success();
}

/// Nothing but an Exit may bring a value out.
LogicalResult LoopOutliner::checkUses() {
  for (Operation *op : frame.inside)
    if (isa<FetchOp, ReturnOp>(op)) {
      auto used = llvm::find_if(op->getOperands(), [&](Value operand) {
        Operation *source = operand.getDefiningOp();
        return source && (frame.inside.contains(source) || isEnter(source));
      });
      return (*used).getDefiningOp()->emitError("node '")
             << getNodeName((*used).getLoc()) << "' is in loop '"
             << frame.name.getValue()
             << "' and has a value for every iteration; only what an Exit "
                "gives can be an output";
    }
  return success();
}

bool LoopOutliner::isLoopSwitch(Operation *op) {
  return isSwitch(op) &&
         skipIdentities(op->getOperand(1)).getDefiningOp() == loopCond;
}

/// A constant beside the loop; parts that need it copy it.
Value LoopOutliner::makeConstant(Attribute value, Type elementType) {
  OpBuilder builder(loopCond);
  auto type = RankedTensorType::get({}, elementType);
  return ConstOp::create(builder,
                         names.makeLoc(getScope(loopCond).str() + "/Const"),
                         type, DenseElementsAttr::get(type, value));
}

FailureOr<PartValue> LoopOutliner::classifySwitch(OpResult value) {
  Operation *op = value.getOwner();
  bool isTrue = value.getResultNumber() == 1;
  if ((view == View::Body && isTrue) || (view == View::Behind && !isTrue))
    return PartValue{PartValue::Same, op->getOperand(0)};
  StringRef where = view == View::Condition ? "the condition"
                    : view == View::Body    ? "an iteration"
                                            : "the end";
  return op->emitError("node '")
         << getNodeName(op->getLoc()) << "' (" << getTFOpName(op)
         << "): its output " << value.getResultNumber() << " is dead where "
         << where << " of loop '" << frame.name.getValue() << "' needs it";
}

FailureOr<PartValue> LoopOutliner::classify(Value value) {
  auto result = dyn_cast<OpResult>(value);
  if (!result)
    return PartValue{PartValue::Outside, value};
  Operation *op = result.getOwner();
  if (isEnter(op) && getFrameName(op) == frame.name) {
    if (isConstantEnter(op))
      return PartValue{PartValue::Same, op->getOperand(0)};
    return op->emitError("node '")
           << getNodeName(op->getLoc()) << "' (" << getTFOpName(op)
           << ") has a value in the first iteration of loop '"
           << frame.name.getValue() << "' only, and no Merge for the others";
  }
  if (!frame.inside.contains(op)) {
    // A constant of a loop around this one is the value that entered that; the
    // other loop captures it for this one if it must.
    if (isEnter(op) && isConstantEnter(op))
      return PartValue{PartValue::Same, op->getOperand(0)};
    return PartValue{PartValue::Outside, value};
  }
  if (auto merge = indexOfMerge.find(op); merge != indexOfMerge.end()) {
    if (result.getResultNumber() == 0)
      return PartValue{PartValue::Argument, value, merge->second};
    // The number of the input: 0 the first time, then 1.
    auto [counter, isNew] = firstTime.try_emplace(merge->second, next.size());
    if (isNew) {
      Type type = getElementType(value);
      bool enterIsFirst = isEnter(op->getOperand(0).getDefiningOp());
      Builder builder(op->getContext());
      initial.push_back(
          makeConstant(builder.getIntegerAttr(type, !enterIsFirst), type));
      next.push_back(
          makeConstant(builder.getIntegerAttr(type, enterIsFirst), type));
    }
    return PartValue{PartValue::Argument, value, counter->second};
  }
  if (isLoopSwitch(op))
    return classifySwitch(result);
  if (op == loopCond && view != View::Condition) {
    bool isTrue = view == View::Body;
    Value &known = condValue[isTrue];
    Type type = getElementType(value);
    if (!known)
      known = makeConstant(IntegerAttr::get(type, isTrue), type);
    return PartValue{PartValue::Same, known};
  }
  if (op == loopCond || isNextIteration(op))
    return op->emitError("node '")
           << getNodeName(op->getLoc()) << "' (" << getTFOpName(op)
           << ") closes a cycle in loop '" << frame.name.getValue()
           << "' that no Merge opens";
  return PartValue{PartValue::Inside, value};
}

PartControl LoopOutliner::classifyControl(Operation *source) {
  if (isEnter(source) && getFrameName(source) == frame.name)
    return PartControl::Dropped;
  if (!frame.inside.contains(source))
    return PartControl::Outside;
  // They say that their target runs once an iteration.
  if (source == loopCond || indexOfMerge.contains(source) ||
      isLoopSwitch(source) || isNextIteration(source))
    return PartControl::Dropped;
  return PartControl::Inside;
}

//===----------------------------------------------------------------------===//
// The node
//===----------------------------------------------------------------------===//

LogicalResult LoopOutliner::createFunctions() {
  Outliner condition(*this, captures, controls);
  Outliner body(*this, captures, controls);
  view = View::Condition;
  if (failed(condition.collect(loopCond->getOperand(0))))
    return failure();
  view = View::Body;
  SmallVector<Value> waits;
  // `next` grows while value indices are found.
  for (unsigned i = 0; i < next.size(); ++i)
    if (failed(body.collect(next[i])))
      return failure();
  llvm::DenseSet<Operation *> afterEffects =
      findAfterEffects(*loopCond->getBlock());
  for (LoopVariable &variable : variables)
    for (Value control : getControlOperands(variable.next)) {
      Operation *source = getControlNode(control);
      if (!source || !afterEffects.contains(source))
        continue;
      waits.push_back(control);
      if (failed(body.collectControl(control)))
        return failure();
    }
  // What waits for an Enter waits for the loop.
  for (Operation *enter : frame.enters)
    controls.insert_range(getControlOperands(enter));

  SmallVector<Type> types;
  for (LoopVariable &variable : variables)
    types.push_back(variable.merge->getResult(0).getType());
  for (Value counter : ArrayRef(initial).drop_front(variables.size()))
    types.push_back(counter.getType());
  SmallVector<Value> results(next);
  llvm::append_range(results, captures);
  StringRef scope = getScope(loopCond);
  view = View::Condition;
  conditionFunc = condition.createFunction(symbols, (scope + "_cond").str(),
                                           types, loopCond->getOperand(0), {});
  view = View::Body;
  bodyFunc = body.createFunction(symbols, (scope + "_body").str(), types,
                                 results, waits);
  hasEffects = condition.hasEffects() || body.hasEffects();
  return success();
}

void LoopOutliner::createWhile() {
  OpBuilder builder(frame.exits.front());
  auto reference = [&](FuncOp func) {
    return FuncAttr::get(builder.getContext(),
                         FlatSymbolRefAttr::get(func.getSymNameAttr()),
                         builder.getDictionaryAttr({}));
  };
  SmallVector<NamedAttribute> attrs = {
      builder.getNamedAttr("body", reference(bodyFunc)),
      builder.getNamedAttr("cond", reference(conditionFunc))};
  if (Attribute parallel = frame.enters.front()->getAttr("parallel_iterations"))
    attrs.push_back(builder.getNamedAttr("parallel_iterations", parallel));
  SmallVector<Value> operands(initial);
  llvm::append_range(operands, captures);
  SmallVector<Type> types(bodyFunc.getArgumentTypes());
  llvm::append_range(operands, controls);
  loop = createNode(builder, names.makeLoc(getScope(loopCond)),
                    hasEffects ? "While" : "StatelessWhile", operands, types,
                    attrs);
  for (Operation *enter : frame.enters)
    if (Attribute device = enter->getAttr(TFGDialect::kDeviceAttr))
      loop->setAttr(TFGDialect::kDeviceAttr, device);
}

LogicalResult LoopOutliner::replaceExits() {
  view = View::Behind;
  // What is computed behind the loop captures nothing: it stands beside it.
  llvm::SetVector<Value> unusedCaptures, unusedControls;
  Outliner behind(*this, unusedCaptures, unusedControls);
  SmallVector<Value> results;
  size_t numCounters = next.size();
  for (Operation *exit : frame.exits) {
    if (failed(behind.collect(exit->getOperand(0))))
      return failure();
    results.push_back(exit->getOperand(0));
  }
  if (next.size() != numCounters)
    return frame.exits.front()->emitError("node '")
           << getNodeName(frame.exits.front()->getLoc())
           << "' gives the value_index of a loop's Merge, which only its "
              "iterations know";
  OpBuilder builder(loop->getBlock(), std::next(loop->getIterator()));
  SmallVector<Value> values = behind.copy(builder, loop->getResults(), results);
  for (auto [exit, value] : llvm::zip(frame.exits, values))
    exit->getResult(0).replaceAllUsesWith(value);
  return success();
}

void LoopOutliner::erase() {
  SmallVector<Operation *> removed(frame.inside.getArrayRef());
  llvm::append_range(removed, frame.enters);
  llvm::append_range(removed, frame.exits);
  for (Operation *op : removed)
    op->dropAllReferences();
  for (Operation *op : removed)
    op->erase();
}

LogicalResult LoopOutliner::run() {
  if (failed(findParts()) || failed(checkUses()))
    return failure();
  if (variables.empty())
    return loopCond->emitError("node '")
           << getNodeName(loopCond->getLoc()) << "': loop '"
           << frame.name.getValue() << "' has no variables";
  if (failed(createFunctions()))
    return failure();
  createWhile();
  if (failed(replaceExits()))
    return failure();
  erase();
  return success();
}

//===----------------------------------------------------------------------===//
// All loops of a body
//===----------------------------------------------------------------------===//

FailureOr<unsigned> functionalizeLoops(Block &body, SymbolTable &symbols) {
  llvm::MapVector<StringAttr, Frame> frames;
  for (Operation &op : body)
    if (isEnter(&op)) {
      Frame &frame = frames[getFrameName(&op)];
      frame.name = getFrameName(&op);
      frame.enters.push_back(&op);
    }
  if (frames.empty())
    return 0;
  for (auto &[name, frame] : frames)
    frame.explore();
  for (auto &[name, frame] : frames)
    for (StringAttr inner : frame.inner) {
      if (frames[inner].inner.contains(name))
        return frame.enters.front()->emitError("node '")
               << getNodeName(frame.enters.front()->getLoc())
               << "': the loops '" << name.getValue() << "' and '"
               << inner.getValue() << "' are each within the other";
      ++frames[inner].depth;
    }
  SmallVector<Frame *> innerFirst;
  for (auto &[name, frame] : frames)
    innerFirst.push_back(&frame);
  llvm::sort(innerFirst, [](Frame *a, Frame *b) {
    if (a->depth != b->depth)
      return a->depth > b->depth;
    return a->enters.front()->isBeforeInBlock(b->enters.front());
  });
  NodeNames names(body);
  unsigned numLoops = 0;
  for (Frame *frame : innerFirst) {
    frame->explore();
    if (frame->exits.empty())
      continue; // nothing needs it
    if (failed(LoopOutliner(*frame, symbols, names).run()))
      return failure();
    ++numLoops;
  }
  return numLoops;
}

} // namespace firn::tfg
