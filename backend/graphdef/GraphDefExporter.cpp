// Names first (what is promised to users has precedence), then node after node.
#include "backend/graphdef/GraphDefExporter.h"
#include "backend/graphdef/FunctionExporter.h"
#include "backend/graphdef/NodeExporter.h"
#include "proto/RecordedSignature.h"
#include "proto/TextForm.h"
#include "proto/TypeMap.h"

#include "absl/strings/str_cat.h"

using namespace mlir;

namespace firn {
namespace {

llvm::StringSet<> functionNames(ModuleOp module) {
  llvm::StringSet<> names;
  for (auto function : module.getOps<tfg::FuncOp>())
    names.insert(function.getName());
  return names;
}

absl::StatusOr<tfg::GraphOp> findGraph(ModuleOp module) {
  auto graphs = module.getOps<tfg::GraphOp>();
  if (graphs.empty())
    return absl::InvalidArgumentError("the module has no tfg.graph");
  if (std::next(graphs.begin()) != graphs.end())
    return absl::InvalidArgumentError("the module has more than one tfg.graph");
  return *graphs.begin();
}

/// A tensor that the graph must have under a name: output `port` of node
/// `node`.
struct PromisedTensor {
  Value value;
  std::string node;
  unsigned port = 0;
};

SmallVector<PromisedTensor> promisedTensors(tfg::GraphOp graph) {
  SmallVector<PromisedTensor> promised;
  tfg::FetchOp fetch = graph.getFetch();
  if (!fetch || !fetch.getTensors())
    return promised;
  for (auto [value, attr] : llvm::zip(fetch.getArgs(), *fetch.getTensors())) {
    StringRef name = cast<StringAttr>(attr).getValue();
    name.consume_front("^"); // a node without outputs
    PromisedTensor tensor{value, name.str(), 0};
    auto [node, port] = name.rsplit(':');
    if (!port.empty() && !port.getAsInteger(10, tensor.port))
      tensor.node = node.str();
    promised.push_back(tensor);
  }
  return promised;
}

/// The selection by the nodes' names, as it is recorded on them.
struct Record {
  std::string signature;
  llvm::StringMap<std::string> inputs;
  llvm::StringMap<SmallVector<std::pair<uint32_t, std::string>, 1>> outputs;
};

/// Of the names that the promised tensors have in the end.
Record recordOf(tfg::GraphOp graph, ArrayRef<PromisedTensor> promised) {
  Record record;
  tfg::FetchOp fetch = graph.getFetch();
  if (!fetch || promised.size() != fetch.getNames().size())
    return record;
  record.signature = fetch.getSignature().value_or("serving_default").str();
  for (Operation &op : *graph.getBodyBlock())
    if (auto key = op.getAttrOfType<StringAttr>(tfg::TFGDialect::kFeedNameAttr))
      record.inputs[tfg::getNodeName(op.getLoc())] = key.str();
  for (auto [tensor, key] : llvm::zip(promised, fetch.getNames()))
    if (isa<TensorType>(tensor.value.getType()))
      record.outputs[tensor.node].push_back(
          {tensor.port, cast<StringAttr>(key).str()});
  return record;
}

void addTo(tf::NodeDef &proto, const Record &record) {
  clearRecord(proto);
  if (auto input = record.inputs.find(proto.name());
      input != record.inputs.end())
    recordInput(proto, record.signature, input->second);
  if (auto outputs = record.outputs.find(proto.name());
      outputs != record.outputs.end())
    for (const auto &[port, key] : outputs->second)
      recordOutput(proto, record.signature, key, port);
}

class GraphExporter {
public:
  GraphExporter(tfg::GraphOp graph, const llvm::StringSet<> &functions)
      : graph(graph), promised(promisedTensors(graph)),
        names(*graph.getBodyBlock(), unkeptNames()),
        nodes(names, tfg::FuncOp(), functions) {}

