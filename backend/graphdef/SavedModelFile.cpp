// One MetaGraph with the tags of the model that was read. Tensors may have
// other names than the model's own signatures say (outputs of a call that was
// inlined), so their names are asked for.
#include "backend/graphdef/SavedModelFile.h"
#include "backend/graphdef/CheckpointFile.h"
#include "backend/graphdef/GraphDefExporter.h"
#include "backend/graphdef/OutputFile.h"
#include "backend/graphdef/RestoreNodes.h"
#include "proto/RecordedSignature.h"
#include "proto/TextForm.h"
#include "proto/TypeMap.h"
#include "proto/meta_graph.pb.h"

#include "absl/strings/str_cat.h"
#include "llvm/ADT/StringMap.h"

#include <filesystem>
#include <set>

using namespace mlir;

namespace firn {
namespace {

constexpr size_t kMaxBytes = size_t(1) << 31;
constexpr const char *kPredict = "tensorflow/serving/predict";

class SavedModelExporter {
public:
  explicit SavedModelExporter(ModuleOp module) : module(module) {}

  absl::StatusOr<tf::SavedModel> run(ArrayRef<tfg::SignatureOp> signatures);
  /// The variables that the graph has, with their values.
  ArrayRef<CheckpointValue> variables() const { return kept; }
  /// The assets that the graph names, relative to the SavedModel's folder.
  ArrayRef<std::string> assets() const { return assetFiles; }

private:
  absl::Status findTensors();
  absl::Status findVariables();
  void addAssets(tf::MetaGraphDef &metaGraph);
  void addInitNode(tf::MetaGraphDef &metaGraph);
  void setTags(tf::MetaGraphDef::MetaInfoDef &info);
  absl::Status setInfo(const std::string &tensor, Type type,
                       tf::TensorInfo &info);
  absl::Status addSignature(tfg::SignatureOp signature, tf::SignatureDef &def);
  absl::Status addOwnSignature(tf::MetaGraphDef &metaGraph);

  ModuleOp module;
  tfg::GraphOp graph;
  /// Tensors as the selection named them: the name in the exported graph.
  llvm::StringMap<std::string> exported;
  std::vector<std::string> fetched;
  std::vector<CheckpointValue> kept;
  std::vector<std::string> assetFiles;
};

bool isVariable(tfg::NodeOpInterface node) {
  llvm::StringRef op = node.getTFOpName();
  return op == "VarHandleOp" || op == "Variable" || op == "VariableV2";
}

/// What is fed in the order of the feeds.
SmallVector<Operation *> feedsOf(tfg::GraphOp graph) {
  SmallVector<Operation *> feeds;
  for (Operation &op : *graph.getBodyBlock())
    if (op.hasAttr(tfg::TFGDialect::kFeedIndexAttr))
      feeds.push_back(&op);
  auto position = [](Operation *op) {
    return op->getAttrOfType<IntegerAttr>(tfg::TFGDialect::kFeedIndexAttr)
        .getInt();
  };
  llvm::sort(feeds, [&](Operation *a, Operation *b) {
    return position(a) < position(b);
  });
  return feeds;
}

std::string withPort(StringRef tensor) {
  return tensor.contains(':') ? tensor.str() : absl::StrCat(tensor.str(), ":0");
}

/// Whether a node gives the variable its first value.
bool isAssigned(tfg::NodeOpInterface variable) {
  return llvm::any_of(variable->getUsers(), [](Operation *user) {
    auto node = dyn_cast<tfg::NodeOpInterface>(user);
    return node && (node.getTFOpName() == "AssignVariableOp" ||
                    node.getTFOpName() == "Assign");
  });
}

} // namespace

absl::Status SavedModelExporter::findTensors() {
  auto graphs = module.getOps<tfg::GraphOp>();
  if (graphs.empty() || !(*graphs.begin()).getFetch())
    return absl::InvalidArgumentError(
        "a SavedModel needs a graph whose outputs are selected");
  graph = *graphs.begin();
  absl::StatusOr<ExportSummary> summary = summarizeExport(module);
  if (!summary.ok())
    return summary.status();
  for (const std::string &name : summary->fetches)
    fetched.push_back(withPort(name));
  if (std::optional<ArrayAttr> tensors = graph.getFetch().getTensors())
    for (auto [attr, name] : llvm::zip(*tensors, fetched))
      exported[withPort(cast<StringAttr>(attr).getValue())] = name;
  return absl::OkStatus();
}

absl::Status SavedModelExporter::findVariables() {
  std::string missing;
  for (auto node : graph.getBodyBlock()->getOps<tfg::NodeOpInterface>()) {
    if (!isVariable(node))
      continue;
    std::string name = node.getNodeName().str();
    if (auto variable = module.lookupSymbol<tfg::VariableOp>(name))
      kept.push_back({name, cast<ElementsAttr>(variable.getValue())});
    else if (!isAssigned(node))
      absl::StrAppend(&missing, missing.empty() ? "'" : ", '", name, "'");
  }
  for (auto function : module.getOps<tfg::FuncOp>())
    for (auto node : function.getBodyBlock()->getOps<tfg::NodeOpInterface>())
      if (isVariable(node))
        absl::StrAppend(&missing, missing.empty() ? "'" : ", '",
                        node.getNodeName().str(), "' in function '",
                        function.getSymName().str(), "'");
  if (missing.empty())
    return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("variables stay whose values are not known: ", missing,
                   "; a SavedModel must have them all"));
}

