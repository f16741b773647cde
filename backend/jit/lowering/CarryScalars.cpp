//===- CarryScalars.cpp - loops carry scalars in registers ----------------===//
//
//   scf.while (%t = %init) : (tensor<i32>) -> tensor<i32> { … }
// becomes
//   scf.while (%s = %extracted) : (i32) -> i32 { %t = tensor.from_elements %s …
//   }
//
// and arithmetic on tensors of rank 0 within loops becomes arithmetic on
// scalars, so that a counter needs no memory and a condition no kernel.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ControlFlowToSCF.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace firn {
namespace {

bool isScalarTensor(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.getRank() == 0 &&
         tensor.getElementType().isIntOrIndexOrFloat();
}

Type carriedType(Type type) {
  return isScalarTensor(type) ? getElementTypeOrSelf(type) : type;
}

SmallVector<Type> carriedTypes(TypeRange types) {
  return llvm::map_to_vector(types, carriedType);
}

Value toCarried(OpBuilder &builder, Location loc, Value value) {
  return isScalarTensor(value.getType())
             ? Value(
                   tensor::ExtractOp::create(builder, loc, value, ValueRange()))
             : value;
}

Value fromCarried(OpBuilder &builder, Location loc, Value value, Type type) {
  return value.getType() == type
             ? value
             : Value(tensor::FromElementsOp::create(builder, loc, type, value));
}

/// The arguments of a region become scalars, and its terminator's operands from
/// `firstCarried` on.
void carryInRegion(PatternRewriter &rewriter, Region &region,
                   unsigned firstCarried) {
  Block &block = region.front();
  rewriter.setInsertionPointToStart(&block);
  for (BlockArgument argument : block.getArguments()) {
    Type type = argument.getType();
    if (!isScalarTensor(type))
      continue;
    rewriter.modifyOpInPlace(block.getParentOp(),
                             [&] { argument.setType(carriedType(type)); });
    Value tensor = fromCarried(rewriter, argument.getLoc(), argument, type);
    rewriter.replaceAllUsesExcept(argument, tensor, tensor.getDefiningOp());
  }
  Operation *end = block.getTerminator();
  rewriter.setInsertionPoint(end);
  SmallVector<Value> operands(end->getOperands());
  for (Value &operand : MutableArrayRef(operands).drop_front(firstCarried))
    operand = toCarried(rewriter, end->getLoc(), operand);
  rewriter.modifyOpInPlace(end, [&] { end->setOperands(operands); });
}

struct CarryScalarsOfWhile : OpRewritePattern<scf::WhileOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(scf::WhileOp op,
                                PatternRewriter &rewriter) const override {
    if (llvm::none_of(op.getInits().getTypes(), isScalarTensor) &&
        llvm::none_of(op.getResultTypes(), isScalarTensor))
      return failure();
    Location loc = op.getLoc();
    SmallVector<Value> inits;
    for (Value init : op.getInits())
      inits.push_back(toCarried(rewriter, loc, init));
    auto loop = scf::WhileOp::create(rewriter, loc,
                                     carriedTypes(op.getResultTypes()), inits);
    rewriter.inlineRegionBefore(op.getBefore(), loop.getBefore(),
                                loop.getBefore().end());
    rewriter.inlineRegionBefore(op.getAfter(), loop.getAfter(),
                                loop.getAfter().end());
    carryInRegion(rewriter, loop.getBefore(), /*firstCarried=*/1);
    carryInRegion(rewriter, loop.getAfter(), 0);
    rewriter.setInsertionPointAfter(loop);
    SmallVector<Value> results;
    for (auto [value, type] : llvm::zip(loop.getResults(), op.getResultTypes()))
      results.push_back(fromCarried(rewriter, loc, value, type));
    rewriter.replaceOp(op, results);
    return success();
  }
};

struct CarryScalarsOfIf : OpRewritePattern<scf::IfOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(scf::IfOp op,
                                PatternRewriter &rewriter) const override {
    if (llvm::none_of(op.getResultTypes(), isScalarTensor))
      return failure();
    Location loc = op.getLoc();
    auto branch = scf::IfOp::create(
        rewriter, loc, carriedTypes(op.getResultTypes()), op.getCondition());
    for (auto [from, to] : llvm::zip(op->getRegions(), branch->getRegions())) {
      rewriter.inlineRegionBefore(from, to, to.end());
      carryInRegion(rewriter, to, 0);
    }
    rewriter.setInsertionPointAfter(branch);
    SmallVector<Value> results;
    for (auto [value, type] :
         llvm::zip(branch.getResults(), op.getResultTypes()))
      results.push_back(fromCarried(rewriter, loc, value, type));
    rewriter.replaceOp(op, results);
    return success();
  }
};

/// A linalg.generic without loops becomes its payload.
struct ComputeScalar : OpRewritePattern<linalg::GenericOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::GenericOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getNumLoops() != 0 || !op.hasPureTensorSemantics() ||
        !op->getParentOfType<scf::WhileOp>() ||
        !llvm::all_of(op->getResultTypes(), isScalarTensor))
      return failure();
    IRMapping mapping;
    for (auto [operand, argument] :
         llvm::zip(op->getOperands(), op.getBlock()->getArguments())) {
      Value scalar = operand;
      if (auto type = dyn_cast<RankedTensorType>(operand.getType())) {
        SmallVector<Value> first;
        if (type.getRank() > 0)
          first.append(type.getRank(), arith::ConstantIndexOp::create(
                                           rewriter, op.getLoc(), 0));
        scalar = argument.use_empty()
                     ? Value()
                     : Value(tensor::ExtractOp::create(rewriter, op.getLoc(),
                                                       operand, first));
      }
      if (scalar)
        mapping.map(argument, scalar);
    }
    for (Operation &inner : op.getBlock()->without_terminator())
      rewriter.clone(inner, mapping);
    SmallVector<Value> results;
    for (auto [value, type] :
         llvm::zip(op.getBlock()->getTerminator()->getOperands(),
                   op->getResultTypes()))
      results.push_back(tensor::FromElementsOp::create(
          rewriter, op.getLoc(), type, mapping.lookupOrDefault(value)));
    rewriter.replaceOp(op, results);
    return success();
  }
};

} // namespace

void carryScalars(func::FuncOp function) {
  bool hasRegions = false;
  function.walk(
      [&](Operation *op) { hasRegions |= isa<scf::WhileOp, scf::IfOp>(op); });
  if (!hasRegions)
    return;
  MLIRContext *context = function.getContext();
  RewritePatternSet patterns(context);
  patterns.add<CarryScalarsOfWhile, CarryScalarsOfIf, ComputeScalar>(context);
  tensor::ExtractOp::getCanonicalizationPatterns(patterns, context);
  scf::WhileOp::getCanonicalizationPatterns(patterns, context);
  (void)applyPatternsGreedily(function, std::move(patterns));
}

} // namespace firn
