// Files in, the freeze pipeline, a file out.
#include "api/Freeze.h"

#include "api/GraphIndex.h"
#include "api/GraphRewriter.h"
#include "backend/graphdef/GraphDefExporter.h"
#include "passes/Pipelines.h"

#include "mlir/Transforms/Passes.h"
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

/// The tensors of all signatures: what a SavedModel with all of them needs.
void selectAllSignatures(ModuleOp module, tfg::SelectionOptions &selection) {
  auto add = [](ArrayAttr entries, std::vector<std::string> &tensors) {
    for (auto entry : entries.getAsRange<DictionaryAttr>())
      for (StringRef part : {"tensor", "values", "indices", "dense_shape"})
        if (auto tensor = entry.getAs<StringAttr>(part))
          if (!llvm::is_contained(tensors, tensor.getValue()))
            tensors.push_back(tensor.str());
  };
  for (auto signature : module.getOps<tfg::SignatureOp>()) {
    // Those of SavedModel's own, which initialise, are of no use any more.
    if (signature.getSymName().starts_with("__"))
      continue;
    add(signature.getInputs(), selection.feeds);
    add(signature.getOutputs(), selection.fetches);
  }
}

/// What placeholders that are set decide.
void addFolding(OpPassManager &manager) {
  GreedyRewriteConfig config;
  config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
  manager.addPass(createCanonicalizerPass(config));
  manager.addPass(tfg::createPrunePass());
}

} // namespace

absl::StatusOr<FreezeReport> freeze(const std::string &path,
                                    const FreezeOptions &options,
                                    const std::string &output) {
  GraphRewriter::Source source{path, options.checkpoint, options.tags, true};
  absl::StatusOr<std::unique_ptr<GraphRewriter>> loaded =
      GraphRewriter::load(source);
  if (!loaded.ok())
    return loaded.status();
  GraphRewriter &rewriter = **loaded;
  ModelFormat format = options.format == ModelFormat::Auto
                           ? formatOfPath(output)
                           : options.format;
  tfg::FreezeOptions freezing;
  freezing.selection = {options.signature, options.feeds, options.fetches};
  freezing.allow = options.allow;
  freezing.deny = options.deny;
  freezing.keepWritten = options.keepWritten;
  freezing.keepDevices = options.keepDevices;
  freezing.keepFunctions = options.keepFunctions;
  freezing.takeConstantBranches = !options.set.empty();
  bool isChosen = !options.signature.empty() || !options.feeds.empty() ||
                  !options.fetches.empty();
  if (format == ModelFormat::SavedModel && !isChosen) {
    rewriter.keepSignatures();
    selectAllSignatures(rewriter.module(), freezing.selection);
  }
  FreezeReport report;
  countVariables(rewriter.module(), report);
  absl::Status status = rewriter.run(
      [&](OpPassManager &manager) {
        tfg::BindPlaceholdersPassOptions bind;
        bind.values.assign(options.set.begin(), options.set.end());
        if (!options.set.empty())
          manager.addPass(tfg::createBindPlaceholdersPass(bind));
        tfg::buildFreezePipeline(manager, freezing);
        if (!options.set.empty())
          addFolding(manager);
      },
      "freezing");
  if (!status.ok())
    return status;
  FreezeReport left;
  countVariables(rewriter.module(), left);
  report.variables -= left.variables;
  report.weightBytes -= left.weightBytes;
  status = describeResult(rewriter.module(), report);
  if (!status.ok())
    return status;
  status = rewriter.write(output, format);
  if (!status.ok())
    return status;
  uint64_t size = 0;
  std::string file =
      format == ModelFormat::SavedModel ? output + "/saved_model.pb" : output;
  if (!llvm::sys::fs::file_size(file, size))
    report.fileBytes = static_cast<int64_t>(size);
  return report;
}

} // namespace firn
