// Everything that compiling makes and running needs, as plain values without
// MLIR and without addresses of code: it can be linked and run at once, or kept
// and read again by another process (ImageStream.h).
#ifndef FIRN_BACKEND_JIT_NATIVEIMAGE_H
#define FIRN_BACKEND_JIT_NATIVEIMAGE_H

#include "backend/jit/BindArguments.h"
#include "backend/jit/Profile.h"
#include "backend/jit/RoutineSites.h"

#include "llvm/Support/MemoryBuffer.h"

#include <memory>
#include <string>
#include <vector>

namespace firn::jit {

class ImageReader;
class ImageWriter;

/// Where compiling spent its time, in seconds, and what it made.
struct CompileReport {
  double tensors = 0;  ///< clean-up, fusion, forming kernels
  double buffers = 0;  ///< bufferization, arena
  double kernels = 0;  ///< code of kernels, constants packed
  double lowering = 0; ///< to LLVM IR
  double machine = 0;  ///< LLVM's optimisation and code generation
  double linking = 0;
  int64_t constantBytes = 0;
  int64_t arenaBytes = 0;
  int64_t livePeakBytes = 0;
  int64_t objectBytes = 0;
  unsigned numKernels = 0;
  unsigned numLaunches = 0;
  unsigned numCopies = 0; ///< of whole buffers, which nothing computes in place
  unsigned numDynamic = 0; ///< places where a call takes memory from the heap
};

/// What run() checks a view against.
struct ArgumentType {
  llvm::SmallVector<int64_t, 4> shape;
  size_t elementBytes = 0;
  std::string element;
  bool isString = false;
};

struct NativeImage {
  std::vector<ArgumentType> inputs, outputs;
  ConstantTable constants;
  BoundArguments bound;
  std::vector<SiteDescription> sites;
  std::vector<ProfiledOp> ops; ///< of profiled code
  size_t numSlots = 1;
  int64_t arenaBytes = 0;
  CompileReport report;
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> objects;

  /// Adds the image to what is to be stored; its constants must stay alive
  /// until then.
  void write(ImageWriter &writer);
  /// Fills an empty image; check the reader for failure before using it.
  void read(ImageReader &reader);
};

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_NATIVEIMAGE_H
