// See CodeCache.h.
#include "api/CodeCache.h"

#include "backend/graphdef/OutputFile.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MathExtras.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <type_traits>
#include <unistd.h>

namespace firn {
namespace {

namespace fs = llvm::sys::fs;

constexpr char kMagic[8] = {'F', 'I', 'R', 'N', 'C', 'O', 'D', '1'};
constexpr char kSuffix[] = ".firncode";
/// A temporary file that is older was left by a process that died.
constexpr auto kAbandoned = std::chrono::hours(1);

struct Header {
  char magic[8];
  uint8_t key[32];
  uint64_t tableBytes;
  uint64_t blobBytes;
  uint8_t tableHash[32];
};
static_assert(std::has_unique_object_representations_v<Header>);

Digest hashOf(std::string_view bytes) {
  return llvm::BLAKE3::hash<32>(llvm::ArrayRef<uint8_t>(
      reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()));
}

uint64_t blobsBegin(uint64_t tableBytes) {
  return llvm::alignTo(sizeof(Header) + tableBytes, jit::kBlobAlignment);
}

Header headerOf(const Digest &key, std::string_view table, uint64_t blobBytes) {
  Header header = {};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  std::memcpy(header.key, key.data(), key.size());
  header.tableBytes = table.size();
  header.blobBytes = blobBytes;
  Digest hash = hashOf(table);
  std::memcpy(header.tableHash, hash.data(), hash.size());
  return header;
}

bool readAt(int file, void *memory, uint64_t offset, uint64_t bytes) {
  auto *next = static_cast<char *>(memory);
  while (bytes > 0) {
    ssize_t got = pread(file, next, bytes, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return false;
    next += got;
    offset += static_cast<uint64_t>(got);
    bytes -= static_cast<uint64_t>(got);
  }
  return true;
}

/// Whether only this user can have written it.
bool isOwn(const struct stat &status) {
  return status.st_uid == geteuid() &&
         (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/// The table of an open file, if it is the sound entry of `key`.
bool readTable(int file, const Digest &key, std::string &table,
               uint64_t &blobBytes) {
  struct stat status;
  Header header;
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || !isOwn(status) ||
      !readAt(file, &header, 0, sizeof(header)))
    return false;
  auto size = static_cast<uint64_t>(status.st_size);
  // The sizes are bounded before anything is computed from them.
  if (header.tableBytes > size || header.blobBytes > size ||
      blobsBegin(header.tableBytes) + header.blobBytes != size)
    return false;
  table.resize(header.tableBytes);
  if (!readAt(file, table.data(), sizeof(header), table.size()))
    return false;
  Header expected = headerOf(key, table, header.blobBytes);
  blobBytes = header.blobBytes;
  return std::memcmp(&header, &expected, sizeof(header)) == 0;
}

} // namespace

std::string defaultCacheDirectory() {
  auto variable = [](const char *name) {
    const char *value = std::getenv(name);
    return std::string(value ? value : "");
  };
  if (std::string folder = variable("FIRN_CACHE_DIR"); !folder.empty())
    return folder;
  if (std::string folder = variable("XDG_CACHE_HOME"); !folder.empty())
    return folder + "/firn";
  std::string home = variable("HOME");
  return home.empty() ? "" : home + "/.cache/firn";
}

absl::StatusOr<CodeCache> CodeCache::open(const std::string &folder,
                                          uint64_t maxBytes) {
  if (std::error_code error = fs::create_directories(
          folder, /*IgnoreExisting=*/true, fs::perms::owner_all))
    return absl::PermissionDeniedError(absl::StrCat(
        "cannot make the cache folder '", folder, "': ", error.message()));
  struct stat status;
  if (stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
      !isOwn(status))
    return absl::PermissionDeniedError(absl::StrCat(
        "the cache folder '", folder,
        "' is not used: code in it is run, so it must be a folder that you "
        "own and that others cannot write"));
  return CodeCache(folder, maxBytes);
}

std::string CodeCache::pathOf(const Digest &key) const {
  return absl::StrCat(folder, "/",
                      llvm::toHex(llvm::ArrayRef<uint8_t>(key), true), kSuffix);
}

bool CodeCache::load(const Digest &key,
                     absl::FunctionRef<void(jit::ImageReader &)> use,
                     runtime::ThreadPool *pool) const {
  int file = ::open(pathOf(key).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0)
    return false;
  llvm::scope_exit closing([&] { close(file); });
  std::string table;
  uint64_t blobBytes = 0;
  if (!readTable(file, key, table, blobBytes))
    return false;
  uint64_t begin = blobsBegin(table.size());
  auto readBlob = [&](void *memory, int64_t offset, int64_t bytes) {
    return readAt(file, memory, begin + static_cast<uint64_t>(offset),
                  static_cast<uint64_t>(bytes));
  };
  jit::ImageReader reader(table, static_cast<int64_t>(blobBytes), readBlob,
                          pool);
  use(reader);
  if (!reader.finished())
    return false;
  // The time of a file says when it was last used.
  futimens(file, nullptr);
  return true;
}

absl::Status CodeCache::store(const Digest &key,
                              const jit::ImageWriter &image) const {
  absl::StatusOr<OutputFile> file = OutputFile::create(pathOf(key));
  if (!file.ok())
    return file.status();
  fchmod(file->descriptor(), S_IRUSR | S_IWUSR);
  const std::string padding(jit::kBlobAlignment, '\0');
  uint64_t blobBytes = 0;
  for (std::string_view blob : image.blobs())
    blobBytes += llvm::alignTo(blob.size(), jit::kBlobAlignment);
  Header header = headerOf(key, image.table(), blobBytes);
  std::string_view headerText(reinterpret_cast<const char *>(&header),
                              sizeof(header));
  uint64_t size = 0;
  absl::Status status;
  auto append = [&](std::string_view bytes) {
    if (status.ok())
      status = file->append(bytes);
    size += bytes.size();
  };
  auto pad = [&] {
    append(std::string_view(padding).substr(
        0, llvm::offsetToAlignment(size, llvm::Align(jit::kBlobAlignment))));
  };
  append(headerText);
  append(image.table());
  pad();
  for (std::string_view blob : image.blobs()) {
    append(blob);
    pad();
  }
  if (status.ok())
    status = file->commit();
  if (status.ok())
    makeRoom();
  return status;
}

void CodeCache::makeRoom() const {
  struct Entry {
    llvm::sys::TimePoint<> used;
    uint64_t bytes;
    std::string path;
  };
  std::vector<Entry> entries;
  uint64_t total = 0;
  auto now = std::chrono::system_clock::now();
  std::error_code error;
  for (fs::directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error)) {
    llvm::StringRef path = file->path();
    auto status = file->status();
    if (!status || !path.contains(kSuffix))
      continue;
    bool isWhole = path.ends_with(kSuffix);
    if (isWhole) {
      entries.push_back(
          {status->getLastModificationTime(), status->getSize(), path.str()});
      total += status->getSize();
    } else if (now - status->getLastModificationTime() > kAbandoned) {
      fs::remove(path);
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry &a, const Entry &b) { return a.used < b.used; });
  for (const Entry &entry : entries) {
    if (total <= maxBytes)
      break;
    fs::remove(entry.path);
    total -= entry.bytes;
  }
}

} // namespace firn
