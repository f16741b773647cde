// What tf.train.Saver makes: a file name that is fed, one RestoreV2 of all
// tensors, an assignment for each, and a NoOp that waits for them.
#include "backend/graphdef/RestoreNodes.h"

#include "absl/strings/str_cat.h"

#include <map>
#include <set>
#include <vector>

namespace firn {
namespace {

tf::NodeDef &addNode(tf::GraphDef &graph, const std::string &name,
                     const char *op, const std::vector<std::string> &inputs) {
  tf::NodeDef &node = *graph.add_node();
  node.set_name(name);
  node.set_op(op);
  for (const std::string &input : inputs)
    node.add_input(input);
  return node;
}

/// A constant of strings: a vector, or a scalar.
void addStrings(tf::GraphDef &graph, const std::string &name,
                const std::vector<std::string> &values, bool isScalar) {
  tf::NodeDef &node = addNode(graph, name, "Const", {});
  auto &attrs = *node.mutable_attr();
  attrs["dtype"].set_type(tf::DT_STRING);
  tf::TensorProto &tensor = *attrs["value"].mutable_tensor();
  tensor.set_dtype(tf::DT_STRING);
  tensor.mutable_tensor_shape();
  if (!isScalar)
    tensor.mutable_tensor_shape()->add_dim()->set_size(
        static_cast<int64_t>(values.size()));
  for (const std::string &value : values)
    tensor.add_string_val(value);
}

/// The node that puts `value` into the variable.
tf::NodeDef &addAssignment(tf::GraphDef &graph, const std::string &name,
                           const tf::NodeDef &variable,
                           const std::string &value, tf::DataType dtype) {
  bool isResource = variable.op() == "VarHandleOp";
  tf::NodeDef &node =
      addNode(graph, name, isResource ? "AssignVariableOp" : "Assign",
              {variable.name(), value});
  (*node.mutable_attr())[isResource ? "dtype" : "T"].set_type(dtype);
  return node;
}

/// "save", or "save_1", … if nodes are called so.
std::string findScope(const std::set<std::string> &names) {
  auto isTaken = [&](const std::string &scope) {
    auto next = names.lower_bound(scope + "/");
    return next != names.end() && next->rfind(scope + "/", 0) == 0;
  };
  std::string scope = "save";
  for (int i = 1; isTaken(scope); ++i)
    scope = absl::StrCat("save_", i);
  return scope;
}

} // namespace

absl::Status addRestoreNodes(tf::MetaGraphDef &metaGraph,
                             llvm::ArrayRef<std::string> variables) {
  tf::GraphDef &graph = *metaGraph.mutable_graph_def();
  std::set<std::string> names;
  std::map<std::string, int> nodeOf;
  for (int i = 0; i < graph.node_size(); ++i) {
    names.insert(graph.node(i).name());
    nodeOf.emplace(graph.node(i).name(), i);
  }
  std::string scope = findScope(names);
  std::vector<std::string> keys(variables.begin(), variables.end());
  addStrings(graph, scope + "/Const", {"model"}, true);
  addStrings(graph, scope + "/RestoreV2/tensor_names", keys, false);
  addStrings(graph, scope + "/RestoreV2/shape_and_slices",
             std::vector<std::string>(keys.size()), false);
  tf::NodeDef &restore =
      addNode(graph, scope + "/RestoreV2", "RestoreV2",
              {scope + "/Const", scope + "/RestoreV2/tensor_names",
               scope + "/RestoreV2/shape_and_slices"});
  tf::AttrValue dtypes;
  std::vector<std::string> waits;
  for (size_t i = 0; i < keys.size(); ++i) {
    auto found = nodeOf.find(keys[i]);
    if (found == nodeOf.end())
      return absl::InternalError(
          absl::StrCat("variable '", keys[i], "' has no node in the graph"));
    const tf::NodeDef &variable = graph.node(found->second);
    auto dtype = variable.attr().find("dtype");
    if (dtype == variable.attr().end())
      return absl::InvalidArgumentError(
          absl::StrCat("node '", keys[i], "' is a variable without a 'dtype'"));
    dtypes.mutable_list()->add_type(dtype->second.type());
    std::string value = absl::StrCat(scope, "/RestoreV2");
    if (i)
      absl::StrAppend(&value, ":", i);
    std::string name = absl::StrCat(scope, "/Assign");
    if (i)
      absl::StrAppend(&name, "_", i);
    waits.push_back("^" + name);
    addAssignment(graph, name, variable, value, dtype->second.type());
  }
  (*restore.mutable_attr())["dtypes"] = dtypes;
  addNode(graph, scope + "/restore_all", "NoOp", waits);
  tf::SaverDef &saver = *metaGraph.mutable_saver_def();
  saver.set_filename_tensor_name(scope + "/Const:0");
  saver.set_restore_op_name(scope + "/restore_all");
  saver.set_version(tf::SaverDef::V2);
  return absl::OkStatus();
}

} // namespace firn
