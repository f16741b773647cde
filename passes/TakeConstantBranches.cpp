//===- TakeConstantBranches.cpp - branches that a constant decides --------===//
//
// What is alive is found forwards from the nodes without inputs: a node is
// alive once all its inputs are, a Merge once one is, and of a Switch with a
// known predicate one output only. So a loop whose Enters are dead is dead, its
// back edge notwithstanding. What is not alive goes, unless an output needs it:
// then an error at its use says more.
//
//===----------------------------------------------------------------------===//

#include "passes/TakeConstantBranches.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/Outliner.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_TAKECONSTANTBRANCHESPASS
#include "passes/Passes.h.inc"

namespace {

struct TakeConstantBranchesPass
    : impl::TakeConstantBranchesPassBase<TakeConstantBranchesPass> {
  void runOnOperation() override;
};

class BranchTaker {
public:
  explicit BranchTaker(Block &body) : body(body) {}
  unsigned run();

private:
  void findPredicates();
  void findAlive();
  void enqueueUsers(Value value);
  void arrive(Operation *op);
  void takeSwitch(Operation *op, bool isTrue);
  void takeMerge(Operation *op);
  void eraseDead();
  void redirectControl(Operation *from, Value to);

  Block &body;
  llvm::DenseMap<Operation *, bool> taken; // Switches with a known predicate
  llvm::DenseMap<Operation *, unsigned> numMissing;
  llvm::DenseSet<Operation *> alive;
  SmallVector<Operation *> worklist;
};

std::optional<bool> getBool(Attribute attr) {
  auto value = dyn_cast_or_null<DenseElementsAttr>(attr);
  if (!value || value.getNumElements() != 1 ||
      !value.getElementType().isInteger(1))
    return std::nullopt;
  return value.getSplatValue<bool>();
}

} // namespace

/// Folds what the predicates are made of, without changing the graph.
void BranchTaker::findPredicates() {
  SmallVector<Value> predicates;
  for (Operation &op : body)
    if (isSwitch(&op))
      predicates.push_back(op.getOperand(1));
  if (predicates.empty())
    return;
  llvm::DenseSet<Operation *> needed = findNeeded(predicates);
  llvm::DenseMap<Value, Attribute> known;
  for (Operation *op : sortTopologically(body)) {
    if (auto constant = dyn_cast<ConstOp>(op))
      known[op->getResult(0)] = constant.getValue();
    // Its control inputs do not change its value.
    else if (getTFOpName(op) == "Const")
      known[op->getResult(0)] = op->getAttr("value");
    if (isSwitch(op)) {
      Attribute predicate = known.lookup(op->getOperand(1));
      if (std::optional<bool> isTrue = getBool(predicate))
        taken[op] = *isTrue;
      if (Attribute data = known.lookup(op->getOperand(0)))
        known[op->getResult(0)] = known[op->getResult(1)] = data;
      continue;
    }
    if (!needed.contains(op) || !isMemoryEffectFree(op) ||
        op->getNumResults() != 1 || op->getNumOperands() == 0)
      continue;
    SmallVector<Attribute> operands;
    for (Value operand : op->getOperands())
      operands.push_back(known.lookup(operand));
    SmallVector<OpFoldResult> results;
    if (isa<IdentityOp>(op))
      results.push_back(op->getOperand(0));
    else if (failed(op->fold(operands, results)) || results.size() != 1)
      continue;
    auto value = dyn_cast<Attribute>(results.front());
    if (!value)
      value = known.lookup(cast<Value>(results.front()));
    if (value)
      known[op->getResult(0)] = value;
  }
}

//===----------------------------------------------------------------------===//
// What is alive
//===----------------------------------------------------------------------===//

/// One input of `op` more is alive.
void BranchTaker::arrive(Operation *op) {
  unsigned &missing = numMissing[op];
  if (missing > 0)
    --missing;
  bool isAlive = missing == 0 || isMerge(op) || isa<ControlTriggerOp>(op);
  if (isAlive && alive.insert(op).second)
    worklist.push_back(op);
}

void BranchTaker::enqueueUsers(Value value) {
  for (OpOperand &use : value.getUses())
    arrive(use.getOwner());
}

void BranchTaker::findAlive() {
  for (Operation &op : body) {
    numMissing[&op] = op.getNumOperands();
    if (op.getNumOperands() == 0 || isa<ControlTriggerOp>(op)) {
      alive.insert(&op);
      worklist.push_back(&op);
    }
  }
  for (Value argument : body.getArguments())
    enqueueUsers(argument);
  while (!worklist.empty()) {
    Operation *op = worklist.pop_back_val();
    auto known = taken.find(op);
    for (OpResult result : op->getResults()) {
      bool isDead = known != taken.end() &&
                    (result.getResultNumber() == 1) != known->second;
      for (OpOperand &use : result.getUses())
        // A control edge from a Switch, of either output.
        if (!isDead || isa<ControlOp>(use.getOwner()))
          arrive(use.getOwner());
    }
  }
}

