// The data first, one tensor after the other, sorted by key; then the index, a
// LevelDB table from keys to where the tensors lie:
//
//   blocks of entries, each: [shared][unshared][value size][key tail][value]
//     with a restart (shared = 0) every 16 entries, then the restarts' offsets
//     and their number, then a zero byte (not compressed) and a checksum
//   an empty block, the index block (last key of a block -> its place)
//   footer: the places of both, 48 bytes with a magic number
#include "backend/graphdef/CheckpointFile.h"
#include "backend/graphdef/OutputFile.h"
#include "ir/TFGConstants.h"
#include "ir/TFGOps.h"
#include "proto/Crc32c.h"
#include "proto/TextForm.h"
#include "proto/TypeMap.h"
#include "proto/checkpoint.pb.h"

#include "absl/strings/str_cat.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/Support/Endian.h"

#include <map>

using namespace mlir;

namespace firn {
namespace {

constexpr size_t kBlockBytes = size_t(1) << 18;
constexpr unsigned kRestartInterval = 16;
constexpr size_t kFooterBytes = 48;
constexpr uint64_t kMagic = 0xdb4775248b80fb57;

void putFixed32(std::string &bytes, uint32_t number) {
  char buffer[4];
  llvm::support::endian::write32le(buffer, number);
  bytes.append(buffer, sizeof(buffer));
}

void putVarint(std::string &bytes, uint64_t number) {
  for (; number >= 0x80; number >>= 7)
    bytes.push_back(static_cast<char>(number | 0x80));
  bytes.push_back(static_cast<char>(number));
}

/// Entries in the order of their keys.
class Block {
public:
  void add(absl::string_view key, absl::string_view value) {
    size_t shared = 0;
    if (count % kRestartInterval == 0)
      restarts.push_back(static_cast<uint32_t>(bytes.size()));
    else
      while (shared < std::min(last.size(), key.size()) &&
             last[shared] == key[shared])
        ++shared;
    putVarint(bytes, shared);
    putVarint(bytes, key.size() - shared);
    putVarint(bytes, value.size());
    absl::StrAppend(&bytes, key.substr(shared), value);
    last = std::string(key);
    ++count;
  }

  bool isEmpty() const { return count == 0; }
  size_t size() const { return bytes.size(); }
  const std::string &lastKey() const { return last; }

  /// The block as it lies in the file.
  std::string finish() {
    if (restarts.empty())
      restarts.push_back(0);
    for (uint32_t restart : restarts)
      putFixed32(bytes, restart);
    putFixed32(bytes, static_cast<uint32_t>(restarts.size()));
    bytes.push_back(0);
    putFixed32(bytes, maskCrc32c(crc32c(bytes)));
    return std::move(bytes);
  }

private:
  std::string bytes, last;
  std::vector<uint32_t> restarts;
  unsigned count = 0;
};

class Table {
public:
  void add(absl::string_view key, absl::string_view value) {
    block.add(key, value);
    if (block.size() >= kBlockBytes)
      flush();
  }

  std::string finish() {
    flush();
    std::string footer = write(Block());
    footer += write(std::move(index));
    footer.resize(kFooterBytes - 8);
    putFixed32(footer, static_cast<uint32_t>(kMagic));
    putFixed32(footer, static_cast<uint32_t>(kMagic >> 32));
    return bytes + footer;
  }

private:
  void flush() {
    if (block.isEmpty())
      return;
    std::string key = block.lastKey();
    index.add(key, write(std::move(block)));
    block = Block();
  }

  /// The handle of the block: where it lies, without its trailer.
  std::string write(Block block) {
    std::string contents = block.finish(), handle;
    putVarint(handle, bytes.size());
    putVarint(handle, contents.size() - 5);
    bytes += contents;
    return handle;
  }

