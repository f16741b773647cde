// Shapes are plain lists of dimensions. These helpers multiply them without
// overflow, so that a hostile shape cannot become a small allocation.
#ifndef FIRN_BACKEND_RUNTIME_SHAPE_H
#define FIRN_BACKEND_RUNTIME_SHAPE_H

#include "backend/runtime/DType.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace firn {

/// Dimensions, outermost first; empty for a scalar.
using Shape = std::vector<int64_t>;

/// A dimension that is not known yet, in the shapes of a model's inputs.
inline constexpr int64_t kDynamicDim = -1;

/// The number of elements; nullopt if a dimension is negative or the product
/// (or the product of the dimensions other than zero) does not fit in 63 bits.
std::optional<int64_t> numElements(std::span<const int64_t> dims);

/// Bytes of a dense tensor; nullopt as above, or if `dtype` has no fixed size.
std::optional<int64_t> byteSize(DType dtype, std::span<const int64_t> dims);

/// "[2,?,3]", with "?" for kDynamicDim; "[]" for a scalar.
std::string shapeToString(std::span<const int64_t> dims);

} // namespace firn

#endif // FIRN_BACKEND_RUNTIME_SHAPE_H
