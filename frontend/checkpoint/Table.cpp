// Reads and verifies sorted string tables.
#include "frontend/checkpoint/Table.h"

#include "frontend/checkpoint/Coding.h"
#include "proto/Crc32c.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <snappy.h>

namespace firn {

static constexpr uint64_t footerSize = 48;
static constexpr uint64_t magicNumber = 0xdb4775248b80fb57u;
static constexpr uint64_t trailerSize = 5;
// Prefix compression lets n bytes of file hold keys of n * n / 8 bytes, so what
// keys may take is limited. Names of variables are a few hundred bytes at most.
static constexpr uint64_t maxKeySize = uint64_t(1) << 20;
static constexpr uint64_t maxKeyBytes = uint64_t(256) << 20;
// No snappy element yields more than 64 bytes from 3.
static constexpr uint64_t maxSnappyRatio = 22;

absl::Status Table::damaged(absl::string_view what) const {
  return absl::DataLossError(
      absl::StrCat(path(), ": the table is damaged: ", what));
}

/// Decodes the entries of a block. `visit` as for Table; the key lies in a
/// buffer that the next entry overwrites.
static absl::Status decodeBlock(absl::string_view block, Table::Visitor visit) {
  auto damaged = [](absl::string_view what) {
    return absl::DataLossError(what);
  };
  // The restart points speed up binary search and are not needed here.
  if (block.size() < 4)
    return damaged("a block is too short for its restart count");
  uint64_t restarts = *ByteReader(block.substr(block.size() - 4)).fixed32();
  if (restarts > (block.size() - 4) / 4)
    return damaged("a block's restart points do not fit into it");
  ByteReader reader(block.substr(0, block.size() - 4 - 4 * restarts));

  std::string key;
  bool first = true;
  while (!reader.rest().empty()) {
    std::optional<uint32_t> shared = reader.varint32();
    std::optional<uint32_t> unshared = reader.varint32();
    std::optional<uint32_t> valueSize = reader.varint32();
    if (!shared || !unshared || !valueSize)
      return damaged("an entry's header is cut off");
    std::optional<absl::string_view> keyRest = reader.take(*unshared);
    std::optional<absl::string_view> value = reader.take(*valueSize);
    if (!keyRest || !value)
      return damaged("an entry reaches beyond its block");
    if (*shared > key.size())
      return damaged("an entry shares more than the key before it has");
    if (uint64_t(*shared) + keyRest->size() > maxKeySize)
      return absl::ResourceExhaustedError(
          absl::StrCat("a key is longer than ", maxKeySize, " bytes"));

    absl::string_view keyTail = absl::string_view(key).substr(*shared);
    if (!first && *keyRest <= keyTail)
      return damaged("keys are not in ascending order");
    first = false;
    key.resize(*shared);
    key.append(keyRest->data(), keyRest->size());
    if (absl::Status status = visit(key, *value); !status.ok())
      return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<Table> Table::open(std::shared_ptr<const MappedFile> file) {
  Table table(std::move(file));
  if (absl::Status status = table.readFooterAndIndex(); !status.ok())
    return status;
  return table;
}

absl::Status Table::readFooterAndIndex() {
  absl::string_view bytes = file->bytes();
  if (bytes.size() < footerSize)
    return absl::InvalidArgumentError(
        absl::StrCat(path(), ": expected a checkpoint table of at least ",
                     footerSize, " bytes, found ", bytes.size()));
  uint64_t dataEnd = bytes.size() - footerSize;
  ByteReader footer(bytes.substr(dataEnd));
  ByteReader magic(bytes.substr(bytes.size() - 8));
  uint64_t low = *magic.fixed32();
  uint64_t high = *magic.fixed32();
  if ((high << 32 | low) != magicNumber)
    return absl::InvalidArgumentError(
        absl::StrCat(path(), ": expected a checkpoint table, found other data "
                             "or a cut-off file (bad magic number)"));

  std::optional<uint64_t> metaOffset = footer.varint64();
  std::optional<uint64_t> metaSize = footer.varint64();
  std::optional<uint64_t> indexOffset = footer.varint64();
  std::optional<uint64_t> indexSize = footer.varint64();
  if (!metaOffset || !metaSize || !indexOffset || !indexSize ||
      footer.rest().size() < 8)
    return damaged("the footer's block handles are malformed");

  std::string metaBuffer, indexBuffer;
  absl::StatusOr<absl::string_view> meta =
      readBlock(*metaOffset, *metaSize, "metaindex block", metaBuffer);
  if (!meta.ok())
    return meta.status();
  absl::StatusOr<absl::string_view> index =
      readBlock(*indexOffset, *indexSize, "index block", indexBuffer);
  if (!index.ok())
    return index.status();
  absl::Status decoded =
      decodeBlock(*index, [&](absl::string_view key, absl::string_view handle) {
        return addDataBlock(key, handle, dataEnd);
      });
  if (!decoded.ok())
    return absl::Status(decoded.code(), absl::StrCat(path(), ": index block: ",
                                                     decoded.message()));
  return absl::OkStatus();
}

absl::Status Table::addDataBlock(absl::string_view key,
                                 absl::string_view handle, uint64_t dataEnd) {
  ByteReader reader(handle);
  std::optional<uint64_t> offset = reader.varint64();
  std::optional<uint64_t> size = reader.varint64();
  if (!offset || !size || !reader.rest().empty())
    return absl::DataLossError("a block handle is malformed");
  uint64_t start =
      blocks.empty() ? 0
                     : blocks.back().offset + blocks.back().size + trailerSize;
  if (*offset < start || *offset > dataEnd || *size > dataEnd - *offset ||
      trailerSize > dataEnd - *offset - *size)
    return absl::DataLossError(
        absl::StrCat("expected a block between bytes ", start, " and ", dataEnd,
                     ", found one of ", *size, " bytes at ", *offset));
  keyBytes += key.size();
  if (keyBytes > maxKeyBytes)
    return absl::ResourceExhaustedError(
        absl::StrCat("its keys take more than ", maxKeyBytes, " bytes"));
  blocks.push_back({std::string(key), *offset, *size});
  return absl::OkStatus();
}

/// The verified contents of a block: a part of the file, or of `uncompressed`.
absl::StatusOr<absl::string_view>
Table::readBlock(uint64_t offset, uint64_t size, absl::string_view what,
                 std::string &uncompressed) const {
  uint64_t dataEnd = file->bytes().size() - footerSize;
  if (offset > dataEnd || size > dataEnd - offset ||
      trailerSize > dataEnd - offset - size)
    return damaged(absl::StrCat("the ", what, " (", size, " bytes at ", offset,
                                ") reaches beyond the file"));
  absl::string_view contents = file->bytes().substr(offset, size);
  ByteReader trailer(file->bytes().substr(offset + size + 1, 4));
  uint32_t crc = crc32c(file->bytes().substr(offset, size + 1));
  if (maskCrc32c(crc) != *trailer.fixed32())
    return damaged(
        absl::StrCat("wrong checksum in the ", what, " at byte ", offset));

  unsigned type = static_cast<unsigned char>(file->bytes()[offset + size]);
  if (type == 0)
    return contents;
  if (type != 1)
    return absl::UnimplementedError(absl::StrCat(
        path(), ": the ", what, " at byte ", offset, " has compression type ",
        type, "; known are 0 (none) and 1 (snappy)"));
  size_t length = 0;
  if (!snappy::GetUncompressedLength(contents.data(), contents.size(),
                                     &length) ||
      length > contents.size() * maxSnappyRatio)
    return damaged(absl::StrCat("the snappy length of the ", what, " at byte ",
                                offset, " cannot be right"));
  uncompressed.resize(length);
  if (!snappy::RawUncompress(contents.data(), contents.size(),
                             uncompressed.data()))
    return damaged(
        absl::StrCat("the ", what, " at byte ", offset, " is no snappy data"));
  return absl::string_view(uncompressed);
}

absl::Status Table::forEach(Visitor visit) const {
  std::string buffer, lastKey;
  bool first = true;
  for (const DataBlock &block : blocks) {
    absl::StatusOr<absl::string_view> contents =
        readBlock(block.offset, block.size, "data block", buffer);
    if (!contents.ok())
      return contents.status();
    absl::Status visitStatus;
    absl::Status status = decodeBlock(
        *contents, [&](absl::string_view key, absl::string_view value) {
          if ((!first && key <= lastKey) || key > block.upperBound)
            return absl::DataLossError("keys are not in ascending order");
          first = false;
          lastKey.assign(key.data(), key.size());
          visitStatus = visit(key, value);
          return visitStatus;
        });
    if (!visitStatus.ok())
      return visitStatus;
    if (!status.ok())
      return damaged(absl::StrCat("data block at byte ", block.offset, ": ",
                                  status.message()));
  }
  return absl::OkStatus();
}

absl::Status Table::find(absl::string_view wanted, Visitor visit) const {
  auto notFound = absl::NotFoundError(absl::StrCat(path(), ": no such key"));
  auto block = std::lower_bound(blocks.begin(), blocks.end(), wanted,
                                [](const DataBlock &b, absl::string_view key) {
                                  return absl::string_view(b.upperBound) < key;
                                });
  if (block == blocks.end())
    return notFound;
  std::string buffer;
  absl::StatusOr<absl::string_view> contents =
      readBlock(block->offset, block->size, "data block", buffer);
  if (!contents.ok())
    return contents.status();
  bool found = false;
  absl::Status visitStatus;
  absl::Status status = decodeBlock(
      *contents, [&](absl::string_view key, absl::string_view value) {
        if (key == wanted) {
          found = true;
          visitStatus = visit(key, value);
        }
        return visitStatus;
      });
  if (!visitStatus.ok())
    return visitStatus;
  if (!status.ok())
    return damaged(absl::StrCat("data block at byte ", block->offset, ": ",
                                status.message()));
  return found ? absl::OkStatus() : notFound;
}

} // namespace firn
