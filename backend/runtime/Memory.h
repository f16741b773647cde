// Memory for tensors of any size.
#ifndef FIRN_BACKEND_RUNTIME_MEMORY_H
#define FIRN_BACKEND_RUNTIME_MEMORY_H

#include <cstdint>

namespace firn::runtime {

/// 64-byte aligned memory for freeAligned(); null if there is none or `bytes`
/// is negative. Large blocks ask the system for huge pages, because weights
/// that stream through a core cost a page-table walk every 4 KiB otherwise.
///
/// With FIRN_GUARD_PAGES in the environment each block ends where a page begins
/// that nobody may touch, so that code that reads or writes past the end of a
/// buffer ends the program; blocks are then aligned as their size allows, to 64
/// bytes at most. For tests: it is slow.
void *allocateAligned(int64_t bytes);

/// Frees what allocateAligned() gave; null is allowed.
void freeAligned(void *memory);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_MEMORY_H
