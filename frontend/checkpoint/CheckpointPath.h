// Finds out which checkpoint a path means.
#ifndef FIRN_FRONTEND_CHECKPOINT_CHECKPOINTPATH_H
#define FIRN_FRONTEND_CHECKPOINT_CHECKPOINTPATH_H

#include "absl/status/statusor.h"

#include <string>
#include <vector>

namespace firn {

/// The files of a checkpoint: for V2 `tables` is empty.
struct CheckpointFiles {
  std::string prefix;
  std::vector<std::string> tables; // V1: the table file, or its shards in order

  bool isV1() const { return !tables.empty(); }
};

/// `path` may be a prefix, one of the checkpoint's files, a `checkpoint` state
/// file, or a folder with one. NotFound says what was looked for.
absl::StatusOr<CheckpointFiles> locateCheckpoint(const std::string &path);

} // namespace firn

#endif // FIRN_FRONTEND_CHECKPOINT_CHECKPOINTPATH_H
