// Checkpoints of format V1: tables that hold values as protobuf messages. The
// empty key of each has the names, shapes and slices of its tensors; the values
// lie under the encoded (name, slice), also those of tensors that are stored
// whole.
#ifndef FIRN_FRONTEND_CHECKPOINT_SLICETABLEREADER_H
#define FIRN_FRONTEND_CHECKPOINT_SLICETABLEREADER_H

#include "frontend/checkpoint/CheckpointReader.h"
#include "frontend/checkpoint/Table.h"

#include "absl/container/flat_hash_map.h"

namespace firn {

class SliceTableReader final : public CheckpointReader {
public:
  static absl::StatusOr<std::unique_ptr<CheckpointReader>>
  open(const std::string &prefix, const std::vector<std::string> &tables);

protected:
  absl::StatusOr<std::vector<StoredSlice>>
  storedSlices(const CheckpointEntry &entry) override;
  absl::StatusOr<CheckpointTensor>
  readStored(const CheckpointEntry &entry, const StoredSlice &slice) override;

private:
  struct Location {
    size_t table;
    TensorSlice slice;
  };

  using CheckpointReader::CheckpointReader;
  absl::Status readMeta(size_t tableNumber);

  std::vector<Table> tables;
  std::vector<Location> locations;
  /// Indices into `locations`.
  absl::flat_hash_map<std::string, std::vector<size_t>> slicesOf;
};

} // namespace firn

#endif // FIRN_FRONTEND_CHECKPOINT_SLICETABLEREADER_H
