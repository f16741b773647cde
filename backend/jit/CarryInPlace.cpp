// See CarryInPlace.h.
//
//   scf.while (%h = …) … do { %n = jit.launch @k(%h, …) …; scf.yield %n }
// becomes
//   scf.while (%h = …) … do {
//     %n = jit.launch @k(%h, …) …
//     %m = bufferization.materialize_in_destination %n in %h
//     scf.yield %m }
//
// Without it every iteration would yield a new buffer. Bufferization computes
// %n in %h's buffer where that is possible and copies where it is not. A value
// that is already made by writing into %h (a slice inserted into a list) stays.
// One that is another loop variable is copied aside first, so that loops may
// swap variables.
#include "backend/jit/CarryInPlace.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace firn::jit {

namespace {

/// The value that `value` is a part or another shape of.
Value viewedValue(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (!isa<tensor::ExtractSliceOp, tensor::CollapseShapeOp,
             tensor::ExpandShapeOp, tensor::CastOp>(op))
      break;
    value = op->getOperand(0);
  }
  return value;
}

/// The initial value of the variable that result `number` of a loop is; null if
/// it is something else.
Value initOf(scf::WhileOp loop, unsigned number) {
  auto argument =
      dyn_cast<BlockArgument>(loop.getConditionOp().getArgs()[number]);
  if (!argument || argument.getOwner() != loop.getBeforeBody())
    return {};
  return loop.getInits()[argument.getArgNumber()];
}

/// Whether `value` is made by writing into the buffer of `target` only.
bool isUpdateOf(Value value, Value target) {
  while (value != target) {
    auto result = dyn_cast<OpResult>(value);
    if (!result)
      return false;
    Operation *op = result.getOwner();
    if (auto dps = dyn_cast<DestinationStyleOpInterface>(op)) {
      value = dps.getTiedOpOperand(result)->get();
    } else if (auto loop = dyn_cast<scf::WhileOp>(op)) {
      value = initOf(loop, result.getResultNumber());
      if (!value)
        return false;
    } else if (isa<scf::IfOp, scf::IndexSwitchOp>(op)) {
      return llvm::all_of(op->getRegions(), [&](Region &region) {
        return isUpdateOf(region.front().getTerminator()->getOperand(
                              result.getResultNumber()),
                          target);
      });
    } else {
      return false;
    }
  }
  return true;
}

bool isCarried(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.hasStaticShape();
}

/// Makes operand `use` of a terminator an update of `target`.
void writeInto(OpOperand &use, Value target) {
  Value value = use.get();
  if (isUpdateOf(value, target))
    return;
  auto result = dyn_cast<OpResult>(value);
  // Both branches write, or the one that changes something.
  if (result && result.hasOneUse() &&
      isa<scf::IfOp, scf::IndexSwitchOp>(result.getOwner())) {
    for (Region &region : result.getOwner()->getRegions())
      writeInto(region.front().getTerminator()->getOpOperand(
                    result.getResultNumber()),
                target);
    return;
  }
  OpBuilder builder(use.getOwner());
  use.set(
      bufferization::MaterializeInDestinationOp::create(
          builder, use.getOwner()->getLoc(), target.getType(), value, target)
          ->getResult(0));
}

void carryInPlace(scf::WhileOp loop) {
  scf::YieldOp yield = loop.getYieldOp();
  Block *body = loop.getAfterBody();
  // The body's argument for each variable.
  DenseMap<unsigned, BlockArgument> targets;
  for (auto [i, value] : llvm::enumerate(loop.getConditionOp().getArgs()))
    if (auto argument = dyn_cast<BlockArgument>(value);
        argument && argument.getOwner() == loop.getBeforeBody())
      targets.try_emplace(argument.getArgNumber(), body->getArgument(i));
  OpBuilder builder(yield);
  for (OpOperand &use : yield->getOpOperands()) {
    auto root = dyn_cast<BlockArgument>(viewedValue(use.get()));
    BlockArgument target = targets.lookup(use.getOperandNumber());
    if (!isCarried(use.get().getType()) || !root || root.getOwner() != body ||
        use.get() == target)
      continue;
    auto type = cast<RankedTensorType>(use.get().getType());
    Value empty = tensor::EmptyOp::create(
        builder, yield.getLoc(), type.getShape(), type.getElementType());
    use.set(linalg::CopyOp::create(builder, yield.getLoc(), use.get(), empty)
                .getResult(0));
  }
  for (OpOperand &use : yield->getOpOperands())
    if (BlockArgument target = targets.lookup(use.getOperandNumber());
        target && isCarried(use.get().getType()) &&
        target.getType() == use.get().getType())
      writeInto(use, target);
}

} // namespace

void carryInPlace(func::FuncOp function) {
  // Inner loops first: what they carry they update in place from then on.
  function.walk([](scf::WhileOp loop) { carryInPlace(loop); });
}

} // namespace firn::jit