  absl::Status run(NodeVisitor visitNode) {
    absl::Status status = keepPromises();
    Record record = recordOf(graph, promised);
    bool isSelected(graph.getFetch());
    auto visit = [&](tf::NodeDef &proto, ArrayRef<char> content) {
      if (isSelected)
        addTo(proto, record);
      return visitNode(proto, content);
    };
    for (Operation &op : *graph.getBodyBlock()) {
      auto node = dyn_cast<tfg::NodeOpInterface>(op);
      if (!status.ok() || !node)
        continue;
      tf::NodeDef proto;
      ArrayRef<char> content;
      status = nodes.exportNode(node, proto, content);
      if (status.ok())
        status = visit(proto, content);
    }
    for (const PromisedTensor &tensor : aliases) {
      if (!status.ok())
        break;
      tf::NodeDef proto;
      status = makeAlias(tensor, proto);
      if (status.ok())
        status = visit(proto, {});
    }
    return status;
  }

  absl::StatusOr<ExportSummary> summarize() {
    absl::Status status = keepPromises();
    if (!status.ok())
      return status;
    ExportSummary summary;
    auto nodesOfGraph = graph.getBodyBlock()->getOps<tfg::NodeOpInterface>();
    summary.nodes = llvm::range_size(nodesOfGraph) + aliases.size();
    for (const PromisedTensor &tensor : promised) {
      bool isControl = isa<tfg::ControlType>(tensor.value.getType());
      summary.fetches.push_back((isControl ? "^" : "") + tensor.node);
      if (tensor.port != 0)
        summary.fetches.back() += ":" + std::to_string(tensor.port);
    }
    return summary;
  }

private:
  /// Whether the value's own node has the promised name by itself.
  static bool isKept(const PromisedTensor &tensor) {
    Operation *op = definingNode(tensor.value);
    return op && tfg::getNodeName(op->getLoc()) == tensor.node &&
           portOf(tensor.value) == tensor.port;
  }

  static Operation *definingNode(Value value) {
    if (auto control = value.getDefiningOp<tfg::ControlOp>())
      value = control.getNode();
    return value.getDefiningOp();
  }

  static unsigned portOf(Value value) {
    if (isa<tfg::ControlType>(value.getType()))
      return 0;
    return cast<OpResult>(value).getResultNumber();
  }

  /// Promised names whose tensors other nodes compute now: nodes that have them
  /// by chance must give way.
  SmallVector<StringRef> unkeptNames() {
    SmallVector<StringRef> result;
    for (const PromisedTensor &tensor : promised)
      if (!isKept(tensor) && !isKeptByAnother(tensor))
        result.push_back(tensor.node);
    return result;
  }

  bool isKeptByAnother(const PromisedTensor &tensor) {
    return llvm::any_of(promised, [&](const PromisedTensor &other) {
      return other.node == tensor.node && isKept(other);
    });
  }

  /// A node that computes a promised tensor is renamed if its own name is
  /// promised to nobody; otherwise an Identity gives the tensor its name.
  absl::Status keepPromises() {
    llvm::DenseSet<Operation *> bound;
    llvm::StringSet<> given;
    for (const PromisedTensor &tensor : promised)
      if (isKept(tensor)) {
        bound.insert(definingNode(tensor.value));
        given.insert(tensor.node);
      }
    for (PromisedTensor &tensor : promised) {
      if (isKept(tensor))
        continue;
      Operation *op = definingNode(tensor.value);
      bool isFed = isa<tfg::PlaceholderOp>(op);
      if (names.get(op) == tensor.node && portOf(tensor.value) == tensor.port)
        continue;
      if (isa<tfg::ControlType>(tensor.value.getType()))
        return absl::InvalidArgumentError(
            absl::StrCat("the node '", tensor.node,
                         "' cannot keep its name: it is another one now"));
      bool isFree = given.insert(tensor.node).second;
      if (isFree && !isFed && portOf(tensor.value) == tensor.port &&
          bound.insert(op).second) {
        names.rename(op, tensor.node);
        continue;
      }
      // The outputs of a call that was inlined come from several nodes, of
      // which one can have the call's name: `call:1` becomes `call_1`.
      if (!isFree || tensor.port != 0)
        tensor.node =
            names.makeUnique(absl::StrCat(tensor.node, "_", tensor.port));
      tensor.port = 0;
      aliases.push_back(tensor);
    }
    return absl::OkStatus();
  }

  absl::Status makeAlias(const PromisedTensor &tensor, tf::NodeDef &proto) {
    absl::StatusOr<std::string> input = nodes.spellInput(tensor.value);
    if (!input.ok())
      return input.status();
    proto.set_name(tensor.node);
    proto.set_op("Identity");
    proto.add_input(*input);
    Type elementType =
        cast<TensorType>(tensor.value.getType()).getElementType();
    return attrToProto(TypeAttr::get(withoutRef(elementType)),
                       (*proto.mutable_attr())["T"]);
  }

