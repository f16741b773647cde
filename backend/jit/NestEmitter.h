// The state of writing one kernel's code, which EmitNest.cpp, EmitReduction.cpp
// and EmitWinograd.cpp share: the builder, the operands, and the current tile.
#ifndef FIRN_BACKEND_JIT_NESTEMITTER_H
#define FIRN_BACKEND_JIT_NESTEMITTER_H

#include "backend/jit/KernelSpec.h"
#include "backend/jit/Tiling.h"
#include "backend/jit/VectorCode.h"
#include "backend/jit/Winograd.h"

namespace firn::jit {

class NestEmitter {
public:
  NestEmitter(mlir::ModuleOp module, mlir::func::FuncOp kernel,
              const KernelSpec &spec, const Tiling &tiling)
      : module(module), kernel(kernel), spec(spec), tiling(tiling),
        loc(kernel.getLoc()), b(kernel.getContext()),
        code(b, loc, tiling.lanes), index(spec.loops.size()) {}

  mlir::func::FuncOp emit(llvm::StringRef name);
  /// The second kernel of a convolution by Winograd's algorithm.
  mlir::func::FuncOp emitWinogradOutput(llvm::StringRef name,
                                        const WinogradPlan &plan);

private:
  using Vectors = llvm::SmallVector<mlir::Value>;
  /// A position in the register tile.
  struct Cell {
    int64_t row, vector;
  };

  void loadArguments();
  void decodeTile(mlir::Value tile);
  void emitTileVariants();
  void withTail(mlir::Value tileIndex, int64_t tiles, int64_t full,
                int64_t tail, llvm::function_ref<void(int64_t)> emitPart);
  void emitTile();
  Vectors emitInits();
  Vectors emitReductions(unsigned depth, Vectors accumulators);
  Vectors emitLaneLoop(Vectors accumulators);
  Vectors emitStep(const Vectors &accumulators, int64_t vectors, bool masked);
  Vectors combineLanes(const Vectors &accumulators);
  void emitEpilogue(Vectors results);
  void emitWinogradTiles(mlir::Value first, const WinogradPlan &plan,
                         mlir::Value products, mlir::Value pixels);

  mlir::Value basePointer(const Access &access, llvm::ArrayRef<int> loops);
  mlir::Value loadCell(const Access &access, mlir::Value pointer, Cell cell,
                       VectorCode &vectors, int64_t count);
  llvm::SmallVector<mlir::Value> emitPayload(const Stage &stage,
                                             VectorCode &vectors,
                                             mlir::ValueRange arguments,
                                             Cell cell);
  int64_t stride(const Access &access, int loop) const {
    return loop < 0 ? 0 : access.strides[loop];
  }
  int64_t validLanes(int64_t vector) const {
    return std::min(tiling.lanes, width - vector * tiling.lanes);
  }
  unsigned numResults() const { return spec.stages[0].inits.size(); }
  bool unrolls(unsigned depth) const;

  mlir::ModuleOp module;
  mlir::func::FuncOp kernel;
  const KernelSpec &spec;
  const Tiling &tiling;
  mlir::Location loc;
  mlir::OpBuilder b;
  VectorCode code;
  llvm::DenseMap<mlir::Value, mlir::Value> scalars;
  llvm::SmallVector<mlir::Value> pointers;
  /// The current index of each loop (i64); of the first row or lane of a tile.
  llvm::SmallVector<mlir::Value> index;
  // The current tile: rows, and elements along the lane loop.
  int64_t rows = 1, width = 1, vectors = 1;
};

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_NESTEMITTER_H
