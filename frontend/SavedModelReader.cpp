// Reads SavedModels.
#include "frontend/SavedModelReader.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace firn {

namespace fs = std::filesystem;

static bool isThere(const fs::path &path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// Up to ten names of the files in a folder, sorted.
static std::string listFolder(const fs::path &folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error))
    names.push_back(it->path().filename().string());
  if (names.empty())
    return "an empty folder";
  std::sort(names.begin(), names.end());
  if (names.size() > 10) {
    names.resize(10);
    names.push_back("...");
  }
  return absl::StrJoin(names, ", ");
}

absl::StatusOr<ModelLocation> locateModel(const std::string &path) {
  std::error_code ignored;
  fs::path given = path;
  if (!isThere(given))
    return absl::NotFoundError(
        absl::StrCat(path, ": there is no such file or folder"));
  if (!fs::is_directory(given, ignored)) {
    std::string name = given.filename().string();
    if (name == "saved_model.cpb")
      given = given.parent_path();
    else if (name == "saved_model.pb" || name == "saved_model.pbtxt")
      return ModelLocation{path, given.has_parent_path()
                                     ? given.parent_path().string()
                                     : std::string(".")};
    else
      return ModelLocation{path, ""};
  }
  for (const char *name : {"saved_model.pb", "saved_model.pbtxt"})
    if (isThere(given / name))
      return ModelLocation{(given / name).string(), given.string()};
  if (isThere(given / "saved_model.cpb"))
    return absl::UnimplementedError(absl::StrCat(
        (given / "saved_model.cpb").string(),
        ": this SavedModel is in TensorFlow's chunked image format, which is "
        "not read; save it without `experimental_image_format`"));
  return absl::NotFoundError(
      absl::StrCat(path,
                   ": expected a SavedModel folder with a saved_model.pb or "
                   "saved_model.pbtxt, found ",
                   listFolder(given)));
}

static std::set<std::string> tagSet(const tf::MetaGraphDef &metaGraph) {
  std::set<std::string> tags(metaGraph.meta_info_def().tags().begin(),
                             metaGraph.meta_info_def().tags().end());
  tags.erase("");
  return tags;
}

std::string formatTags(const tf::MetaGraphDef &metaGraph) {
  return absl::StrJoin(tagSet(metaGraph), ",");
}

absl::StatusOr<int> selectMetaGraph(const tf::SavedModel &savedModel,
                                    absl::Span<const std::string> tags,
                                    const std::string &path) {
  int count = savedModel.meta_graphs_size();
  if (count == 0)
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": the SavedModel has no MetaGraph"));
  if (tags.empty() && count == 1)
    return 0;

  std::set<std::string> wanted(tags.begin(), tags.end());
  wanted.erase("");
  if (tags.empty())
    wanted = {"serve"};
  std::vector<std::string> available;
  for (int i = 0; i < count; ++i) {
    if (tagSet(savedModel.meta_graphs(i)) == wanted)
      return i;
    available.push_back(
        absl::StrCat("'", formatTags(savedModel.meta_graphs(i)), "'"));
  }
  return absl::NotFoundError(absl::StrCat(
      path, ": no MetaGraph with the tags '", absl::StrJoin(wanted, ","),
      "'; there is one for each of ", absl::StrJoin(available, ", ")));
}

/// An error unless `<folder>/assets/<name>` is inside of that folder.
static absl::Status checkAssetName(const std::string &folder,
                                   const std::string &name) {
  auto refuse = [&](absl::string_view why) {
    return absl::InvalidArgumentError(
        absl::StrCat(folder, ": the asset '", name, "' is refused: ", why));
  };
  fs::path relative = name;
  if (name.empty() || relative.is_absolute())
    return refuse("expected a path inside the folder 'assets'");
  for (const fs::path &part : relative)
    if (part == "..")
      return refuse("its path has '..'");
  std::error_code error;
  fs::path base = fs::weakly_canonical(fs::path(folder) / "assets", error);
  if (error)
    return refuse(error.message());
  fs::path target = fs::weakly_canonical(base / relative, error);
  if (error)
    return refuse(error.message());
  if (std::mismatch(base.begin(), base.end(), target.begin(), target.end())
          .first != base.end())
    return refuse("it is a link out of the folder 'assets'");
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Asset>> readAssets(const tf::MetaGraphDef &metaGraph,
                                              const std::string &folder) {
  std::vector<tf::AssetFileDef> assets(metaGraph.asset_file_def().begin(),
                                       metaGraph.asset_file_def().end());
  // TensorFlow 1 has them in a collection.
  auto collection = metaGraph.collection_def().find("saved_model_assets");
  if (assets.empty() && collection != metaGraph.collection_def().end()) {
    for (const google::protobuf::Any &any :
         collection->second.any_list().value())
      if (!assets.emplace_back().ParseFromString(any.value()))
        return absl::InvalidArgumentError(absl::StrCat(
            folder, ": the collection 'saved_model_assets' is damaged"));
  }
  std::vector<Asset> result;
  for (const tf::AssetFileDef &asset : assets) {
    if (absl::Status status = checkAssetName(folder, asset.filename());
        !status.ok())
      return status;
    result.push_back({asset.tensor_info().name(), asset.filename()});
  }
  return result;
}

absl::StatusOr<std::string> findInitNode(const tf::MetaGraphDef &metaGraph,
                                         const std::string &path) {
  constexpr const char *signatureKey = "__saved_model_init_op";
  auto signature = metaGraph.signature_def().find(signatureKey);
  if (signature != metaGraph.signature_def().end()) {
    auto output = signature->second.outputs().find(signatureKey);
    if (output == signature->second.outputs().end())
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": the signature '", signatureKey,
                       "' has no output of that name"));
    return output->second.name();
  }
  for (const char *key : {"saved_model_main_op", "legacy_init_op"}) {
    auto collection = metaGraph.collection_def().find(key);
    if (collection == metaGraph.collection_def().end())
      continue;
    if (collection->second.node_list().value_size() != 1)
      return absl::InvalidArgumentError(absl::StrCat(
          path, ": expected one node in the collection '", key, "', found ",
          collection->second.node_list().value_size()));
    return collection->second.node_list().value(0);
  }
  return std::string();
}

} // namespace firn