//===----------------------------------------------------------------------===//
// The rewrite
//===----------------------------------------------------------------------===//

/// Control edges out of `from` become such out of `to`'s node.
void BranchTaker::redirectControl(Operation *from, Value to) {
  SmallVector<Operation *> edges;
  for (Operation *user : from->getUsers())
    if (isa<ControlOp>(user))
      edges.push_back(user);
  if (edges.empty())
    return;
  OpBuilder builder(from);
  // An argument has no control edge: there is nothing to wait for.
  Value control =
      isa<BlockArgument>(to)
          ? createNode(builder, from->getLoc(), "NoOp", {}, {})->getResult(0)
          : createControl(builder, to.getDefiningOp());
  for (Operation *edge : edges) {
    edge->getResult(0).replaceAllUsesWith(control);
    edge->erase();
  }
}

void BranchTaker::takeSwitch(Operation *op, bool isTrue) {
  Value data = op->getOperand(0);
  redirectControl(op, data);
  op->getResult(isTrue).replaceAllUsesWith(data);
}

/// Whether an input can arrive.
static bool isDeadInput(Value input, const llvm::DenseSet<Operation *> &alive,
                        const llvm::DenseMap<Operation *, bool> &taken) {
  auto result = dyn_cast<OpResult>(input);
  if (!result)
    return false;
  if (!alive.contains(result.getOwner()))
    return true;
  auto known = taken.find(result.getOwner());
  return known != taken.end() &&
         (result.getResultNumber() == 1) != known->second;
}

void BranchTaker::takeMerge(Operation *op) {
  SmallVector<Value> left;
  unsigned index = 0;
  for (auto [i, input] : llvm::enumerate(getDataOperands(op)))
    if (!isDeadInput(input, alive, taken)) {
      left.push_back(input);
      index = i;
    }
  Value value = op->getResult(0), number = op->getResult(1);
  if (left.empty() || left.size() == getDataOperands(op).size())
    return;
  if (left.size() > 1) {
    // The number of an input must stay.
    if (number.use_empty()) {
      llvm::append_range(left, getControlOperands(op));
      op->setOperands(left);
    }
    return;
  }
  OpBuilder builder(op);
  if (!number.use_empty()) {
    auto type = RankedTensorType::get({}, getElementType(number));
    number.replaceAllUsesWith(ConstOp::create(
        builder, op->getLoc(), type,
        DenseElementsAttr::get(type, Attribute(builder.getIntegerAttr(
                                         getElementType(number), index)))));
  }
  redirectControl(op, left.front());
  value.replaceAllUsesWith(left.front());
  alive.erase(op);
}

void BranchTaker::eraseDead() {
  SmallVector<Value> used;
  for (Operation &op : body)
    if (alive.contains(&op) || isa<FetchOp, ReturnOp>(op))
      llvm::append_range(used, op.getOperands());
  llvm::DenseSet<Operation *> needed = findNeeded(used);
  SmallVector<Operation *> dead;
  for (Operation &op : body)
    if (!alive.contains(&op) && !needed.contains(&op) &&
        !isa<FetchOp, ReturnOp>(op))
      dead.push_back(&op);
  for (Operation *op : dead)
    op->dropAllReferences();
  for (Operation *op : dead)
    op->erase();
}

unsigned BranchTaker::run() {
  findPredicates();
  if (taken.empty())
    return 0;
  findAlive();
  SmallVector<Operation *> switches, merges;
  for (Operation &op : body) {
    if (taken.contains(&op) && alive.contains(&op))
      switches.push_back(&op);
    if (isMerge(&op) && alive.contains(&op))
      merges.push_back(&op);
  }
  // Merges first: they look at what the Switches give.
  llvm::for_each(merges, [&](Operation *op) { takeMerge(op); });
  for (Operation *op : switches) {
    takeSwitch(op, taken.lookup(op));
    alive.erase(op);
  }
  // Edges from the dead side say that their target is dead, but a
  // ControlTrigger lives.
  for (Operation &op : body)
    if (isa<ControlTriggerOp>(op)) {
      SmallVector<Value> controls(op.getOperands());
      llvm::erase_if(controls, [&](Value control) {
        return !alive.contains(control.getDefiningOp());
      });
      op.setOperands(controls);
    }
  unsigned numTaken = switches.size();
  eraseDead();
  return numTaken;
}

unsigned takeConstantBranches(Block &body) { return BranchTaker(body).run(); }

void TakeConstantBranchesPass::runOnOperation() {
  for (auto graph : getOperation().getOps<GraphOp>())
    numTaken += takeConstantBranches(*graph.getBodyBlock());
  for (auto func : getOperation().getOps<FuncOp>())
    numTaken += takeConstantBranches(*func.getBodyBlock());
}

} // namespace firn::tfg
