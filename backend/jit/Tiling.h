// How a kernel's loops are cut into register tiles: which loop runs along the
// vector lanes, which is unrolled beside it, how large the tile is, and in
// which order tiles follow each other.
#ifndef FIRN_BACKEND_JIT_TILING_H
#define FIRN_BACKEND_JIT_TILING_H

#include "backend/jit/HostTarget.h"
#include "backend/jit/KernelSpec.h"
#include "backend/jit/NativeOptions.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include "llvm/ADT/BitVector.h"

namespace firn::jit {

struct Tiling {
  static constexpr int kNone = -1;

  /// The loop along the lanes, and the loop that is unrolled `rows` times.
  int lane = kNone;
  int row = kNone;
  /// The lane loop is a reduction: lanes hold partial results.
  bool reducesLanes = false;
  /// acc + a·b is one fused operation.
  bool fuseMultiplyAdd = false;

  int64_t lanes = 1;   ///< elements of a vector
  int64_t rows = 1;    ///< register tile, along `row`
  int64_t vectors = 1; ///< register tile, along `lane`, in vectors

  /// Parallel loops from the slowest to the fastest; `row` and `lane` count
  /// in tiles. Tile number t enumerates them.
  llvm::SmallVector<int> order;
  /// Reduction loops from the outermost to the innermost (without `lane`).
  llvm::SmallVector<int> reductions;
  /// The root's inputs that are packed into panels if they are constant.
  llvm::SmallVector<unsigned> packed;

  int64_t numTiles = 1;
  /// Estimated cycles of the whole kernel on one core.
  double cycles = 0;
};

/// Number of tiles along `loop`.
int64_t tilesOf(const KernelSpec &spec, const Tiling &tiling, int loop);

/// Chooses by a model of the processor's ports, registers and latencies.
/// `constants` are the arguments whose values are known. `forced` is taken
/// instead of the best tile if it fits.
Tiling chooseTiling(const KernelSpec &spec, const llvm::BitVector &constants,
                    const HostTarget &host, TileSize forced = {});

/// The kind of the root's reduction, if it is one operation over an
/// expression without the accumulator; what lanes can be combined with.
std::optional<mlir::vector::CombiningKind>
combiningKind(const KernelSpec &spec);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_TILING_H
