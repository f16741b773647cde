// The bytes of constants are those of tensors already; splats are spread.
#include "api/ConstantTensor.h"

#include "api/GraphIndex.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <cstring>

using namespace mlir;

namespace firn {

absl::StatusOr<Tensor> tensorOfConstant(TypedAttr value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!type || !elements || !type.hasStaticShape())
    return absl::UnimplementedError("the constant has no values to show");
  absl::StatusOr<Tensor> tensor =
      Tensor::uninitialized(dtypeOfType(type), type.getShape());
  if (!tensor.ok())
    return tensor;
  if (auto strings = dyn_cast<DenseStringElementsAttr>(elements)) {
    llvm::ArrayRef<llvm::StringRef> raw = strings.getRawStringData();
    for (auto [i, text] : llvm::enumerate(tensor->strings()))
      text = raw[raw.size() == 1 ? 0 : i].str();
    return tensor;
  }
  SmallVector<char> scratch;
  std::optional<ArrayRef<char>> bytes = tfg::getRawData(elements, scratch);
  if (!bytes)
    return absl::UnimplementedError(
        absl::StrCat("a constant of ", std::string(nameOf(tensor->dtype())),
                     " cannot be read"));
  auto *data = static_cast<char *>(tensor->data());
  auto size = static_cast<size_t>(tensor->byteSize());
  if (size == 0)
    return tensor;
  if (bytes->size() == size)
    std::memcpy(data, bytes->data(), size);
  else
    for (size_t at = 0; at + bytes->size() <= size; at += bytes->size())
      std::memcpy(data + at, bytes->data(), bytes->size());
  return tensor;
}

ElementsAttr constantOfTensor(const Tensor &tensor, RankedTensorType type) {
  if (tensor.dtype() == DType::String) {
    SmallVector<llvm::StringRef> strings;
    for (const std::string &text : tensor.strings())
      strings.push_back(text);
    return DenseStringElementsAttr::get(type, strings);
  }
  return tfg::makeConstant(
      type, ArrayRef<char>(static_cast<const char *>(tensor.data()),
                           static_cast<size_t>(tensor.byteSize())));
}

void copyElements(const TensorView &from, const TensorView &to) {
  int64_t count = numElements(from.shape()).value_or(0);
  if (from.dtype == DType::String)
    std::copy_n(static_cast<const std::string *>(from.data), count,
                static_cast<std::string *>(to.data));
  else if (count > 0)
    std::memcpy(to.data, from.data,
                static_cast<size_t>(count) * sizeOf(from.dtype));
}

} // namespace firn
