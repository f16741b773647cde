// Both sides are brought to one spelling in place and then compared by their
// bytes. A tensor's spelling is its elements' bytes without the equal ones at
// the end, so that nothing is expanded.
#include "backend/graphdef/GraphDefCompare.h"
#include "proto/OpCatalog.h"
#include "proto/TensorMap.h"
#include "proto/TextForm.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "llvm/ADT/StringSet.h"

#include <cstring>

namespace firn {
namespace {

void normalize(tf::AttrValue &value);

void normalize(tf::TensorShapeProto &shape) {
  for (tf::TensorShapeProto::Dim &dim : *shape.mutable_dim())
    dim.clear_name();
}

/// Drops elements at the end that equal the one before.
void dropRepeats(std::string &bytes, size_t elementSize) {
  while (bytes.size() >= 2 * elementSize &&
         std::memcmp(bytes.data() + bytes.size() - elementSize,
                     bytes.data() + bytes.size() - 2 * elementSize,
                     elementSize) == 0)
    bytes.resize(bytes.size() - elementSize);
}

int64_t elementCount(const tf::TensorShapeProto &shape) {
  int64_t count = 1;
  for (const tf::TensorShapeProto::Dim &dim : shape.dim())
    if (__builtin_mul_overflow(count, dim.size(), &count))
      return 0;
  return count;
}

void normalizeStrings(tf::TensorProto &tensor) {
  auto &values = *tensor.mutable_string_val();
  int64_t count = elementCount(tensor.tensor_shape());
  while (values.size() > count)
    values.RemoveLast();
  if (values.empty() && count > 0)
    values.Add();
  while (values.size() > 1 &&
         values[values.size() - 1] == values[values.size() - 2])
    values.RemoveLast();
}

void normalize(tf::TensorProto &tensor) {
  normalize(*tensor.mutable_tensor_shape());
  tensor.clear_version_number();
  size_t elementSize = tensorElementSize(tensor.dtype());
  if (tensor.dtype() == tf::DT_STRING && tensor.tensor_content().empty())
    return normalizeStrings(tensor);
  if (!elementSize)
    return;
  std::string bytes =
      tensor.tensor_content().empty()
          ? tensorListBytes(tensor, elementCount(tensor.tensor_shape()))
          : std::move(*tensor.mutable_tensor_content());
  if (bytes.empty() && elementCount(tensor.tensor_shape()) > 0)
    bytes.assign(elementSize, '\0');
  dropRepeats(bytes, elementSize);
  tf::TensorProto plain;
  plain.set_dtype(tensor.dtype());
  plain.mutable_tensor_shape()->Swap(tensor.mutable_tensor_shape());
  plain.set_tensor_content(std::move(bytes));
  tensor.Swap(&plain);
}

void normalize(tf::NameAttrList &func) {
  for (auto &entry : *func.mutable_attr())
    normalize(entry.second);
}

void normalize(tf::AttrValue &value) {
  if (value.has_tensor())
    normalize(*value.mutable_tensor());
  if (value.has_shape())
    normalize(*value.mutable_shape());
  if (value.has_func())
    normalize(*value.mutable_func());
  if (!value.has_list())
    return;
  for (tf::TensorProto &tensor : *value.mutable_list()->mutable_tensor())
    normalize(tensor);
  for (tf::TensorShapeProto &shape : *value.mutable_list()->mutable_shape())
    normalize(shape);
  for (tf::NameAttrList &func : *value.mutable_list()->mutable_func())
    normalize(func);
}

using Names = llvm::StringSet<>;

/// `x:0` becomes `x` in a graph; in a function `x:out` becomes `x:out:0`, and
/// `argument:0` becomes `argument`.
void normalizeInput(std::string &input, const Names *arguments) {
  if (absl::StartsWith(input, "^"))
    return;
  auto [node, rest] = llvm::StringRef(input).split(':');
  bool plain = !arguments || arguments->contains(node);
  if (plain && rest == "0")
    input = node.str();
  else if (!plain && !rest.empty() && !rest.contains(':'))
    input += ":0";
}

void normalize(tf::NodeDef &node, const Names &functions,
               const Names *arguments) {
  for (std::string &input : *node.mutable_input())
    normalizeInput(input, arguments);
  if (!functions.contains(node.op()))
    if (const tf::OpDef *op = OpCatalog::findBuiltin(node.op()))
      for (const tf::OpDef::AttrDef &attr : op->attr())
        if (attr.has_default_value())
          node.mutable_attr()->insert({attr.name(), attr.default_value()});
  for (auto &entry : *node.mutable_attr())
    normalize(entry.second);
}

void normalize(tf::FunctionDef &function, const Names &functions) {
  Names arguments;
  for (const tf::OpDef::ArgDef &arg : function.signature().input_arg())
    arguments.insert(arg.name());
  for (tf::NodeDef &node : *function.mutable_node_def())
    normalize(node, functions, &arguments);
  for (auto &entry : *function.mutable_ret())
    normalizeInput(entry.second, &arguments);
  for (auto &entry : *function.mutable_attr())
    normalize(entry.second);
  for (auto &arg : *function.mutable_arg_attr())
    for (auto &entry : *arg.second.mutable_attr())
      normalize(entry.second);
}

void normalize(tf::GraphDef &graph) {
  graph.DiscardUnknownFields();
  Names functions;
  for (const tf::FunctionDef &function : graph.library().function())
    functions.insert(function.signature().name());
  for (tf::NodeDef &node : *graph.mutable_node())
    normalize(node, functions, nullptr);
  for (tf::FunctionDef &function : *graph.mutable_library()->mutable_function())
    normalize(function, functions);
}

/// The first line of the differences between two messages.
std::string describe(const google::protobuf::Message &a,
                     const google::protobuf::Message &b) {
  google::protobuf::util::MessageDifferencer differencer;
  std::string report;
  differencer.ReportDifferencesToString(&report);
  differencer.Compare(a, b);
  std::string line = report.substr(0, report.find('\n'));
  return line.empty() ? "bytes differ" : line.substr(0, 400);
}

std::string nameOf(const tf::NodeDef &node) { return node.name(); }
std::string nameOf(const tf::FunctionDef &function) {
  return function.signature().name();
}

template <typename List>
std::optional<std::string> compareLists(const char *what, const List &a,
                                        const List &b) {
  for (int i = 0; i < std::min(a.size(), b.size()); ++i)
    if (toBytes(a[i]) != toBytes(b[i]))
      return absl::StrCat(what, " '", nameOf(a[i]),
                          "': ", describe(a[i], b[i]));
  if (a.size() != b.size())
    return absl::StrCat(a.size(), " and ", b.size(), " ", what, "s");
  return std::nullopt;
}

} // namespace

std::optional<std::string> findDifference(tf::GraphDef &a, tf::GraphDef &b) {
  normalize(a);
  normalize(b);
  if (auto difference = compareLists("node", a.node(), b.node()))
    return difference;
  if (auto difference = compareLists("function", a.library().function(),
                                     b.library().function()))
    return difference;
  for (tf::GraphDef *graph : {&a, &b}) {
    graph->clear_node();
    graph->mutable_library()->clear_function();
  }
  if (toBytes(a) != toBytes(b))
    return absl::StrCat("graph: ", describe(a, b));
  return std::nullopt;
}

} // namespace firn
