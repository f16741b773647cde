// See Bufferize.h.
#include "backend/jit/Bufferize.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/Bufferize.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotAnalysis.h"
#include "mlir/Dialect/Bufferization/Transforms/Transforms.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace firn::jit {

namespace {

/// tensor.pad of dynamic shape with one value everywhere → fill and
/// insert_slice. Other pads are left to bufferization (which generates them
/// element by element).
struct DecomposePad : OpRewritePattern<tensor::PadOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tensor::PadOp op,
                                PatternRewriter &rewriter) const override {
    Value padding = op.getConstantPaddingValue();
    if (!padding)
      return rewriter.notifyMatchFailure(op, "the padding is not one value");
    Location loc = op.getLoc();
    ReifiedRankedShapedTypeDims shape;
    if (failed(reifyResultShapes(rewriter, op, shape)))
      return failure();
    SmallVector<OpFoldResult> sizes =
        tensor::getMixedSizes(rewriter, loc, op.getSource());
    SmallVector<OpFoldResult> strides(sizes.size(), rewriter.getIndexAttr(1));
    Value empty = tensor::EmptyOp::create(rewriter, loc, shape[0],
                                          op.getResultType().getElementType());
    Value filled =
        linalg::FillOp::create(rewriter, loc, padding, empty).getResult(0);
    Value inserted =
        tensor::InsertSliceOp::create(rewriter, loc, op.getSource(), filled,
                                      op.getMixedLowPad(), sizes, strides);
    if (inserted.getType() != op.getType())
      inserted = tensor::CastOp::create(rewriter, loc, op.getType(), inserted);
    rewriter.replaceOp(op, inserted);
    return success();
  }
};

void decomposePads(func::FuncOp function) {
  RewritePatternSet patterns(function.getContext());
  patterns.add<DecomposePad>(function.getContext());
  tensor::EmptyOp::getCanonicalizationPatterns(patterns, function.getContext());
  (void)applyPatternsGreedily(function, std::move(patterns));
}

/// Gives each result an empty or filled tensor of its own to be computed in.
/// An empty tensor becomes the buffer of the output that is computed in it; if
/// another result were there too, the output would be copied over it.
void unshareDestinations(func::FuncOp function) {
  SmallVector<Operation *> sources;
  function.walk([&](Operation *op) {
    if (isa<tensor::EmptyOp, linalg::FillOp>(op) && op->getNumResults() == 1)
      sources.push_back(op);
  });
  auto isDestination = [](OpOperand &use) {
    auto owner = dyn_cast<DestinationStyleOpInterface>(use.getOwner());
    return owner && owner.isDpsInit(&use);
  };
  // Fills before the empty tensors that they fill.
  for (Operation *source : llvm::reverse(sources)) {
    OpBuilder builder(source);
    SmallVector<OpOperand *> destinations;
    for (OpOperand &use : source->getUses())
      if (isDestination(use))
        destinations.push_back(&use);
    // Nobody else reads the original.
    bool isAlone = source->getResult(0).hasNUses(destinations.size());
    for (OpOperand *use : llvm::drop_begin(destinations, isAlone ? 1 : 0))
      use->set(builder.clone(*source)->getResult(0));
  }
}

} // namespace

LogicalResult bufferize(func::FuncOp function) {
  decomposePads(function);
  unshareDestinations(function);
  IRRewriter rewriter(function.getContext());
  if (failed(bufferization::eliminateEmptyTensors(rewriter, function)))
    return failure();

  bufferization::OneShotBufferizationOptions options;
  options.allowReturnAllocsFromLoops = true;
  options.unknownTypeConverterFn = [](TensorType type, Attribute space,
                                      const auto &) -> BaseMemRefType {
    return bufferization::getMemRefTypeWithStaticIdentityLayout(type, space);
  };
  options.memCpyFn = [](OpBuilder &builder, Location loc, Value from,
                        Value to) {
    linalg::CopyOp::create(builder, loc, from, to);
    return success();
  };
  // The function's own op is not bufferized, its body is.
  options.opFilter.denyOperation<func::FuncOp>();
  options.opFilter.denyOperation<func::ReturnOp>();
  options.opFilter.allowOperation([](Operation *) { return true; });
  bufferization::BufferizationState state;
  return bufferization::runOneShotBufferize(function, options, state);
}

unsigned removeSelfCopies(func::FuncOp function) {
  unsigned remaining = 0;
  function.walk([&](linalg::CopyOp op) {
    if (op.getInputs()[0] == op.getOutputs()[0])
      op.erase();
    else
      ++remaining;
  });
  return remaining;
}

} // namespace firn::jit
