// The folder of compiled code: one file for each key.
//
// A file is a header, the table of an ImageWriter, and its blobs, each at a
// multiple of 64 bytes. The header has the key, the sizes, and a BLAKE3 hash of
// the table, which in turn has a checksum of each blob. So a file that was cut,
// changed, or meant for another key is never used; it is compiled again and
// replaced.
//
// Files are written under another name and renamed when they are whole, so any
// number of processes may share a folder. The code in them is run: a folder or
// file that others own or may write is not used.
#ifndef FIRN_API_CODECACHE_H
#define FIRN_API_CODECACHE_H

#include "api/CodeKey.h"
#include "backend/jit/ImageStream.h"

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"

#include <string>

namespace firn {

class CodeCache {
public:
  /// Makes the folder if it is not there. PermissionDenied if it is not this
  /// user's own; `maxBytes`: what the files may take together.
  static absl::StatusOr<CodeCache> open(const std::string &folder,
                                        uint64_t maxBytes);

  /// Has `use` read the entry; whether there is one, all of it sound and read.
  bool load(const Digest &key, absl::FunctionRef<void(jit::ImageReader &)> use,
            runtime::ThreadPool *pool = nullptr) const;

  /// Keeps an entry, then removes the ones that were not used for the longest
  /// time until there is room.
  absl::Status store(const Digest &key, const jit::ImageWriter &image) const;

private:
  CodeCache(std::string folder, uint64_t maxBytes)
      : folder(std::move(folder)), maxBytes(maxBytes) {}
  std::string pathOf(const Digest &key) const;
  void makeRoom() const;

  std::string folder;
  uint64_t maxBytes;
};

} // namespace firn

#endif // FIRN_API_CODECACHE_H
