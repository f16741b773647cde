// Random values that no model chokes on: small, positive, valid as indices.
#include "tools/firn/RandomInput.h"

#include "absl/strings/str_cat.h"

#include <cstring>
#include <random>

namespace firn::cli {
namespace {

/// Fills with the bits of `zero` and `one` by chance: for types without C++
/// arithmetic.
template <typename T>
void fillBits(Tensor &tensor, std::mt19937 &random, T one) {
  auto *data = static_cast<T *>(tensor.data());
  for (int64_t i = 0; i < tensor.numElements(); ++i)
    data[i] = random() % 2 ? one : T(0);
}

} // namespace

absl::StatusOr<Tensor> randomInput(const TensorInfo &input) {
  auto fail = [&](const char *what) {
    return absl::InvalidArgumentError(
        absl::StrCat("input '", input.name, "' has ", what,
                     ": give it with --feed ", input.name, "=FILE.npy"));
  };
  if (!input.hasRank)
    return fail("no shape of its own");
  Shape shape = input.shape;
  for (size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == kDynamicDim) {
      if (i != 0)
        return fail("unknown dimensions");
      shape[i] = 1;
    }
  absl::StatusOr<Tensor> tensor = Tensor::create(input.dtype, shape);
  if (!tensor.ok())
    return tensor;
  std::mt19937 random(1);
  std::uniform_real_distribution<float> unit;
  switch (input.dtype) {
  case DType::Float:
    for (float &value : tensor->values<float>())
      value = unit(random);
    break;
  case DType::Double:
    for (double &value : tensor->values<double>())
      value = unit(random);
    break;
  case DType::Half:
    fillBits<uint16_t>(*tensor, random, 0x3c00);
    break;
  case DType::BFloat16:
    fillBits<uint16_t>(*tensor, random, 0x3f80);
    break;
  case DType::String:
    break;
  default:
    switch (sizeOf(input.dtype)) {
    case 1:
      fillBits<uint8_t>(*tensor, random, 1);
      break;
    case 2:
      fillBits<uint16_t>(*tensor, random, 1);
      break;
    case 4:
      fillBits<uint32_t>(*tensor, random, 1);
      break;
    default:
      if (input.dtype == DType::Int64 || input.dtype == DType::UInt64)
        fillBits<uint64_t>(*tensor, random, 1);
      break;
    }
  }
  return tensor;
}

} // namespace firn::cli
