// Name look-up, and what a plain graph's inputs and outputs are.
#include "api/GraphIndex.h"

#include "api/Suggest.h"
#include "passes/GraphTraversal.h"

#include "absl/strings/str_cat.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace firn {

tfg::GraphOp findGraph(ModuleOp module) {
  auto graphs = module.getOps<tfg::GraphOp>();
  return graphs.empty() ? tfg::GraphOp() : *graphs.begin();
}

TensorInfo tensorInfoOf(Value value, std::string name, std::string tensor) {
  TensorInfo info;
  info.name = std::move(name);
  info.tensor = std::move(tensor);
  info.dtype = dtypeOfType(value.getType());
  // TensorFlow records a placeholder's shape as an attribute; its type follows
  // it.
  if (auto type = dyn_cast<RankedTensorType>(value.getType())) {
    info.hasRank = true;
    for (int64_t dim : type.getShape())
      info.shape.push_back(ShapedType::isDynamic(dim) ? kDynamicDim : dim);
  }
  return info;
}

GraphIndex::GraphIndex(tfg::GraphOp graph) : graph(graph) {
  for (Operation &op : *graph.getBodyBlock())
    if (auto node = dyn_cast<tfg::NodeOpInterface>(op))
      nodes.try_emplace(node.getNodeName(), &op);
}

Operation *GraphIndex::node(llvm::StringRef name) const {
  return nodes.lookup(name);
}

std::string GraphIndex::suggestion(llvm::StringRef name) const {
  std::vector<std::string> names;
  for (Operation &op : *graph->getRegion(0).begin())
    if (auto node = dyn_cast<tfg::NodeOpInterface>(op))
      names.push_back(node.getNodeName().str());
  return didYouMean(std::string_view(name.data(), name.size()), names);
}

absl::StatusOr<Value> GraphIndex::tensor(const std::string &name) const {
  llvm::StringRef text = name;
  text.consume_front("^");
  auto [nodeName, portText] = text.rsplit(':');
  unsigned port = 0;
  // A node's name has no colon; without a number behind it there is no port.
  if (portText.empty() || portText.getAsInteger(10, port)) {
    nodeName = text;
    port = 0;
  }
  Operation *op = node(nodeName);
  if (!op)
    return absl::NotFoundError(absl::StrCat(
        "the graph has no node '", nodeName.str(), "'.", suggestion(nodeName)));
  if (port >= op->getNumResults())
    return absl::NotFoundError(absl::StrCat(
        "node '", nodeName.str(), "' (op ",
        cast<tfg::NodeOpInterface>(op).getTFOpName().str(), ") has ",
        op->getNumResults(), op->getNumResults() == 1 ? " output" : " outputs",
        "; there is no '", name, "'"));
  return Value(op->getResult(port));
}

std::string GraphIndex::nameOf(Value value) const {
  auto result = cast<OpResult>(value);
  std::string name =
      cast<tfg::NodeOpInterface>(result.getOwner()).getNodeName().str();
  return isa<tfg::ControlType>(value.getType())
             ? name
             : absl::StrCat(name, ":", result.getResultNumber());
}

std::vector<TensorInfo> GraphIndex::placeholders() const {
  std::vector<TensorInfo> infos;
  for (Operation &op : *graph->getRegion(0).begin()) {
    auto node = dyn_cast<tfg::NodeOpInterface>(op);
    if (!node || op.getNumResults() != 1 ||
        !(node.getTFOpName() == "Placeholder" ||
          node.getTFOpName() == "PlaceholderV2"))
      continue;
    std::string name = nameOf(op.getResult(0));
    infos.push_back(tensorInfoOf(op.getResult(0), name, name));
  }
  return infos;
}

std::vector<TensorInfo> GraphIndex::sinks() const {
  std::vector<TensorInfo> infos;
  // What has a value on one side of a branch only is not meant.
  llvm::DenseSet<Operation *> conditional =
      tfg::findConditionalNodes(*graph->getRegion(0).begin());
  for (Operation &op : *graph->getRegion(0).begin()) {
    auto node = dyn_cast<tfg::NodeOpInterface>(op);
    if (!node || node.getTFOpName().starts_with("Placeholder") ||
        !op.use_empty() || conditional.contains(&op))
      continue;
    for (Value output : node.getOutputs()) {
      std::string name = nameOf(output);
      infos.push_back(tensorInfoOf(output, name, name));
    }
  }
  return infos;
}

} // namespace firn
