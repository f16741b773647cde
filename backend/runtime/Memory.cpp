// See Memory.h.
#include "backend/runtime/Memory.h"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace firn::runtime {
namespace {

constexpr int64_t kAlignment = 64;
constexpr int64_t kHugePage = int64_t(2) << 20;

bool hasGuardPages() {
  static const bool isSet = std::getenv("FIRN_GUARD_PAGES") != nullptr;
  return isSet;
}

uintptr_t pageSize() {
  static const auto size = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  return size;
}

/// A page that holds the size of the mapping, the pages of the block, and the
/// guard, which the block ends at.
void *allocateGuarded(int64_t bytes) {
  uintptr_t page = pageSize();
  if (bytes < 0 || bytes > INT64_MAX / 2)
    return nullptr;
  auto size = static_cast<uintptr_t>(bytes);
  uintptr_t inside = (size + page - 1) / page * page;
  size_t whole = page + inside + page;
  void *mapping = mmap(nullptr, whole, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED)
    return nullptr;
  *static_cast<size_t *>(mapping) = whole;
  char *end = static_cast<char *>(mapping) + page + inside;
  mprotect(mapping, page, PROT_READ);
  mprotect(end, page, PROT_NONE);
  return end - size;
}

/// The block begins in the page after the one with the size, or is empty and
/// begins at the guard.
void freeGuarded(void *memory) {
  uintptr_t begin = reinterpret_cast<uintptr_t>(memory) / pageSize();
  auto *mapping = reinterpret_cast<size_t *>((begin - 1) * pageSize());
  munmap(mapping, *mapping);
}

} // namespace

void *allocateAligned(int64_t bytes) {
  if (hasGuardPages())
    return allocateGuarded(bytes);
  int64_t alignment = bytes >= 2 * kHugePage ? kHugePage : kAlignment;
  if (bytes < 0 || bytes > INT64_MAX - kAlignment)
    return nullptr;
  if (bytes == 0)
    bytes = 1;
  auto size =
      static_cast<size_t>((bytes + kAlignment - 1) / kAlignment * kAlignment);
  void *memory = nullptr;
  if (posix_memalign(&memory, static_cast<size_t>(alignment), size) != 0)
    return nullptr;
#ifdef MADV_HUGEPAGE
  // A hint: where it is refused, small pages do.
  if (alignment == kHugePage)
    madvise(memory, size, MADV_HUGEPAGE);
#endif
  return memory;
}

void freeAligned(void *memory) {
  if (!memory)
    return;
  if (hasGuardPages())
    freeGuarded(memory);
  else
    std::free(memory);
}

} // namespace firn::runtime
