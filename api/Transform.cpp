// Each tool: read, select, run passes, write.
#include "api/Transform.h"

#include "api/GraphRewriter.h"
#include "api/Signatures.h"
#include "api/TransformPasses.h"
#include "api/TransformSpec.h"
#include "passes/Pipelines.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace firn {
namespace {

using Rewriter = std::unique_ptr<GraphRewriter>;

std::string nodeOf(const std::string &tensor) {
  return tensor.substr(0, tensor.find(':'));
}

bool isPlaceholder(GraphRewriter &rewriter, const std::string &tensor) {
  return absl::StartsWith(rewriter.opOf(nodeOf(tensor)), "Placeholder");
}

/// The nodes that no node uses. Without outputs they are all that must stay,
/// and what they need.
std::vector<std::string> unusedNodes(GraphRewriter &rewriter) {
  std::vector<std::string> names;
  for (auto node :
       rewriter.graph().getBodyBlock()->getOps<tfg::NodeOpInterface>())
    if (node->use_empty())
      names.push_back(node.getNodeName().str());
  return names;
}

/// Selects the outputs, or if there are none, those of the default signature;
/// inputs that are no placeholders are cut off only where that is asked for.
absl::Status select(GraphRewriter &rewriter,
                    const std::vector<std::string> &inputs,
                    const std::vector<std::string> &outputs, bool cutInputs) {
  tfg::SelectSignaturePassOptions options;
  for (const std::string &input : inputs) {
    if (rewriter.opOf(nodeOf(input)).empty() || cutInputs ||
        isPlaceholder(rewriter, input))
      options.feeds.push_back(input);
  }
  options.fetches.assign(outputs.begin(), outputs.end());
  options.keepDefaults = !cutInputs;
  return rewriter.run(
      [&](OpPassManager &manager) {
        manager.addPass(tfg::createSelectSignaturePass(options));
      },
      "selecting inputs and outputs");
}

/// The same, and where nothing is named and there is no signature, all nodes
/// that no node uses.
absl::Status selectOrAll(GraphRewriter &rewriter,
                         const std::vector<std::string> &inputs,
                         std::vector<std::string> outputs, bool cutInputs) {
  bool bySignature = outputs.empty() && inputs.empty() &&
                     chooseSignature(signaturesOf(rewriter.module()), "").ok();
  if (outputs.empty() && !bySignature)
    outputs = unusedNodes(rewriter);
  if (!bySignature && outputs.empty())
    return absl::OkStatus();
  return select(rewriter, inputs, outputs, cutInputs);
}

absl::StatusOr<Rewriter> load(const std::string &path) {
  GraphRewriter::Source source;
  source.path = path;
  return GraphRewriter::load(source);
}

absl::StatusOr<TransformReport> finish(GraphRewriter &rewriter,
                                       TransformReport report,
                                       const std::string &output,
                                       ModelFormat format) {
  report.nodesAfter = rewriter.countNodes();
  if (absl::Status status = rewriter.write(output, format); !status.ok())
    return status;
  return report;
}

/// Types of inputs as passes take them: none, one for all, or one for each.
absl::StatusOr<tfg::RetypePlaceholdersPassOptions>
inputTypes(const std::vector<std::string> &inputs,
           const std::vector<std::string> &types) {
  tfg::RetypePlaceholdersPassOptions options;
  if (types.size() > 1 && types.size() != inputs.size())
    return absl::InvalidArgumentError(
        absl::StrCat("expected one type for all inputs or one for each of the ",
                     inputs.size(), ", found ", types.size()));
  for (const std::string &name : types) {
    absl::StatusOr<std::string> type = elementTypeText(name);
    if (!type.ok())
      return type.status();
    options.types.push_back(*type);
  }
  if (types.size() == 1)
    options.types.assign(inputs.size(), options.types[0]);
  if (!types.empty())
    for (const std::string &input : inputs)
      options.names.push_back(nodeOf(input));
  return options;
}

/// strip_unused refuses what TensorFlow's does: only what is computed may be
/// cut off, so a type is given to nodes that were none of the graph's inputs.
absl::Status cut(GraphRewriter &rewriter,
                 const std::vector<std::string> &inputs,
                 const std::vector<std::string> &outputs,
                 const std::vector<std::string> &types) {
  if (outputs.empty())
    return absl::InvalidArgumentError(
        "name at least one output: without, there is nothing to keep");
  absl::StatusOr<tfg::RetypePlaceholdersPassOptions> options =
      inputTypes(inputs, types);
  if (!options.ok())
    return options.status();
  if (absl::Status status = select(rewriter, inputs, outputs, true);
      !status.ok())
    return status;
  return rewriter.run(
      [&](OpPassManager &manager) {
        manager.addPass(tfg::createRetypePlaceholdersPass(*options));
        manager.addPass(tfg::createPrunePass());
      },
      "removing what is not used");
}

/// The placeholders whose names contain a key, as bindings.
absl::StatusOr<std::vector<std::string>>
findConstants(GraphRewriter &rewriter, std::vector<std::string> constants) {
  std::vector<std::string> bindings;
  constants.push_back("keras_learning_phase=False");
  for (const std::string &constant : constants) {
    std::pair<std::string, std::string> parts =
        absl::StrSplit(constant, absl::MaxSplits('=', 1));
    std::string value = absl::AsciiStrToLower(parts.second);
    if (parts.first.empty() || (value != "true" && value != "false"))
      return absl::InvalidArgumentError(
          absl::StrCat("'", constant, "': expected NAME=True or NAME=False"));
    for (auto node :
         rewriter.graph().getBodyBlock()->getOps<tfg::NodeOpInterface>())
      if (node.getTFOpName().starts_with("Placeholder") &&
          node->getNumResults() == 1 &&
          tfg::getElementType(node->getResult(0)).isInteger(1) &&
          node.getNodeName().contains(parts.first))
        bindings.push_back(absl::StrCat(node.getNodeName().str(), "=", value));
  }
  return bindings;
}

void addBindings(OpPassManager &manager,
                 const std::vector<std::string> &bindings) {
  tfg::BindPlaceholdersPassOptions options;
  options.values.assign(bindings.begin(), bindings.end());
  if (!bindings.empty())
    manager.addPass(tfg::createBindPlaceholdersPass(options));
}

} // namespace

