//===- FunctionalizeConds.cpp - Switch and Merge into If nodes ------------===//
//
// The Merges that choose by the same predicate, in the same branch of the same
// outer predicates, become one If: its functions are what the Merges' inputs
// need on each side, up to the Switches (passes/BranchConditions.h says which
// nodes belong to a side). Inner branches first: the If that one becomes is an
// ordinary node of the branch around it.
//
//   %f, %t = Switch(%x, %p)                 func @then(%x) { return Neg(%x) }
//   %n = Neg(%t)                      =>    func @else(%x) { return %x }
//   %y = Merge(%f, %n)                      %y = If(%p, %x) {@then, @else}
//
// Where one Merge of a group depends on another (a network asks `training` in
// layer after layer), one node for both would wait for itself. The Merges of a
// group are therefore split by how many of their own group lie before them.
//
//===----------------------------------------------------------------------===//

#include "passes/FunctionalizeConds.h"
#include "passes/BranchConditions.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Outliner.h"

#include <map>

using namespace mlir;

namespace firn::tfg {

namespace {

/// One side of a predicate within the branches of `outer`.
class BranchBorder : public PartBorder {
public:
  BranchBorder(const BranchConditions &conditions,
               const llvm::DenseSet<Operation *> &afterEffects,
               BranchLiteral side)
      : conditions(conditions), afterEffects(afterEffects), side(side) {}

  FailureOr<PartValue> classify(Value value) override {
    Operation *op = value.getDefiningOp();
    if (!op)
      return PartValue{PartValue::Outside, value};
    if (isSwitch(op) && conditions.getPredicate(op).first == side.predicate)
      return PartValue{PartValue::Same, op->getOperand(0)};
    if (!isInside(op))
      return PartValue{PartValue::Outside, value};
    if (isSwitch(op) || isMerge(op))
      return op->emitError("node '")
             << getNodeName(op->getLoc()) << "' (" << getTFOpName(op)
             << ") belongs to branches that are not nested in each other";
    return PartValue{PartValue::Inside, value};
  }

  PartControl classifyControl(Operation *source) override {
    // Which side runs is known now; an edge that orders no effect is not
    // needed.
    if (isSwitch(source) || !afterEffects.contains(source))
      return PartControl::Dropped;
    return isInside(source) ? PartControl::Inside : PartControl::Outside;
  }

private:
  bool isInside(Operation *op) const {
    std::optional<BranchCondition> condition = conditions.get(op);
    return condition && llvm::is_contained(*condition, side);
  }

  const BranchConditions &conditions;
  const llvm::DenseSet<Operation *> &afterEffects;
  BranchLiteral side;
};

class CondFunctionalizer {
public:
  CondFunctionalizer(Block &body, SymbolTable &symbols)
      : body(body), symbols(symbols), names(body), conditions(body) {}

  FailureOr<unsigned> run();

private:
  /// The group of a Merge, those with the most predicates around them first.
  struct Group {
    BranchCondition outer;
    unsigned predicate;
    bool operator<(const Group &other) const {
      if (outer.size() != other.outer.size())
        return outer.size() > other.outer.size();
      return std::tie(outer, predicate) <
             std::tie(other.outer, other.predicate);
    }
  };

  std::vector<SmallVector<BranchChoice>>
  splitByOrder(ArrayRef<BranchChoice> group);
  LogicalResult createIf(const Group &group, ArrayRef<BranchChoice> choices);
  Operation *createNodeOf(const Group &group, ArrayRef<BranchChoice> choices,
                          FuncOp thenFunc, FuncOp elseFunc, bool hasEffects);
  void redirectControls();
  void removeBranches();
  LogicalResult checkOutputs();

