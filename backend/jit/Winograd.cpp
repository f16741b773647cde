// See Winograd.h.
#include "backend/jit/Winograd.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace firn::jit {

namespace {

// F(2×2): points 0, 1, -1, infinity.
constexpr double kInput2[] = {-1, 0,  1, 0, //
                              0,  1,  1, 0, //
                              0,  -1, 1, 0, //
                              0,  -1, 0, 1};
constexpr double kFilter2[] = {-1,  0,    0,   //
                               0.5, 0.5,  0.5, //
                               0.5, -0.5, 0.5, //
                               0,   0,    1};
constexpr double kOutput2[] = {1, 1, 1,  0, //
                               0, 1, -1, 1};

// F(4×4): points 0, 1, -1, 1/2, -2, infinity.
constexpr double kInput4[] = {1, -1.5, -2,   1.5,  1,   0, //
                              0, -1,   0.5,  2.5,  1,   0, //
                              0, 1,    -2.5, 0.5,  1,   0, //
                              0, -2,   -1,   2,    1,   0, //
                              0, 0.5,  -1,   -0.5, 1,   0, //
                              0, 1,    -1.5, -2,   1.5, 1};
constexpr double kFilter4[] = {1,         0,        0,        //
                               1. / 3,    1. / 3,   1. / 3,   //
                               -1. / 3,   1. / 3,   -1. / 3,  //
                               -16. / 15, -8. / 15, -4. / 15, //
                               1. / 15,   -2. / 15, 4. / 15,  //
                               0,         0,        1};
constexpr double kOutput4[] = {1, 1, 1,  1,     1,  0, //
                               0, 1, -1, 0.5,   -2, 0, //
                               0, 1, 1,  0.25,  4,  0, //
                               0, 1, -1, 0.125, -8, 1};

/// Below this the products do not carry the transforms.
constexpr int64_t kMinChannels = 8;
/// Larger filters transformed for F(4×4), four times as many as the given ones,
/// would leave the caches and take too much of the user's memory.
constexpr int64_t kMaxFilterBytes = int64_t(24) << 20;
/// Bytes that memory gives a core in a cycle.
constexpr double kMemoryBytesPerCycle = 6;
constexpr int64_t kCachedBytes = int64_t(4) << 20;
/// What of a core's own cache one kernel may count on.
constexpr int64_t kCacheBytes = 512 * 1024;
/// The estimates must say this much, because they are estimates.
constexpr double kAdvantage = 0.95;

bool isZero(const Access &init) {
  return init.kind == Access::Kind::Scalar && init.scalar &&
         matchPattern(init.scalar, m_AnyZeroFloat());
}

/// The geometry of a 3×3 convolution of f32 with stride 1 over channels that
/// lie side by side.
std::optional<WinogradPlan> readConv(const KernelSpec &spec,
                                     const llvm::BitVector &constants) {
  const Stage &root = spec.stages[0];
  linalg::LinalgOp rootOp = root.op;
  auto op = dyn_cast<linalg::Conv2DNhwcHwcfOp>(rootOp.getOperation());
  if (!op || spec.loops.size() != 7 || spec.usesIndices)
    return std::nullopt;
  auto isOne = [](const APInt &value) { return value.isOne(); };
  if (!llvm::all_of(op.getStrides(), isOne) ||
      !llvm::all_of(op.getDilations(), isOne) || !isZero(root.inits[0]))
    return std::nullopt;
  const Access &image = root.inputs[0], &filter = root.inputs[1];
  if (image.kind != Access::Kind::Memory ||
      filter.kind != Access::Kind::Memory || !image.element.isF32() ||
      !filter.element.isF32() || !constants.test(filter.argument) ||
      image.strides[6] != 1 || image.argument == filter.argument)
    return std::nullopt;
  // The kernel's code finds the transformed ones in their place.
  for (const Stage &stage : ArrayRef(spec.stages).drop_front())
    for (const Access &access : stage.inputs)
      if (access.kind == Access::Kind::Memory &&
          (access.argument == image.argument ||
           access.argument == filter.argument))
        return std::nullopt;
  for (const Access &output : spec.outputs)
    if (output.strides[3] != 1)
      return std::nullopt;
  auto extent = [&](int loop) { return spec.loops[loop].extent; };
  if (extent(4) != 3 || extent(5) != 3 || extent(6) < kMinChannels)
    return std::nullopt;
  WinogradPlan plan = {};
  plan.batch = extent(0);
  plan.height = extent(1);
  plan.width = extent(2);
  plan.filters = extent(3);
  plan.channels = extent(6);
  plan.paddedHeight = plan.height + 2;
  plan.paddedWidth = plan.width + 2;
  return plan;
}

/// The block of tiles that wastes least, within the registers.
void chooseRows(WinogradPlan &plan, const HostTarget &host) {
  double best = 0;
  auto registers = int64_t(host.vectorRegisters);
  for (int64_t rows = 1;
       rows * plan.vectors + plan.vectors + 1 <= registers && rows <= 14;
       ++rows) {
    double blocks = double(llvm::divideCeil(plan.tiles(), rows));
    // Loads of the filters, and four products in flight at least.
    double step = std::max(double(rows * plan.vectors), 4.0) +
                  0.5 * double(plan.vectors) + 0.5;
    double cost = blocks * step;
    if (best == 0 || cost < best) {
      best = cost;
      plan.rows = rows;
    }
  }
}

/// Cycles that the bytes of constants take that do not stay in the cache.
double memoryCycles(int64_t bytes) {
  return bytes > kCachedBytes ? double(bytes) / kMemoryBytesPerCycle : 0;
}

double directCycles(const WinogradPlan &plan) {
  double products =
      double(plan.batch * plan.height * plan.width * 9 * plan.channels) *
      double(llvm::divideCeil(plan.filters, plan.lanes)) * 1.08;
  return std::max(products, memoryCycles(plan.channels * plan.filters * 9 * 4));
}

void estimate(WinogradPlan &plan, double epilogue) {
  double n2 = double(plan.n() * plan.n()), m2 = double(plan.m * plan.m);
  double vectorsC = double(llvm::divideCeil(plan.channels, plan.lanes));
  double vectorsK = double(plan.panels() * plan.vectors);
  double tiles = double(plan.blocks() * plan.rows);
  // Two passes of n-point transforms, beside loads and stores.
  plan.inputCycles = tiles * vectorsC * n2 * (plan.m == 4 ? 7.5 : 4.5);
  double products = tiles * vectorsK * n2 * double(plan.channels) * 1.1;
  double back =
      tiles * vectorsK * (n2 * (plan.m == 4 ? 5 : 3.5) + m2 * (3 + epilogue));
  plan.outputCycles =
      std::max(products, memoryCycles(plan.filterElements() * 4)) + back;
}

} // namespace

