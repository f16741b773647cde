// A lowered module as machine code in memory: the way in to backend/jit for
// everything that has linalg on tensors and wants results.
#ifndef FIRN_BACKEND_JIT_NATIVEMODULE_H
#define FIRN_BACKEND_JIT_NATIVEMODULE_H

#include "backend/jit/JitDialect.h"
#include "backend/jit/NativeImage.h"
#include "backend/jit/NativeOptions.h"
#include "backend/runtime/CallContext.h"
#include "backend/runtime/TensorView.h"
#include "backend/runtime/ThreadPool.h"

#include "mlir/IR/BuiltinOps.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <memory>
#include <span>

namespace firn::jit {

/// Compiled code of one module. Immutable; run() may be called from many
/// threads at once.
class NativeModule {
public:
  /// Compiles `@main` of a module as the lowerings make it: linalg, tensor,
  /// arith, math, scf, complex and cf.assert, over ranked tensors. `module` is
  /// left as it is. Constants are used in place where possible, so the MLIR
  /// context (and files that its resources map) must outlive the result.
  static absl::StatusOr<std::unique_ptr<NativeModule>>
  compile(mlir::ModuleOp module, const NativeOptions &options = {});

  /// Links the code of an image, which compileImage() made or which was read.
  static absl::StatusOr<std::unique_ptr<NativeModule>>
  create(NativeImage image);

  ~NativeModule();

  /// Computes `outputs` from `inputs`. The memory of outputs of static shape
  /// is the caller's and overlaps no other argument. For outputs of
  /// dynamic shape `allocate` is called once their dimensions are known; only
  /// their views' dtype is read.
  ///
  /// Errors: InvalidArgument if a view is not of main's type or if a check of
  /// the model failed (the text is the check's); ResourceExhausted; what a
  /// routine or `allocate` reports.
  absl::Status run(std::span<const TensorView> inputs,
                   std::span<const TensorView> outputs,
                   runtime::ThreadPool &pool,
                   const runtime::OutputAllocator *allocate = nullptr) const;

  size_t numInputs() const;
  size_t numOutputs() const;
  /// The dimensions of an output; mlir::ShapedType::kDynamic where they depend
  /// on the call.
  std::span<const int64_t> outputShape(size_t index) const;
  const CompileReport &report() const;
  /// What the ops took so far; no ops unless compiled for it.
  Profile profile() const;

private:
  struct Impl;
  explicit NativeModule(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl;
};

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_NATIVEMODULE_H
