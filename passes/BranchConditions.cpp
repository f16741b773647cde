//===- BranchConditions.cpp - under which predicates each node runs -------===//
//
// One sweep in topological order. A node runs if all its inputs are alive: the
// union of their conditions, or never, if they contradict each other. A Merge
// runs if one input is alive. Two inputs whose conditions differ in one
// predicate only, `c and p` and `c and not p`, join to `c`; with more than two,
// pairs join until one condition is left, and each pair becomes a Merge of its
// own. So a Merge of any number of inputs is a tree of choices.
//
// Two Switches have the same predicate if theirs is the same value, also behind
// identities, negations, and where another Switch passed it on.
//
//===----------------------------------------------------------------------===//

#include "passes/BranchConditions.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/Outliner.h"

using namespace mlir;

namespace firn::tfg {

/// Both must hold; nullopt if they cannot.
static std::optional<BranchCondition> both(const BranchCondition &a,
                                           const BranchCondition &b) {
  if (b.empty())
    return a;
  BranchCondition result;
  auto i = a.begin(), j = b.begin();
  while (i != a.end() || j != b.end()) {
    if (j == b.end() || (i != a.end() && i->predicate < j->predicate)) {
      result.push_back(*i++);
    } else if (i == a.end() || j->predicate < i->predicate) {
      result.push_back(*j++);
    } else {
      if (i->isTrue != j->isTrue)
        return std::nullopt;
      result.push_back(*i++);
      ++j;
    }
  }
  return result;
}

/// The predicate in which alone two conditions differ.
static std::optional<unsigned> findDifference(const BranchCondition &a,
                                              const BranchCondition &b) {
  std::optional<unsigned> found;
  if (a.size() != b.size())
    return std::nullopt;
  for (auto [x, y] : llvm::zip(a, b)) {
    if (x == y)
      continue;
    if (x.predicate != y.predicate || found)
      return std::nullopt;
    found = x.predicate;
  }
  return found;
}

static bool isTrueIn(const BranchCondition &condition, unsigned predicate) {
  return llvm::is_contained(condition, BranchLiteral{predicate, true});
}

//===----------------------------------------------------------------------===//
// Access
//===----------------------------------------------------------------------===//

std::optional<BranchCondition> BranchConditions::get(Operation *op) const {
  auto it = conditions.find(op);
  return it == conditions.end() ? BranchCondition() : it->second;
}

std::optional<BranchCondition> BranchConditions::get(Value value) const {
  auto result = dyn_cast<OpResult>(value);
  if (!result)
    return BranchCondition();
  std::optional<BranchCondition> condition = get(result.getOwner());
  auto it = ofSwitch.find(result.getOwner());
  if (!condition || it == ofSwitch.end())
    return condition;
  auto [predicate, isNegated] = it->second;
  bool isTrue = (result.getResultNumber() == 1) != isNegated;
  return both(*condition, {BranchLiteral{predicate, isTrue}});
}

std::pair<unsigned, bool>
BranchConditions::getPredicate(Operation *switchOp) const {
  return ofSwitch.find(switchOp)->second;
}

void BranchConditions::replaceMerge(Operation *merge, Value value) {
  for (Value &predicate : predicates)
    if (predicate == merge->getResult(0))
      predicate = value;
  merge->getResult(0).replaceAllUsesWith(value);
  conditions.erase(merge);
  merge->erase();
}

std::string BranchConditions::describe(const BranchCondition &condition) const {
  std::string text;
  for (auto [i, literal] : llvm::enumerate(condition)) {
    if (i)
      text += " and ";
    text += "'";
    Value predicate = predicates[literal.predicate];
    if (auto argument = dyn_cast<BlockArgument>(predicate))
      text += "argument " + std::to_string(argument.getArgNumber());
    else
      text += getNodeName(predicate.getLoc());
    text += literal.isTrue ? "' is true" : "' is false";
  }
  return text;
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

std::optional<BranchCondition>
BranchConditions::computeNode(Operation *op) const {
  BranchCondition condition;
  // It joins edges of both sides.
  if (isa<ControlTriggerOp>(op))
    return condition;
  for (Value operand : op->getOperands()) {
    // An edge out of a Switch, and not out of one of its outputs.
    Operation *source = isa<ControlOp>(op) ? operand.getDefiningOp() : nullptr;
    std::optional<BranchCondition> next = source ? get(source) : get(operand);
    if (!next)
      return std::nullopt;
    std::optional<BranchCondition> joined = both(condition, *next);
    if (!joined)
      return std::nullopt;
    condition = std::move(*joined);
  }
  return condition;
}

void BranchConditions::visitSwitch(Operation *op) {
  Value predicate = op->getOperand(1);
  bool isNegated = false;
  while (Operation *source = predicate.getDefiningOp()) {
    if (isa<LogicalNotOp>(source))
      isNegated = !isNegated;
    else if (!isa<IdentityOp, RefIdentityOp>(source) && !isSwitch(source))
      break;
    predicate = source->getOperand(0);
  }
  auto [it, isNew] = numbers.try_emplace(predicate, predicates.size());
  if (isNew)
    predicates.push_back(predicate);
  ofSwitch[op] = {it->second, isNegated};
}

Value BranchConditions::createMerge(Operation *like, Value a, Value b,
                                    Type type, const BranchChoice &choice) {
  OpBuilder builder(like);
  Type indexType = like->getResult(1).getType();
  SmallVector<Value> operands = {a, b};
  llvm::append_range(operands, getControlOperands(like));
  Operation *merge =
      createNode(builder, like->getLoc(), "Merge", operands, {type, indexType});
  conditions[merge] = choice.outer;
  choices.push_back(choice);
  choices.back().merge = merge;
  return merge->getResult(0);
}

/// Joins the pair with the longest conditions; false if there is none.
bool BranchConditions::joinPair(Operation *merge,
                                SmallVectorImpl<Input> &inputs) {
  size_t first = 0, second = 0;
  std::optional<unsigned> predicate;
  for (size_t i = 0; i < inputs.size(); ++i)
    for (size_t j = i + 1; j < inputs.size(); ++j) {
      std::optional<unsigned> next =
          findDifference(inputs[i].condition, inputs[j].condition);
      if (!next || (predicate && inputs[i].condition.size() <=
                                     inputs[first].condition.size()))
        continue;
      first = i;
      second = j;
      predicate = next;
    }
  if (!predicate)
    return false;
  Input &a = inputs[first];
  const Input &b = inputs[second];
  BranchChoice choice = {merge, a.condition, *predicate, 0};
  llvm::erase_if(choice.outer, [&](const BranchLiteral &literal) {
    return literal.predicate == *predicate;
  });
  choice.trueInput = isTrueIn(a.condition, *predicate) ? 0 : 1;
  a.value = createMerge(merge, a.value, b.value, merge->getResult(0).getType(),
                        choice);
  if (a.number)
    a.number =
        createMerge(merge, a.number, b.number, a.number.getType(), choice);
  a.condition = choice.outer;
  inputs.erase(inputs.begin() + second);
  return true;
}

LogicalResult BranchConditions::visitMerge(Operation *merge) {
  SmallVector<Input> inputs;
  Value index = merge->getResult(1);
  OpBuilder builder(merge);
  for (auto [i, value] : llvm::enumerate(getDataOperands(merge))) {
    std::optional<BranchCondition> condition = get(value);
    if (!condition)
      continue;
    Value number;
    if (!index.use_empty()) {
      // Only this analysis knows that the constant belongs to a branch.
      Type type = RankedTensorType::get({}, getElementType(index));
      number = ConstOp::create(
          builder, merge->getLoc(), type,
          DenseElementsAttr::get(
              cast<ShapedType>(type),
              Attribute(builder.getIntegerAttr(getElementType(index), i))));
      conditions[number.getDefiningOp()] = *condition;
    }
    inputs.push_back({value, number, *condition});
  }
  if (inputs.empty()) {
    conditions[merge] = std::nullopt;
    return success();
  }
  while (inputs.size() > 1)
    if (!joinPair(merge, inputs)) {
      InFlightDiagnostic error = merge->emitError("node '");
      error << getNodeName(merge->getLoc()) << "' (" << getTFOpName(merge)
            << ") joins values that no one predicate chooses between:";
      for (const Input &input : inputs)
        error << (&input == inputs.begin() ? " " : "; ")
              << (input.condition.empty() ? std::string("always")
                                          : "if " + describe(input.condition));
      return error;
    }
  if (!index.use_empty())
    index.replaceAllUsesWith(inputs[0].number);
  // Control edges out of the Merge follow its value. Arguments have none.
  if (isa<BlockArgument>(inputs[0].value))
    for (Operation *user : merge->getResult(0).getUsers())
      if (isa<ControlOp>(user))
        user->replaceAllUsesWith(
            createNode(builder, merge->getLoc(), "NoOp", {}, {}));
  merge->getResult(0).replaceAllUsesWith(inputs[0].value);
  merge->erase();
  return success();
}

LogicalResult BranchConditions::compute() {
  SmallVector<Operation *> sorted = sortTopologically(body);
  if (failed(verifyAcyclic(body, sorted)))
    return failure();
  for (Operation *op : sorted) {
    if (isMerge(op)) {
      if (failed(visitMerge(op)))
        return failure();
      continue;
    }
    conditions[op] = computeNode(op);
    if (isSwitch(op))
      visitSwitch(op);
  }
  return success();
}

} // namespace firn::tfg
