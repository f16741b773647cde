// The choice of register tiles.
//
// The cost of a tile of R rows × V vectors is, for each step of the reduction,
// the largest of: its arithmetic over the ports, its loads over the ports, and
// the latency of one accumulation (a tile with few accumulators waits for
// them). Rows that share a vector load of B, and vectors that share a broadcast
// of A, are what makes large tiles cheap; the registers bound them. Edges cost
// a tile of their own, so that tiles that divide the loops win.
#include "backend/jit/Tiling.h"

#include "backend/jit/ElementBytes.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace firn::jit {

namespace {

constexpr double kPorts = 2;         // vector arithmetic, and loads, a cycle
constexpr double kLatency = 4;       // of an accumulation
constexpr double kTileOverhead = 12; // finding the addresses of a tile
constexpr int64_t kMaxRows = 16;
constexpr int64_t kMaxVectors = 4;
/// The first-level cache: lines of one set, and the bytes after which sets
/// repeat. A line that must come from the second level costs cycles.
constexpr int64_t kLineBytes = 64;
constexpr int64_t kCacheWays = 8;
constexpr int64_t kSetPeriod = 4096;
constexpr double kFillCycles = 2.2;
/// What the last-level cache gives a core.
constexpr double kBytesPerCycle = 24;
/// Loops up to this many steps are written out by LLVM.
constexpr int64_t kLongestWrittenOut = 16;
/// What of a core's own cache one kernel may count on.
constexpr int64_t kCacheBytes = 512 * 1024;

/// Cost of one operation of a payload, in simple operations.
double operationCost(Operation &op) {
  if (isa<arith::ConstantOp, linalg::YieldOp>(op))
    return 0;
  if (isa<arith::DivFOp, arith::DivSIOp, arith::DivUIOp, arith::RemSIOp,
          arith::RemUIOp, math::SqrtOp, math::RsqrtOp>(op))
    return 10;
  if (isa<math::MathDialect>(op.getDialect()) &&
      !isa<math::AbsFOp, math::FmaOp, math::FloorOp, math::CeilOp,
           math::RoundEvenOp>(op))
    return 20;
  return 1;
}

double payloadCost(const Stage &stage) {
  double cost = 0;
  linalg::LinalgOp linalgOp = stage.op;
  for (Operation &op : *linalgOp.getBlock())
    cost += operationCost(op);
  return cost;
}

class Chooser {
public:
  Chooser(const KernelSpec &spec, const llvm::BitVector &constants,
          const HostTarget &host, TileSize forced)
      : spec(spec), root(spec.stages[0]), constants(constants), host(host),
        forced(forced) {}

  Tiling choose();

private:
  int64_t stride(const Access &access, int loop) const {
    if (access.kind != Access::Kind::Memory || loop < 0)
      return 0;
    return access.strides[loop];
  }
  bool isPackable(const Access &access) const {
    return access.kind == Access::Kind::Memory &&
           constants.test(access.argument);
  }
  bool streamsAlong(int loop) const;
  void chooseLane();
  void chooseRow();
  void chooseSizes();
  void chooseOrder();
  void choosePacking();
  double tileCost(int64_t rows, int64_t vectors) const;
  int64_t registers(int64_t rows, int64_t vectors) const;
  bool rowsCollide(const Access &access, int64_t rows) const;
  void findWindow();
  void avoidSlidingBroadcasts();
  double bytes() const;

  const KernelSpec &spec;
  const Stage &root;
  const llvm::BitVector &constants;
  const HostTarget &host;
  TileSize forced;
  Tiling tiling;
  /// A window that slides along the rows of a kernel without broadcasts, such
  /// as a depthwise convolution: neighbouring rows share what they read.
  struct Window {
    int64_t taps = 0;  ///< reduction steps along the rows; 0: no window
    int64_t shift = 0; ///< taps from one row to the next

