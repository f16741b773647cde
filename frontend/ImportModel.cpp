// Files → tfg module.
#include "frontend/ImportModel.h"

#include "frontend/GraphDefImporter.h"
#include "frontend/MappedFile.h"
#include "frontend/MlirFile.h"
#include "frontend/ProtoFile.h"
#include "frontend/SavedModelReader.h"
#include "frontend/SignatureImporter.h"
#include "frontend/VariableImporter.h"
#include "ir/TFGOps.h"
#include "proto/RecordedSignature.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "mlir/IR/Builders.h"

#include <algorithm>

using namespace mlir;

namespace firn {

namespace {

/// A model file as messages. A GraphDef stands in `metaGraph` too.
struct LoadedModel {
  ModelLocation location;
  ModelFileFormat format;
  tf::SavedModel savedModel;
  tf::MetaGraphDef metaGraph;
  /// What of the tensors stays in the file.
  std::shared_ptr<const MappedFile> file;
  std::vector<absl::string_view> contents;
};

absl::StatusOr<LoadedModel> loadModel(const std::string &path) {
  LoadedModel model;
  absl::StatusOr<ModelLocation> location = locateModel(path);
  if (!location.ok())
    return location.status();
  model.location = *std::move(location);
  absl::StatusOr<std::shared_ptr<const MappedFile>> file =
      MappedFile::open(model.location.file);
  if (!file.ok())
    return file.status();

  const std::string &name = model.location.file;
  absl::Status detected = detectModelFile((*file)->bytes(), name, model.format);
  if (!detected.ok())
    return detected;
  google::protobuf::Message *message = &model.savedModel;
  if (model.format.kind == ModelFileKind::MetaGraphDef)
    message = &model.metaGraph;
  if (model.format.kind == ModelFileKind::GraphDef)
    message = model.metaGraph.mutable_graph_def();
  absl::Status parsed =
      model.format.isText
          ? parseTextProto((*file)->bytes(), name, *message)
          : parseModelFile(**file, model.format.kind, *message, model.contents);
  if (!parsed.ok())
    return parsed;
  int64_t schema = model.savedModel.saved_model_schema_version();
  if (model.format.kind == ModelFileKind::SavedModel && schema != 1)
    return absl::UnimplementedError(absl::StrCat(
        name, ": expected a SavedModel of schema version 1, found ", schema));
  model.file = *std::move(file);
  return model;
}

/// The checkpoint that holds the model's variables; null if the model has none.
absl::StatusOr<std::unique_ptr<CheckpointReader>>
openCheckpoint(const LoadedModel &model, const ImportOptions &options,
               std::vector<std::string> &warnings) {
  if (!options.checkpoint.empty())
    return CheckpointReader::open(options.checkpoint);
  std::string prefix;
  if (!model.location.savedModelFolder.empty())
    prefix = model.location.savedModelFolder + "/variables/variables";
  else if (absl::EndsWith(model.location.file, ".meta"))
    prefix = std::string(absl::StripSuffix(model.location.file, ".meta"));
  else
    return nullptr;
  absl::StatusOr<std::unique_ptr<CheckpointReader>> reader =
      CheckpointReader::open(prefix);
  // A file beside NAME.meta that is called NAME may be something else.
  bool isGuess = model.location.savedModelFolder.empty() &&
                 absl::IsInvalidArgument(reader.status());
  if (!absl::IsNotFound(reader.status()) && !isGuess)
    return reader;
  warnings.emplace_back(reader.status().message());
  return nullptr;
}

StringRef toStringRef(absl::string_view text) {
  return {text.data(), text.size()};
}

/// Whether a table of the model is filled from a file.
bool readsTableFiles(ModuleOp module) {
  WalkResult result = module.walk([](tfg::NodeOpInterface node) {
    return node.getTFOpName().starts_with("InitializeTableFromTextFile")
               ? WalkResult::interrupt()
               : WalkResult::advance();
  });
  return result.wasInterrupted();
}

/// Module attributes that tell where the graph is from.
absl::Status setModelAttributes(const LoadedModel &model, ModuleOp module) {
  const tf::MetaGraphDef &metaGraph = model.metaGraph;
  Builder builder(module.getContext());
  auto strings = [&](const auto &list) {
    SmallVector<StringRef> refs(list.begin(), list.end());
    return builder.getStrArrayAttr(refs);
  };
  if (metaGraph.meta_info_def().tags_size() > 0)
    module->setAttr("tfg.tags", strings(metaGraph.meta_info_def().tags()));
  const std::string &version = metaGraph.meta_info_def().tensorflow_version();
  if (!version.empty())
    module->setAttr("tfg.tensorflow_version", builder.getStringAttr(version));
  absl::StatusOr<std::string> init =
      findInitNode(metaGraph, model.location.file);
  if (!init.ok())
    return init.status();
  if (!init->empty())
    module->setAttr("tfg.init_node", builder.getStringAttr(*init));

  const std::string &folder = model.location.savedModelFolder;
  if (folder.empty())
    return absl::OkStatus();
  absl::StatusOr<std::vector<Asset>> assets = readAssets(metaGraph, folder);
  if (!assets.ok())
    return assets.status();
  SmallVector<Attribute> list;
  bool fillsTables = readsTableFiles(module);
  for (const Asset &asset : *assets) {
    std::string file = "assets/" + asset.file;
    SmallVector<NamedAttribute> entry{
        builder.getNamedAttr("tensor", builder.getStringAttr(asset.tensor)),
        builder.getNamedAttr("file", builder.getStringAttr(file))};
    // A missing file matters only to who looks something up in its table.
    if (fillsTables) {
      auto text = MappedFile::open(folder + "/" + file);
      entry.push_back(builder.getNamedAttr(
          text.ok() ? "text" : "problem",
          builder.getStringAttr(toStringRef(
              text.ok() ? (*text)->bytes() : text.status().message()))));
    }
    list.push_back(builder.getDictionaryAttr(entry));
  }
  if (!list.empty())
    module->setAttr("tfg.assets", builder.getArrayAttr(list));
  return absl::OkStatus();
}

absl::Status inFile(const std::string &file, const absl::Status &status) {
  if (status.ok() || absl::StartsWith(status.message(), file))
    return status;
  return absl::Status(status.code(),
                      absl::StrCat(file, ": ", status.message()));
}

} // namespace

absl::StatusOr<OwningOpRef<ModuleOp>> importModel(StringRef path,
                                                  const ImportOptions &options,
                                                  MLIRContext &context) {
  if (isMlirFile(path.str())) {
    if (!options.checkpoint.empty() || !options.tags.empty())
      return absl::InvalidArgumentError(absl::StrCat(
          path.str(), ": an .mlir file has the values of its variables in "
                      "itself and no tags; leave out checkpoint and tags"));
    return importMlirFile(path.str(), context);
  }
  absl::StatusOr<LoadedModel> model = loadModel(path.str());
  if (!model.ok())
    return model.status();
  const std::string &file = model->location.file;
  tf::MetaGraphDef &metaGraph = model->metaGraph;
  if (model->format.kind == ModelFileKind::SavedModel) {
    absl::StatusOr<int> index =
        selectMetaGraph(model->savedModel, options.tags, file);
    if (!index.ok())
      return index.status();
    metaGraph.Swap(model->savedModel.mutable_meta_graphs(*index));
    model->savedModel.Clear();
  }
  bool isBareGraph = model->format.kind == ModelFileKind::GraphDef;
  if (isBareGraph)
    if (auto record = readRecord(metaGraph.graph_def()))
      (*metaGraph.mutable_signature_def())[record->key] = record->signature;

  std::vector<std::string> ignored;
  std::vector<std::string> &warnings =
      options.warnings ? *options.warnings : ignored;
  std::vector<GraphVariable> variables = listVariables(metaGraph.graph_def());
  std::unique_ptr<CheckpointReader> checkpoint;
  VariableBindings bindings;
  if (options.loadVariables &&
      (!variables.empty() || !options.checkpoint.empty())) {
    absl::StatusOr<std::unique_ptr<CheckpointReader>> opened =
        openCheckpoint(*model, options, warnings);
    if (!opened.ok())
      return opened.status();
    checkpoint = *std::move(opened);
  }
  if (checkpoint) {
    absl::StatusOr<VariableBindings> bound = bindVariables(
        metaGraph.graph_def(), isBareGraph ? nullptr : &metaGraph, *checkpoint);
    if (!bound.ok())
      return bound.status();
    bindings = *std::move(bound);
  }

  GraphImportOptions graphOptions;
  graphOptions.fileName = file;
  if (metaGraph.meta_info_def().has_stripped_op_list())
    graphOptions.modelOps = &metaGraph.meta_info_def().stripped_op_list();
  for (absl::string_view content : model->contents)
    graphOptions.tensors.contents.emplace_back(content.data(), content.size());
  graphOptions.tensors.releasePages = MappedFile::pageReleaser(model->file);
  absl::StatusOr<OwningOpRef<ModuleOp>> module = importGraphDef(
      std::move(*metaGraph.mutable_graph_def()), graphOptions, context);
  if (!module.ok())
    return module;
  if (absl::Status status = setModelAttributes(*model, **module); !status.ok())
    return status;
  if (absl::Status status = importSignatures(metaGraph, **module); !status.ok())
    return inFile(file, status);
  if (checkpoint) {
    absl::Status status =
        importVariables(variables, bindings, *checkpoint, **module, warnings);
    if (!status.ok())
      return inFile(file, status);
  }
  return module;
}

std::string warningsText(const std::vector<std::string> &warnings,
                         absl::string_view error) {
  constexpr int kMost = 3;
  std::string text;
  int count = 0;
  for (const std::string &warning : warnings) {
    // Each starts with the node: `node 'x': …`.
    std::vector<std::string> parts =
        absl::StrSplit(warning, absl::MaxSplits('\'', 2));
    if (parts.size() == 3 && absl::StrContains(error, "'" + parts[1] + "'") &&
        ++count <= kMost)
      absl::StrAppend(&text, "\n  ", warning);
  }
  if (count > kMost)
    absl::StrAppend(&text, "\n  and ", count - kMost, " more");
  return text;
}

static MetaGraphSummary summarize(const tf::MetaGraphDef &metaGraph) {
  MetaGraphSummary summary;
  summary.tags.assign(metaGraph.meta_info_def().tags().begin(),
                      metaGraph.meta_info_def().tags().end());
  std::sort(summary.tags.begin(), summary.tags.end());
  summary.tensorflowVersion = metaGraph.meta_info_def().tensorflow_version();
  for (const auto &[key, signature] : metaGraph.signature_def())
    summary.signatures.push_back(key);
  std::sort(summary.signatures.begin(), summary.signatures.end());
  summary.producer = metaGraph.graph_def().versions().producer();
  summary.minConsumer = metaGraph.graph_def().versions().min_consumer();
  return summary;
}

absl::StatusOr<ModelSummary> describeModel(StringRef path) {
  if (isMlirFile(path.str())) {
    ModelSummary summary;
    summary.format = "MLIR";
    summary.isText = path.ends_with(".mlir");
    return summary;
  }
  absl::StatusOr<LoadedModel> model = loadModel(path.str());
  if (!model.ok())
    return model.status();
  ModelSummary summary;
  summary.isText = model->format.isText;
  switch (model->format.kind) {
  case ModelFileKind::GraphDef:
    summary.format = "GraphDef";
    break;
  case ModelFileKind::MetaGraphDef:
    summary.format = "MetaGraph";
    summary.metaGraphs.push_back(summarize(model->metaGraph));
    break;
  case ModelFileKind::SavedModel:
    summary.format = "SavedModel";
    for (const tf::MetaGraphDef &metaGraph : model->savedModel.meta_graphs())
      summary.metaGraphs.push_back(summarize(metaGraph));
    break;
  }
  return summary;
}

} // namespace firn
