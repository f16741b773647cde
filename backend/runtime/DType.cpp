// Sizes and names of the element types: one table, indexed by TensorFlow's
// number.
#include "backend/runtime/DType.h"

#include <iterator>

namespace firn {
namespace {

struct Row {
  std::string_view name;
  size_t size;
};

constexpr Row rows[] = {
    {"invalid", 0},
    {"float", 4},
    {"double", 8},
    {"int32", 4},
    {"uint8", 1},
    {"int16", 2},
    {"int8", 1},
    {"string", 0},
    {"complex64", 8},
    {"int64", 8},
    {"bool", 1},
    {"qint8", 1},
    {"quint8", 1},
    {"qint32", 4},
    {"bfloat16", 2},
    {"qint16", 2},
    {"quint16", 2},
    {"uint16", 2},
    {"complex128", 16},
    {"half", 2},
    {"resource", 0},
    {"variant", 0},
    {"uint32", 4},
    {"uint64", 8},
    {"float8_e5m2", 1},
    {"float8_e4m3fn", 1},
    {"float8_e4m3fnuz", 1},
    {"float8_e4m3b11", 1},
    {"float8_e5m2fnuz", 1},
    {"int4", 1},
    {"uint4", 1},
    {"int2", 1},
    {"uint2", 1},
};
static_assert(std::size(rows) == static_cast<size_t>(DType::UInt2) + 1);

const Row &rowOf(DType dtype) {
  auto index = static_cast<size_t>(dtype);
  return rows[index < std::size(rows) ? index : 0];
}

} // namespace

size_t sizeOf(DType dtype) { return rowOf(dtype).size; }

std::string_view nameOf(DType dtype) { return rowOf(dtype).name; }

std::optional<DType> dtypeFromName(std::string_view name) {
  if (name == "float32")
    return DType::Float;
  if (name == "float64")
    return DType::Double;
  if (name == "float16")
    return DType::Half;
  for (size_t i = 1; i < std::size(rows); ++i)
    if (rows[i].name == name)
      return static_cast<DType>(i);
  return std::nullopt;
}

} // namespace firn