    int64_t reads(int64_t rows) const {
      return std::min(rows * taps, (rows - 1) * shift + taps);
    }
  };
  Window window;
  double payload = 1, epilogue = 0;
  int64_t steps = 1;
};

/// All root inputs are contiguous or constant along `loop`, or can be packed
/// so.
bool Chooser::streamsAlong(int loop) const {
  return llvm::all_of(root.inputs, [&](const Access &access) {
    int64_t along = stride(access, loop);
    return along == 0 || along == 1 || isPackable(access);
  });
}

void Chooser::chooseLane() {
  int contiguous = Tiling::kNone;
  for (int loop = 0; loop < int(spec.loops.size()); ++loop)
    if (!spec.loops[loop].reduction &&
        llvm::all_of(spec.outputs, [&](const Access &access) {
          return stride(access, loop) == 1;
        }))
      contiguous = loop;
  if (contiguous >= 0 && streamsAlong(contiguous)) {
    tiling.lane = contiguous;
    return;
  }
  if (combiningKind(spec))
    for (int loop = 0; loop < int(spec.loops.size()); ++loop) {
      bool any = llvm::any_of(root.inputs, [&](const Access &access) {
        return stride(access, loop) == 1;
      });
      bool fits = llvm::all_of(root.inputs, [&](const Access &access) {
        return stride(access, loop) == 0 || stride(access, loop) == 1;
      });
      // Short rows are better gathered along the results.
      if (spec.loops[loop].reduction && any && fits &&
          (contiguous < 0 || spec.loops[loop].extent >= tiling.lanes)) {
        tiling.lane = loop;
        tiling.reducesLanes = true;
        return;
      }
    }
  tiling.lane = contiguous;
}

/// The loop whose rows share the most loads; without reuse the innermost of
/// the others, for small lane loops.
void Chooser::chooseRow() {
  if (tiling.reducesLanes)
    return;
  double best = -1;
  for (int loop = 0; loop < int(spec.loops.size()); ++loop) {
    if (spec.loops[loop].reduction || loop == tiling.lane)
      continue;
    double shared = 0;
    for (const Access &access : root.inputs)
      if (stride(access, loop) == 0 && stride(access, tiling.lane) != 0)
        shared = 1;
    // Prefer loops long enough for a full tile, then the innermost.
    double score = shared * 1000 +
                   double(std::min<int64_t>(spec.loops[loop].extent, 12)) +
                   double(loop) / 64;
    if (score > best) {
      best = score;
      tiling.row = loop;
    }
  }
}

void Chooser::findWindow() {
  if (!tiling.fuseMultiplyAdd || tiling.row < 0 ||
      llvm::any_of(
          root.inputs,
          [&](const Access &access) {
            return stride(access, tiling.lane) == 0;
          }))
    return;
  for (const Access &access : root.inputs)
    for (int loop = 0; loop < int(spec.loops.size()); ++loop) {
      int64_t tap = stride(access, loop), row = stride(access, tiling.row);
      if (!spec.loops[loop].reduction || tap == 0 || row == 0 ||
          row % tap != 0 || row / tap >= spec.loops[loop].extent)
        continue;
      window = {spec.loops[loop].extent, row / tap};
    }
}

int64_t Chooser::registers(int64_t rows, int64_t vectors) const {
  linalg::LinalgOp op = root.op;
  int64_t count = rows * vectors * op->getNumResults();
  // The steps along a window are written out, and what they read is kept.
  if (window.taps)
    return count + vectors * (window.reads(rows) + window.taps);
  int64_t operands = 1;
  for (const Access &access : root.inputs)
    if (stride(access, tiling.lane) != 0 && stride(access, tiling.row) == 0)
      operands += vectors;
  return count + operands;
}

/// The rows of a tile, each read along a line of its own, share so few sets of
/// the first-level cache that they push each other out before a line is used
/// up.
bool Chooser::rowsCollide(const Access &access, int64_t rows) const {
  int64_t along = stride(access, tiling.row);
  if (steps == 1 || along == 0)
    return false;
  along *= elementBytes(access.element);
  if (std::abs(along) < kLineBytes)
    return false;
  SmallVector<int64_t> lines(kSetPeriod / kLineBytes);
  for (int64_t row = 0; row < rows; ++row) {
    int64_t &count = lines[std::abs(row * along) % kSetPeriod / kLineBytes];
    if (++count >= kCacheWays)
      return true;
  }
  return false;
}

double Chooser::tileCost(int64_t rows, int64_t vectors) const {
  double loads = 0, fills = 0;
  for (const Access &access : root.inputs) {
    int64_t along = stride(access, tiling.lane);
    double count = (stride(access, tiling.row) != 0 ? rows : 1) *
                   (along != 0 ? vectors : 1);
    loads += along == 0 || along == 1 || isPackable(access)
                 ? count
                 : count * double(tiling.lanes);
    if (along == 0 && rowsCollide(access, rows))
      fills += double(rows);
  }
  if (window.taps)
    loads = double(vectors * (window.reads(rows) + window.taps)) /
            double(window.taps);
  double work = double(rows * vectors) * payload / kPorts;
  double latency = steps > 1 ? kLatency : 0;
  double step = std::max({work, loads / kPorts + fills * kFillCycles, latency});
  double finish = double(rows * vectors) * (epilogue + 1.5) / kPorts;
  return double(steps) * step + finish + kTileOverhead;
}

void Chooser::chooseSizes() {
  int64_t extent = tiling.lane >= 0 ? spec.loops[tiling.lane].extent : 1;
  int64_t width = llvm::divideCeil(extent, tiling.lanes);
  int64_t height = tiling.row >= 0 ? spec.loops[tiling.row].extent : 1;
  // Long elementwise payloads overlap by themselves; small code is better.
  int64_t most = steps > 1                ? host.vectorRegisters
                 : payload + epilogue > 8 ? 2
                                          : 8;
  double best = 0;
  bool isTaken = false;
  for (int64_t vectors = 1; vectors <= std::min(width, kMaxVectors); ++vectors)
    for (int64_t rows = 1; rows <= std::min(height, kMaxRows); ++rows) {
      if (rows * vectors > most ||
          (rows * vectors > 1 &&
           registers(rows, vectors) > int64_t(host.vectorRegisters)))
        continue;
      int64_t fullWidth = width / vectors, restWidth = width % vectors;
      int64_t fullHeight = height / rows, restHeight = height % rows;
      double cost = double(fullWidth * fullHeight) * tileCost(rows, vectors);
      if (restWidth)
        cost += double(fullHeight) * tileCost(rows, restWidth);
      if (restHeight)
        cost += double(fullWidth) * tileCost(restHeight, vectors);
      if (restWidth && restHeight)
        cost += tileCost(restHeight, restWidth);
      bool isForced = rows == forced.rows && vectors == forced.vectors;
      if (isForced || (!isTaken && (best == 0 || cost < best))) {
        best = cost;
        tiling.rows = rows;
        tiling.vectors = vectors;
        isTaken |= isForced;
      }
    }
  tiling.cycles = best;
  for (int loop = 0; loop < int(spec.loops.size()); ++loop)
    if (!spec.loops[loop].reduction && loop != tiling.lane &&
        loop != tiling.row)
      tiling.cycles *= double(spec.loops[loop].extent);
}

/// A short innermost loop is written out by LLVM, which then keeps in registers
/// the broadcasts that neighbouring rows share, and with the sums there is no
/// room for them. Another loop inside has nothing to share.
void Chooser::avoidSlidingBroadcasts() {
  if (!tiling.fuseMultiplyAdd || tiling.row < 0 || tiling.reducesLanes)
    return;
  auto slides = [&](int loop) {
    return llvm::any_of(root.inputs, [&](const Access &access) {
      int64_t tap = stride(access, loop), row = stride(access, tiling.row);
      return stride(access, tiling.lane) == 0 && tap != 0 && row != 0 &&
             row % tap == 0 && row / tap < spec.loops[loop].extent;
    });
  };
  SmallVector<int> &loops = tiling.reductions;
  if (loops.empty() || spec.loops[loops.back()].extent > kLongestWrittenOut ||
      !slides(loops.back()))
    return;
  auto *other = llvm::find_if(loops, [&](int loop) {
    return spec.loops[loop].extent >= 4 && !slides(loop);
  });
  if (other != loops.end())
    std::rotate(other, other + 1, loops.end());
}

/// What the kernel reads and writes, each operand once.
double Chooser::bytes() const {
  double sum = 0;
  auto add = [&](const Access &access) {
    if (access.kind != Access::Kind::Memory)
      return;
    auto size = double(elementBytes(access.element));
    for (auto [loop, along] : llvm::enumerate(access.strides))
      if (along != 0)
        size *= double(spec.loops[loop].extent);
    sum += size;
  };
  llvm::for_each(root.inputs, add);
  llvm::for_each(spec.outputs, add);
  return sum;
}

void Chooser::chooseOrder() {
  for (int loop = 0; loop < int(spec.loops.size()); ++loop) {
    if (loop == tiling.lane)
      continue;
    (spec.loops[loop].reduction ? tiling.reductions : tiling.order)
        .push_back(loop);
  }
  // The innermost reduction loop should be the one that runs along memory.
  auto smallestStride = [&](int loop) {
    int64_t least = INT64_MAX;
    for (const Access &access : root.inputs)
      if (int64_t along = std::abs(stride(access, loop)))
        least = std::min(least, along);
    return least;
  };
  llvm::sort(tiling.reductions, [&](int a, int b) {
    return std::pair(-smallestStride(a), a) < std::pair(-smallestStride(b), b);
  });
  avoidSlidingBroadcasts();
  if (tiling.lane < 0 || tiling.reducesLanes)
    return;
  // With the lane loop outside, a panel of B stays in the cache while A goes by
  // for each panel; that is best unless A is large and B is not.
  int64_t sharedBytes = 0, otherBytes = 0;
  for (const Access &access : root.inputs) {
    if (access.kind != Access::Kind::Memory)
      continue;
    int64_t bytes = elementBytes(access.element);
    for (auto [loop, along] : llvm::enumerate(access.strides))
      if (along != 0)
        bytes *= spec.loops[loop].extent;
    (stride(access, tiling.lane) != 0 ? sharedBytes : otherBytes) += bytes;
  }
  bool laneOutside =
      steps > 1 && otherBytes > 0 &&
      !(otherBytes > kCacheBytes && sharedBytes <= kCacheBytes / 2);
  // Loops that B depends on stay outside of the lane loop.
  unsigned position = tiling.order.size();
  if (laneOutside) {
    position = 0;
    for (auto [index, loop] : llvm::enumerate(tiling.order))
      for (const Access &access : root.inputs)
        if (stride(access, tiling.lane) != 0 && stride(access, loop) != 0)
          position = index + 1;
  }
  tiling.order.insert(tiling.order.begin() + position, tiling.lane);
}

/// Constants that are used as whole vectors in a reduction are packed, unless
/// they lie in panels already.
void Chooser::choosePacking() {
  if (tiling.lane < 0 || tiling.reducesLanes)
    return;
  int64_t panel = tiling.lanes * tiling.vectors;
  for (auto [index, access] : llvm::enumerate(root.inputs)) {
    if (!isPackable(access) || stride(access, tiling.lane) == 0 ||
        stride(access, tiling.row) != 0 || access.element.isInteger(1))
      continue;
    bool scattered = stride(access, tiling.lane) != 1;
    if (scattered || (isMultiplyAdd(root.op) && steps > 1 &&
                      spec.loops[tiling.lane].extent > panel &&
                      llvm::any_of(tiling.reductions,
                                   [&](int loop) {
                                     return std::abs(stride(access, loop)) >
                                            panel;
                                   }) &&
                      llvm::any_of(root.inputs, [&](const Access &other) {
                        return stride(other, tiling.lane) == 0 &&
                               other.kind == Access::Kind::Memory;
                      })))
      tiling.packed.push_back(index);
  }
}

Tiling Chooser::choose() {
  int64_t widest = 1;
  auto widen = [&](const std::vector<Access> &accesses) {
    for (const Access &access : accesses)
      if (access.kind == Access::Kind::Memory)
        widest = std::max(widest, elementBytes(access.element));
  };
  for (const Stage &stage : spec.stages) {
    widen(stage.inputs);
    widen(stage.inits);
    linalg::LinalgOp op = stage.op;
    for (Value value : op.getBlock()->getArguments())
      widest = std::max(widest, elementBytes(value.getType()));
    for (Operation &inner : *op.getBlock())
      for (Type type : inner.getResultTypes())
        widest = std::max(widest, elementBytes(type));
  }
  widen(spec.outputs);
  tiling.lanes = host.vectorBits / 8 / widest;

  for (const Loop &loop : spec.loops)
    if (loop.reduction)
      steps *= loop.extent;
  tiling.fuseMultiplyAdd = host.hasFMA && isMultiplyAdd(root.op);
  payload = tiling.fuseMultiplyAdd ? 1 : std::max(payloadCost(root), 1.0);
  for (const Stage &stage : ArrayRef(spec.stages).drop_front())
    epilogue += payloadCost(stage);

  chooseLane();
  if (tiling.reducesLanes) {
    int64_t extent = spec.loops[tiling.lane].extent;
    tiling.vectors = std::clamp<int64_t>(extent / tiling.lanes, 1, kMaxVectors);
    double perRow = double(steps) / double(tiling.lanes) * payload / kPorts;
    tiling.cycles = perRow + 30;
    for (const Loop &loop : spec.loops)
      if (!loop.reduction)
        tiling.cycles *= double(loop.extent);
  } else {
    if (tiling.lane < 0)
      tiling.lanes = 1;
    chooseRow();
    findWindow();
    chooseSizes();
  }
  tiling.cycles = std::max(tiling.cycles, bytes() / kBytesPerCycle);
  chooseOrder();
  choosePacking();
  for (int loop : tiling.order)
    tiling.numTiles *= tilesOf(spec, tiling, loop);
  return tiling;
}

} // namespace

