// See TileBatch.h.
//
//   %a = linalg.conv_2d_nhwc_hwcf ins(%x, %w) …    // 8x112x112x32
//   %b = linalg.depthwise_conv_2d … ins(%a, %v) …  // 8x112x112x32
// becomes
//   %b = scf.for %i = 0 to 8 step 1 iter_args(%out = tensor.empty) {
//     %xi = tensor.extract_slice %x[%i, …]
//     %ai = linalg.conv_2d_nhwc_hwcf ins(%xi, %w) … // 1x112x112x32
//     %bi = linalg.depthwise_conv_2d … ins(%ai, %v) …
//     scf.yield (tensor.insert_slice %bi into %out[%i, …])
//   }
//
// What is gained: the tensors between the ops stay in the cache instead of
// going to memory and back. What is lost: each block reads the weights again.
// Both are counted in bytes; of each run of ops the part where the difference
// is the largest becomes a loop. Early layers of a convolutional network have
// large tensors and small weights and gain, late ones do not.
#include "backend/jit/TileBatch.h"

#include "backend/jit/ElementBytes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace firn::jit {

namespace {

/// What stays near a core between two ops: the second level and a fair share of
/// the third, whose size machines do not tell reliably.
constexpr int64_t kCacheBytes = int64_t(4) << 20;
/// A loop must save at least this much traffic with memory.
constexpr int64_t kMinGain = int64_t(4) << 20;

int64_t bytesOf(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor
             ? tensor.getNumElements() * elementBytes(tensor.getElementType())
             : 0;
}

/// The type of `count` indices of the first dimension.
RankedTensorType blockType(Type type, int64_t count) {
  auto tensor = cast<RankedTensorType>(type);
  SmallVector<int64_t> shape(tensor.getShape());
  shape[0] = count;
  return tensor.clone(shape);
}

//===----------------------------------------------------------------------===//
// Ops that treat each index of the first dimension alike
//===----------------------------------------------------------------------===//

/// What the tiling knows of an op.
struct BatchedOp {
  Operation *op = nullptr;
  int64_t extent = 0; ///< of the first dimension
  /// Operands that have this dimension; the others are read whole.
  SmallVector<OpOperand *> batched;
};

/// `map` has the loop `dim` as its first result and nowhere else, or not at
/// all.
enum class UseOfDim { First, None, Other };
UseOfDim useOfDim(AffineMap map, unsigned dim) {
  if (!map.isFunctionOfDim(dim))
    return UseOfDim::None;
  if (map.getNumResults() == 0 ||
      map.getResult(0) != getAffineDimExpr(dim, map.getContext()))
    return UseOfDim::Other;
  for (AffineExpr rest : map.getResults().drop_front())
    if (rest.isFunctionOfDim(dim))
      return UseOfDim::Other;
  return UseOfDim::First;
}

bool matchLinalg(linalg::LinalgOp op, BatchedOp &result) {
  if (!op.hasPureTensorSemantics() || op->getNumResults() == 0)
    return false;
  AffineMap outMap = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (outMap.getNumResults() == 0)
    return false;
  auto first = dyn_cast<AffineDimExpr>(outMap.getResult(0));
  if (!first)
    return false;
  unsigned dim = first.getPosition();
  for (OpOperand &operand : op->getOpOperands()) {
    UseOfDim use = useOfDim(op.getMatchingIndexingMap(&operand), dim);
    if (use == UseOfDim::Other ||
        (op.isDpsInit(&operand) && use != UseOfDim::First))
      return false;
    if (use == UseOfDim::First)
      result.batched.push_back(&operand);
  }
  bool usesIndex = false;
  op->getRegion(0).walk(
      [&](linalg::IndexOp index) { usesIndex |= index.getDim() == dim; });
  return !usesIndex;
}

/// The first dimension of source and result is one and the same.
bool keepsFirstDimension(ArrayRef<ReassociationIndices> groups) {
  return !groups.empty() && groups.front().size() == 1;
}

template <typename SliceOp>
bool takesFirstDimensionWhole(SliceOp op, RankedTensorType whole) {
  return op.getStaticOffsets()[0] == 0 && op.getStaticStrides()[0] == 1 &&
         op.getStaticSizes()[0] == whole.getDimSize(0) &&
         op.getOffsets().empty() && op.getSizes().empty() &&
         op.getStrides().empty();
}

bool matchTensorOp(Operation *op, BatchedOp &result) {
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op)) {
    result.batched.push_back(&expand.getSrcMutable());
    return keepsFirstDimension(expand.getReassociationIndices());
  }
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op)) {
    result.batched.push_back(&collapse.getSrcMutable());
    return keepsFirstDimension(collapse.getReassociationIndices());
  }
  if (auto pad = dyn_cast<tensor::PadOp>(op)) {
    result.batched.push_back(&pad.getSourceMutable());
    return pad.getConstantPaddingValue() && pad.getLow().empty() &&
           pad.getHigh().empty() && pad.getStaticLow()[0] == 0 &&
           pad.getStaticHigh()[0] == 0;
  }
  if (auto concat = dyn_cast<tensor::ConcatOp>(op)) {
    for (OpOperand &operand : concat->getOpOperands())
      result.batched.push_back(&operand);
    return concat.getDim() != 0;
  }
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op)) {
    result.batched.push_back(&slice.getSourceMutable());
    return slice.getSourceType().getRank() == slice.getType().getRank() &&
           takesFirstDimensionWhole(slice, slice.getSourceType());
  }
  if (auto slice = dyn_cast<tensor::InsertSliceOp>(op)) {
    result.batched.push_back(&slice.getSourceMutable());
    result.batched.push_back(&slice.getDestMutable());
    return slice.getSourceType().getRank() == slice.getDestType().getRank() &&
           takesFirstDimensionWhole(slice, slice.getDestType());
  }
  return false;
}

