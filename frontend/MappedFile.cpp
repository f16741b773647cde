// Maps a file with mmap(2).
#include "frontend/MappedFile.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace firn {

static absl::Status errnoStatus(const std::string &path,
                                absl::string_view doing) {
  return absl::ErrnoToStatus(errno, absl::StrCat(path, ": ", doing));
}

absl::StatusOr<std::shared_ptr<const MappedFile>>
MappedFile::open(const std::string &path) {
  int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return errnoStatus(path, "cannot open the file");
  struct Closer {
    int fd;
    ~Closer() { ::close(fd); }
  } closer{fd};

  struct stat info;
  if (::fstat(fd, &info) != 0)
    return errnoStatus(path, "cannot read the file's size");
  if (S_ISDIR(info.st_mode))
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": expected a file, found a folder"));
  if (!S_ISREG(info.st_mode))
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": expected a regular file, found a pipe or device"));

  size_t size = static_cast<size_t>(info.st_size);
  const char *data = nullptr;
  if (size != 0) {
    void *address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (address == MAP_FAILED)
      return errnoStatus(path, "cannot map the file into memory");
    data = static_cast<const char *>(address);
  }
  return std::shared_ptr<const MappedFile>(new MappedFile(path, data, size));
}

MappedFile::~MappedFile() {
  if (data)
    ::munmap(const_cast<char *>(data), size);
}

void MappedFile::releasePages(absl::string_view part) const {
  auto pageSize = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
  auto begin = reinterpret_cast<uintptr_t>(part.data());
  uintptr_t end = begin + part.size();
  // Whole pages only; a shared page at either end may still be in use.
  begin = (begin + pageSize - 1) / pageSize * pageSize;
  end = end / pageSize * pageSize;
  if (begin < end)
    ::madvise(reinterpret_cast<void *>(begin), end - begin, MADV_DONTNEED);
}

std::function<void(const char *data, size_t size)>
MappedFile::pageReleaser(std::shared_ptr<const MappedFile> file) {
  return [file = std::move(file)](const char *data, size_t size) {
    file->releasePages({data, size});
  };
}

} // namespace firn
