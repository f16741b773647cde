// See Bufferize.h.
#include "backend/jit/Bufferize.h"

#include "backend/jit/JitDialect.h"

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

/// Whether an operation computes in this operand.
bool isDestination(OpOperand &use) {
  auto owner = dyn_cast<DestinationStyleOpInterface>(use.getOwner());
  return owner && owner.isDpsInit(&use);
}

SmallVector<OpOperand *> destinationsOf(Value value) {
  SmallVector<OpOperand *> destinations;
  for (OpOperand &use : value.getUses())
    if (isDestination(use))
      destinations.push_back(&use);
  return destinations;
}

/// Empty tensors, and tensors that are made of nothing.
bool isSource(Operation *op) {
  auto launch = dyn_cast<LaunchOp>(op);
  return op->getNumResults() == 1 &&
         (isa<tensor::EmptyOp, linalg::FillOp>(op) ||
          (launch && launch.getInputs().empty()));
}

/// Gives each operation a tensor of its own to compute in.
/// An empty tensor becomes the buffer of the output that is computed in it; if
/// another result were there too, the output would be copied over it.
void unshareDestinations(func::FuncOp function) {
  SmallVector<Operation *> sources;
  SmallVector<Value> values;
  function.walk([&](Operation *op) {
    if (isSource(op))
      sources.push_back(op);
    else if (!isa<bufferization::ToTensorOp>(op))
      for (Value result : op->getResults())
        if (isa<RankedTensorType>(result.getType()))
          values.push_back(result);
  });
  // Fills before the empty tensors that they fill.
  for (Operation *source : llvm::reverse(sources)) {
    OpBuilder builder(source);
    SmallVector<OpOperand *> destinations =
        destinationsOf(source->getResult(0));
    // Nobody else reads the original.
    bool isAlone = source->getResult(0).hasNUses(destinations.size());
    for (OpOperand *use : llvm::drop_begin(destinations, isAlone ? 1 : 0))
      use->set(builder.clone(*source)->getResult(0));
  }
  // All but the last of several that change one tensor change a copy.
  for (Value value : values) {
    SmallVector<OpOperand *> destinations = destinationsOf(value);
    if (destinations.size() < 2)
      continue;
    Block *block = value.getParentBlock();
    llvm::sort(destinations, [&](OpOperand *a, OpOperand *b) {
      return block->findAncestorOpInBlock(*a->getOwner())
          ->isBeforeInBlock(block->findAncestorOpInBlock(*b->getOwner()));
    });
    for (OpOperand *use : llvm::drop_end(destinations)) {
      OpBuilder builder(use->getOwner());
      use->set(bufferization::AllocTensorOp::create(
          builder, value.getLoc(), cast<RankedTensorType>(value.getType()),
          ValueRange(), /*copy=*/value));
    }
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
