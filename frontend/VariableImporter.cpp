// The values of a checkpoint → tfg.variable.
#include "frontend/VariableImporter.h"

#include "frontend/MappedFile.h"
#include "ir/ConstantMemory.h"
#include "ir/TFGConstants.h"
#include "ir/TFGOps.h"
#include "proto/TypeMap.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/SymbolTable.h"

#include <cstddef>

using namespace mlir;

namespace firn {

// Pages of larger values are given back once their checksum is verified:
// whoever uses the value brings them back, and most of a training graph is
// never used.
static constexpr size_t releaseAbove = size_t(1) << 20;

std::vector<GraphVariable> listVariables(const tf::GraphDef &graph) {
  std::vector<GraphVariable> variables;
  for (const tf::NodeDef &node : graph.node()) {
    if (!isVariableOp(node.op()))
      continue;
    GraphVariable variable{node.name(), tf::DT_INVALID, std::nullopt};
    if (auto it = node.attr().find("dtype"); it != node.attr().end())
      variable.dtype = it->second.type();
    // The oldest op, Variable, writes a shape that is not known as a scalar's.
    auto shape = node.attr().find("shape");
    if (shape != node.attr().end() && !shape->second.shape().unknown_rank() &&
        (node.op() != "Variable" || shape->second.shape().dim_size() > 0))
      variable.shape = shape->second.shape();
    variables.push_back(std::move(variable));
  }
  return variables;
}

/// Handles of the same container and shared name are one variable, of which a
/// saver restores one handle.
static void shareBindings(const tf::GraphDef &graph,
                          VariableBindings &bindings) {
  absl::flat_hash_map<std::string, const VariableBinding *> byName;
  auto nameOf = [](const tf::NodeDef &node) {
    auto text = [&](const char *key) {
      auto it = node.attr().find(key);
      return it == node.attr().end() ? std::string() : it->second.s();
    };
    std::string name = text("shared_name");
    return name.empty() ? name : text("container") + '\0' + name;
  };
  std::vector<std::pair<std::string, VariableBinding>> shared;
  for (bool collect : {true, false})
    for (const tf::NodeDef &node : graph.node()) {
      if (node.op() != "VarHandleOp")
        continue;
      std::string name = nameOf(node);
      auto bound = bindings.find(node.name());
      if (name.empty() || (bound != bindings.end()) != collect)
        continue;
      if (collect)
        byName.emplace(name, &bound->second);
      else if (auto it = byName.find(name); it != byName.end())
        shared.emplace_back(node.name(), *it->second);
    }
  for (auto &[node, binding] : shared)
    bindings.emplace(node, std::move(binding));
}

absl::StatusOr<VariableBindings>
bindVariables(const tf::GraphDef &graph, const tf::MetaGraphDef *metaGraph,
              CheckpointReader &checkpoint) {
  VariableBindings bindings;
  auto add = [&](const VariableBindings &more) {
    for (const auto &[node, binding] : more)
      if (checkpoint.find(binding.key))
        bindings.emplace(node, binding);
  };
  std::string restoreNode;
  if (metaGraph)
    restoreNode = metaGraph->saver_def().restore_op_name();
  add(bindByRestoreGraph(graph, restoreNode));
  absl::StatusOr<VariableBindings> byObjectGraph = bindByObjectGraph(
      graph, metaGraph ? metaGraph->object_graph_def() : tf::SavedObjectGraph(),
      checkpoint);
  if (!byObjectGraph.ok())
    return byObjectGraph.status();
  add(*byObjectGraph);
  add(bindByName(graph, metaGraph, checkpoint));
  shareBindings(graph, bindings);
  return bindings;
}

/// Whether a tensor of `shape` is what the variable's node declares.
static bool fits(const std::vector<int64_t> &shape,
                 const tf::TensorShapeProto &declared) {
  if (static_cast<size_t>(declared.dim_size()) != shape.size())
    return false;
  for (size_t i = 0; i < shape.size(); ++i)
    if (declared.dim(i).size() >= 0 && declared.dim(i).size() != shape[i])
      return false;
  return true;
}

/// The value as an attribute that points into the mapped file where it can.
static ElementsAttr makeValue(RankedTensorType type, StringRef name,
                              CheckpointTensor &&tensor) {
  if (tensor.dtype == tf::DT_STRING) {
    SmallVector<StringRef> strings(tensor.strings.begin(),
                                   tensor.strings.end());
    return DenseStringElementsAttr::get(type, strings);
  }
  ArrayRef<char> data(tensor.data.data(), tensor.data.size());
  if (data.size() < tfg::kMinResourceBytes)
    return tfg::makeConstant(type, data);

  if (tensor.file) {
    if (data.size() >= releaseAbove)
      tensor.file->releasePages(tensor.data);
    return tfg::makeMapped(type, name, data,
                           MappedFile::pageReleaser(std::move(tensor.file)));
  }
  auto keepAlive = [copy = std::move(tensor.copy)](void *, size_t, size_t) {};
  return tfg::makeResource(
      type, name,
      UnmanagedAsmResourceBlob::allocateWithAlign(
          data, alignof(std::max_align_t), std::move(keepAlive)));
}

/// The variable's value, checked against what its node declares; NotFound if
/// there is none that fits.
static absl::StatusOr<CheckpointTensor>
readValue(const GraphVariable &variable, const VariableBinding &binding,
          CheckpointReader &checkpoint) {
  absl::StatusOr<CheckpointTensor> tensor =
      binding.slice ? checkpoint.readSlice(binding.key, *binding.slice)
                    : checkpoint.read(binding.key);
  if (!tensor.ok())
    return absl::Status(tensor.status().code(),
                        absl::StrCat("node '", variable.node, "': its value: ",
                                     tensor.status().message()));
  auto mismatch = [&](absl::string_view expected, absl::string_view found) {
    return absl::NotFoundError(
        absl::StrCat("node '", variable.node, "': expected a value of ",
                     expected, ", found ", found, " in ", checkpoint.prefix(),
                     " under the key '", binding.key, "'"));
  };
  if (variable.dtype != tf::DT_INVALID && variable.dtype != tensor->dtype)
    return mismatch(tf::DataType_Name(variable.dtype),
                    tf::DataType_Name(tensor->dtype));
  if (variable.shape && !fits(tensor->shape, *variable.shape)) {
    std::vector<std::string> declared;
    for (const tf::TensorShapeProto::Dim &dim : variable.shape->dim())
      declared.push_back(dim.size() < 0 ? "?" : absl::StrCat(dim.size()));
    return mismatch(absl::StrCat("shape [", absl::StrJoin(declared, ", "), "]"),
                    absl::StrCat("[", absl::StrJoin(tensor->shape, ", "), "]"));
  }
  return tensor;
}

absl::Status importVariables(const std::vector<GraphVariable> &variables,
                             const VariableBindings &bindings,
                             CheckpointReader &checkpoint, ModuleOp module,
                             std::vector<std::string> &warnings) {
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  for (const GraphVariable &variable : variables) {
    auto binding = bindings.find(variable.node);
    if (binding == bindings.end()) {
      warnings.push_back(absl::StrCat("node '", variable.node,
                                      "': no value for this variable in ",
                                      checkpoint.prefix()));
      continue;
    }
    absl::StatusOr<CheckpointTensor> tensor =
        readValue(variable, binding->second, checkpoint);
    if (absl::IsNotFound(tensor.status())) {
      warnings.emplace_back(tensor.status().message());
      continue;
    }
    if (!tensor.ok())
      return tensor.status();
    absl::StatusOr<Type> elementType =
        elementTypeFromProto(tensor->dtype, module.getContext());
    if (!elementType.ok())
      return elementType.status();
    auto type = RankedTensorType::get(tensor->shape, *elementType);
    ElementsAttr value = makeValue(type, variable.node, *std::move(tensor));
    tfg::VariableOp::create(
        builder, NameLoc::get(builder.getStringAttr(variable.node)),
        builder.getStringAttr(variable.node), cast<TypedAttr>(value),
        builder.getStringAttr(binding->second.key));
  }
  return absl::OkStatus();
}

} // namespace firn