const WinogradMatrices &WinogradMatrices::get(int64_t m) {
  static const WinogradMatrices two = {2, 4, kInput2, kFilter2, kOutput2};
  static const WinogradMatrices four = {4, 6, kInput4, kFilter4, kOutput4};
  return m == 2 ? two : four;
}

int64_t WinogradPlan::rowPitch() const {
  int64_t pitch = llvm::alignTo(channels, lanes);
  // Rows at a multiple of half the first-level cache's period collide in it.
  return pitch * 4 % 2048 == 0 ? pitch + lanes : pitch;
}

std::optional<WinogradPlan> planWinograd(const KernelSpec &spec,
                                         const llvm::BitVector &constants,
                                         const HostTarget &host,
                                         Winograd mode) {
  if (mode == Winograd::Off)
    return std::nullopt;
  std::optional<WinogradPlan> base = readConv(spec, constants);
  if (!base)
    return std::nullopt;
  base->lanes = host.vectorBits / 32;
  base->vectors =
      std::min<int64_t>(2, llvm::divideCeil(base->filters, base->lanes));
  double epilogue = 0;
  for (const Stage &stage : ArrayRef(spec.stages).drop_front()) {
    linalg::LinalgOp op = stage.op;
    epilogue += double(op.getBlock()->getOperations().size());
  }
  auto plan = [&](int64_t m) {
    WinogradPlan result = *base;
    result.m = m;
    chooseRows(result, host);
    estimate(result, epilogue);
    // The operand that is read again and again should be the smaller one.
    result.blocksInner =
        result.inputElements() <= result.filterElements() ||
        result.filterElements() / result.panels() * 4 <= kCacheBytes;
    return result;
  };
  if (mode != Winograd::Auto)
    return plan(mode == Winograd::F4 ? 4 : 2);
  double best = directCycles(*base) * kAdvantage;
  std::optional<WinogradPlan> result;
  for (int64_t m : {4, 2}) {
    WinogradPlan candidate = plan(m);
    if ((m == 4 && candidate.filterElements() * 4 > kMaxFilterBytes) ||
        candidate.inputCycles + candidate.outputCycles > best)
      continue;
    best = candidate.inputCycles + candidate.outputCycles;
    result = candidate;
  }
  return result;
}

void transformFilters(const WinogradPlan &plan, const Access &access,
                      const char *from, float *to) {
  const WinogradMatrices &matrices = WinogradMatrices::get(plan.m);
  int64_t n = plan.n(), width = plan.panelWidth();
  std::fill_n(to, plan.filterElements(), 0.0F);
  for (int64_t c = 0; c < plan.channels; ++c)
    for (int64_t k = 0; k < plan.filters; ++k) {
      int64_t first =
          access.offset + c * access.strides[6] + k * access.strides[3];
      auto tap = [&](int64_t y, int64_t x) {
        int64_t at = first + y * access.strides[4] + x * access.strides[5];
        float value;
        std::memcpy(&value, from + at * int64_t(sizeof(float)), sizeof(float));
        return double(value);
      };
      double rows[6][3]; // G g
      for (int64_t i = 0; i < n; ++i)
        for (int64_t x = 0; x < 3; ++x) {
          rows[i][x] = 0;
          for (int64_t y = 0; y < 3; ++y)
            rows[i][x] += matrices.filterTransform[i * 3 + y] * tap(y, x);
        }
      float *panel = to + (k / width) * n * n * plan.channels * width;
      for (int64_t i = 0; i < n; ++i)
        for (int64_t j = 0; j < n; ++j) {
          double value = 0;
          for (int64_t x = 0; x < 3; ++x)
            value += rows[i][x] * matrices.filterTransform[j * 3 + x];
          panel[((i * n + j) * plan.channels + c) * width + k % width] =
              float(value);
        }
    }
}

} // namespace firn::jit
