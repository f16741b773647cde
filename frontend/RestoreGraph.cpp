// Reads a graph's restore operation.
//
// A Saver of TensorFlow 1 builds, in the main graph,
//
//   save/RestoreV2 = RestoreV2(save/Const, tensor_names, shape_and_slices)
//   save/Assign    = Assign(dense/kernel, save/RestoreV2:3)
//   save/restore_all = NoOp(^save/Assign, …)
//
// (older ones with one Restore or RestoreSlice each, sharded ones with a NoOp a
// shard), and TensorFlow 2 puts the same into a function, with the variables as
// its arguments. So: start at the restore operation, go backwards over all
// edges and into called functions; at each assignment trace the variable to a
// node of the main graph and the value to an output of a restore op, whose
// constant operands give key and slice.
#include "frontend/VariableBinding.h"

#include "frontend/checkpoint/Coding.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

#include <deque>

namespace firn {

namespace {

// Deeper calls and longer chains than these no saver builds.
constexpr int maxCallDepth = 64;
constexpr int maxChain = 1000;
constexpr size_t maxCalls = 10000;

/// The nodes of the main graph or of a function by name.
struct Body {
  absl::flat_hash_map<absl::string_view, const tf::NodeDef *> nodes;
  absl::flat_hash_map<absl::string_view, int> arguments;
  std::vector<const tf::NodeDef *> inOrder;

  template <typename Nodes> void addNodes(const Nodes &list) {
    for (const tf::NodeDef &node : list) {
      nodes.emplace(node.name(), &node);
      inOrder.push_back(&node);
    }
  }
};

/// A body as it is called; the main graph has no caller.
struct Frame {
  const Body *body;
  const Frame *caller;
  const tf::NodeDef *call;
  int depth;
};

/// An edge's end: `node`, `node:port`, `node:out_arg:port` or `^node`.
struct Edge {
  absl::string_view node;
  int port = 0;

  explicit Edge(absl::string_view input) {
    if (!input.empty() && input[0] == '^')
      input.remove_prefix(1);
    size_t colon = input.find(':');
    node = input.substr(0, colon);
    size_t last = input.rfind(':');
    if (last == absl::string_view::npos ||
        !absl::SimpleAtoi(input.substr(last + 1), &port))
      port = 0;
  }
};

/// A value that a frame's node computes.
struct Output {
  const Frame *frame = nullptr;
  const tf::NodeDef *node = nullptr;
  int port = 0;
};

/// The strings of a Const; the last one repeats, as in every TensorProto.
class StringList {
public:
  explicit StringList(const tf::TensorProto &proto) {
    if (proto.tensor_content().empty()) {
      strings.assign(proto.string_val().begin(), proto.string_val().end());
      return;
    }
    int64_t count = 1;
    for (const tf::TensorShapeProto::Dim &dim : proto.tensor_shape().dim())
      if (__builtin_mul_overflow(count, dim.size(), &count))
        return;
    ByteReader reader(proto.tensor_content());
    std::vector<uint32_t> lengths;
    for (int64_t i = 0; i < count; ++i) {
      std::optional<uint32_t> length = reader.varint32();
      if (!length)
        return;
      lengths.push_back(*length);
    }
    for (uint32_t length : lengths) {
      std::optional<absl::string_view> text = reader.take(length);
      if (!text)
        return;
      strings.emplace_back(*text);
    }
  }

  std::optional<std::string> at(size_t index) const {
    if (strings.empty())
      return std::nullopt;
    return strings[std::min(index, strings.size() - 1)];
  }

private:
  std::vector<std::string> strings;
};

bool isRestoreOp(const std::string &op) {
  return op == "RestoreV2" || op == "Restore" || op == "RestoreSlice";
}

bool isAssignment(const std::string &op) {
  return op == "Assign" || op == "AssignVariableOp";
}

class RestoreGraphReader {
public:
  explicit RestoreGraphReader(const tf::GraphDef &graph) : graph(graph) {
    main.addNodes(graph.node());
    for (const tf::FunctionDef &function : graph.library().function())
      functions.emplace(function.signature().name(), &function);
  }

  VariableBindings read(const std::string &restoreNode) {
    frames.push_back({&main, nullptr, nullptr, 0});
    const Frame &mainFrame = frames.back();
    if (restoreNode.empty()) {
      for (const tf::NodeDef &node : graph.node())
        visit({&mainFrame, &node});
    } else {
      push(&mainFrame, restoreNode);
    }
    while (!worklist.empty()) {
      Output next = worklist.front();
      worklist.pop_front();
      visit(next);
      for (const std::string &input : next.node->input())
        push(next.frame, input);
    }
    return std::move(bindings);
  }

private:
  void push(const Frame *frame, absl::string_view input) {
    auto it = frame->body->nodes.find(Edge(input).node);
    if (it != frame->body->nodes.end() &&
        seen.insert({frame, it->second}).second)
      worklist.push_back({frame, it->second});
  }

