//===- FunctionalizeControlFlow.cpp - TF1 control flow into functions -----===//
//
// Per graph or function: the branches that a constant decides first, since they
// need not be whole; then loops, whose bodies take their branches along into
// functions; then branches, also those in the new functions.
//
//===----------------------------------------------------------------------===//

#include "passes/FunctionalizeConds.h"
#include "passes/FunctionalizeLoops.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/Outliner.h"
#include "passes/Passes.h"
#include "passes/TakeConstantBranches.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_FUNCTIONALIZECONTROLFLOWPASS
#include "passes/Passes.h.inc"

namespace {

struct FunctionalizeControlFlowPass
    : impl::FunctionalizeControlFlowPassBase<FunctionalizeControlFlowPass> {
  void runOnOperation() override;

private:
  LogicalResult runOnBody(Block &body, SymbolTable &symbols);
};

/// Removes what comes after a Switch or an Enter and is not needed.
void removeUnneeded(GraphOp graph) {
  Block &body = *graph.getBodyBlock();
  FetchOp fetch = graph.getFetch();
  if (!fetch)
    return;
  llvm::SetVector<Operation *> conditional;
  for (Operation &op : body)
    if (isSwitch(&op) || isa<EnterOp, RefEnterOp>(op))
      conditional.insert(&op);
  for (size_t i = 0; i < conditional.size(); ++i) {
    Operation *op = conditional[i];
    conditional.insert(op->user_begin(), op->user_end());
  }
  SmallVector<Value> roots(fetch.getArgs());
  for (Operation &op : body)
    if (op.hasAttr(TFGDialect::kFeedIndexAttr))
      llvm::append_range(roots, op.getResults());
  llvm::DenseSet<Operation *> needed = findNeeded(roots);
  SmallVector<Operation *> removed;
  for (Operation *op : conditional)
    if (!needed.contains(op) && op != fetch)
      removed.push_back(op);
  for (Operation *op : removed)
    op->dropAllReferences();
  for (Operation *op : removed)
    op->erase();
}

} // namespace

LogicalResult FunctionalizeControlFlowPass::runOnBody(Block &body,
                                                      SymbolTable &symbols) {
  takeConstantBranches(body);
  FailureOr<unsigned> loops = functionalizeLoops(body, symbols);
  if (failed(loops))
    return failure();
  numLoops += *loops;
  FailureOr<unsigned> conds = functionalizeConds(body, symbols);
  if (failed(conds))
    return failure();
  numConds += *conds;
  return success();
}

void FunctionalizeControlFlowPass::runOnOperation() {
  SymbolTable symbols(getOperation());
  for (auto graph : getOperation().getOps<GraphOp>()) {
    removeUnneeded(graph);
    if (failed(runOnBody(*graph.getBodyBlock(), symbols)))
      return signalPassFailure();
  }
  // New functions are appended, and visited as well.
  for (Operation &op : *getOperation().getBody())
    if (auto func = dyn_cast<FuncOp>(op))
      if (failed(runOnBody(*func.getBodyBlock(), symbols)))
        return signalPassFailure();
}

} // namespace firn::tfg
