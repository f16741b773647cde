// A file mapped read-only into memory. Everything that the frontend reads, and
// every weight that stays in its file until it is used, lies in one of these.
#ifndef FIRN_FRONTEND_MAPPEDFILE_H
#define FIRN_FRONTEND_MAPPEDFILE_H

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <functional>
#include <memory>
#include <string>

namespace firn {

/// Shared and immutable. Whoever keeps a view of the bytes keeps the pointer
/// too. The file must not be truncated by others while it is mapped.
class MappedFile {
public:
  /// Maps the regular file at `path`. An empty file gives empty bytes. Errors
  /// name the path: NotFound, PermissionDenied, InvalidArgument (a folder).
  static absl::StatusOr<std::shared_ptr<const MappedFile>>
  open(const std::string &path);

  ~MappedFile();
  MappedFile(const MappedFile &) = delete;
  MappedFile &operator=(const MappedFile &) = delete;

  const std::string &path() const { return filePath; }
  absl::string_view bytes() const { return {data, size}; }

  /// Says that `part` of bytes() is not needed for now, so that its pages stop
  /// counting as this process's memory. The bytes stay readable.
  void releasePages(absl::string_view part) const;

  /// releasePages() of `file` as a function that keeps it mapped.
  static std::function<void(const char *data, size_t size)>
  pageReleaser(std::shared_ptr<const MappedFile> file);

private:
  MappedFile(std::string path, const char *data, size_t size)
      : filePath(std::move(path)), data(data), size(size) {}

  std::string filePath;
  const char *data;
  size_t size;
};

} // namespace firn

#endif // FIRN_FRONTEND_MAPPEDFILE_H