  std::string bytes;
  Block block, index;
};

/// What is written of a tensor, piece by piece, and the checksum of all of it.
using Sink = llvm::function_ref<absl::Status(absl::string_view)>;

/// [varint length] * N, the masked checksum of the lengths as 32-bit numbers
/// (64 where they need it), then the strings. The tensor's checksum goes on
/// from that of the lengths; it does not see the varints.
absl::Status writeStrings(ArrayRef<StringRef> strings, Sink write,
                          uint32_t &crc) {
  std::string bytes, lengths, checksum;
  for (StringRef text : strings) {
    putVarint(bytes, text.size());
    putFixed32(lengths, static_cast<uint32_t>(text.size()));
    if (text.size() > UINT32_MAX)
      putFixed32(lengths, static_cast<uint32_t>(uint64_t(text.size()) >> 32));
  }
  uint32_t lengthsCrc = crc32c(lengths);
  putFixed32(checksum, maskCrc32c(lengthsCrc));
  absl::Status status = write(bytes + checksum);
  crc = extendCrc32c(lengthsCrc, checksum);
  for (StringRef text : strings) {
    if (!status.ok())
      break;
    absl::string_view piece(text.data(), text.size());
    status = write(piece);
    crc = extendCrc32c(crc, piece);
  }
  return status;
}

absl::Status writeNumbers(ElementsAttr value, Sink write, uint32_t &crc) {
  SmallVector<char> scratch;
  std::optional<ArrayRef<char>> raw = tfg::getRawData(value, scratch);
  if (!raw)
    return absl::UnimplementedError("its values have no form in a checkpoint");
  absl::string_view bytes(raw->data(), raw->size());
  if (!value.isSplat()) {
    crc = extendCrc32c(crc, bytes);
    return write(bytes);
  }
  // Of a splat there is one element. Many at a time: each piece is a call of
  // the system.
  constexpr int64_t pieceElements = int64_t(1) << 16;
  int64_t left = value.getNumElements();
  std::string piece;
  for (int64_t i = 0; i < std::min(left, pieceElements); ++i)
    piece.append(bytes.data(), bytes.size());
  while (left > 0) {
    int64_t count = std::min(left, pieceElements);
    absl::string_view part =
        absl::string_view(piece).substr(0, count * bytes.size());
    crc = extendCrc32c(crc, part);
    if (absl::Status status = write(part); !status.ok())
      return status;
    left -= count;
  }
  return absl::OkStatus();
}

absl::Status writeValue(ElementsAttr value, Sink write,
                        tf::BundleEntryProto &entry) {
  absl::StatusOr<tf::DataType> dtype =
      elementTypeToProto(value.getElementType());
  if (!dtype.ok())
    return dtype.status();
  entry.set_dtype(*dtype);
  shapeToProto(tfg::ShapeAttr::getOf(value.getType()), *entry.mutable_shape());
  uint32_t crc = 0;
  absl::Status status;
  if (auto strings = dyn_cast<DenseStringElementsAttr>(value)) {
    SmallVector<StringRef> all(strings.getRawStringData());
    if (value.isSplat())
      all.resize(value.getNumElements(), all.front());
    status = writeStrings(all, write, crc);
  } else {
    status = writeNumbers(value, write, crc);
  }
  entry.set_crc32c(maskCrc32c(crc));
  return status;
}

} // namespace

absl::Status writeCheckpoint(const std::string &prefix,
                             ArrayRef<CheckpointValue> values) {
  std::map<std::string, ElementsAttr> sorted;
  for (const CheckpointValue &value : values)
    sorted.emplace(value.key, value.value);
  absl::StatusOr<OutputFile> data =
      OutputFile::create(prefix + ".data-00000-of-00001");
  if (!data.ok())
    return data.status();
  Table table;
  tf::BundleHeaderProto header;
  header.set_num_shards(1);
  header.mutable_version()->set_producer(1);
  table.add("", toBytes(header));
  int64_t position = 0;
  for (const auto &[key, value] : sorted) {
    tf::BundleEntryProto entry;
    entry.set_offset(position);
    absl::Status status = writeValue(
        value,
        [&](absl::string_view bytes) {
          position += static_cast<int64_t>(bytes.size());
          return data->append({bytes.data(), bytes.size()});
        },
        entry);
    if (!status.ok())
      return absl::Status(status.code(), absl::StrCat(prefix, ": tensor '", key,
                                                      "': ", status.message()));
    entry.set_size(position - entry.offset());
    table.add(key, toBytes(entry));
  }
  if (absl::Status status = data->commit(); !status.ok())
    return status;
  return writeFile(prefix + ".index", table.finish());
}

} // namespace firn
