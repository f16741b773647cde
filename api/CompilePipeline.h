// The passes that make a selected graph lowerable.
#ifndef FIRN_API_COMPILEPIPELINE_H
#define FIRN_API_COMPILEPIPELINE_H

#include "absl/status/status.h"
#include "mlir/IR/BuiltinOps.h"

#include <span>
#include <string>

namespace firn {

/// Runs the compile pipeline on a module whose graph has a `tfg.fetch`.
/// `keptVariables` are nodes of variables that other graphs of the model write.
absl::Status runCompilePipeline(mlir::ModuleOp module,
                                std::span<const std::string> keptVariables);

} // namespace firn

#endif // FIRN_API_COMPILEPIPELINE_H