void SavedModelExporter::addAssets(tf::MetaGraphDef &metaGraph) {
  auto assets = module->getAttrOfType<ArrayAttr>("tfg.assets");
  if (!assets)
    return;
  std::set<std::string> nodes, files;
  for (const tf::NodeDef &node : metaGraph.graph_def().node())
    nodes.insert(node.name());
  for (auto asset : assets.getAsRange<DictionaryAttr>()) {
    std::string tensor = asset.getAs<StringAttr>("tensor").str();
    std::string file = asset.getAs<StringAttr>("file").str();
    if (!nodes.count(tensor.substr(0, tensor.find(':'))))
      continue;
    tf::AssetFileDef &def = *metaGraph.add_asset_file_def();
    def.mutable_tensor_info()->set_name(tensor);
    def.set_filename(file.substr(file.find('/') + 1));
    if (files.insert(file).second)
      assetFiles.push_back(file);
  }
}

/// A new node that waits for all nodes that are fetched because they fill
/// tables. Empty if there are none.
static std::string addTableGroup(ArrayRef<std::string> fetched,
                                 tf::GraphDef &graph) {
  tf::NodeDef group;
  std::set<std::string> names;
  for (const tf::NodeDef &node : graph.node()) {
    names.insert(node.name());
    std::string control = "^" + node.name();
    StringRef op = node.op();
    if ((op.starts_with("InitializeTable") ||
         op.starts_with("LookupTableImport")) &&
        llvm::is_contained(fetched, withPort(control)))
      group.add_input(control);
  }
  if (group.input().empty())
    return "";
  std::string name = "init_tables";
  for (int i = 1; names.count(name); ++i)
    name = absl::StrCat("init_tables_", i);
  group.set_name(name);
  group.set_op("NoOp");
  *graph.add_node() = group;
  return name;
}

/// The node that the loader runs first: the model's own if the graph was asked
/// to keep it, or one that fills the tables.
void SavedModelExporter::addInitNode(tf::MetaGraphDef &metaGraph) {
  auto own = module->getAttrOfType<StringAttr>("tfg.init_node");
  bool isKept = own && llvm::is_contained(fetched, withPort("^" + own.str()));
  std::string init =
      isKept ? own.str()
             : addTableGroup(fetched, *metaGraph.mutable_graph_def());
  if (init.empty())
    return;
  (*metaGraph.mutable_collection_def())["saved_model_main_op"]
      .mutable_node_list()
      ->add_value(init);
}

void SavedModelExporter::setTags(tf::MetaGraphDef::MetaInfoDef &info) {
  if (auto tags = module->getAttrOfType<ArrayAttr>("tfg.tags"))
    for (auto tag : tags.getAsRange<StringAttr>())
      info.add_tags(tag.str());
  if (info.tags_size() == 0)
    info.add_tags("serve");
  if (auto version =
          module->getAttrOfType<StringAttr>("tfg.tensorflow_version"))
    info.set_tensorflow_version(version.str());
}

absl::Status SavedModelExporter::setInfo(const std::string &tensor, Type type,
                                         tf::TensorInfo &info) {
  info.set_name(tensor);
  auto tensorType = dyn_cast_or_null<TensorType>(type);
  if (!tensorType)
    return absl::OkStatus();
  absl::StatusOr<tf::DataType> dtype =
      elementTypeToProto(tensorType.getElementType());
  if (!dtype.ok())
    return dtype.status();
  info.set_dtype(*dtype);
  shapeToProto(tfg::ShapeAttr::getOf(type), *info.mutable_tensor_shape());
  return absl::OkStatus();
}

absl::Status SavedModelExporter::addSignature(tfg::SignatureOp signature,
                                              tf::SignatureDef &def) {
  def.set_method_name(signature.getMethodName().str());
  auto nameOf = [&](DictionaryAttr info, StringRef part) {
    auto text = info.getAs<StringAttr>(part);
    std::string tensor = text ? withPort(text.getValue()) : std::string();
    auto it = exported.find(tensor);
    return it == exported.end() ? tensor : it->second;
  };
  auto add = [&](ArrayAttr list, auto &map) {
    for (auto info : list.getAsRange<DictionaryAttr>()) {
      tf::TensorInfo &target = map[info.getAs<StringAttr>("key").str()];
      auto type = info.getAs<TypeAttr>("type");
      absl::Status status =
          setInfo("", type ? type.getValue() : Type(), target);
      if (!status.ok())
        return status;
      if (info.contains("values")) {
        auto &sparse = *target.mutable_coo_sparse();
        sparse.set_values_tensor_name(nameOf(info, "values"));
        sparse.set_indices_tensor_name(nameOf(info, "indices"));
        sparse.set_dense_shape_tensor_name(nameOf(info, "dense_shape"));
      } else {
        target.set_name(nameOf(info, "tensor"));
      }
    }
    return absl::OkStatus();
  };
  absl::Status status = add(signature.getInputs(), *def.mutable_inputs());
  if (!status.ok())
    return status;
  return add(signature.getOutputs(), *def.mutable_outputs());
}

