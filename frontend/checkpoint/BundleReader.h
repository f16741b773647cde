// Checkpoints of format V2, "tensor bundles": a table PREFIX.index that says
// where in the shards PREFIX.data-SSSSS-of-NNNNN each tensor's bytes lie.
#ifndef FIRN_FRONTEND_CHECKPOINT_BUNDLEREADER_H
#define FIRN_FRONTEND_CHECKPOINT_BUNDLEREADER_H

#include "frontend/MappedFile.h"
#include "frontend/checkpoint/CheckpointReader.h"

#include "absl/container/flat_hash_map.h"

#include <map>

namespace firn {

class BundleReader final : public CheckpointReader {
public:
  static absl::StatusOr<std::unique_ptr<CheckpointReader>>
  open(const std::string &prefix);

protected:
  absl::StatusOr<std::vector<StoredSlice>>
  storedSlices(const CheckpointEntry &entry) override;
  absl::StatusOr<CheckpointTensor>
  readStored(const CheckpointEntry &entry, const StoredSlice &slice) override;

private:
  /// Where bytes of a tensor lie, as the index says; checked when read.
  struct Location {
    tf::DataType dtype;
    std::vector<int64_t> shape;
    int32_t shard;
    int64_t offset;
    int64_t size;
    uint32_t maskedCrc;
  };

  using CheckpointReader::CheckpointReader;
  absl::Status readIndex();
  absl::Status readHeader(absl::string_view value);
  absl::Status addEntry(absl::string_view key, absl::string_view value);
  absl::StatusOr<std::shared_ptr<const MappedFile>> shard(int32_t number);
  absl::Status readStrings(const StoredSlice &slice, absl::string_view bytes,
                           std::vector<std::string> &strings) const;

  int32_t numShards = 0;
  bool bigEndian = false;
  std::vector<Location> locations;
  /// Index into `locations` by table key, also for the keys of single slices.
  absl::flat_hash_map<std::string, size_t> locationOf;
  absl::flat_hash_map<std::string, std::vector<TensorSlice>> slicesOf;
  std::map<int32_t, std::shared_ptr<const MappedFile>> shards;
};

} // namespace firn

#endif // FIRN_FRONTEND_CHECKPOINT_BUNDLEREADER_H
