// Memory for tensors of any size.
#ifndef FIRN_BACKEND_RUNTIME_MEMORY_H
#define FIRN_BACKEND_RUNTIME_MEMORY_H

#include <cstdint>

namespace firn::runtime {

/// 64-byte aligned memory for std::free; null if there is none or `bytes` is
/// negative. Large blocks ask the system for huge pages, because weights that
/// stream through a core cost a page-table walk every 4 KiB otherwise.
void *allocateAligned(int64_t bytes);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_MEMORY_H