absl::Status SavedModelExporter::addOwnSignature(tf::MetaGraphDef &metaGraph) {
  tfg::FetchOp fetch = graph.getFetch();
  std::string key = fetch.getSignature().value_or("serving_default").str();
  tf::SignatureDef &def = (*metaGraph.mutable_signature_def())[key];
  StringRef method = fetch.getMethodName().value_or("");
  def.set_method_name(method.empty() ? kPredict : method.str());
  for (Operation *feed : feedsOf(graph)) {
    std::string node = tfg::getNodeName(feed->getLoc()).str();
    auto name = feed->getAttrOfType<StringAttr>(tfg::TFGDialect::kFeedNameAttr);
    absl::Status status =
        setInfo(absl::StrCat(node, ":0"), feed->getResult(0).getType(),
                (*def.mutable_inputs())[name ? name.str() : node]);
    if (!status.ok())
      return status;
  }
  for (auto [index, value] : llvm::enumerate(fetch.getArgs())) {
    if (!isa<TensorType>(value.getType()))
      continue;
    absl::Status status = setInfo(
        fetched[index], value.getType(),
        (*def.mutable_outputs())[cast<StringAttr>(fetch.getNames()[index])
                                     .str()]);
    if (!status.ok())
      return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<tf::SavedModel>
SavedModelExporter::run(ArrayRef<tfg::SignatureOp> signatures) {
  if (absl::Status status = findTensors(); !status.ok())
    return status;
  if (absl::Status status = findVariables(); !status.ok())
    return status;
  tf::SavedModel model;
  model.set_saved_model_schema_version(1);
  tf::MetaGraphDef &metaGraph = *model.add_meta_graphs();
  setTags(*metaGraph.mutable_meta_info_def());
  absl::Status status;
  for (tfg::SignatureOp signature : signatures)
    if (status.ok())
      status = addSignature(
          signature,
          (*metaGraph.mutable_signature_def())[signature.getSymName().str()]);
  if (status.ok() && signatures.empty())
    status = addOwnSignature(metaGraph);
  if (!status.ok())
    return status;
  absl::StatusOr<tf::GraphDef> graphDef = exportGraphDef(module);
  if (!graphDef.ok())
    return graphDef.status();
  // The signatures have their own place here.
  for (tf::NodeDef &node : *graphDef->mutable_node())
    clearRecord(node);
  metaGraph.mutable_graph_def()->Swap(&*graphDef);
  addInitNode(metaGraph);
  addAssets(metaGraph);
  if (kept.empty())
    return model;
  std::vector<std::string> names;
  for (const CheckpointValue &variable : kept)
    names.push_back(variable.key);
  status = addRestoreNodes(metaGraph, names);
  if (!status.ok())
    return status;
  return model;
}

static absl::Status makeFolder(const std::string &folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return absl::UnavailableError(
        absl::StrCat(folder, ": the folder cannot be made: ", error.message()));
  return absl::OkStatus();
}

/// What the graph file needs beside it.
static absl::Status writeBeside(const SavedModelExporter &exporter,
                                const std::string &folder,
                                const std::string &source) {
  if (!exporter.variables().empty()) {
    absl::Status status = makeFolder(folder + "/variables");
    if (status.ok())
      status = writeCheckpoint(folder + "/variables/variables",
                               exporter.variables());
    if (!status.ok())
      return status;
  }
  for (const std::string &asset : exporter.assets()) {
    std::filesystem::path from = source + "/" + asset,
                          target = folder + "/" + asset;
    std::error_code error;
    if (absl::Status status = makeFolder(target.parent_path()); !status.ok())
      return status;
    if (std::filesystem::equivalent(from, target, error))
      continue;
    std::filesystem::copy_file(
        from, target, std::filesystem::copy_options::overwrite_existing, error);
    if (error)
      return absl::NotFoundError(
          absl::StrCat(from.string(), ": this asset cannot be copied to ",
                       target.string(), ": ", error.message()));
  }
  return absl::OkStatus();
}

absl::Status writeSavedModel(ModuleOp module, const std::string &folder,
                             const SavedModelParts &parts) {
  SavedModelExporter exporter(module);
  absl::StatusOr<tf::SavedModel> model = exporter.run(parts.signatures);
  if (!model.ok())
    return model.status();
  if (model->ByteSizeLong() >= kMaxBytes)
    return absl::ResourceExhaustedError(absl::StrCat(
        folder, ": the model takes 2 GiB or more, which a saved_model.pb "
                "cannot hold"));
  absl::Status status = makeFolder(folder);
  if (status.ok())
    status = writeBeside(exporter, folder, parts.source);
  // Last: without this file there is no SavedModel yet.
  return status.ok() ? writeFile(folder + "/saved_model.pb", toBytes(*model))
                     : status;
}

} // namespace firn
