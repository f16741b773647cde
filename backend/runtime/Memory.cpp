// See Memory.h.
#include "backend/runtime/Memory.h"

#include <cstdlib>
#include <sys/mman.h>

namespace firn::runtime {
namespace {

constexpr int64_t kAlignment = 64;
constexpr int64_t kHugePage = int64_t(2) << 20;

} // namespace

void *allocateAligned(int64_t bytes) {
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

} // namespace firn::runtime
