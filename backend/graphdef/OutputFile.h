// A file that appears whole or not at all: written under a temporary name in
// the target's folder, synced, then renamed over the target, whose mode it
// takes. A link stays: what it points at is replaced. A device or a pipe stays
// as well and gets the bytes at the end.
#ifndef FIRN_BACKEND_GRAPHDEF_OUTPUTFILE_H
#define FIRN_BACKEND_GRAPHDEF_OUTPUTFILE_H

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <string>
#include <string_view>

namespace firn {

/// An output file that is not yet there. Destroyed without commit(), it leaves
/// nothing.
class OutputFile {
public:
  /// Starts the file; errors name `path` and the system's reason.
  static absl::StatusOr<OutputFile> create(const std::string &path);

  OutputFile(OutputFile &&other) noexcept;
  OutputFile &operator=(OutputFile &&) = delete;
  ~OutputFile();

  /// Adds bytes at the end.
  absl::Status append(std::string_view bytes);

  /// The descriptor, for writers of other libraries.
  int descriptor() const { return fd; }

  /// The name of the file until commit().
  const std::string &temporaryPath() const { return temporary; }

  /// Syncs the bytes to the disk and gives the file its name.
  absl::Status commit();

private:
  OutputFile(std::string path, std::string temporary, int fd, bool isDevice)
      : target(std::move(path)), temporary(std::move(temporary)), fd(fd),
        isDevice(isDevice) {}
  absl::Status copyToDevice();

  std::string target;
  std::string temporary;
  int fd;
  bool isDevice;
};

/// Writes `bytes` as the whole of file `path`.
absl::Status writeFile(const std::string &path, std::string_view bytes);

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_OUTPUTFILE_H