  Block &body;
  SymbolTable &symbols;
  NodeNames names;
  BranchConditions conditions;
  llvm::DenseSet<Operation *> afterEffects;
  llvm::SetVector<Value> captures, controls;
};

} // namespace

/// Merges of one group so that none depends on one of its own or a later part.
std::vector<SmallVector<BranchChoice>>
CondFunctionalizer::splitByOrder(ArrayRef<BranchChoice> group) {
  std::vector<SmallVector<BranchChoice>> parts;
  if (group.size() == 1) {
    parts.emplace_back(group);
    return parts;
  }
  llvm::DenseMap<Operation *, const BranchChoice *> choiceOf;
  for (const BranchChoice &choice : group)
    choiceOf[choice.merge] = &choice;
  llvm::DenseMap<Operation *, unsigned> numBefore;
  for (Operation *op : sortTopologically(body)) {
    unsigned number = 0;
    for (Value operand : op->getOperands())
      number = std::max(number, numBefore.lookup(operand.getDefiningOp()));
    if (auto it = choiceOf.find(op); it != choiceOf.end()) {
      if (parts.size() <= number)
        parts.resize(number + 1);
      parts[number++].push_back(*it->second);
    }
    if (number)
      numBefore[op] = number;
  }
  return parts;
}

Operation *CondFunctionalizer::createNodeOf(const Group &group,
                                            ArrayRef<BranchChoice> choices,
                                            FuncOp thenFunc, FuncOp elseFunc,
                                            bool hasEffects) {
  OpBuilder builder(choices.front().merge);
  auto reference = [&](StringRef name, FuncOp func) {
    auto symbol = FlatSymbolRefAttr::get(func.getSymNameAttr());
    return builder.getNamedAttr(name,
                                FuncAttr::get(builder.getContext(), symbol,
                                              builder.getDictionaryAttr({})));
  };
  SmallVector<Value> operands = {conditions.getPredicate(group.predicate)};
  llvm::append_range(operands, captures);
  SmallVector<Type> types;
  for (const BranchChoice &choice : choices) {
    types.push_back(choice.merge->getResult(0).getType());
    for (Value control : getControlOperands(choice.merge))
      if (Operation *source = getControlNode(control);
          source && afterEffects.contains(source) && !isSwitch(source))
        controls.insert(control);
  }
  llvm::append_range(operands, controls);
  StringRef scope = getScope(choices.front().merge);
  Operation *node = createNode(
      builder, names.makeLoc(scope), hasEffects ? "If" : "StatelessIf",
      operands, types,
      {reference("then_branch", thenFunc), reference("else_branch", elseFunc)});
  if (Attribute device =
          choices.front().merge->getAttr(TFGDialect::kDeviceAttr))
    node->setAttr(TFGDialect::kDeviceAttr, device);
  return node;
}

LogicalResult CondFunctionalizer::createIf(const Group &group,
                                           ArrayRef<BranchChoice> choices) {
  captures.clear();
  controls.clear();
  BranchBorder trueSide(conditions, afterEffects, {group.predicate, true});
  BranchBorder falseSide(conditions, afterEffects, {group.predicate, false});
  Outliner thenPart(trueSide, captures, controls);
  Outliner elsePart(falseSide, captures, controls);
  SmallVector<Value> thenResults, elseResults;
  for (const BranchChoice &choice : choices) {
    thenResults.push_back(choice.merge->getOperand(choice.trueInput));
    elseResults.push_back(choice.merge->getOperand(1 - choice.trueInput));
    if (failed(thenPart.collect(thenResults.back())) ||
        failed(elsePart.collect(elseResults.back())))
      return failure();
  }
  StringRef scope = getScope(choices.front().merge);
  FuncOp thenFunc = thenPart.createFunction(symbols, (scope + "_true").str(),
                                            {}, thenResults);
  FuncOp elseFunc = elsePart.createFunction(symbols, (scope + "_false").str(),
                                            {}, elseResults);
  bool hasEffects = thenPart.hasEffects() || elsePart.hasEffects();
  Operation *node =
      createNodeOf(group, choices, thenFunc, elseFunc, hasEffects);
  conditions.set(node, group.outer);
  if (hasEffects)
    afterEffects.insert(node);
  for (auto [choice, result] : llvm::zip(choices, node->getResults()))
    conditions.replaceMerge(choice.merge, result);
  return success();
}

/// What waited for a Switch waits for what the Switch passed on.
void CondFunctionalizer::redirectControls() {
  for (Operation &op : llvm::make_early_inc_range(body)) {
    auto edge = dyn_cast<ControlOp>(op);
    if (!edge || !isSwitch(edge.getNode().getDefiningOp()))
      continue;
    Value data = edge.getNode();
    while (isSwitch(data.getDefiningOp()))
      data = data.getDefiningOp()->getOperand(0);
    OpBuilder builder(edge);
    // There is nothing to wait for where an argument is passed on.
    Operation *source = data.getDefiningOp();
    edge.replaceAllUsesWith(
        source
            ? createControl(builder, source)
            : createNode(builder, edge.getLoc(), "NoOp", {}, {})->getResult(0));
    edge.erase();
  }
}

/// What ran in a branch only is in the functions now, or nothing needs it.
void CondFunctionalizer::removeBranches() {
  auto isOfBranch = [&](Operation &op) {
    std::optional<BranchCondition> condition = conditions.get(&op);
    return isSwitch(&op) || isa<ControlOp>(op) || !condition ||
           !condition->empty();
  };
  SmallVector<Value> roots;
  auto graph = dyn_cast<GraphOp>(body.getParentOp());
  FetchOp fetch = graph ? graph.getFetch() : FetchOp();
  for (Operation &op : body)
    if (isa<FetchOp, ReturnOp>(op))
      llvm::append_range(roots, op.getOperands());
    else if (!isOfBranch(op) && !fetch)
      llvm::append_range(roots, op.getResults());
  llvm::DenseSet<Operation *> needed = findNeeded(roots);
  SmallVector<Operation *> removed;
  for (Operation &op : body)
    if (isOfBranch(op) && !needed.contains(&op) && !isa<FetchOp, ReturnOp>(op))
      removed.push_back(&op);
  // With a fetch, what used them may be unneeded itself.
  llvm::SetVector<Operation *> all(removed.begin(), removed.end());
  for (size_t i = 0; i < all.size(); ++i)
    all.insert(all[i]->user_begin(), all[i]->user_end());
  for (Operation *op : all)
    op->dropAllReferences();
  for (Operation *op : all)
    op->erase();
}

LogicalResult CondFunctionalizer::checkOutputs() {
  for (Operation &op : body) {
    if (!isa<FetchOp, ReturnOp>(op))
      continue;
    for (Value operand : op.getOperands()) {
      std::optional<BranchCondition> condition = conditions.get(operand);
      if (condition && condition->empty())
        continue;
      Operation *source = isa<ControlType>(operand.getType())
                              ? getControlNode(operand)
                              : operand.getDefiningOp();
      InFlightDiagnostic error = source->emitError("node '")
                                 << getNodeName(source->getLoc()) << "' ("
                                 << getTFOpName(source)
                                 << ") is an output, but is computed only if ";
      if (condition)
        return error << conditions.describe(*condition)
                     << "; take the output of the Merge after it";
      return error << "predicates hold that contradict each other";
    }
  }
  return success();
}

FailureOr<unsigned> CondFunctionalizer::run() {
  if (llvm::none_of(
          body, [](Operation &op) { return isSwitch(&op) || isMerge(&op); }))
    return 0;
  if (failed(conditions.compute()))
    return failure();
  afterEffects = findAfterEffects(body);
  std::map<Group, SmallVector<BranchChoice>> groups;
  for (const BranchChoice &choice : conditions.getChoices())
    groups[{choice.outer, choice.predicate}].push_back(choice);
  unsigned numIfs = 0;
  for (auto &[group, choices] : groups)
    for (ArrayRef<BranchChoice> part : splitByOrder(choices)) {
      if (failed(createIf(group, part)))
        return failure();
      ++numIfs;
    }
  if (failed(checkOutputs()))
    return failure();
  redirectControls();
  removeBranches();
  return numIfs;
}

FailureOr<unsigned> functionalizeConds(Block &body, SymbolTable &symbols) {
  return CondFunctionalizer(body, symbols).run();
}

} // namespace firn::tfg
