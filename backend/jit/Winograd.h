// Winograd's minimal filtering for 3×3 convolutions with stride 1.
//
// An m×m tile of the output is a 3×3 correlation over an n×n tile of the input,
// n = m + 2. With the constant matrices A, B and G of the algorithm
//   Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A
// where ⊙ multiplies element by element: n² products for m² results instead of
// 9 m². Summed over the input channels the products are n² small matrix
// products, [tiles × C] · [C × K]. The filters are transformed at compile time.
//
// Two kernels compute a convolution: the first transforms the input into blocks
// of tiles, the second multiplies a block and transforms it back, with the
// epilogue.
//
// Accuracy: F(2×2) is as good as the direct sum. F(4×4) evaluates polynomials
// at 0, 1, -1, 1/2, -2 and infinity, which keeps its error within three to
// four times that of the direct sum (the usual points, ±1 and ±2, cost twice
// that); see docs/Numerics.md.
#ifndef FIRN_BACKEND_JIT_WINOGRAD_H
#define FIRN_BACKEND_JIT_WINOGRAD_H

#include "backend/jit/HostTarget.h"
#include "backend/jit/KernelSpec.h"
#include "backend/jit/NativeOptions.h"

#include "llvm/ADT/BitVector.h"

namespace firn::jit {

/// The matrices of F(m×m, 3×3).
struct WinogradMatrices {
  int64_t m, n;
  llvm::ArrayRef<double> inputTransform;  ///< Bᵀ, n × n
  llvm::ArrayRef<double> filterTransform; ///< G, n × 3
  llvm::ArrayRef<double> outputTransform; ///< Aᵀ, m × n

  /// Of m = 2 or 4.
  static const WinogradMatrices &get(int64_t m);
};

/// How one convolution is computed.
struct WinogradPlan {
  // The geometry. The loops of the kernel are n, y, x, k, and two taps, c.
  int64_t batch, height, width, filters, channels;
  int64_t paddedHeight, paddedWidth; ///< of the input

  int64_t m;
  int64_t lanes;    ///< elements of a vector
  int64_t vectors;  ///< of the filters, in a panel
  int64_t rows;     ///< tiles of a block
  bool blocksInner; ///< the second kernel visits all blocks for each panel

  int64_t n() const { return m + 2; }
  int64_t tilesY() const { return llvm::divideCeil(height, m); }
  int64_t tilesX() const { return llvm::divideCeil(width, m); }
  int64_t tiles() const { return batch * tilesY() * tilesX(); }
  int64_t blocks() const { return llvm::divideCeil(tiles(), rows); }
  int64_t panelWidth() const { return lanes * vectors; }
  int64_t panels() const { return llvm::divideCeil(filters, panelWidth()); }
  /// Elements from one tile's channels to the next one's in a block.
  int64_t rowPitch() const;
  /// Elements of the transformed input: [block][position][row][channel].
  int64_t inputElements() const {
    return blocks() * n() * n() * rows * rowPitch();
  }
  /// Elements of the transformed filters: [panel][position][channel][lane].
  int64_t filterElements() const {
    return panels() * n() * n() * channels * panelWidth();
  }

  double inputCycles = 0;  ///< of the first kernel, estimated
  double outputCycles = 0; ///< of the second
};

/// A plan for the kernel, if it is such a convolution and, where `mode` is
/// Auto, if it is faster than the direct sum. `constants` are the arguments
/// whose values are known.
std::optional<WinogradPlan> planWinograd(const KernelSpec &spec,
                                         const llvm::BitVector &constants,
                                         const HostTarget &host, Winograd mode);

/// Transforms the filters, f32 at `from` (of any alignment) as `access` reads
/// them, into `to`, which has room for plan.filterElements().
void transformFilters(const WinogradPlan &plan, const Access &access,
                      const char *from, float *to);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_WINOGRAD_H
