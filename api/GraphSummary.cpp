// The lines are those of TensorFlow's summarize_graph, which scripts read.
#include "api/GraphSummary.h"

#include "api/GraphIndex.h"
#include "api/GraphRewriter.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <map>
#include <vector>

using namespace mlir;

namespace firn {
namespace {

std::string opOf(Operation *op) {
  return cast<tfg::NodeOpInterface>(op).getTFOpName().str();
}

std::string shapeText(Type type) {
  auto ranked = dyn_cast<RankedTensorType>(type);
  if (!ranked)
    return "None";
  std::string text;
  for (int64_t dim : ranked.getShape())
    absl::StrAppend(&text, text.empty() ? "" : ",",
                    ShapedType::isDynamic(dim) ? "?" : absl::StrCat(dim));
  return absl::StrCat("[", text, "]");
}

std::string describeNode(Operation *op, bool withType) {
  auto node = cast<tfg::NodeOpInterface>(op);
  if (!withType)
    return absl::StrCat("(name=", node.getNodeName().str(), ", op=", opOf(op),
                        ")");
  Type type = op->getResult(0).getType();
  if (auto shape = op->getAttrOfType<tfg::ShapeAttr>("shape"))
    type = shape.getTensorType(cast<TensorType>(type).getElementType());
  DType dtype = dtypeOfType(type);
  return absl::StrCat(
      "(name=", node.getNodeName().str(), ", type=", std::string(nameOf(dtype)),
      "(", static_cast<int>(dtype), "), shape=", shapeText(type), ")");
}

bool isVariable(llvm::StringRef op) {
  return op == "Variable" || op == "VariableV2" || op == "VarHandleOp";
}

/// What nobody consumes and that computes something.
bool isLikelyOutput(Operation *op) {
  std::string name = opOf(op);
  return op->use_empty() && name != "Const" && name != "Assign" &&
         name != "NoOp" && name != "Placeholder";
}

int64_t elementsOf(Attribute shapeOrValue) {
  if (auto value = dyn_cast_or_null<ElementsAttr>(shapeOrValue))
    return value.getNumElements();
  int64_t count = 1;
  if (auto shape = dyn_cast_or_null<tfg::ShapeAttr>(shapeOrValue)) {
    if (!shape.getHasRank())
      return 0;
    for (int64_t dim : shape.getDims())
      if (__builtin_mul_overflow(count, std::max<int64_t>(dim, 0), &count))
        return 0;
    return count;
  }
  return 0;
}

/// 4200000 as 4.20M.
std::string magnitude(int64_t count) {
  constexpr std::pair<double, const char *> units[] = {
      {1e9, "b"}, {1e6, "M"}, {1e3, "k"}};
  for (auto [size, unit] : units)
    if (count >= size) {
      char text[32];
      std::snprintf(text, sizeof(text), "%.2f%s", count / size, unit);
      return text;
    }
  return absl::StrCat(count);
}

struct Counts {
  std::vector<Operation *> inputs, variables, outputs;
  int64_t constants = 0, parameters = 0, controlEdges = 0;
  std::map<std::string, int64_t> ops, devices;
};

Counts count(GraphRewriter &rewriter) {
  Counts counts;
  rewriter.module()->walk([&](tfg::NodeOpInterface node) {
    ++counts.ops[opOf(node)];
    if (!node.getDevice().empty())
      ++counts.devices[node.getDevice().str()];
    counts.controlEdges += node.getControlOperands().size();
  });
  for (auto node :
       rewriter.graph().getBodyBlock()->getOps<tfg::NodeOpInterface>()) {
    std::string op = opOf(node);
    if (op == "Placeholder")
      counts.inputs.push_back(node);
    if (isVariable(op)) {
      counts.variables.push_back(node);
      counts.parameters += elementsOf(node->getAttr("shape"));
    }
    if (op == "Const")
      counts.constants += elementsOf(node->getAttr("value"));
    if (isLikelyOutput(node))
      counts.outputs.push_back(node);
  }
  return counts;
}

void appendList(std::string &text, const char *what,
                const std::vector<Operation *> &nodes, bool withType) {
  if (nodes.empty()) {
    absl::StrAppend(&text, "No ", what, " spotted.\n");
    return;
  }
  absl::StrAppend(&text, "Found ", nodes.size(), " possible ", what, ": ");
  for (Operation *op : nodes)
    absl::StrAppend(&text, describeNode(op, withType), " ");
  text += '\n';
}

void appendHistogram(std::string &text, const char *unit,
                     const std::map<std::string, int64_t> &counts) {
  std::vector<std::pair<std::string, int64_t>> sorted(counts.begin(),
                                                      counts.end());
  std::sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  for (size_t i = 0; i < sorted.size(); ++i)
    absl::StrAppend(&text, i ? ", " : "", sorted[i].second, " ", unit,
                    sorted[i].first);
  text += '\n';
}

void appendStructure(std::string &text, tfg::GraphOp graph) {
  for (auto node : graph.getBodyBlock()->getOps<tfg::NodeOpInterface>()) {
    absl::StrAppend(&text, node.getNodeName().str(), " (", opOf(node), "): [");
    bool first = true;
    for (Value operand : node->getOperands()) {
      bool isControl = isa<tfg::ControlType>(operand.getType());
      if (auto control = operand.getDefiningOp<tfg::ControlOp>())
        operand = control.getNode();
      auto result = cast<OpResult>(operand);
      absl::StrAppend(&text, first ? "" : ", ", isControl ? "^" : "",
                      tfg::getNodeName(result.getOwner()->getLoc()).str());
      if (!isControl && result.getResultNumber() > 0)
        absl::StrAppend(&text, ":", result.getResultNumber());
      first = false;
    }
    text += "]\n";
  }
}

} // namespace

absl::StatusOr<std::string> summarizeGraph(const std::string &path,
                                           bool printStructure) {
  GraphRewriter::Source source;
  source.path = path;
  absl::StatusOr<std::unique_ptr<GraphRewriter>> loaded =
      GraphRewriter::load(source);
  if (!loaded.ok())
    return loaded.status();
  GraphRewriter &rewriter = **loaded;
  if (!rewriter.graph())
    return absl::InvalidArgumentError(absl::StrCat(path, ": has no graph"));
  Counts counts = count(rewriter);
  std::string text;
  appendList(text, "inputs", counts.inputs, true);
  appendList(text, "variables", counts.variables, false);
  appendList(text, "outputs", counts.outputs, false);
  absl::StrAppend(&text, "Found ", counts.constants, " (",
                  magnitude(counts.constants), ") const parameters, ",
                  counts.parameters, " (", magnitude(counts.parameters),
                  ") variable parameters, and ", counts.controlEdges,
                  " control_edges\n");
  if (!counts.devices.empty()) {
    text += "Nodes on devices: ";
    appendHistogram(text, "nodes on ", counts.devices);
  }
  text += "Op types used: ";
  appendHistogram(text, "", counts.ops);
  if (printStructure)
    appendStructure(text, rewriter.graph());
  return text;
}

} // namespace firn
