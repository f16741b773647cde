// See OwnLoopBuffers.h.
//
// A buffer whose size changes from one iteration to the next is new in each. It
// is given to the next iteration, which frees it at its end. For that, every
// buffer that a loop carries so must be one that nothing else refers to: what
// enters the loop is copied, and what an iteration yields is copied unless it
// is an allocation of its own.
#include "backend/jit/OwnLoopBuffers.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace firn::jit {

namespace {

/// A dense copy, as a value of the same type.
Value copyOf(OpBuilder &builder, Location loc, Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      sizes.push_back(memref::DimOp::create(builder, loc, buffer, dim));
  auto dense = MemRefType::get(type.getShape(), type.getElementType());
  Value copy = memref::AllocOp::create(builder, loc, dense, sizes);
  linalg::CopyOp::create(builder, loc, buffer, copy);
  return dense == type
             ? copy
             : Value(memref::CastOp::create(builder, loc, type, copy));
}

/// Whether `use`, an operand of a yield, is an allocation of the same block
/// that is yielded only there.
bool isOwn(OpOperand &use) {
  auto alloc = use.get().getDefiningOp<memref::AllocOp>();
  Operation *yield = use.getOwner();
  return alloc && alloc->getBlock() == yield->getBlock() &&
         llvm::count(yield->getOperands(), use.get()) == 1;
}

bool isCarried(Type type) {
  auto buffer = dyn_cast<MemRefType>(type);
  return buffer && !buffer.hasStaticShape();
}

void ownBuffers(scf::WhileOp loop) {
  Block *before = loop.getBeforeBody(), *body = loop.getAfterBody();
  scf::YieldOp yield = loop.getYieldOp();
  OpBuilder outside(loop), inside(yield);
  SmallVector<Value> old;
  for (auto [i, value] : llvm::enumerate(loop.getConditionOp().getArgs())) {
    auto argument = dyn_cast<BlockArgument>(value);
    if (!argument || argument.getOwner() != before ||
        !isCarried(value.getType()) ||
        llvm::count(loop.getConditionOp().getArgs(), value) != 1)
      continue;
    unsigned number = argument.getArgNumber();
    OpOperand &yielded = yield->getOpOperand(number);
    if (yielded.get() == body->getArgument(i))
      continue; // the same buffer all the time
    OpOperand &init = loop.getInitsMutable()[number];
    init.set(copyOf(outside, loop.getLoc(), init.get()));
    if (!isOwn(yielded))
      yielded.set(copyOf(inside, yield.getLoc(), yielded.get()));
    old.push_back(body->getArgument(i));
  }
  for (Value buffer : old)
    memref::DeallocOp::create(inside, yield.getLoc(), buffer);
}

} // namespace

void ownLoopBuffers(func::FuncOp function) {
  function.walk([](scf::WhileOp loop) { ownBuffers(loop); });
}

} // namespace firn::jit