  void visit(const Output &at) {
    if (isAssignment(at.node->op()))
      return readAssignment(at);
    const Body *callee = calledBody(*at.node);
    if (!callee || at.frame->depth >= maxCallDepth || frames.size() > maxCalls)
      return;
    // A function runs as a whole, so all its nodes count.
    frames.push_back({callee, at.frame, at.node, at.frame->depth + 1});
    const Frame *frame = &frames.back();
    for (const tf::NodeDef *node : callee->inOrder)
      if (isAssignment(node->op()) || calledBody(*node))
        push(frame, node->name());
  }

  /// The body of the function that a node calls; null if it calls none.
  const Body *calledBody(const tf::NodeDef &node) {
    std::string name = node.op();
    if (name == "PartitionedCall" || name == "StatefulPartitionedCall") {
      auto f = node.attr().find("f");
      if (f == node.attr().end())
        return nullptr;
      name = f->second.func().name();
    }
    auto function = functions.find(name);
    if (function == functions.end())
      return nullptr;
    std::unique_ptr<Body> &body = bodies[name];
    if (!body) {
      body = std::make_unique<Body>();
      body->addNodes(function->second->node_def());
      const auto &arguments = function->second->signature().input_arg();
      for (int i = 0; i < arguments.size(); ++i)
        body->arguments.emplace(arguments[i].name(), i);
    }
    return body.get();
  }

  /// Follows an edge to the node that makes its value: out of functions through
  /// their arguments, over nodes that pass their first input on.
  Output trace(const Frame *frame, absl::string_view input) {
    for (int i = 0; i < maxChain; ++i) {
      Edge edge(input);
      auto argument = frame->body->arguments.find(edge.node);
      if (argument != frame->body->arguments.end()) {
        if (!frame->caller || argument->second >= frame->call->input_size())
          return {};
        input = frame->call->input(argument->second);
        frame = frame->caller;
        continue;
      }
      auto it = frame->body->nodes.find(edge.node);
      if (it == frame->body->nodes.end())
        return {};
      const tf::NodeDef &node = *it->second;
      bool passesOn = node.op() == "Identity" || node.op() == "RefIdentity" ||
                      node.op() == "Reshape" || node.op() == "Enter";
      if (!passesOn || node.input_size() == 0)
        return {frame, &node, edge.port};
      input = node.input(0);
    }
    return {};
  }

  /// Element `index` of the constant strings that an edge carries.
  std::optional<std::string>
  traceString(const Frame *frame, absl::string_view input, size_t index) {
    Output at = trace(frame, input);
    if (!at.node || at.node->op() != "Const")
      return std::nullopt;
    auto it = strings.find(at.node);
    if (it == strings.end()) {
      auto value = at.node->attr().find("value");
      if (value == at.node->attr().end())
        return std::nullopt;
      it = strings.emplace(at.node, StringList(value->second.tensor())).first;
    }
    return it->second.at(index);
  }

  void readAssignment(const Output &at) {
    const tf::NodeDef &node = *at.node;
    if (node.input_size() < 2)
      return;
    Output variable = trace(at.frame, node.input(0));
    if (!variable.node || variable.frame->caller ||
        !isVariableOp(variable.node->op()))
      return;
    Output value = trace(at.frame, node.input(1));
    if (!value.node || !isRestoreOp(value.node->op()) ||
        value.node->input_size() < 2)
      return;
    std::optional<std::string> key =
        traceString(value.frame, value.node->input(1), value.port);
    if (!key || key->empty())
      return;
    VariableBinding binding{*key, std::nullopt};
    if (value.node->op() != "Restore" && value.node->input_size() > 2) {
      std::optional<std::string> text =
          traceString(value.frame, value.node->input(2), value.port);
      auto parsed = parseShapeAndSlice(text.value_or(""));
      if (!parsed.ok())
        return;
      if (*parsed)
        binding.slice = (*parsed)->slice;
    }
    bindings.emplace(variable.node->name(), std::move(binding));
  }

  const tf::GraphDef &graph;
  Body main;
  absl::flat_hash_map<std::string, const tf::FunctionDef *> functions;
  absl::flat_hash_map<std::string, std::unique_ptr<Body>> bodies;
  absl::flat_hash_map<const tf::NodeDef *, StringList> strings;
  std::deque<Frame> frames; // stable addresses
  std::deque<Output> worklist;
  absl::flat_hash_set<std::pair<const Frame *, const tf::NodeDef *>> seen;
  VariableBindings bindings;
};

} // namespace

VariableBindings bindByRestoreGraph(const tf::GraphDef &graph,
                                    const std::string &restoreNode) {
  return RestoreGraphReader(graph).read(restoreNode);
}

} // namespace firn
