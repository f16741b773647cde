// The element types of tensors, with the numbers that TensorFlow gives them in
// its files. Nothing here depends on LLVM or protobuf; it is part of the public
// headers.
#ifndef FIRN_BACKEND_RUNTIME_DTYPE_H
#define FIRN_BACKEND_RUNTIME_DTYPE_H

#include <complex>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace firn {

/// Element types; the values are those of TensorFlow's `DataType`.
enum class DType : int32_t {
  Invalid = 0,
  Float = 1,
  Double = 2,
  Int32 = 3,
  UInt8 = 4,
  Int16 = 5,
  Int8 = 6,
  String = 7,
  Complex64 = 8,
  Int64 = 9,
  Bool = 10,
  QInt8 = 11,
  QUInt8 = 12,
  QInt32 = 13,
  BFloat16 = 14,
  QInt16 = 15,
  QUInt16 = 16,
  UInt16 = 17,
  Complex128 = 18,
  Half = 19,
  Resource = 20,
  Variant = 21,
  UInt32 = 22,
  UInt64 = 23,
  Float8E5M2 = 24,
  Float8E4M3FN = 25,
  Float8E4M3FNUZ = 26,
  Float8E4M3B11FNUZ = 27,
  Float8E5M2FNUZ = 28,
  Int4 = 29,
  UInt4 = 30,
  Int2 = 31,
  UInt2 = 32,
};

/// Bytes that one element takes in memory; sub-byte integers take one. 0 for
/// types without a fixed size (strings, resources, variants) and for Invalid.
size_t sizeOf(DType dtype);

/// TensorFlow's name: "float", "int32", "string", …; "invalid" if there is
/// none.
std::string_view nameOf(DType dtype);

/// The type of that name; "float32", "float64" and "float16" are understood
/// too.
std::optional<DType> dtypeFromName(std::string_view name);

/// The element type that holds values of the C++ type T.
template <typename T> constexpr DType dtypeOf();
template <> constexpr DType dtypeOf<float>() { return DType::Float; }
template <> constexpr DType dtypeOf<double>() { return DType::Double; }
template <> constexpr DType dtypeOf<int8_t>() { return DType::Int8; }
template <> constexpr DType dtypeOf<int16_t>() { return DType::Int16; }
template <> constexpr DType dtypeOf<int32_t>() { return DType::Int32; }
template <> constexpr DType dtypeOf<int64_t>() { return DType::Int64; }
template <> constexpr DType dtypeOf<uint8_t>() { return DType::UInt8; }
template <> constexpr DType dtypeOf<uint16_t>() { return DType::UInt16; }
template <> constexpr DType dtypeOf<uint32_t>() { return DType::UInt32; }
template <> constexpr DType dtypeOf<uint64_t>() { return DType::UInt64; }
template <> constexpr DType dtypeOf<bool>() { return DType::Bool; }
template <> constexpr DType dtypeOf<std::complex<float>>() {
  return DType::Complex64;
}
template <> constexpr DType dtypeOf<std::complex<double>>() {
  return DType::Complex128;
}
template <> constexpr DType dtypeOf<std::string>() { return DType::String; }

} // namespace firn

#endif // FIRN_BACKEND_RUNTIME_DTYPE_H
