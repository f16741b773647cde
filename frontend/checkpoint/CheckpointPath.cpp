// From what a user calls a checkpoint to its files.
#include "frontend/checkpoint/CheckpointPath.h"

#include "frontend/MappedFile.h"
#include "frontend/ProtoFile.h"
#include "proto/checkpoint.pb.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

#include <algorithm>
#include <filesystem>
#include <optional>

namespace firn {

namespace fs = std::filesystem;

static bool isFile(const fs::path &path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

static bool isFolder(const fs::path &path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

/// The N of a name that ends with `-SSSSS-of-NNNNN`, which is cut off from
/// `name`.
static std::optional<int> takeShardSuffix(std::string &name) {
  constexpr size_t size = 15;
  if (name.size() <= size)
    return std::nullopt;
  std::string tail = name.substr(name.size() - size);
  for (size_t i : {1, 2, 3, 4, 5, 10, 11, 12, 13, 14})
    if (tail[i] < '0' || tail[i] > '9')
      return std::nullopt;
  if (tail[0] != '-' || tail.substr(6, 4) != "-of-")
    return std::nullopt;
  name.resize(name.size() - size);
  return std::stoi(tail.substr(10));
}

/// The V1 shards of `prefix`, if there are any; all of them must be there.
static absl::StatusOr<std::vector<std::string>>
findV1Shards(const std::string &prefix) {
  fs::path folder = fs::path(prefix).parent_path();
  std::string wanted = fs::path(prefix).filename().string();
  std::error_code error;
  int count = 0;
  for (fs::directory_iterator it(folder.empty() ? "." : folder, error), end;
       !error && it != end; it.increment(error)) {
    std::string name = it->path().filename().string();
    if (std::optional<int> shards = takeShardSuffix(name);
        shards && name == wanted)
      count = std::max(count, *shards);
  }
  std::vector<std::string> result;
  for (int i = 0; i < count; ++i) {
    result.push_back(prefix + absl::StrFormat("-%05d-of-%05d", i, count));
    if (!isFile(result.back()))
      return absl::NotFoundError(absl::StrCat(
          result.back(), ": this shard of the checkpoint is missing"));
  }
  return result;
}

/// The checkpoint whose prefix is `prefix`; nullopt if there is none.
static absl::StatusOr<std::optional<CheckpointFiles>>
locatePrefix(const std::string &prefix) {
  if (isFile(prefix + ".index"))
    return std::optional<CheckpointFiles>({prefix, {}});
  if (isFile(prefix))
    return std::optional<CheckpointFiles>({prefix, {prefix}});
  absl::StatusOr<std::vector<std::string>> shards = findV1Shards(prefix);
  if (!shards.ok())
    return shards.status();
  if (!shards->empty())
    return std::optional<CheckpointFiles>({prefix, *std::move(shards)});
  return std::optional<CheckpointFiles>();
}

/// The checkpoint that the state file calls the latest.
static absl::StatusOr<CheckpointFiles>
locateByStateFile(const std::string &statePath) {
  absl::StatusOr<std::shared_ptr<const MappedFile>> file =
      MappedFile::open(statePath);
  if (!file.ok())
    return file.status();
  tf::CheckpointState state;
  absl::Status parsed = parseTextProto((*file)->bytes(), statePath, state);
  if (!parsed.ok())
    return parsed;
  if (state.model_checkpoint_path().empty())
    return absl::InvalidArgumentError(absl::StrCat(
        statePath, ": expected a model_checkpoint_path, found none"));

  // A model that was moved after training has absolute paths of elsewhere.
  fs::path folder = fs::path(statePath).parent_path();
  fs::path latest = state.model_checkpoint_path();
  for (const fs::path &candidate :
       {folder / latest, folder / latest.filename()}) {
    absl::StatusOr<std::optional<CheckpointFiles>> files =
        locatePrefix(candidate.string());
    if (!files.ok())
      return files.status();
    if (*files)
      return **std::move(files);
  }
  return absl::NotFoundError(
      absl::StrCat(statePath, ": its latest checkpoint '",
                   state.model_checkpoint_path(), "' is not there"));
}

static absl::StatusOr<CheckpointFiles> locateInFolder(const std::string &path) {
  std::string state = (fs::path(path) / "checkpoint").string();
  if (isFile(state))
    return locateByStateFile(state);
  std::vector<std::string> prefixes;
  std::error_code error;
  for (fs::directory_iterator it(path, error), end; !error && it != end;
       it.increment(error))
    if (it->path().extension() == ".index")
      prefixes.push_back(
          (it->path().parent_path() / it->path().stem()).string());
  if (prefixes.size() == 1)
    return CheckpointFiles{prefixes[0], {}};
  std::sort(prefixes.begin(), prefixes.end());
  return absl::NotFoundError(absl::StrCat(
      path,
      ": expected a folder with a file 'checkpoint' or one '.index' file, ",
      prefixes.empty()
          ? std::string("found neither")
          : absl::StrCat("found several: ", absl::StrJoin(prefixes, ", "))));
}

absl::StatusOr<CheckpointFiles> locateCheckpoint(const std::string &path) {
  if (isFolder(path))
    return locateInFolder(path);
  if (isFile(path) && fs::path(path).filename() == "checkpoint")
    return locateByStateFile(path);

  // One of a V2 checkpoint's files instead of its prefix.
  std::string stem = path;
  if (absl::EndsWith(path, ".index") || absl::EndsWith(path, ".meta"))
    stem = path.substr(0, path.rfind('.'));
  else if (takeShardSuffix(stem) && absl::EndsWith(stem, ".data"))
    stem = stem.substr(0, stem.size() - 5);
  if (stem != path && isFile(stem + ".index"))
    return CheckpointFiles{stem, {}};

  absl::StatusOr<std::optional<CheckpointFiles>> files = locatePrefix(path);
  if (!files.ok())
    return files.status();
  if (*files)
    return **std::move(files);
  return absl::NotFoundError(absl::StrCat(
      path, ": no checkpoint of this name: there is neither '", path,
      ".index' (format V2) nor a file or shards of this name (format V1)"));
}

} // namespace firn