absl::StatusOr<TransformReport> transformGraph(const std::string &path,
                                               const TransformOptions &options,
                                               const std::string &output) {
  absl::StatusOr<std::vector<TransformSpec>> specs =
      parseTransforms(options.transforms);
  if (!specs.ok())
    return specs.status();
  // All are looked at before any is run.
  std::vector<PassBuilder> builders;
  bool cutInputs = false;
  for (TransformSpec &spec : *specs) {
    absl::StatusOr<PassBuilder> builder = makeTransform(spec);
    if (!builder.ok())
      return builder.status();
    builders.push_back(*std::move(builder));
    cutInputs |= spec.name == "strip_unused_nodes";
  }
  absl::StatusOr<Rewriter> rewriter = load(path);
  if (!rewriter.ok())
    return rewriter.status();
  TransformReport report;
  report.nodesBefore = (*rewriter)->countNodes();
  if (absl::Status status =
          selectOrAll(**rewriter, options.inputs, options.outputs, cutInputs);
      !status.ok())
    return status;
  for (size_t i = 0; i < builders.size(); ++i) {
    TransformSpec &spec = (*specs)[i];
    std::string action = absl::StrCat("transform ", spec.name);
    bool ignoreErrors = spec.flag("ignore_errors", false);
    absl::Status status = ignoreErrors
                              ? (*rewriter)->tryRun(builders[i], action)
                              : (*rewriter)->run(builders[i], action);
    if (status.ok())
      continue;
    if (!ignoreErrors)
      return absl::Status(status.code(),
                          absl::StrCat(action, ": ", status.message()));
    report.notes.push_back(
        absl::StrCat(action, " failed and was left out: ", status.message()));
  }
  return finish(**rewriter, report, output, options.format);
}

