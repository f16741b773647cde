// The arena of a function.
//
// Time is the position of the operations of the function's top-level block;
// what stands nested in one of them happens at that time. A buffer is alive
// from its first to its last use, over everything that may alias it. Buffers
// are placed from the largest to the smallest, each at the lowest offset where
// it overlaps no placed buffer that is alive at the same time. That is O(n²)
// for n buffers and in practice within a few percent of the lower bound.
//
// A buffer that is allocated in a loop body and leaves the iteration through
// the loop's yield would be overwritten by the next iteration; such buffers go
// to the heap and are freed at the end of the call.
#include "backend/jit/PlanArena.h"

#include "backend/jit/ElementBytes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

using namespace mlir;

namespace firn::jit {

namespace {

constexpr int64_t kAlignment = 64;

struct Buffer {
  memref::AllocOp op;
  int64_t bytes = 0;
  unsigned firstUse = 0;
  unsigned lastUse = 0;
  int64_t offset = 0;
};

/// The operation of `block` that `op` is or is nested in; null if none is.
Operation *ancestorIn(Block &block, Operation *op) {
  return block.findAncestorOpInBlock(*op);
}

/// Everything that uses a buffer or what may alias it.
struct Uses {
  SmallVector<Operation *> users;
  /// Leaves an iteration of a loop that it was allocated in, or the function.
  bool escapes = false;
};

Uses collectUses(memref::AllocOp alloc) {
  Uses uses;
  SmallVector<Value> worklist{alloc.getResult()};
  DenseSet<Value> seen{alloc.getResult()};
  auto push = [&](ValueRange values) {
    for (Value value : values)
      if (isa<BaseMemRefType>(value.getType()) && seen.insert(value).second)
        worklist.push_back(value);
  };
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    for (Operation *user : value.getUsers()) {
      uses.users.push_back(user);
      push(user->getResults());
      for (Region &region : user->getRegions())
        for (Block &block : region)
          push(block.getArguments());
      if (!user->hasTrait<OpTrait::IsTerminator>())
        continue;
      Operation *parent = user->getParentOp();
      if (isa<LoopLikeOpInterface>(parent) && parent->isProperAncestor(alloc))
        uses.escapes = true;
      if (isa<func::FuncOp>(parent)) {
        uses.escapes = true;
        continue;
      }
      push(parent->getResults());
      for (Region &region : parent->getRegions())
        for (Block &block : region)
          push(block.getArguments());
    }
  }
  return uses;
}

int64_t staticBytes(MemRefType type) {
  return elementBytes(type.getElementType()) * type.getNumElements();
}

void place(MutableArrayRef<Buffer> buffers, ArenaPlan &plan) {
  SmallVector<Buffer *> order;
  for (Buffer &buffer : buffers)
    order.push_back(&buffer);
  // Pointers into one array: the second key keeps the order of the program.
  llvm::sort(order, [](const Buffer *a, const Buffer *b) {
    return std::pair(-a->bytes, a) < std::pair(-b->bytes, b);
  });
  SmallVector<Buffer *> placed; // by offset
  for (Buffer *buffer : order) {
    int64_t offset = 0;
    for (Buffer *other : placed) {
      bool together = buffer->firstUse <= other->lastUse &&
                      other->firstUse <= buffer->lastUse;
      if (!together)
        continue;
      if (offset + buffer->bytes <= other->offset)
        break;
      offset = std::max(offset, static_cast<int64_t>(llvm::alignTo(
                                    other->offset + other->bytes, kAlignment)));
    }
    buffer->offset = offset;
    placed.insert(llvm::upper_bound(placed, buffer,
                                    [](const Buffer *a, const Buffer *b) {
                                      return a->offset < b->offset;
                                    }),
                  buffer);
    plan.bytes = std::max(plan.bytes, offset + buffer->bytes);
  }
}

int64_t livePeak(ArrayRef<Buffer> buffers) {
  std::map<unsigned, int64_t> change;
  for (const Buffer &buffer : buffers) {
    change[buffer.firstUse] += buffer.bytes;
    change[buffer.lastUse + 1] -= buffer.bytes;
  }
  int64_t live = 0, peak = 0;
  for (auto [time, delta] : change)
    peak = std::max(peak, live += delta);
  return peak;
}

/// Frees a heap buffer after its last use, if all uses stand in or below the
/// block of the allocation.
void insertDealloc(memref::AllocOp alloc, const Uses &uses) {
  if (uses.escapes)
    return;
  Block &block = *alloc->getBlock();
  Operation *last = alloc;
  for (Operation *user : uses.users) {
    Operation *ancestor = ancestorIn(block, user);
    if (!ancestor || ancestor->hasTrait<OpTrait::IsTerminator>())
      return;
    if (last->isBeforeInBlock(ancestor))
      last = ancestor;
  }
  OpBuilder builder(alloc.getContext());
  builder.setInsertionPointAfter(last);
  memref::DeallocOp::create(builder, alloc.getLoc(), alloc);
}

} // namespace

ArenaPlan planArena(func::FuncOp function) {
  ArenaPlan plan;
  Block &body = function.getBody().front();
  DenseMap<Operation *, unsigned> time;
  for (auto [index, op] : llvm::enumerate(body))
    time[&op] = index;

  SmallVector<Buffer> buffers;
  SmallVector<std::pair<memref::AllocOp, Uses>> heap;
  function.walk([&](memref::AllocOp op) {
    Uses uses = collectUses(op);
    bool nested = op->getBlock() != &body;
    if (!op.getType().hasStaticShape() || (uses.escapes && nested)) {
      heap.emplace_back(op, std::move(uses));
      return;
    }
    Buffer buffer{op, std::max<int64_t>(staticBytes(op.getType()), 1)};
    unsigned first = ~0u, last = 0;
    for (Operation *user : uses.users) {
      unsigned when = time.lookup(ancestorIn(body, user));
      first = std::min(first, when);
      last = std::max(last, when);
    }
    if (uses.users.empty())
      first = last = time.lookup(ancestorIn(body, op));
    buffer.firstUse = first;
    buffer.lastUse = last;
    buffers.push_back(buffer);
  });
  place(buffers, plan);
  plan.livePeak = livePeak(buffers);
  plan.numBuffers = buffers.size();
  plan.numDynamic = heap.size();

  OpBuilder builder(function.getContext());
  auto arenaType =
      MemRefType::get({std::max<int64_t>(plan.bytes, 1)}, builder.getI8Type());
  Value arena = body.addArgument(arenaType, function.getLoc());
  function.setType(
      FunctionType::get(function.getContext(), body.getArgumentTypes(), {}));
  for (Buffer &buffer : buffers) {
    builder.setInsertionPoint(buffer.op);
    Value offset = arith::ConstantIndexOp::create(builder, buffer.op.getLoc(),
                                                  buffer.offset);
    Value view =
        memref::ViewOp::create(builder, buffer.op.getLoc(), buffer.op.getType(),
                               arena, offset, ValueRange());
    buffer.op.replaceAllUsesWith(view);
    buffer.op.erase();
  }
  for (auto &[op, uses] : heap)
    insertDealloc(op, uses);
  return plan;
}

} // namespace firn::jit
