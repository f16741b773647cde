// The compile pipeline, run on a module.
#include "api/CompilePipeline.h"

#include "api/ConstantEvaluator.h"
#include "frontend/Diagnostics.h"
#include "passes/Pipelines.h"

#include "mlir/Pass/PassManager.h"

using namespace mlir;

namespace firn {

absl::Status runCompilePipeline(ModuleOp module,
                                std::span<const std::string> keptVariables) {
  DiagnosticCollector errors(*module.getContext(), "compiling the graph");
  PassManager manager(module.getContext());
  manager.enableVerifier(false);
  tfg::CompileOptions options;
  options.evaluator = makeConstantEvaluator();
  options.keptVariables.assign(keptVariables.begin(), keptVariables.end());
  tfg::buildCompilePipeline(manager, options);
  return errors.check(manager.run(module), "the pipeline");
}

} // namespace firn
