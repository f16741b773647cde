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
  std::string temporary = path + ".tmp.XXXXXX";
  int fd = mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0)
    return systemError("write", path);
  // mkstemp makes files private; give the mode that open() would have given.
  mode_t mask = umask(0);
  umask(mask);
  fchmod(fd, 0666 & ~mask);
  return OutputFile(path, std::move(temporary), fd);
}

OutputFile::OutputFile(OutputFile &&other) noexcept
    : target(std::move(other.target)), temporary(std::move(other.temporary)),
      fd(std::exchange(other.fd, -1)) {}

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

absl::Status OutputFile::commit() {
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
