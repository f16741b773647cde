// The sorted string table that both checkpoint formats are made of (LevelDB's
// table format), read without trusting a byte of it:
//
//   data blocks | metaindex block | index block | footer (last 48 bytes)
//
// A block is followed by its compression type (one byte) and a masked CRC-32C
// over contents and type. The index block maps a key at or after the last of
// each data block to its handle (offset, size). The footer holds the handles of
// the metaindex and the index, zero padding to 40 bytes, and a magic number.
//
// Every checksum is verified, also the index block's; sizes are compared with
// what is left of the file before they are used; keys must ascend and data
// blocks follow one another, so that no part of a file can be counted twice.
#ifndef FIRN_FRONTEND_CHECKPOINT_TABLE_H
#define FIRN_FRONTEND_CHECKPOINT_TABLE_H

#include "frontend/MappedFile.h"

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <string>
#include <vector>

namespace firn {

class Table {
public:
  /// Called with a key and its value, both valid during the call only.
  using Visitor = absl::FunctionRef<absl::Status(absl::string_view key,
                                                 absl::string_view value)>;

  /// Reads and verifies footer and index. A file that is no table at all is
  /// InvalidArgument, a damaged one DataLoss.
  static absl::StatusOr<Table> open(std::shared_ptr<const MappedFile> file);

  const std::string &path() const { return file->path(); }

  /// Visits all entries in the order of their keys, until a visit fails.
  absl::Status forEach(Visitor visit) const;

  /// Visits the entry of `key`; NotFound if there is none.
  absl::Status find(absl::string_view key, Visitor visit) const;

private:
  struct DataBlock {
    std::string upperBound; // no key of the block is above it
    uint64_t offset;
    uint64_t size;
  };

  explicit Table(std::shared_ptr<const MappedFile> file)
      : file(std::move(file)) {}

  absl::Status readFooterAndIndex();
  absl::Status addDataBlock(absl::string_view key, absl::string_view handle,
                            uint64_t dataEnd);
  absl::StatusOr<absl::string_view> readBlock(uint64_t offset, uint64_t size,
                                              absl::string_view what,
                                              std::string &uncompressed) const;
  absl::Status damaged(absl::string_view what) const;

  std::shared_ptr<const MappedFile> file;
  std::vector<DataBlock> blocks;
  uint64_t keyBytes = 0;
};

} // namespace firn

#endif // FIRN_FRONTEND_CHECKPOINT_TABLE_H
