// What a kernel computes, read from its function: one nest of loops over linear
// accesses, a payload, and the elementwise stages that follow it (epilogue).
//
// Everything that the code generator vectorises has this form: contractions,
// convolutions, pooling, reductions, elementwise ops. A loop nest is
//   for parallel loops { acc = init; for reduction loops acc = payload(inputs,
//   acc);
//                        out = epilogue(acc, …) }
// and each access is base + Σ stride[l] · index[l] over the loops l of the
// nest.
#ifndef FIRN_BACKEND_JIT_KERNELSPEC_H
#define FIRN_BACKEND_JIT_KERNELSPEC_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

#include <optional>
#include <vector>

namespace firn::jit {

struct Loop {
  int64_t extent;
  bool reduction;
};

/// An operand of the nest.
struct Access {
  enum class Kind {
    Memory, ///< argument `argument` of the kernel, a buffer
    Scalar, ///< the value `scalar` (an argument or a constant)
    Stage,  ///< result `result` of stage `stage` (in registers)
  };
  Kind kind = Kind::Memory;
  unsigned argument = 0;
  mlir::Value scalar;
  unsigned stage = 0, result = 0;
  /// Memory: element type, strides in elements by loop, offset in elements.
  mlir::Type element;
  llvm::SmallVector<int64_t> strides;
  int64_t offset = 0;
  /// Not 0: packed in panels, which lie this far apart along the lane loop (per
  /// element of it, from panel to panel).
  int64_t panelStride = 0;
};

/// One linalg op of the kernel. Stage 0 is the root.
struct Stage {
  mlir::linalg::LinalgOp op;
  std::vector<Access> inputs;
  /// Where the payload's output arguments start: a constant fill or memory;
  /// of the root only.
  std::vector<Access> inits;
  /// Loop of the nest for each loop of the op.
  llvm::SmallVector<unsigned> loops;
};

struct KernelSpec {
  llvm::SmallVector<Loop> loops;
  std::vector<Stage> stages;
  /// The results of the last stage.
  std::vector<Access> outputs;
  /// A payload asks for the index of a loop, so loops keep their identity.
  bool usesIndices = false;
};

/// True if payloads of this op can be vectorised and its maps are linear.
/// Shapes must be static.
bool isNestOp(mlir::linalg::LinalgOp op);

/// True if the payload is acc + a·b in floating point.
bool isMultiplyAdd(mlir::linalg::LinalgOp op);

/// Reads the kernel `function`, whose body is as formKernels makes it.
/// `buffers` are the types of the launch's operands (buffers where the function
/// has tensors), with static strides. Nothing if a map or layout is not linear.
std::optional<KernelSpec> readKernel(mlir::func::FuncOp function,
                                     llvm::ArrayRef<mlir::Type> buffers);

/// Drops loops of extent 1 and joins loops that run over memory as one loop
/// would.
void simplifyLoops(KernelSpec &spec);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_KERNELSPEC_H
