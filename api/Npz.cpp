// .npz is a zip archive of .npy files. Only entries that are stored as they
// are, which is what np.savez writes, are read: the central directory at the
// end of the file says where they lie.
#include "api/Npy.h"
#include "api/SavedModelCli.h"
#include "api/Suggest.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <cstring>
#include <fstream>
#include <iterator>

namespace firn {
namespace {

constexpr size_t kEndSize = 22, kEntrySize = 46, kLocalSize = 30;
constexpr uint32_t kEndMagic = 0x06054b50, kEntryMagic = 0x02014b50,
                   kLocalMagic = 0x04034b50;

struct Entry {
  std::string name;
  uint16_t method;
  uint32_t size;
  uint32_t offset;
};

template <typename T> T read(std::string_view bytes, size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

/// The entries of the archive; nothing if it is none.
std::vector<Entry> readDirectory(std::string_view bytes) {
  std::vector<Entry> entries;
  if (bytes.size() < kEndSize)
    return entries;
  size_t end = bytes.size() - kEndSize;
  while (end > 0 && read<uint32_t>(bytes, end) != kEndMagic)
    --end;
  if (read<uint32_t>(bytes, end) != kEndMagic)
    return entries;
  size_t position = read<uint32_t>(bytes, end + 16);
  unsigned count = read<uint16_t>(bytes, end + 10);
  for (unsigned i = 0; i < count; ++i) {
    if (position > bytes.size() || bytes.size() - position < kEntrySize ||
        read<uint32_t>(bytes, position) != kEntryMagic)
      return {};
    size_t nameSize = read<uint16_t>(bytes, position + 28);
    size_t skip = nameSize + read<uint16_t>(bytes, position + 30) +
                  read<uint16_t>(bytes, position + 32);
    if (bytes.size() - position - kEntrySize < skip)
      return {};
    entries.push_back(
        {std::string(bytes.substr(position + kEntrySize, nameSize)),
         read<uint16_t>(bytes, position + 10),
         read<uint32_t>(bytes, position + 20),
         read<uint32_t>(bytes, position + 42)});
    position += kEntrySize + skip;
  }
  return entries;
}

absl::StatusOr<std::string_view> contentsOf(std::string_view bytes,
                                            const Entry &entry,
                                            const std::string &path) {
  if (entry.method != 0)
    return absl::UnimplementedError(
        absl::StrCat(path, ": '", entry.name,
                     "' is compressed; write it with np.savez or np.save"));
  // Numpy writes zip64 where 32 bits do not hold the size.
  auto damaged = absl::DataLossError(
      absl::StrCat(path, ": '", entry.name, "' does not fit into the archive"));
  if (entry.offset > bytes.size() || bytes.size() - entry.offset < kLocalSize ||
      read<uint32_t>(bytes, entry.offset) != kLocalMagic)
    return damaged;
  size_t start = size_t(entry.offset) + kLocalSize +
                 read<uint16_t>(bytes, entry.offset + 26) +
                 read<uint16_t>(bytes, entry.offset + 28);
  if (start > bytes.size() || bytes.size() - start < entry.size)
    return damaged;
  return bytes.substr(start, entry.size);
}

} // namespace

absl::StatusOr<Tensor> readNpz(const std::string &path,
                               const std::string &key) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return absl::NotFoundError(absl::StrCat(path, ": cannot be opened"));
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::vector<Entry> entries = readDirectory(bytes);
  if (entries.empty())
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": expected an .npz archive"));
  std::vector<std::string> names;
  for (const Entry &entry : entries) {
    std::string name = entry.name;
    if (name.ends_with(".npy"))
      name.resize(name.size() - 4);
    names.push_back(name);
    if (name != key && !(key.empty() && entries.size() == 1))
      continue;
    absl::StatusOr<std::string_view> contents = contentsOf(bytes, entry, path);
    if (!contents.ok())
      return contents.status();
    return parseNpy(*contents);
  }
  return absl::NotFoundError(
      absl::StrCat(path, ": has no array '", key, "'; it has ",
                   absl::StrJoin(names, ", "), ".", didYouMean(key, names)));
}

} // namespace firn
