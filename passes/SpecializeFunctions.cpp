//===- SpecializeFunctions.cpp - functions that know what they are run with
//===//
//
// From the graph inwards, so that a constant reaches the innermost loop. A
// function is copied before it is changed wherever another node names it too;
// the copies of nested functions are limited in depth and number, and what is
// beyond stays shared and as it was.
//
//===----------------------------------------------------------------------===//

#include "ir/Identities.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_SPECIALIZEFUNCTIONSPASS
#include "passes/Passes.h.inc"

namespace {

constexpr unsigned kMaxDepth = 64;
constexpr unsigned kMaxCopies = 4096;

class Specializer {
public:
  explicit Specializer(ModuleOp module) : symbols(module) {
    for (Operation &op : *module.getBody())
      if (isa<GraphOp, FuncOp>(op))
        countUses(op);
  }

  void run(Block &body, unsigned depth);

  unsigned numCopies = 0;
  unsigned numConstants = 0;

private:
  void countUses(Operation &parent);
  void runOnCall(CallLikeOpInterface call, unsigned depth);
  FuncOp makeOwn(FuncOp func);
  void sink(Value operand, unsigned index, FuncOp func, bool isLoopBody);

  SymbolTable symbols;
  llvm::StringMap<unsigned> uses;
};

struct SpecializeFunctionsPass
    : impl::SpecializeFunctionsPassBase<SpecializeFunctionsPass> {
  void runOnOperation() override {
    Specializer specializer(getOperation());
    for (auto graph : getOperation().getOps<GraphOp>())
      specializer.run(*graph.getBodyBlock(), 0);
    numCopies += specializer.numCopies;
    numConstants += specializer.numConstants;
  }
};

/// Whether a loop's body gives argument `index` to the next iteration.
bool isInvariant(FuncOp body, unsigned index) {
  if (index >= body.getReturn().getDataOperands().size())
    return false;
  return skipIdentities(body.getReturn().getDataOperands()[index]) ==
         body.getArgument(index);
}

} // namespace

void Specializer::countUses(Operation &parent) {
  for (Operation &node : parent.getRegion(0).front()) {
    if (auto call = dyn_cast<CallLikeOpInterface>(node)) {
      for (FuncAttr callee : call.getCallees())
        ++uses[callee.getName().getValue()];
      continue;
    }
    // A walk meets an attribute that occurs twice once.
    node.getAttrDictionary().walk(
        [&](FlatSymbolRefAttr ref) { uses[ref.getValue()] += 2; });
  }
}

FuncOp Specializer::makeOwn(FuncOp func) {
  unsigned &count = uses[func.getSymName()];
  if (count <= 1)
    return func;
  if (numCopies == kMaxCopies)
    return {};
  --count;
  ++numCopies;
  FuncOp copy = func.clone();
  symbols.insert(copy, std::next(func->getIterator()));
  uses[copy.getSymName()] = 1;
  countUses(*copy);
  return copy;
}

/// Uses of the argument see the constant; that a loop hands it on stays.
void Specializer::sink(Value operand, unsigned index, FuncOp func,
                       bool isLoopBody) {
  auto constant = operand.getDefiningOp<ConstOp>();
  if (!constant)
    return;
  BlockArgument argument = func.getArgument(index);
  Operation *end = func.getReturn();
  auto isSeen = [&](OpOperand &use) {
    return !isLoopBody || use.getOwner() != end ||
           use.getOperandNumber() != index;
  };
  if (llvm::none_of(argument.getUses(), isSeen))
    return;
  OpBuilder builder = OpBuilder::atBlockBegin(func.getBodyBlock());
  Operation *copy = builder.clone(*constant);
  argument.replaceUsesWithIf(copy->getResult(0), isSeen);
  ++numConstants;
}

void Specializer::runOnCall(CallLikeOpInterface call, unsigned depth) {
  SmallVector<FuncOp> funcs;
  call.updateCallees([&](FuncAttr attr) {
    auto func = symbols.lookup<FuncOp>(attr.getName().getValue());
    if (!func || func.isExternal() || func->hasAttr("tfg.raw") ||
        func.getNumArguments() != call.getCalleeOperands().size()) {
      funcs.push_back({});
      return attr;
    }
    funcs.push_back(makeOwn(func));
    if (!funcs.back())
      return attr;
    return FuncAttr::get(attr.getContext(),
                         FlatSymbolRefAttr::get(funcs.back().getSymNameAttr()),
                         attr.getAttrs());
  });
  bool isLoop = isa<WhileOp, StatelessWhileOp>(call);
  for (auto [number, func] : llvm::enumerate(funcs)) {
    if (!func)
      continue;
    bool isBody = isLoop && call.returnsResultsOf(number);
    for (auto [i, operand] : llvm::enumerate(call.getCalleeOperands()))
      // The body is the first callee of a loop.
      if (!isLoop || (funcs.front() && isInvariant(funcs.front(), i)))
        sink(operand, i, func, isBody);
    run(*func.getBodyBlock(), depth + 1);
  }
}

void Specializer::run(Block &body, unsigned depth) {
  if (depth == kMaxDepth)
    return;
  for (Operation &op : body)
    if (auto call = dyn_cast<CallLikeOpInterface>(op))
      runOnCall(call, depth);
}

} // namespace firn::tfg
