// What is in checkpoints, for people and programs to read: the data behind
// `firn checkpoint`.
#ifndef FIRN_API_CHECKPOINT_H
#define FIRN_API_CHECKPOINT_H

#include "backend/runtime/Tensor.h"

#include "absl/status/statusor.h"

#include <optional>
#include <string>
#include <vector>

namespace firn {

/// Of a tensor of numbers. Values that are not finite count by themselves, and
/// in nothing else.
struct TensorStatistics {
  double min = 0, max = 0, mean = 0, deviation = 0;
  int64_t zeros = 0;
  int64_t notFinite = 0;
};

struct CheckpointTensorInfo {
  std::string key;
  DType dtype = DType::Invalid;
  Shape shape;
  int64_t bytes = 0;  // 0 for strings
  int64_t slices = 0; // 0: stored whole
  std::optional<TensorStatistics> statistics;
};

/// A checkpoint by any name of it: prefix, one of its files, or a folder.
struct CheckpointInfo {
  std::string prefix;
  std::vector<CheckpointTensorInfo> tensors; // sorted by key
};

/// Lists the tensors; `withStatistics` reads them all.
absl::StatusOr<CheckpointInfo> listCheckpoint(const std::string &path,
                                              bool withStatistics = false);

/// The value of one tensor. NotFound with a suggestion.
absl::StatusOr<Tensor> readCheckpointTensor(const std::string &path,
                                            const std::string &key);

/// How one key differs between two checkpoints.
struct CheckpointDifference {
  enum class Kind { OnlyInFirst, OnlyInSecond, Type, Values };
  Kind kind;
  std::string key;
  std::string text; // the two types, or how much the values differ
};

/// The differences, sorted by key. Values differ if any bit does.
absl::StatusOr<std::vector<CheckpointDifference>>
compareCheckpoints(const std::string &first, const std::string &second);

} // namespace firn

#endif // FIRN_API_CHECKPOINT_H
