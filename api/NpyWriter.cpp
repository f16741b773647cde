// Tensors to .npy bytes, as numpy writes them: format 1.0, elements aligned
// to 64.
#include "api/Npy.h"

#include "backend/graphdef/OutputFile.h"

#include "absl/strings/str_cat.h"

#include <limits>

namespace firn {
namespace {

/// numpy's name for the type that holds elements of `dtype`, empty for none.
std::string_view descrOf(DType dtype) {
  switch (dtype) {
  case DType::Bool:
    return "|b1";
  case DType::Int8:
  case DType::QInt8:
  case DType::Int4:
  case DType::Int2:
    return "|i1";
  case DType::UInt8:
  case DType::QUInt8:
  case DType::UInt4:
  case DType::UInt2:
  case DType::Float8E5M2:
  case DType::Float8E4M3FN:
  case DType::Float8E4M3FNUZ:
  case DType::Float8E4M3B11FNUZ:
  case DType::Float8E5M2FNUZ:
    return "|u1";
  case DType::Int16:
  case DType::QInt16:
    return "<i2";
  case DType::UInt16:
  case DType::QUInt16:
  case DType::BFloat16:
    return "<u2";
  case DType::Int32:
  case DType::QInt32:
    return "<i4";
  case DType::UInt32:
    return "<u4";
  case DType::Int64:
    return "<i8";
  case DType::UInt64:
    return "<u8";
  case DType::Half:
    return "<f2";
  case DType::Float:
    return "<f4";
  case DType::Double:
    return "<f8";
  case DType::Complex64:
    return "<c8";
  case DType::Complex128:
    return "<c16";
  default:
    return {};
  }
}

} // namespace

absl::StatusOr<std::string> formatNpy(const Tensor &tensor) {
  std::string descr(descrOf(tensor.dtype()));
  size_t itemSize = sizeOf(tensor.dtype());
  if (tensor.dtype() == DType::String) {
    itemSize = 1;
    for (const std::string &text : tensor.strings())
      itemSize = std::max(itemSize, text.size());
    descr = "|S" + std::to_string(itemSize);
  }
  if (descr.empty())
    return absl::UnimplementedError(
        absl::StrCat("a tensor of ", std::string(nameOf(tensor.dtype())),
                     " cannot be written as .npy"));
  std::string header =
      "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (";
  for (int64_t dim : tensor.shape())
    header += std::to_string(dim) + (tensor.rank() == 1 ? "," : ", ");
  if (tensor.rank() > 1)
    header.resize(header.size() - 2);
  header += "), }";
  // The elements begin at a multiple of 64 bytes, the header ends with a
  // newline.
  size_t padded = (10 + header.size() + 1 + 63) / 64 * 64;
  header.resize(padded - 11, ' ');
  header += '\n';
  std::string bytes("\x93NUMPY");
  bytes += std::string_view("\1\0", 2);
  bytes += static_cast<char>(header.size() & 0xff);
  bytes += static_cast<char>(header.size() >> 8);
  bytes += header;
  if (tensor.dtype() != DType::String) {
    bytes.append(static_cast<const char *>(tensor.data()),
                 static_cast<size_t>(tensor.byteSize()));
    return bytes;
  }
  // The longest string sets the size of all: refuse what would explode.
  int64_t total;
  if (__builtin_mul_overflow(tensor.numElements(),
                             static_cast<int64_t>(itemSize), &total) ||
      total > std::numeric_limits<int32_t>::max())
    return absl::ResourceExhaustedError(
        absl::StrCat("strings of up to ", itemSize, " bytes, ",
                     tensor.numElements(), " of them, are too many for .npy"));
  for (const std::string &text : tensor.strings()) {
    bytes += text;
    bytes.append(itemSize - text.size(), '\0');
  }
  return bytes;
}

absl::Status writeNpy(const std::string &path, const Tensor &tensor) {
  absl::StatusOr<std::string> bytes = formatNpy(tensor);
  if (!bytes.ok())
    return absl::Status(
        bytes.status().code(),
        absl::StrCat("'", path, "': ", bytes.status().message()));
  return writeFile(path, *bytes);
}

} // namespace firn
