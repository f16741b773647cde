// Counts and lists what a module holds.
#include "api/Describe.h"

#include "api/GraphIndex.h"
#include "api/Signatures.h"
#include "frontend/ImportModel.h"

#include <algorithm>

using namespace mlir;

namespace firn {
namespace {

bool isVariable(tfg::NodeOpInterface node) {
  llvm::StringRef op = node.getTFOpName();
  return op == "VarHandleOp" || op == "Variable" || op == "VariableV2";
}

/// Imports with the variables' values; without them if they cannot be had, so
/// that a model is shown of which the weights are missing.
absl::StatusOr<OwningOpRef<ModuleOp>> import(const std::string &path,
                                             const LoadOptions &options,
                                             MLIRContext &context) {
  ImportOptions importOptions;
  importOptions.checkpoint = options.checkpoint;
  importOptions.tags = options.tags;
  absl::StatusOr<OwningOpRef<ModuleOp>> module =
      importModel(path, importOptions, context);
  if (module.ok() || !options.checkpoint.empty())
    return module;
  importOptions.loadVariables = false;
  absl::StatusOr<OwningOpRef<ModuleOp>> bare =
      importModel(path, importOptions, context);
  return bare.ok() ? std::move(bare) : std::move(module);
}

/// The variable of a node: its value's type if there is a value, else what the
/// node declares.
VariableInfo variableOf(tfg::NodeOpInterface node, ModuleOp module) {
  VariableInfo info;
  info.name = node.getNodeName().str();
  if (auto variable = module.lookupSymbol<tfg::VariableOp>(info.name)) {
    auto type = cast<ShapedType>(variable.getValue().getType());
    info.dtype = dtypeOfType(cast<TensorType>(type));
    info.shape.assign(type.getShape().begin(), type.getShape().end());
    info.hasValue = true;
    info.bytes = byteSize(info.dtype, info.shape).value_or(0);
    return info;
  }
  if (auto dtype = node->getAttrOfType<TypeAttr>("dtype"))
    info.dtype = dtypeOfType(dtype.getValue());
  else if (!node.getOutputs().empty())
    info.dtype = dtypeOfType(node.getOutputs()[0].getType());
  if (auto shape = node->getAttrOfType<tfg::ShapeAttr>("shape"))
    for (int64_t dim : shape.getDims())
      info.shape.push_back(ShapedType::isDynamic(dim) ? kDynamicDim : dim);
  return info;
}

template <typename T> void sortByName(std::vector<T> &list) {
  std::sort(list.begin(), list.end(),
            [](const T &a, const T &b) { return a.name < b.name; });
}

/// Counts the nodes below `root` and returns how many there are.
int64_t count(Operation *root, ModelDescription &description) {
  int64_t nodes = 0;
  root->walk([&](tfg::NodeOpInterface node) {
    ++nodes;
    ++description.ops[node.getTFOpName().str()];
    if (!node.getDevice().empty())
      ++description.devices[node.getDevice().str()];
  });
  return nodes;
}

void describeGraph(ModuleOp module, ModelDescription &description) {
  tfg::GraphOp graph = findGraph(module);
  if (!graph)
    return;
  description.nodes = count(graph, description);
  GraphIndex index(graph);
  description.inputs = index.placeholders();
  description.outputs = index.sinks();
  for (auto node : graph.getBodyBlock()->getOps<tfg::NodeOpInterface>())
    if (isVariable(node))
      description.variables.push_back(variableOf(node, module));
  sortByName(description.variables);
  description.producer = graph.getProducer().value_or(0);
  description.minConsumer = graph.getMinConsumer().value_or(0);
}

} // namespace

absl::StatusOr<ModelDescription> describe(const std::string &path,
                                          const LoadOptions &options) {
  absl::StatusOr<ModelSummary> summary = describeModel(path);
  if (!summary.ok())
    return summary.status();
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.printOpOnDiagnostic(false);
  absl::StatusOr<OwningOpRef<ModuleOp>> module = import(path, options, context);
  if (!module.ok())
    return module.status();
  ModelDescription description;
  description.format = summary->format;
  for (const MetaGraphSummary &metaGraph : summary->metaGraphs)
    description.tags.push_back(metaGraph.tags);
  if (auto version =
          (**module)->getAttrOfType<StringAttr>("tfg.tensorflow_version"))
    description.tensorflowVersion = version.str();
  description.signatures = signaturesOf(**module);
  describeGraph(**module, description);
  for (auto function : (**module).getOps<tfg::FuncOp>())
    description.functions.push_back(
        {function.getSymName().str(), count(function, description)});
  sortByName(description.functions);
  return description;
}

absl::StatusOr<std::vector<std::vector<std::string>>>
listTagSets(const std::string &path) {
  absl::StatusOr<ModelSummary> summary = describeModel(path);
  if (!summary.ok())
    return summary.status();
  std::vector<std::vector<std::string>> tags;
  if (summary->format == "SavedModel")
    for (const MetaGraphSummary &metaGraph : summary->metaGraphs)
      tags.push_back(metaGraph.tags);
  return tags;
}

} // namespace firn
