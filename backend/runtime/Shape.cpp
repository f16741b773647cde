// Checked products of dimensions, and their text.
#include "backend/runtime/Shape.h"

namespace firn {

std::optional<int64_t> numElements(std::span<const int64_t> dims) {
  int64_t product = 1;
  bool empty = false;
  for (int64_t dim : dims) {
    if (dim < 0)
      return std::nullopt;
    if (dim == 0)
      empty = true;
    else if (__builtin_mul_overflow(product, dim, &product))
      return std::nullopt;
  }
  return empty ? 0 : product;
}

std::optional<int64_t> byteSize(DType dtype, std::span<const int64_t> dims) {
  std::optional<int64_t> count = numElements(dims);
  auto size = static_cast<int64_t>(sizeOf(dtype));
  int64_t bytes;
  if (!count || size == 0 || __builtin_mul_overflow(*count, size, &bytes))
    return std::nullopt;
  return bytes;
}

std::string shapeToString(std::span<const int64_t> dims) {
  std::string text = "[";
  for (size_t i = 0; i < dims.size(); ++i) {
    if (i)
      text += ',';
    text += dims[i] == kDynamicDim ? "?" : std::to_string(dims[i]);
  }
  return text + "]";
}

} // namespace firn
