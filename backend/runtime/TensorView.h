// A tensor that someone else owns: what compiled code takes and gives. Data is
// dense, row-major, and aligned to its element at least (64 bytes for
// firn::Tensor's own).
#ifndef FIRN_BACKEND_RUNTIME_TENSORVIEW_H
#define FIRN_BACKEND_RUNTIME_TENSORVIEW_H

#include "backend/runtime/DType.h"

#include <cstdint>
#include <span>

namespace firn::runtime {

/// `data` points at the elements; for strings, at an array of std::string.
struct TensorView {
  DType dtype = DType::Invalid;
  int64_t rank = 0;
  const int64_t *dims = nullptr;
  void *data = nullptr;

  std::span<const int64_t> shape() const {
    return {dims, static_cast<size_t>(rank)};
  }
};

} // namespace firn::runtime

namespace firn {
using runtime::TensorView;
} // namespace firn

#endif // FIRN_BACKEND_RUNTIME_TENSORVIEW_H