std::optional<BatchedOp> match(Operation *op) {
  auto isStaticTensor = [](Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor && tensor.hasStaticShape() && tensor.getRank() > 0;
  };
  if (!llvm::all_of(op->getResultTypes(), isStaticTensor))
    return std::nullopt;
  BatchedOp result;
  result.op = op;
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  if (!(linalgOp ? matchLinalg(linalgOp, result) : matchTensorOp(op, result)))
    return std::nullopt;
  result.extent =
      cast<RankedTensorType>(op->getResult(0).getType()).getDimSize(0);
  auto hasExtent = [&](Type type) {
    return isStaticTensor(type) &&
           cast<RankedTensorType>(type).getDimSize(0) == result.extent;
  };
  if (result.extent < 2 || !llvm::all_of(op->getResultTypes(), hasExtent) ||
      !llvm::all_of(
          result.batched,
          [&](OpOperand *operand) {
            return hasExtent(operand->get().getType());
          }))
    return std::nullopt;
  return result;
}

/// Whether the op reads more of what one of `others` makes than the part at its
/// own index.
bool readsWhole(const BatchedOp &op, ArrayRef<BatchedOp> others) {
  DenseSet<Operation *> makers;
  for (const BatchedOp &other : others)
    makers.insert(other.op);
  WalkResult result = op.op->walk([&](Operation *inner) {
    for (OpOperand &operand : inner->getOpOperands())
      if (makers.contains(operand.get().getDefiningOp()) &&
          !llvm::is_contained(op.batched, &operand))
        return WalkResult::interrupt();
    return WalkResult::advance();
  });
  return result.wasInterrupted();
}

/// Made again where it is used.
bool isCheap(Operation *op) {
  return isa<tensor::EmptyOp, arith::ConstantOp, linalg::FillOp>(op);
}

//===----------------------------------------------------------------------===//
// What a loop saves
//===----------------------------------------------------------------------===//

struct Traffic {
  int64_t batched = 0; ///< bytes that are divided among the blocks
  int64_t whole = 0;   ///< bytes that each block reads
};

Traffic trafficOf(const BatchedOp &op) {
  Traffic traffic;
  // Views and what is written in place cost nothing.
  if (!isa<linalg::LinalgOp, tensor::PadOp>(op.op))
    return traffic;
  for (OpOperand &operand : op.op->getOpOperands())
    if (!llvm::is_contained(op.batched, &operand))
      traffic.whole += bytesOf(operand.get().getType());
    else if (!operand.get().getDefiningOp<tensor::EmptyOp>() &&
             !operand.get().getDefiningOp<linalg::FillOp>())
      traffic.batched += bytesOf(operand.get().getType());
  for (Type type : op.op->getResultTypes())
    traffic.batched += bytesOf(type);
  return traffic;
}

/// A block may be this much smaller than the cache would let it be, so that all
/// are of one size.
constexpr int64_t kMostSplit = 4;

/// The fewest equal blocks of which each takes at most the cache; 1 if there is
/// no sensible number.
int64_t blocksFor(int64_t bytes, int64_t extent) {
  int64_t wanted = std::min((bytes + kCacheBytes - 1) / kCacheBytes, extent);
  int64_t blocks = std::max<int64_t>(wanted, 1);
  while (extent % blocks != 0)
    ++blocks;
  return blocks <= kMostSplit * wanted ? blocks : 1;
}

