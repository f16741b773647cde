// From an element type to a C++ type: `dispatchReal(dtype, []<typename T>() …)`
// calls its argument with the type that holds the elements.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_DISPATCH_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_DISPATCH_H

#include "backend/runtime/DType.h"
#include "backend/runtime/Float16.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include <complex>
#include <type_traits>

namespace firn::runtime {

/// Whether T is a floating-point type, Half and BFloat16 among them.
template <typename T>
inline constexpr bool isFloating =
    std::is_floating_point_v<T> || std::is_same_v<T, Half> ||
    std::is_same_v<T, BFloat16>;

inline absl::Status unsupportedType(DType dtype) {
  return absl::UnimplementedError(absl::StrCat(
      "unsupported op: it does not take ", std::string(nameOf(dtype))));
}

/// float, double, half, bfloat16.
template <typename Body> absl::Status dispatchFloat(DType dtype, Body &&body) {
  switch (dtype) {
  case DType::Float:
    return body.template operator()<float>();
  case DType::Double:
    return body.template operator()<double>();
  case DType::Half:
    return body.template operator()<Half>();
  case DType::BFloat16:
    return body.template operator()<BFloat16>();
  default:
    return unsupportedType(dtype);
  }
}

/// All integers of 8 to 64 bits, quantized ones as the integers that hold them.
template <typename Body>
absl::Status dispatchInteger(DType dtype, Body &&body) {
  switch (dtype) {
  case DType::Int8:
  case DType::QInt8:
    return body.template operator()<int8_t>();
  case DType::UInt8:
  case DType::QUInt8:
    return body.template operator()<uint8_t>();
  case DType::Int16:
  case DType::QInt16:
    return body.template operator()<int16_t>();
  case DType::UInt16:
  case DType::QUInt16:
    return body.template operator()<uint16_t>();
  case DType::Int32:
  case DType::QInt32:
    return body.template operator()<int32_t>();
  case DType::UInt32:
    return body.template operator()<uint32_t>();
  case DType::Int64:
    return body.template operator()<int64_t>();
  case DType::UInt64:
    return body.template operator()<uint64_t>();
  default:
    return unsupportedType(dtype);
  }
}

/// Integers and floating point.
template <typename Body> absl::Status dispatchReal(DType dtype, Body &&body) {
  switch (dtype) {
  case DType::Float:
  case DType::Double:
  case DType::Half:
  case DType::BFloat16:
    return dispatchFloat(dtype, body);
  default:
    return dispatchInteger(dtype, body);
  }
}

/// As dispatchReal, and complex numbers.
template <typename Body> absl::Status dispatchNumber(DType dtype, Body &&body) {
  switch (dtype) {
  case DType::Complex64:
    return body.template operator()<std::complex<float>>();
  case DType::Complex128:
    return body.template operator()<std::complex<double>>();
  default:
    return dispatchReal(dtype, body);
  }
}

/// By the size of an element alone, for routines that only move elements (also
/// bools and strings): uint8_t, uint16_t, uint32_t, uint64_t, or
/// complex<double>.
template <typename Body> absl::Status dispatchBits(DType dtype, Body &&body) {
  switch (dtype == DType::String ? sizeof(void *) : sizeOf(dtype)) {
  case 1:
    return body.template operator()<uint8_t>();
  case 2:
    return body.template operator()<uint16_t>();
  case 4:
    return body.template operator()<uint32_t>();
  case 8:
    return body.template operator()<uint64_t>();
  case 16:
    return body.template operator()<std::complex<double>>();
  default:
    return unsupportedType(dtype);
  }
}

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_DISPATCH_H
