// Files in, the freeze pipeline, a file out.
#include "api/Freeze.h"

#include "api/GraphIndex.h"
#include "api/GraphRewriter.h"
#include "api/Suggest.h"
#include "backend/graphdef/GraphDefExporter.h"
#include "frontend/ImportModel.h"
#include "passes/Pipelines.h"
#include "passes/VariableUses.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/Support/FileSystem.h"

using namespace mlir;

namespace firn {
namespace {

void countVariable(tfg::VariableOp variable, FreezeReport &report) {
  auto type = cast<ShapedType>(variable.getValue().getType());
  ++report.variables;
  report.weightBytes +=
      type.getNumElements() *
      int64_t(tfg::getElementByteSize(type.getElementType()).value_or(0));
}

/// The names among `wanted` that no variable has.
void noteUnknown(ModuleOp module, const char *what,
                 const std::vector<std::string> &wanted, FreezeReport &report) {
  std::vector<std::string> known;
  module.walk([&](tfg::NodeOpInterface node) {
    if (tfg::isVariable(node))
      known.push_back(node.getNodeName().str());
  });
  for (const std::string &name : wanted)
    if (!llvm::is_contained(known, name))
      report.notes.push_back(absl::StrCat("there is no variable '", name,
                                          "' to ", what, ".",
                                          didYouMean(name, known)));
}

absl::Status describeResult(ModuleOp module, FreezeReport &report) {
  tfg::GraphOp graph = findGraph(module);
  for (Operation &op : *graph.getBodyBlock()) {
    if (!isa<tfg::PlaceholderOp>(op) &&
        !op.hasAttr(tfg::TFGDialect::kFeedIndexAttr))
      continue;
    std::string node = tfg::getNodeName(op.getLoc()).str();
    auto key = op.getAttrOfType<StringAttr>(tfg::TFGDialect::kFeedNameAttr);
    report.inputs.push_back({key ? key.str() : node, node});
  }
  absl::StatusOr<ExportSummary> summary = summarizeExport(module);
  if (!summary.ok())
    return summary.status();
  report.nodes = summary->nodes;
  for (auto [key, tensor] :
       llvm::zip(graph.getFetch().getNames(), summary->fetches))
    if (StringRef name = cast<StringAttr>(key).getValue();
        !name.starts_with("^"))
      report.outputs.push_back({name.str(), tensor});
  return absl::OkStatus();
}

/// The nodes that fill tables when the model is loaded.
std::vector<std::string> tableInitializers(ModuleOp module) {
  std::vector<std::string> names;
  module.walk([&](tfg::NodeOpInterface node) {
    StringRef op = node.getTFOpName();
    if (op.starts_with("InitializeTable") ||
        op.starts_with("LookupTableImport"))
      names.push_back(node.getNodeName().str());
  });
  return names;
}

/// A SavedModel's tables are filled when it is loaded. What fills them may
/// write variables, of which the checkpoint has no values: they stay. False if
/// the model has nothing of the kind.
bool selectInitNode(ModuleOp module, tfg::FreezeOptions &freezing) {
  auto init = module->getAttrOfType<StringAttr>("tfg.init_node");
  if (!init || tableInitializers(module).empty())
    return false;
  freezing.selection.fetches.push_back("^" + init.str());
  SymbolTable values(module);
  for (auto node :
       findGraph(module).getBodyBlock()->getOps<tfg::NodeOpInterface>())
    if (tfg::isVariable(node) &&
        !values.lookup<tfg::VariableOp>(node.getNodeName()))
      freezing.deny.push_back(node.getNodeName().str());
  return true;
}

/// A GraphDef cannot say that a node fills its tables first.
void noteTables(ModuleOp module, bool isGraphDef, FreezeReport &report) {
  bool looksUp = false;
  module.walk([&](tfg::NodeOpInterface node) {
    looksUp |= node.getTFOpName().starts_with("LookupTableFind");
  });
  if (!looksUp)
    return;
  std::vector<std::string> names = tableInitializers(module);
  if (!names.empty()) {
    if (isGraphDef)
      report.notes.push_back(absl::StrCat(
          "the graph looks up tables. Firn fills them by itself; TensorFlow "
          "must run ",
          names.size() == 1 ? "node '" : "the nodes '",
          absl::StrJoin(names, "', '"), "' first"));
    return;
  }
  std::string note =
      "the graph looks up tables that nothing in it fills. A SavedModel (-o "
      "FOLDER/) keeps the node that does, and its files";
  if (auto assets = module->getAttrOfType<ArrayAttr>("tfg.assets"))
    for (auto asset : assets.getAsRange<DictionaryAttr>())
      if (auto problem = asset.getAs<StringAttr>("problem");
          problem && !StringRef(note).contains(problem.getValue()))
        absl::StrAppend(&note, "; ", problem.str());
  report.notes.push_back(note);
}

/// The tensors of the signatures, or of the one of this key: what a SavedModel
/// with them needs.
void selectSignatures(ModuleOp module, const std::string &key,
                      tfg::SelectionOptions &selection) {
  auto add = [](ArrayAttr entries, std::vector<std::string> &tensors) {
    for (auto entry : entries.getAsRange<DictionaryAttr>())
      for (StringRef part : {"tensor", "values", "indices", "dense_shape"})
        if (auto tensor = entry.getAs<StringAttr>(part))
          if (!llvm::is_contained(tensors, tensor.getValue()))
            tensors.push_back(tensor.str());
  };
  for (auto signature : module.getOps<tfg::SignatureOp>()) {
    if (key.empty() ? signature.getSymName().starts_with("__")
                    : signature.getSymName() != key)
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
  if (format == ModelFormat::SavedModel &&
      llvm::sys::fs::equivalent(path, output))
    return absl::InvalidArgumentError(absl::StrCat(
        output, ": expected another folder than that of the model itself, "
                "whose files would be replaced"));
  tfg::FreezeOptions freezing;
  freezing.selection = {options.signature, options.feeds, options.fetches};
  freezing.allow = options.allow;
  freezing.deny = options.deny;
  freezing.keepWritten = options.keepWritten;
  freezing.keepDevices = options.keepDevices;
  freezing.keepFunctions = options.keepFunctions;
  freezing.takeConstantBranches = !options.set.empty();
  if (format == ModelFormat::SavedModel) {
    tfg::SelectionOptions selection = freezing.selection;
    if (options.feeds.empty() && options.fetches.empty()) {
      rewriter.keepSignatures(options.signature);
      selectSignatures(rewriter.module(), options.signature, selection);
      selection.signature.clear();
    }
    // Of a signature that is not there, the selection says so.
    if (!selection.fetches.empty()) {
      freezing.selection = selection;
      freezing.holdTables = !selectInitNode(rewriter.module(), freezing);
    }
  }
  FreezeReport report;
  noteUnknown(rewriter.module(), "freeze", options.allow, report);
  noteUnknown(rewriter.module(), "keep", options.deny, report);
  freezing.advice = options.advice;
  freezing.onFrozen = [&](tfg::VariableOp variable) {
    countVariable(variable, report);
  };
  report.outputsAreGuessed =
      options.fetches.empty() && options.signature.empty() &&
      rewriter.module().getOps<tfg::SignatureOp>().empty();
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
    return absl::Status(
        status.code(),
        absl::StrCat(status.message(), warningsText(rewriter.readingWarnings(),
                                                    status.message())));
  status = describeResult(rewriter.module(), report);
  report.signatures = rewriter.keptSignatures();
  noteTables(rewriter.module(), format != ModelFormat::SavedModel, report);
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