absl::StatusOr<TransformReport>
optimizeForInference(const std::string &path, const InferenceOptions &options,
                     const std::string &output) {
  absl::StatusOr<Rewriter> loaded = load(path);
  if (!loaded.ok())
    return loaded.status();
  GraphRewriter &rewriter = **loaded;
  TransformReport report;
  report.nodesBefore = rewriter.countNodes();
  absl::StatusOr<std::vector<std::string>> bindings =
      findConstants(rewriter, options.constants);
  if (!bindings.ok())
    return bindings.status();
  absl::Status status = rewriter.run(
      [&](OpPassManager &manager) { addBindings(manager, *bindings); },
      "setting placeholders");
  if (status.ok())
    status = cut(rewriter, options.inputs, options.outputs, options.inputTypes);
  if (status.ok())
    status = rewriter.run(
        [&](OpPassManager &manager) {
          manager.addPass(tfg::createDropTrainingOpsPass());
          addFoldConstants(manager, int64_t(10) << 20, {}, {});
          manager.addPass(tfg::createFoldBatchNormPass());
          if (!options.tocoCompatible) {
            tfg::FuseConvolutionsPassOptions fuse;
            manager.addPass(tfg::createFuseConvolutionsPass(fuse));
          }
          manager.addPass(tfg::createPrunePass());
        },
        "optimizing for inference");
  if (!status.ok())
    return status;
  return finish(rewriter, report, output, options.format);
}

absl::StatusOr<TransformReport> stripUnused(const std::string &path,
                                            const StripOptions &options,
                                            const std::string &output) {
  absl::StatusOr<Rewriter> rewriter = load(path);
  if (!rewriter.ok())
    return rewriter.status();
  TransformReport report;
  report.nodesBefore = (*rewriter)->countNodes();
  absl::Status status =
      cut(**rewriter, options.inputs, options.outputs, options.inputTypes);
  if (!status.ok())
    return status;
  return finish(**rewriter, report, output, options.format);
}

absl::StatusOr<TransformReport> optimizeGraph(const std::string &path,
                                              const OptimizeOptions &options,
                                              const std::string &output) {
  GraphRewriter::Source source{path, options.checkpoint, options.tags, true};
  absl::StatusOr<Rewriter> rewriter = GraphRewriter::load(source);
  if (!rewriter.ok())
    return rewriter.status();
  TransformReport report;
  report.nodesBefore = (*rewriter)->countNodes();
  absl::Status status = (*rewriter)->run(
      [&](OpPassManager &manager) { addBindings(manager, options.set); },
      "setting placeholders");
  if (!status.ok())
    return status;
  if (options.passes.empty()) {
    status = (*rewriter)->run(
        [&](OpPassManager &manager) {
          tfg::FreezeOptions freezing;
          freezing.selection = {options.signature, options.inputs,
                                options.outputs};
          tfg::buildFreezePipeline(manager, freezing);
          manager.addPass(tfg::createDropTrainingOpsPass());
          manager.addPass(createCSEPass());
          addFoldConstants(manager, int64_t(10) << 20, {}, {});
          manager.addPass(tfg::createFoldBatchNormPass());
          manager.addPass(createCSEPass());
          manager.addPass(tfg::createPrunePass());
        },
        "optimizing");
  } else {
    static const bool registered = [] {
      registerTransformsPasses();
      tfg::registerFirnPasses();
      tfg::registerFirnPipelines();
      return true;
    }();
    (void)registered;
    std::string parseErrors;
    llvm::raw_string_ostream errors(parseErrors);
    OpPassManager pipeline(ModuleOp::getOperationName());
    if (failed(parsePassPipeline(options.passes, pipeline, errors)))
      return absl::InvalidArgumentError(
          absl::StrCat("--passes: ", parseErrors));
    bool selects = !options.signature.empty() || !options.inputs.empty() ||
                   !options.outputs.empty();
    // Passes drop what nothing needs: what the graph is for has to stay.
    if (!selects && status.ok())
      status = selectOrAll(**rewriter, {}, {}, false);
    if (!status.ok())
      return status;
    status = (*rewriter)->run(
        [&](OpPassManager &manager) {
          if (selects) {
            tfg::SelectSignaturePassOptions selection;
            selection.signature = options.signature;
            selection.feeds.assign(options.inputs.begin(),
                                   options.inputs.end());
            selection.fetches.assign(options.outputs.begin(),
                                     options.outputs.end());
            selection.keepDefaults = options.inputs.empty();
            manager.addPass(tfg::createSelectSignaturePass(selection));
          }
          (void)parsePassPipeline(options.passes, manager, errors);
        },
        "the passes");
  }
  if (!status.ok())
    return status;
  return finish(**rewriter, report, output, options.format);
}

} // namespace firn
