// Code of a kernel: its loop nest in register tiles of vectors.
#ifndef FIRN_BACKEND_JIT_EMITNEST_H
#define FIRN_BACKEND_JIT_EMITNEST_H

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

/// Writes the function `name`(slots, begin, end) into `module` (SlotAbi.h);
/// every operand of the kernel takes one slot.
mlir::func::FuncOp emitNest(mlir::ModuleOp module, llvm::StringRef name,
                            mlir::func::FuncOp kernel, const KernelSpec &spec,
                            const Tiling &tiling);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_EMITNEST_H
