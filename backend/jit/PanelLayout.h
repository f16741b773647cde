// Constants in the order in which kernels read them.
#ifndef FIRN_BACKEND_JIT_PANELLAYOUT_H
#define FIRN_BACKEND_JIT_PANELLAYOUT_H

#include "backend/jit/KernelSpec.h"
#include "backend/jit/Tiling.h"

namespace firn::jit {

/// A constant's new layout, panels for the lanes of a tile:
/// [loops][panel][width] elements, where `panel` counts along the lane loop and
/// the loops run over the others that the operand depends on. Missing elements
/// are zero.
struct PanelLayout {
  unsigned argument = 0; ///< of the kernel
  mlir::Type element;
  int64_t offset = 0; ///< of the source, in elements
  struct Dim {
    int64_t extent, stride; ///< of the source
  };
  llvm::SmallVector<Dim> outer; ///< loops outside of the panels
  Dim lane;
  llvm::SmallVector<Dim> inner; ///< reduction loops within a panel
  int64_t width = 1;            ///< elements of a panel's row

  int64_t numElements() const;
};

/// Rewrites the accesses of the operands that `tiling` wants packed, and
/// returns their layouts.
llvm::SmallVector<PanelLayout> usePanels(KernelSpec &spec,
                                         const Tiling &tiling);

/// Copies the dense constant `from` into panels at `to`, which has room for
/// layout.numElements() elements.
void packPanels(const void *from, void *to, const PanelLayout &layout);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_PANELLAYOUT_H
