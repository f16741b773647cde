// Finds the values of variables by the names that checkpoint and model have.
#include "frontend/VariableBinding.h"

#include "proto/object_graph.pb.h"
#include "proto/variable.pb.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include <deque>

namespace firn {

bool isVariableOp(const std::string &op) {
  return op == "VarHandleOp" || op == "VariableV2" || op == "Variable";
}

static std::string sharedName(const tf::NodeDef &node) {
  auto it = node.attr().find("shared_name");
  return it == node.attr().end() ? std::string() : it->second.s();
}

namespace {
/// Keys by the name of the variable; a name that two keys claim has none.
class UniqueKeys {
public:
  void add(const std::string &name, const std::string &key) {
    if (name.empty())
      return;
    auto [it, inserted] = keys.emplace(name, key);
    if (!inserted && it->second != key)
      it->second.clear();
  }
  const std::string *find(const std::string &name) const {
    auto it = keys.find(name);
    return it == keys.end() || it->second.empty() ? nullptr : &it->second;
  }

private:
  absl::flat_hash_map<std::string, std::string> keys;
};
} // namespace

/// Adds the keys of the SavedModel's variables, by the variables' names, where
/// both object graphs have an object at the same path.
static void matchPaths(const tf::SavedObjectGraph &saved,
                       const tf::TrackableObjectGraph &tracked,
                       const std::vector<const std::string *> &keyOfNode,
                       UniqueKeys &keys) {
  absl::flat_hash_set<std::pair<int, int>> seen;
  std::deque<std::pair<int, int>> worklist;
  auto push = [&](int savedId, int trackedId) {
    if (savedId >= 0 && savedId < saved.nodes_size() && trackedId >= 0 &&
        trackedId < tracked.nodes_size() &&
        seen.insert({savedId, trackedId}).second)
      worklist.push_back({savedId, trackedId});
  };
  push(0, 0);
  while (!worklist.empty()) {
    auto [savedId, trackedId] = worklist.front();
    worklist.pop_front();
    const tf::SavedObject &object = saved.nodes(savedId);
    if (object.has_variable() && keyOfNode[trackedId])
      keys.add(object.variable().name(), *keyOfNode[trackedId]);
    absl::flat_hash_map<absl::string_view, int> children;
    for (const auto &child : tracked.nodes(trackedId).children())
      children.emplace(child.local_name(), child.node_id());
    for (const auto &child : object.children()) {
      auto it = children.find(child.local_name());
      if (it != children.end())
        push(child.node_id(), it->second);
    }
  }
}

absl::StatusOr<VariableBindings>
bindByObjectGraph(const tf::GraphDef &graph,
                  const tf::SavedObjectGraph &savedObjects,
                  CheckpointReader &checkpoint) {
  constexpr const char *objectGraphKey = "_CHECKPOINTABLE_OBJECT_GRAPH";
  VariableBindings bindings;
  if (!checkpoint.find(objectGraphKey))
    return bindings;
  absl::StatusOr<CheckpointTensor> tensor = checkpoint.read(objectGraphKey);
  if (!tensor.ok())
    return tensor.status();
  tf::TrackableObjectGraph tracked;
  if (tensor->strings.size() != 1 ||
      !tracked.ParseFromString(tensor->strings[0]))
    return absl::DataLossError(
        absl::StrCat(checkpoint.prefix(), ": tensor '", objectGraphKey,
                     "': expected a TrackableObjectGraph"));

  UniqueKeys byFullName, byPath;
  std::vector<const std::string *> keyOfNode(tracked.nodes_size());
  for (int i = 0; i < tracked.nodes_size(); ++i)
    for (const auto &attribute : tracked.nodes(i).attributes()) {
      if (attribute.name() != "VARIABLE_VALUE" ||
          !checkpoint.find(attribute.checkpoint_key()))
        continue;
      keyOfNode[i] = &attribute.checkpoint_key();
      byFullName.add(attribute.full_name(), attribute.checkpoint_key());
    }
  matchPaths(savedObjects, tracked, keyOfNode, byPath);

  for (const tf::NodeDef &node : graph.node()) {
    if (node.op() != "VarHandleOp")
      continue;
    std::string name = sharedName(node);
    for (const UniqueKeys *keys : {&byPath, &byFullName})
      if (const std::string *key = keys->find(name)) {
        bindings.emplace(node.name(), VariableBinding{*key, std::nullopt});
        break;
      }
  }
  return bindings;
}

/// The partitioned variables that a MetaGraph's collections list, by node name.
static VariableBindings readPartitions(const tf::MetaGraphDef &metaGraph) {
  VariableBindings partitions;
  for (const char *name : {"variables", "trainable_variables"}) {
    auto collection = metaGraph.collection_def().find(name);
    if (collection == metaGraph.collection_def().end())
      continue;
    for (const std::string &bytes : collection->second.bytes_list().value()) {
      tf::VariableDef variable;
      if (!variable.ParseFromString(bytes) ||
          !variable.has_save_slice_info_def())
        continue;
      const tf::SaveSliceInfoDef &info = variable.save_slice_info_def();
      if (info.var_offset_size() != info.var_shape_size())
        continue;
      TensorSlice slice;
      for (int i = 0; i < info.var_offset_size(); ++i)
        slice.push_back({info.var_offset(i), info.var_shape(i)});
      absl::string_view node =
          absl::StripSuffix(variable.variable_name(), ":0");
      partitions.emplace(node, VariableBinding{info.full_name(), slice});
    }
  }
  return partitions;
}

VariableBindings bindByName(const tf::GraphDef &graph,
                            const tf::MetaGraphDef *metaGraph,
                            const CheckpointReader &checkpoint) {
  VariableBindings partitions, bindings;
  if (metaGraph)
    partitions = readPartitions(*metaGraph);
  for (const tf::NodeDef &node : graph.node()) {
    if (!isVariableOp(node.op()))
      continue;
    auto part = partitions.find(node.name());
    if (part != partitions.end() && checkpoint.find(part->second.key)) {
      bindings.emplace(node.name(), part->second);
      continue;
    }
    for (const std::string &key : {node.name(), sharedName(node)})
      if (!key.empty() && checkpoint.find(key)) {
        bindings.emplace(node.name(), VariableBinding{key, std::nullopt});
        break;
      }
  }
  return bindings;
}

} // namespace firn
