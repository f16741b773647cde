// The arena of a function.
//
// Time is the position of the operations in the text, nested ones behind those
// around them. A buffer is alive from its first to its last use, over
// everything that may alias it; uses count in the innermost block that holds
// them all, where an operation lasts as long as what is nested in it. So a
// buffer of a loop's body is alive within an iteration, one from outside
// through the whole loop. Buffers are placed from the largest to the smallest,
// each at the lowest offset where it overlaps no placed buffer that is alive at
// the same time. That is O(n²) for n buffers and in practice within a few
// percent of the lower bound.
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

/// More than any machine can address; sums of two such sizes do not overflow.
constexpr int64_t kMostBytes = int64_t{1} << 56;

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

/// When operations of a function begin and end.
class Clock {
public:
  explicit Clock(func::FuncOp function) {
    unsigned now = 0;
    function.walk([&](Operation *op, const WalkStage &stage) {
      if (stage.isBeforeAllRegions())
        begin[op] = now++;
      if (stage.isAfterAllRegions())
        end[op] = now++;
    });
  }
  /// The time in which all of `users` and `op` itself happen.
  std::pair<unsigned, unsigned> span(Operation *op,
                                     ArrayRef<Operation *> users) const {
    Block *block = op->getBlock();
    while (llvm::any_of(users, [&](Operation *user) {
      return !block->findAncestorOpInBlock(*user);
    }))
      block = block->getParentOp()->getBlock();
    unsigned first = ~0u, last = 0;
    auto extend = [&](Operation *part) {
      Operation *ancestor = block->findAncestorOpInBlock(*part);
      first = std::min(first, begin.lookup(ancestor));
      last = std::max(last, end.lookup(ancestor));
    };
    if (users.empty())
      extend(op);
    llvm::for_each(users, extend);
    return {first, last};
  }

private:
  DenseMap<Operation *, unsigned> begin, end;
};

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

LogicalResult place(MutableArrayRef<Buffer> buffers, ArenaPlan &plan) {
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
    if (plan.bytes > kMostBytes)
      return buffer->op.emitError("there is no memory for temporaries of ")
             << plan.bytes << " bytes";
  }
  return success();
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

FailureOr<ArenaPlan> planArena(func::FuncOp function) {
  ArenaPlan plan;
  Block &body = function.getBody().front();
  Clock clock(function);
  SmallVector<Buffer> buffers;
  SmallVector<std::pair<memref::AllocOp, Uses>> heap;
  WalkResult sized = function.walk([&](memref::AllocOp op) {
    Uses uses = collectUses(op);
    bool nested = op->getBlock() != &body;
    if (!op.getType().hasStaticShape() || (uses.escapes && nested)) {
      heap.emplace_back(op, std::move(uses));
      return WalkResult::advance();
    }
    int64_t bytes = staticBytes(op.getType()).value_or(kMostBytes + 1);
    if (bytes > kMostBytes) {
      op.emitError("there is no memory for a temporary of type ")
          << op.getType();
      return WalkResult::interrupt();
    }
    Buffer buffer{op, std::max<int64_t>(bytes, 1)};
    std::tie(buffer.firstUse, buffer.lastUse) = clock.span(op, uses.users);
    buffers.push_back(buffer);
    return WalkResult::advance();
  });
  if (sized.wasInterrupted() || failed(place(buffers, plan)))
    return failure();
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