int64_t gainOf(const BatchedOp &op, int64_t blocks) {
  Traffic traffic = trafficOf(op);
  bool fits = traffic.batched <= kCacheBytes;
  return (fits ? 0 : traffic.batched) - (blocks - 1) * traffic.whole;
}

/// Whether a run may begin with each of `ops`: not between an op and the
/// elementwise op that becomes its epilogue (FormKernels.h).
SmallVector<bool> findCuts(ArrayRef<BatchedOp> ops) {
  SmallVector<bool> cuts(ops.size() + 1, true);
  DenseMap<Operation *, size_t> position;
  for (auto [i, op] : llvm::enumerate(ops)) {
    position[op.op] = i;
    auto linalgOp = dyn_cast<linalg::LinalgOp>(op.op);
    if (!linalgOp || linalgOp.getNumReductionLoops() > 0)
      continue;
    for (OpOperand *operand : op.batched)
      if (auto maker = position.find(operand->get().getDefiningOp());
          maker != position.end() && operand->get().hasOneUse())
        std::fill(cuts.begin() + maker->second + 1, cuts.begin() + i + 1,
                  false);
  }
  return cuts;
}

struct Run {
  ArrayRef<BatchedOp> ops;
  int64_t blocks = 1;
};

/// The part of `ops`, neighbours of one extent, that gains most as a loop.
std::optional<Run> bestRun(ArrayRef<BatchedOp> ops) {
  int64_t extent = ops.front().extent;
  SmallVector<bool> cuts = findCuts(ops);
  // The largest sum of neighbours, each with the blocks that it wants itself.
  int64_t sum = 0, best = 0;
  size_t begin = 0, bestBegin = 0, bestEnd = 0;
  for (size_t i = 0; i < ops.size(); ++i) {
    if (sum <= 0 && cuts[i]) {
      sum = 0;
      begin = i;
    }
    sum += gainOf(ops[i], blocksFor(trafficOf(ops[i]).batched, extent));
    if (sum > best && cuts[i + 1]) {
      best = sum;
      bestBegin = begin;
      bestEnd = i + 1;
    }
  }
  Run run{ops.slice(bestBegin, bestEnd - bestBegin)};
  for (const BatchedOp &op : run.ops)
    run.blocks = std::max(run.blocks, blocksFor(trafficOf(op).batched, extent));
  int64_t gain = 0;
  for (const BatchedOp &op : run.ops)
    gain += gainOf(op, run.blocks);
  if (run.ops.size() < 2 || run.blocks == 1 || gain < kMinGain)
    return std::nullopt;
  return run;
}

//===----------------------------------------------------------------------===//
// Making the loop
//===----------------------------------------------------------------------===//

class BatchLoop {
public:
  explicit BatchLoop(const Run &run)
      : ops(run.ops), extent(run.ops.front().extent),
        block(extent / run.blocks), loc(run.ops.back().op->getLoc()) {
    for (const BatchedOp &op : ops)
      members.insert(op.op);
  }

  void make();

private:
  bool isUsedOutside(Value value) const {
    return llvm::any_of(value.getUsers(),
                        [&](Operation *user) { return !isMember(user); });
  }
  bool isMember(Operation *op) const {
    return members.contains(
        ops.front().op->getBlock()->findAncestorOpInBlock(*op));
  }
  struct Slice {
    SmallVector<OpFoldResult> offsets, sizes, strides;
  };
  /// Where a block of this type lies at the loop's index.
  Slice sliceOf(OpBuilder &b, RankedTensorType type) const;
  /// The part of `value` that the loop's index begins.
  Value blockOf(OpBuilder &b, Value value);
  void cloneInto(OpBuilder &b, const BatchedOp &op);

  ArrayRef<BatchedOp> ops;
  int64_t extent, block;
  Location loc;
  DenseSet<Operation *> members;
  Value index;
  IRMapping mapping;
};

BatchLoop::Slice BatchLoop::sliceOf(OpBuilder &b, RankedTensorType type) const {
  Slice slice{SmallVector<OpFoldResult>(type.getRank(), b.getIndexAttr(0)),
              getAsIndexOpFoldResult(b.getContext(), type.getShape()),
              SmallVector<OpFoldResult>(type.getRank(), b.getIndexAttr(1))};
  slice.offsets[0] = index;
  return slice;
}

