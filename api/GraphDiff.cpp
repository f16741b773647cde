// Both graphs are imported, so that spelling (defaults, encodings, `x:0`) makes
// no difference, and exported node by node to be compared.
#include "api/GraphDiff.h"

#include "api/GraphRewriter.h"
#include "backend/graphdef/GraphDefExporter.h"
#include "proto/TextForm.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <algorithm>
#include <map>
#include <set>

using namespace mlir;

namespace firn {
namespace {

using Nodes = std::map<std::string, tf::NodeDef>;

absl::StatusOr<Nodes> readNodes(const std::string &path,
                                const LoadOptions &options) {
  GraphRewriter::Source source{path, options.checkpoint, options.tags, false};
  absl::StatusOr<std::unique_ptr<GraphRewriter>> loaded =
      GraphRewriter::load(source);
  if (!loaded.ok())
    return loaded.status();
  Nodes nodes;
  absl::Status status =
      exportNodes((*loaded)->module(), [&](tf::NodeDef &node,
                                           llvm::ArrayRef<char> content) {
        if (!content.empty())
          (*node.mutable_attr())["value"].mutable_tensor()->set_tensor_content(
              content.data(), content.size());
        std::string name = node.name();
        nodes[name].Swap(&node);
        return absl::OkStatus();
      });
  if (!status.ok())
    return status;
  absl::StatusOr<tf::GraphDef> rest = exportAllButNodes((*loaded)->module());
  if (!rest.ok())
    return rest.status();
  for (tf::FunctionDef &function : *rest->mutable_library()->mutable_function())
    for (tf::NodeDef &node : *function.mutable_node_def())
      nodes[absl::StrCat(function.signature().name(), "/", node.name())].Swap(
          &node);
  return nodes;
}

std::string shorten(std::string text) {
  constexpr size_t kMost = 60;
  if (text.size() > kMost)
    text = text.substr(0, kMost) + "…";
  return text;
}

std::string attrText(const tf::AttrValue &value) {
  if (!value.has_tensor())
    return shorten(toTextForm(value));
  std::vector<std::string> dims;
  for (const auto &dim : value.tensor().tensor_shape().dim())
    dims.push_back(absl::StrCat(dim.size()));
  return absl::StrCat("tensor of shape [", absl::StrJoin(dims, ", "), "]");
}

std::vector<std::string> changesOf(const tf::NodeDef &a, const tf::NodeDef &b) {
  std::vector<std::string> changes;
  if (a.op() != b.op())
    changes.push_back(absl::StrCat("op ", a.op(), " → ", b.op()));
  if (a.device() != b.device())
    changes.push_back(
        absl::StrCat("device '", a.device(), "' → '", b.device(), "'"));
  std::string inputs = absl::StrJoin(a.input(), ", ");
  std::string otherInputs = absl::StrJoin(b.input(), ", ");
  if (inputs != otherInputs)
    changes.push_back(absl::StrCat("inputs ", inputs, " → ", otherInputs));
  std::set<std::string> names;
  for (const auto &[name, value] : a.attr())
    names.insert(name);
  for (const auto &[name, value] : b.attr())
    names.insert(name);
  for (const std::string &name : names) {
    auto x = a.attr().find(name), y = b.attr().find(name);
    std::string before = x == a.attr().end() ? "none" : attrText(x->second);
    std::string after = y == b.attr().end() ? "none" : attrText(y->second);
    if (x != a.attr().end() && y != b.attr().end()) {
      if (toBytes(x->second) == toBytes(y->second))
        continue;
      if (before == after) {
        changes.push_back(absl::StrCat(name, ": other values, ", before));
        continue;
      }
    }
    changes.push_back(absl::StrCat(name, ": ", before, " → ", after));
  }
  return changes;
}

} // namespace

absl::StatusOr<std::vector<NodeDifference>>
compareGraphs(const std::string &first, const std::string &second,
              const LoadOptions &firstOptions,
              const LoadOptions &secondOptions) {
  using Kind = NodeDifference::Kind;
  absl::StatusOr<Nodes> a = readNodes(first, firstOptions);
  if (!a.ok())
    return a.status();
  absl::StatusOr<Nodes> b = readNodes(second, secondOptions);
  if (!b.ok())
    return b.status();
  std::vector<NodeDifference> differences;
  for (const auto &[name, node] : *a) {
    auto other = b->find(name);
    if (other == b->end())
      differences.push_back({Kind::Removed, name, node.op(), {}});
    else if (std::vector<std::string> changes = changesOf(node, other->second);
             !changes.empty())
      differences.push_back({Kind::Changed, name, node.op(), changes});
  }
  for (const auto &[name, node] : *b)
    if (!a->count(name))
      differences.push_back({Kind::Added, name, node.op(), {}});
  std::sort(differences.begin(), differences.end(),
            [](const NodeDifference &x, const NodeDifference &y) {
              return x.node < y.node;
            });
  return differences;
}

} // namespace firn
