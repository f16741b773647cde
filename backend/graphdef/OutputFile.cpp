// The system calls behind OutputFile.
#include "backend/graphdef/OutputFile.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace firn {
namespace {

/// Linux writes at most 2 GiB at a time; smaller pieces are as fast.
constexpr size_t kMaxWrite = size_t(1) << 28;

absl::Status systemError(const char *action, const std::string &path) {
  int code = errno;
  std::string text =
      absl::StrCat("cannot ", action, " '", path, "': ", std::strerror(code));
  if (code == ENOENT || code == ENOTDIR)
    return absl::NotFoundError(
        absl::StrCat(text, " (its folder must be there)"));
  if (code == EACCES || code == EPERM || code == EROFS)
    return absl::PermissionDeniedError(text);
  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    return absl::ResourceExhaustedError(text);
  return absl::UnknownError(text);
}

} // namespace

absl::StatusOr<OutputFile> OutputFile::create(const std::string &path) {
  struct stat status;
  bool exists = stat(path.c_str(), &status) == 0;
  bool isDevice =
      exists && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
  std::string target = path;
  if (exists && !isDevice)
    if (char *real = realpath(path.c_str(), nullptr)) {
      target = real;
      std::free(real);
    }
  // Beside a device may be no place for files.
  std::string temporary = (isDevice ? "/tmp/firn" : target) + ".tmp.XXXXXX";
  int fd = mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0)
    return systemError("write", path);
  // mkstemp makes files private; give the mode that there is, or that open()
  // would have given.
  mode_t mask = umask(0);
  umask(mask);
  bool replaces = exists && S_ISREG(status.st_mode);
  fchmod(fd, replaces ? status.st_mode & 0777 : 0666 & ~mask);
  return OutputFile(std::move(target), std::move(temporary), fd, isDevice);
}

OutputFile::OutputFile(OutputFile &&other) noexcept
    : target(std::move(other.target)), temporary(std::move(other.temporary)),
      fd(std::exchange(other.fd, -1)), isDevice(other.isDevice) {}

OutputFile::~OutputFile() {
  if (fd < 0)
    return;
  close(fd);
  unlink(temporary.c_str());
}

absl::Status OutputFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written =
        write(fd, bytes.data(), std::min(bytes.size(), kMaxWrite));
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return systemError("write", target);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

/// Writes what the file holds to the device or pipe.
absl::Status OutputFile::copyToDevice() {
  int device = open(target.c_str(), O_WRONLY | O_CLOEXEC);
  if (device < 0 || lseek(fd, 0, SEEK_SET) < 0)
    return systemError("write", target);
  OutputFile to(target, "", device, /*isDevice=*/true);
  std::string buffer(size_t(1) << 16, '\0');
  while (true) {
    ssize_t count = read(fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return systemError("write", target);
    if (count == 0)
      return absl::OkStatus();
    auto bytes = static_cast<size_t>(count);
    if (absl::Status status = to.append({buffer.data(), bytes}); !status.ok())
      return status;
  }
}

absl::Status OutputFile::commit() {
  if (isDevice)
    return copyToDevice();
  if (fsync(fd) != 0)
    return systemError("sync", target);
  // The name stays ours until the rename; from then on there is nothing to
  // remove.
  if (rename(temporary.c_str(), target.c_str()) != 0)
    return systemError("write", target);
  close(std::exchange(fd, -1));
  return absl::OkStatus();
}

absl::Status writeFile(const std::string &path, std::string_view bytes) {
  absl::StatusOr<OutputFile> file = OutputFile::create(path);
  if (!file.ok())
    return file.status();
  if (absl::Status status = file->append(bytes); !status.ok())
    return status;
  return file->commit();
}

} // namespace firn
