// Reads the variables of TensorFlow checkpoints, of either format:
//   V2, "tensor bundle": PREFIX.index and PREFIX.data-00000-of-00001 …
//   V1: one table file, or shards of it PREFIX-00000-of-00002 …
#ifndef FIRN_FRONTEND_CHECKPOINT_CHECKPOINTREADER_H
#define FIRN_FRONTEND_CHECKPOINT_CHECKPOINTREADER_H

#include "frontend/checkpoint/TensorSlice.h"
#include "proto/types.pb.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <memory>
#include <string>
#include <vector>

namespace firn {

class MappedFile;

/// What a checkpoint says about one tensor.
struct CheckpointEntry {
  std::string key;
  tf::DataType dtype;
  std::vector<int64_t> shape;
  size_t numSlices; // 0: stored whole
};

/// A tensor's value, verified against its checksum.
struct CheckpointTensor {
  tf::DataType dtype;
  std::vector<int64_t> shape;
  /// Numeric types: row-major, little endian, dense, of no particular
  /// alignment.
  absl::string_view data = {};
  /// Keep `data` alive: the file that it is a part of, or the copy that it is.
  std::shared_ptr<const MappedFile> file = {};
  std::shared_ptr<const void> copy = {};
  /// DT_STRING: the elements.
  std::vector<std::string> strings = {};
};

/// The bytes that an element of `dtype` takes in a checkpoint, 0 for types of
/// varying size or none.
size_t storedElementSize(tf::DataType dtype);

/// Opening reads the names and shapes only; values are read when asked for, out
/// of files that are mapped then. Not thread-safe.
class CheckpointReader {
public:
  /// Opens the checkpoint that `path` means: a prefix, an `.index` or data
  /// file, a V1 file, a `checkpoint` state file, or a folder (its latest
  /// checkpoint).
  static absl::StatusOr<std::unique_ptr<CheckpointReader>>
  open(const std::string &path);

  virtual ~CheckpointReader() = default;

  /// The name that its files have in common.
  const std::string &prefix() const { return filesPrefix; }

  /// All tensors, sorted by key.
  absl::Span<const CheckpointEntry> entries() const { return tensors; }

  /// The entry of `key`; null if there is none.
  const CheckpointEntry *find(absl::string_view key) const;

  /// The value of `key`, in full, or the part `slice` of it. Tensors that are
  /// stored in slices are put together. Errors name file and key.
  absl::StatusOr<CheckpointTensor> read(absl::string_view key);
  absl::StatusOr<CheckpointTensor> readSlice(absl::string_view key,
                                             const TensorSlice &slice);

protected:
  /// A part of a tensor as it is stored; `location` is the reader's own.
  struct StoredSlice {
    TensorRegion region;
    size_t location;
  };

  explicit CheckpointReader(std::string prefix)
      : filesPrefix(std::move(prefix)) {}

  /// The stored parts of a tensor, one for a tensor that is stored whole.
  virtual absl::StatusOr<std::vector<StoredSlice>>
  storedSlices(const CheckpointEntry &entry) = 0;

  /// The value of one stored part, its shape that of the region.
  virtual absl::StatusOr<CheckpointTensor>
  readStored(const CheckpointEntry &entry, const StoredSlice &slice) = 0;

  /// Sorts `tensors`; an error if a key is there twice.
  absl::Status finishEntries();

  std::vector<CheckpointEntry> tensors;

private:
  absl::StatusOr<CheckpointTensor> readRegion(const CheckpointEntry &entry,
                                              const TensorRegion &region);

  std::string filesPrefix;
};

} // namespace firn

#endif // FIRN_FRONTEND_CHECKPOINT_CHECKPOINTREADER_H
