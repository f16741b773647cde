// Files in, the freeze pipeline, a file out.
#include "api/Freeze.h"

#include "api/GraphIndex.h"
#include "backend/graphdef/GraphDefExporter.h"
#include "backend/graphdef/GraphDefFile.h"
#include "frontend/Diagnostics.h"
#include "frontend/ImportModel.h"
#include "ir/TFGOps.h"
#include "passes/Pipelines.h"

#include "absl/strings/str_cat.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/FileSystem.h"

using namespace mlir;

namespace firn {
namespace {

/// Number and size of the variables that the module has values of.
void countVariables(ModuleOp module, FreezeReport &report) {
  for (auto variable : module.getOps<tfg::VariableOp>()) {
    auto type = cast<ShapedType>(variable.getValue().getType());
    ++report.variables;
    report.weightBytes +=
        type.getNumElements() *
        int64_t(tfg::getElementByteSize(type.getElementType()).value_or(0));
  }
}

absl::Status describeResult(ModuleOp module, FreezeReport &report) {
  tfg::GraphOp graph = findGraph(module);
  for (auto placeholder : graph.getBodyBlock()->getOps<tfg::PlaceholderOp>())
    report.inputs.push_back(placeholder.getNodeName().str());
  absl::StatusOr<ExportSummary> summary = summarizeExport(module);
  if (!summary.ok())
    return summary.status();
  report.nodes = summary->nodes;
  report.outputs = summary->fetches;
  return absl::OkStatus();
}

} // namespace

absl::StatusOr<FreezeReport> freeze(const std::string &path,
                                    const FreezeOptions &options,
                                    const std::string &output) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.printOpOnDiagnostic(false);
  ImportOptions importOptions;
  importOptions.checkpoint = options.checkpoint;
  importOptions.tags = options.tags;
  absl::StatusOr<OwningOpRef<ModuleOp>> module =
      importModel(path, importOptions, context);
  if (!module.ok())
    return module.status();
  FreezeReport report;
  {
    DiagnosticCollector errors(context, path);
    PassManager manager(&context);
    tfg::FreezeOptions freezing;
    freezing.selection = {options.signature, options.feeds, options.fetches};
    freezing.keepDevices = options.keepDevices;
    tfg::buildFreezePipeline(manager, freezing);
    countVariables(**module, report);
    if (absl::Status status = errors.check(manager.run(**module), "freezing");
        !status.ok())
      return status;
  }
  FreezeReport left;
  countVariables(**module, left);
  report.variables -= left.variables;
  report.weightBytes -= left.weightBytes;
  if (absl::Status status = describeResult(**module, report); !status.ok())
    return status;
  if (absl::Status status = writeGraphDef(
          **module, output,
          options.text ? GraphDefFormat::Text : GraphDefFormat::Binary);
      !status.ok())
    return status;
  uint64_t size = 0;
  if (!llvm::sys::fs::file_size(output, size))
    report.fileBytes = static_cast<int64_t>(size);
  return report;
}

} // namespace firn
