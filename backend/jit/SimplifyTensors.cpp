// See SimplifyTensors.h. What is fused here becomes one payload; contractions
// take the elementwise op behind them as an epilogue later (FormKernels.h), so
// nothing may be fused that would come between the two.
#include "backend/jit/SimplifyTensors.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace firn::jit {

LogicalResult cleanUp(ModuleOp module) {
  PassManager passes(module->getName(), PassManager::Nesting::Implicit);
#ifdef NDEBUG
  passes.enableVerifier(false);
#endif
  passes.addPass(mlir::createCanonicalizerPass());
  passes.addPass(mlir::createCSEPass());
  return passes.run(module);
}

namespace {

bool hasReductions(Operation *op) {
  auto linalgOp = dyn_cast_or_null<linalg::LinalgOp>(op);
  return linalgOp && linalgOp.getNumReductionLoops() > 0;
}

/// A reduction that reads each element of its one big operand once.
bool isPlainReduction(linalg::LinalgOp op) {
  unsigned inputs = 0;
  for (OpOperand *operand : op.getDpsInputOperands())
    inputs += op.getMatchingIndexingMap(operand).getNumResults() > 0;
  return inputs == 1;
}

/// May the op that makes `operand` be computed within the op that uses it?
bool shouldFuse(OpOperand *operand) {
  auto producer =
      dyn_cast_or_null<linalg::LinalgOp>(operand->get().getDefiningOp());
  auto consumer = dyn_cast<linalg::LinalgOp>(operand->getOwner());
  if (!producer || !consumer || producer->getBlock() != consumer->getBlock())
    return false;
  // Each element is computed once: one user, which reads it once.
  if (!llvm::all_of(producer->getUsers(),
                    [&](Operation *user) { return user == consumer; }))
    return false;
  AffineMap map = consumer.getMatchingIndexingMap(operand);
  if (!map.isPermutation() ||
      (consumer.getNumReductionLoops() > 0 && !isPlainReduction(consumer)))
    return false;
  // A contraction's epilogue must see its result as it is.
  bool followsReduction =
      llvm::any_of(producer->getOperands(), [](Value value) {
        return hasReductions(value.getDefiningOp());
      });
  return !followsReduction ||
         (map.isIdentity() && consumer.getNumReductionLoops() == 0);
}

/// Named elementwise ops and reductions → linalg.generic, which fusion knows.
void generalize(ModuleOp module) {
  SmallVector<linalg::LinalgOp> ops;
  module.walk([&](linalg::LinalgOp op) {
    bool elementwise = op.getNumParallelLoops() == op.getNumLoops();
    if (!isa<linalg::GenericOp, linalg::FillOp, linalg::CopyOp>(*op) &&
        (elementwise || isa<linalg::ReduceOp>(*op)))
      ops.push_back(op);
  });
  IRRewriter rewriter(module.getContext());
  for (linalg::LinalgOp op : ops) {
    rewriter.setInsertionPoint(op);
    (void)linalg::generalizeNamedOp(rewriter, op);
  }
}

} // namespace

LogicalResult simplifyTensors(ModuleOp module, bool fuse) {
  if (failed(cleanUp(module)))
    return failure();
  generalize(module);
  if (!fuse)
    return success();
  RewritePatternSet patterns(module.getContext());
  linalg::populateElementwiseOpsFusionPatterns(patterns, shouldFuse);
  // contraction → expand_shape → elementwise: the reshape goes last.
  linalg::populateFoldReshapeOpsByCollapsingPatterns(
      patterns, [](OpOperand *operand) {
        auto reshape = operand->get().getDefiningOp<tensor::ExpandShapeOp>();
        return reshape && reshape->hasOneUse() &&
               hasReductions(reshape.getSrc().getDefiningOp());
      });
  GreedyRewriteConfig config;
  config.setUseTopDownTraversal();
  if (failed(applyPatternsGreedily(module, std::move(patterns), config)))
    return failure();
  return cleanUp(module);
}

} // namespace firn::jit
