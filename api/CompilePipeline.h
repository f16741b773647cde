// The passes that make a selected graph lowerable.
#ifndef FIRN_API_COMPILEPIPELINE_H
#define FIRN_API_COMPILEPIPELINE_H

#include "absl/status/status.h"
#include "mlir/IR/BuiltinOps.h"

namespace firn {

/// Runs the compile pipeline on a module whose graph has a `tfg.fetch`.
absl::Status runCompilePipeline(mlir::ModuleOp module);

} // namespace firn

#endif // FIRN_API_COMPILEPIPELINE_H
