// What native code may be told.
#ifndef FIRN_BACKEND_JIT_NATIVEOPTIONS_H
#define FIRN_BACKEND_JIT_NATIVEOPTIONS_H

#include "backend/jit/ConstantTable.h"

namespace firn::jit {

/// Whether 3×3 convolutions use Winograd's algorithm.
enum class Winograd {
  Auto, ///< where it is faster
  Off,
  F2, ///< with tiles of 2×2 wherever it is possible, for tests
  F4, ///< with tiles of 4×4
};

/// A register tile: rows, and vectors along the lanes. None where 0.
struct TileSize {
  int rows = 0, vectors = 0;
};

struct NativeOptions {
  /// LLVM's optimisation level, 0–3.
  int optLevel = 3;
  /// Threads that run() may count on; 1 leaves parallel code out. 0: any.
  unsigned threads = 0;
  Winograd winograd = Winograd::Auto;
  /// The tile of every kernel that has room for it, instead of the chosen one:
  /// for measuring the choice.
  TileSize tile = {};
  /// Writes the IR to stderr after each step.
  bool dumpIR = false;
  /// Code that takes the time of each op, for profile().
  bool profile = false;
  /// Is told of each constant of the module that is not read any more: it was
  /// packed or copied.
  ConstantTable::Release releaseConstant = {};
};

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_NATIVEOPTIONS_H
