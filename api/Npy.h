// Numpy's .npy files to tensors and back: format 1.0 to 3.0, either byte order,
// C and Fortran order. Types that numpy lacks are written as the integers that
// hold them.
#ifndef FIRN_API_NPY_H
#define FIRN_API_NPY_H

#include "backend/runtime/Tensor.h"

#include "absl/status/statusor.h"

#include <string>
#include <string_view>

namespace firn {

/// The tensor in the bytes of an .npy file. `S` and `U` arrays become strings
/// (UTF-8).
absl::StatusOr<Tensor> parseNpy(std::string_view bytes);

/// The bytes of an .npy file. bfloat16 and 8-bit floats are written as their
/// bits in unsigned integers, quantized and sub-byte types as the integer,
/// strings as `S`.
absl::StatusOr<std::string> formatNpy(const Tensor &tensor);

/// parseNpy() of a file; errors name it.
absl::StatusOr<Tensor> readNpy(const std::string &path);

/// Writes formatNpy() as the whole of a file: under a temporary name, then
/// renamed.
absl::Status writeNpy(const std::string &path, const Tensor &tensor);

} // namespace firn

#endif // FIRN_API_NPY_H