Value BatchLoop::blockOf(OpBuilder &b, Value value) {
  RankedTensorType type = blockType(value.getType(), block);
  if (value.getDefiningOp<tensor::EmptyOp>())
    return tensor::EmptyOp::create(b, loc, type, ValueRange());
  if (auto constant = value.getDefiningOp<arith::ConstantOp>())
    if (auto splat = dyn_cast<SplatElementsAttr>(constant.getValue()))
      return arith::ConstantOp::create(b, loc, splat.resizeSplat(type));
  if (auto fill = value.getDefiningOp<linalg::FillOp>())
    return linalg::FillOp::create(b, loc, fill.getInputs()[0],
                                  blockOf(b, fill.getOutputs()[0]))
        .getResult(0);
  Slice slice = sliceOf(b, type);
  return tensor::ExtractSliceOp::create(b, loc, type, value, slice.offsets,
                                        slice.sizes, slice.strides);
}

void BatchLoop::cloneInto(OpBuilder &b, const BatchedOp &op) {
  // What comes from outside may be read whole by another operand, so it is set
  // operand by operand.
  SmallVector<std::pair<unsigned, Value>> parts;
  for (OpOperand *operand : op.batched)
    if (!mapping.contains(operand->get()))
      parts.push_back(
          {operand->getOperandNumber(), blockOf(b, operand->get())});
  Operation *clone = b.clone(*op.op, mapping);
  for (auto [number, part] : parts)
    clone->setOperand(number, part);
  for (OpResult result : clone->getResults())
    result.setType(blockType(result.getType(), block));
  auto setFirst = [&](ArrayRef<int64_t> sizes, auto set) {
    SmallVector<int64_t> changed(sizes);
    changed[0] = block;
    set(changed);
  };
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(clone))
    setFirst(slice.getStaticSizes(), [&](auto s) { slice.setStaticSizes(s); });
  if (auto slice = dyn_cast<tensor::InsertSliceOp>(clone))
    setFirst(slice.getStaticSizes(), [&](auto s) { slice.setStaticSizes(s); });
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(clone))
    setFirst(expand.getStaticOutputShape(),
             [&](auto s) { expand.setStaticOutputShape(s); });
  mapping.map(op.op->getResults(), clone->getResults());
}

void BatchLoop::make() {
  SmallVector<Value> results;
  for (const BatchedOp &op : ops)
    for (Value result : op.op->getResults())
      if (isUsedOutside(result))
        results.push_back(result);
  OpBuilder b(ops.back().op);
  SmallVector<Value> inits;
  for (Value result : results)
    inits.push_back(tensor::EmptyOp::create(
        b, loc, cast<RankedTensorType>(result.getType()), ValueRange()));
  auto bound = [&](int64_t value) {
    return arith::ConstantIndexOp::create(b, loc, value);
  };
  auto loop =
      scf::ForOp::create(b, loc, bound(0), bound(extent), bound(block), inits);
  index = loop.getInductionVar();
  b.setInsertionPointToStart(loop.getBody());
  for (const BatchedOp &op : ops)
    cloneInto(b, op);
  SmallVector<Value> yielded;
  for (auto [result, whole] : llvm::zip(results, loop.getRegionIterArgs())) {
    Value part = mapping.lookup(result);
    Slice slice = sliceOf(b, cast<RankedTensorType>(part.getType()));
    yielded.push_back(tensor::InsertSliceOp::create(
        b, loc, part, whole, slice.offsets, slice.sizes, slice.strides));
  }
  scf::YieldOp::create(b, loc, yielded);
  for (auto [result, value] : llvm::zip(results, loop.getResults()))
    result.replaceUsesWithIf(value, [&](OpOperand &use) {
      return use.getOwner() != loop && !isMember(use.getOwner());
    });
  for (const BatchedOp &op : llvm::reverse(ops))
    op.op->erase();
}

} // namespace

unsigned tileBatch(func::FuncOp function) {
  SmallVector<SmallVector<BatchedOp>> neighbours(1);
  for (Operation &op : function.getBody().front()) {
    if (isCheap(&op))
      continue;
    std::optional<BatchedOp> batched = match(&op);
    SmallVector<BatchedOp> &last = neighbours.back();
    if (!last.empty() && (!batched || batched->extent != last.front().extent ||
                          readsWhole(*batched, last)))
      neighbours.emplace_back();
    if (batched)
      neighbours.back().push_back(std::move(*batched));
  }
  unsigned loops = 0;
  for (ArrayRef<BatchedOp> ops : neighbours)
    if (!ops.empty())
      if (std::optional<Run> run = bestRun(ops)) {
        BatchLoop(*run).make();
        ++loops;
      }
  return loops;
}

} // namespace firn::jit