  tfg::GraphOp graph;
  SmallVector<PromisedTensor> promised, aliases;
  NodeNames names;
  NodeExporter nodes;
};

template <typename Message>
absl::Status readTextForms(Operation *op, StringRef attr,
                           google::protobuf::RepeatedPtrField<Message> &list) {
  auto texts = op->getAttrOfType<ArrayAttr>(attr);
  if (!texts)
    return absl::OkStatus();
  for (Attribute text : texts) {
    auto string = dyn_cast<StringAttr>(text);
    absl::Status status = string
                              ? fromTextForm(string, *list.Add())
                              : absl::InvalidArgumentError("expected a string");
    if (!status.ok())
      return absl::Status(status.code(), absl::StrCat("attribute '", attr.str(),
                                                      "': ", status.message()));
  }
  return absl::OkStatus();
}

absl::Status exportGraphAttributes(tfg::GraphOp op, tf::GraphDef &graph) {
  if (std::optional<uint32_t> producer = op.getProducer())
    graph.mutable_versions()->set_producer(*producer);
  if (std::optional<uint32_t> minConsumer = op.getMinConsumer())
    graph.mutable_versions()->set_min_consumer(*minConsumer);
  if (std::optional<ArrayRef<int32_t>> bad = op.getBadConsumers())
    graph.mutable_versions()->mutable_bad_consumers()->Add(bad->begin(),
                                                           bad->end());
  if (auto version = op->getAttrOfType<IntegerAttr>(kVersionAttr))
    graph.set_version(static_cast<int>(version.getInt()));
  if (auto bytes =
          op->getAttrOfType<StringAttr>(tfg::TFGDialect::kDebugInfoAttr))
    if (!graph.mutable_debug_info()->ParseFromString(bytes.str()))
      return absl::InvalidArgumentError("the debug information is damaged");
  if (op->hasAttr(kGradientsAttr) || op->hasAttr(kRegisteredGradientsAttr)) {
    tf::FunctionDefLibrary &library = *graph.mutable_library();
    absl::Status status =
        readTextForms(op, kGradientsAttr, *library.mutable_gradient());
    if (status.ok())
      status = readTextForms(op, kRegisteredGradientsAttr,
                             *library.mutable_registered_gradients());
    if (!status.ok())
      return status;
  }
  return absl::OkStatus();
}

} // namespace

absl::StatusOr<tf::GraphDef> exportAllButNodes(ModuleOp module) {
  absl::StatusOr<tfg::GraphOp> op = findGraph(module);
  if (!op.ok())
    return op.status();
  tf::GraphDef graph;
  absl::Status status = exportGraphAttributes(*op, graph);
  llvm::StringSet<> functions = functionNames(module);
  for (auto function : module.getOps<tfg::FuncOp>()) {
    if (!status.ok())
      return status;
    status = exportFunction(function, functions,
                            *graph.mutable_library()->add_function());
  }
  if (!status.ok())
    return status;
  return graph;
}

absl::Status exportNodes(ModuleOp module, NodeVisitor visit) {
  absl::StatusOr<tfg::GraphOp> op = findGraph(module);
  if (!op.ok())
    return op.status();
  llvm::StringSet<> functions = functionNames(module);
  return GraphExporter(*op, functions).run(visit);
}

absl::StatusOr<ExportSummary> summarizeExport(ModuleOp module) {
  absl::StatusOr<tfg::GraphOp> op = findGraph(module);
  if (!op.ok())
    return op.status();
  llvm::StringSet<> functions = functionNames(module);
  return GraphExporter(*op, functions).summarize();
}

absl::StatusOr<tf::GraphDef> exportGraphDef(ModuleOp module) {
  absl::StatusOr<tf::GraphDef> graph = exportAllButNodes(module);
  if (!graph.ok())
    return graph.status();
  absl::Status status =
      exportNodes(module, [&](tf::NodeDef &node, ArrayRef<char> content) {
        tf::NodeDef &added = *graph->add_node();
        added.Swap(&node);
        NodeExporter::putContent(content, added);
        return absl::OkStatus();
      });
  if (!status.ok())
    return status;
  return graph;
}

} // namespace firn