Tiling chooseTiling(const KernelSpec &spec, const llvm::BitVector &constants,
                    const HostTarget &host, TileSize forced) {
  return Chooser(spec, constants, host, forced).choose();
}

int64_t tilesOf(const KernelSpec &spec, const Tiling &tiling, int loop) {
  int64_t extent = spec.loops[loop].extent;
  if (loop == tiling.lane)
    return llvm::divideCeil(extent, tiling.lanes * tiling.vectors);
  return loop == tiling.row ? llvm::divideCeil(extent, tiling.rows) : extent;
}

std::optional<vector::CombiningKind> combiningKind(const KernelSpec &spec) {
  linalg::LinalgOp op = spec.stages[0].op;
  if (op.getNumReductionLoops() == 0 || op->getNumResults() != 1)
    return std::nullopt;
  SmallVector<Operation *> combiners;
  if (!matchReduction(op.getRegionOutputArgs(), 0, combiners) ||
      combiners.size() != 1)
    return std::nullopt;
  using Kind = vector::CombiningKind;
  return llvm::TypeSwitch<Operation *, std::optional<Kind>>(combiners[0])
      .Case<arith::AddIOp, arith::AddFOp>([](auto) { return Kind::ADD; })
      .Case<arith::MulIOp, arith::MulFOp>([](auto) { return Kind::MUL; })
      .Case<arith::AndIOp>([](auto) { return Kind::AND; })
      .Case<arith::OrIOp>([](auto) { return Kind::OR; })
      .Case<arith::XOrIOp>([](auto) { return Kind::XOR; })
      .Case<arith::MaxSIOp>([](auto) { return Kind::MAXSI; })
      .Case<arith::MaxUIOp>([](auto) { return Kind::MAXUI; })
      .Case<arith::MinSIOp>([](auto) { return Kind::MINSI; })
      .Case<arith::MinUIOp>([](auto) { return Kind::MINUI; })
      .Case<arith::MaximumFOp>([](auto) { return Kind::MAXIMUMF; })
      .Case<arith::MinimumFOp>([](auto) { return Kind::MINIMUMF; })
      .Case<arith::MaxNumFOp>([](auto) { return Kind::MAXNUMF; })
      .Case<arith::MinNumFOp>([](auto) { return Kind::MINNUMF; })
      .Default([](Operation *) { return std::nullopt; });
}

} // namespace firn::jit
