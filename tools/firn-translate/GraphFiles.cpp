// Reads model files as messages.
#include "tools/firn-translate/GraphFiles.h"
#include "frontend/MappedFile.h"
#include "frontend/ProtoFile.h"
#include "proto/meta_graph.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <filesystem>

namespace firn {
namespace {

/// The file of a SavedModel's folder; other paths as they are.
std::string modelFile(const std::string &path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored))
    return path;
  std::string binary = path + "/saved_model.pb";
  return std::filesystem::exists(binary, ignored) ? binary
                                                  : path + "/saved_model.pbtxt";
}

GraphOfFile graphOf(tf::MetaGraphDef &meta, std::string description) {
  GraphOfFile result;
  result.description = std::move(description);
  result.graph.Swap(meta.mutable_graph_def());
  result.modelOps.Swap(
      meta.mutable_meta_info_def()->mutable_stripped_op_list());
  return result;
}

} // namespace

absl::StatusOr<std::vector<GraphOfFile>> readGraphs(const std::string &path) {
  std::string file = modelFile(path);
  absl::StatusOr<std::shared_ptr<const MappedFile>> mapped =
      MappedFile::open(file);
  if (!mapped.ok())
    return mapped.status();
  absl::string_view bytes = (*mapped)->bytes();
  ModelFileFormat format;
  absl::Status status = detectModelFile(bytes, file, format);
  if (!status.ok())
    return status;
  auto parse = [&](google::protobuf::Message &message) {
    return format.isText ? parseTextProto(bytes, file, message)
                         : parseBinaryProto(bytes, file, message);
  };
  std::vector<GraphOfFile> graphs;
  switch (format.kind) {
  case ModelFileKind::GraphDef: {
    GraphOfFile &graph = graphs.emplace_back();
    graph.description = file;
    status = parse(graph.graph);
    break;
  }
  case ModelFileKind::MetaGraphDef: {
    tf::MetaGraphDef meta;
    status = parse(meta);
    graphs.push_back(graphOf(meta, file));
    break;
  }
  case ModelFileKind::SavedModel: {
    tf::SavedModel model;
    status = parse(model);
    for (tf::MetaGraphDef &meta : *model.mutable_meta_graphs()) {
      std::string tags = absl::StrJoin(meta.meta_info_def().tags(), ",");
      graphs.push_back(graphOf(meta, absl::StrCat(file, " [", tags, "]")));
    }
    break;
  }
  }
  if (!status.ok())
    return status;
  return graphs;
}

} // namespace firn
