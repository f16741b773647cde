// The storage of firn::Tensor: one aligned block, or a vector of strings.
#include "backend/runtime/Tensor.h"

#include "backend/runtime/Memory.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

namespace firn {
namespace {

absl::Status invalidShape(DType dtype, std::span<const int64_t> shape) {
  auto name = nameOf(dtype);
  return absl::InvalidArgumentError(absl::StrCat(
      "cannot make a tensor of ", absl::string_view(name.data(), name.size()),
      " with shape ", shapeToString(shape)));
}

} // namespace

Tensor::Tensor(const Tensor &other)
    : elementType(other.elementType), dims(other.dims), count(other.count),
      text(other.text) {
  if (!other.buffer)
    return;
  buffer = runtime::allocateAligned(other.byteSize());
  // As operator new would without exceptions: a copy cannot report.
  if (!buffer)
    std::abort();
  std::memcpy(buffer, other.buffer, static_cast<size_t>(other.byteSize()));
}

Tensor::Tensor(Tensor &&other) noexcept
    : elementType(std::exchange(other.elementType, DType::Invalid)),
      dims(std::exchange(other.dims, {})), count(std::exchange(other.count, 0)),
      buffer(std::exchange(other.buffer, nullptr)),
      text(std::exchange(other.text, {})) {}

Tensor &Tensor::operator=(Tensor other) noexcept {
  std::swap(elementType, other.elementType);
  std::swap(dims, other.dims);
  std::swap(count, other.count);
  std::swap(buffer, other.buffer);
  std::swap(text, other.text);
  return *this;
}

Tensor::~Tensor() { runtime::freeAligned(buffer); }

absl::StatusOr<Tensor> Tensor::uninitialized(DType dtype,
                                             std::span<const int64_t> shape) {
  Tensor tensor;
  if (dtype == DType::String) {
    std::optional<int64_t> count = firn::numElements(shape);
    if (!count)
      return invalidShape(dtype, shape);
    // A vector ends the program where there is no memory for it: asked before.
    auto size = static_cast<size_t>(*count);
    std::unique_ptr<void, decltype(&runtime::freeAligned)> probe(
        size > tensor.text.max_size() / 2
            ? nullptr
            : runtime::allocateAligned(
                  static_cast<int64_t>(size * sizeof(std::string))),
        runtime::freeAligned);
    if (!probe)
      return absl::ResourceExhaustedError(
          absl::StrCat("no memory for ", *count, " strings"));
    probe.reset();
    tensor.text.resize(size);
    tensor.count = *count;
  } else {
    std::optional<int64_t> bytes = firn::byteSize(dtype, shape);
    if (!bytes)
      return invalidShape(dtype, shape);
    tensor.buffer = runtime::allocateAligned(*bytes);
    if (!tensor.buffer)
      return absl::ResourceExhaustedError(
          absl::StrCat("no memory for a tensor of ", *bytes, " bytes"));
    tensor.count = *bytes / static_cast<int64_t>(sizeOf(dtype));
  }
  tensor.elementType = dtype;
  tensor.dims.assign(shape.begin(), shape.end());
  return tensor;
}

absl::StatusOr<Tensor> Tensor::create(DType dtype,
                                      std::span<const int64_t> shape) {
  absl::StatusOr<Tensor> tensor = uninitialized(dtype, shape);
  if (tensor.ok() && tensor->buffer)
    std::memset(tensor->buffer, 0, static_cast<size_t>(tensor->byteSize()));
  return tensor;
}

void *Tensor::data() {
  return elementType == DType::String ? static_cast<void *>(text.data())
                                      : buffer;
}

absl::Status Tensor::reshape(std::span<const int64_t> shape) {
  if (firn::numElements(shape) != count)
    return absl::InvalidArgumentError(
        absl::StrCat("a tensor of shape ", shapeToString(dims),
                     " cannot take the shape ", shapeToString(shape)));
  dims.assign(shape.begin(), shape.end());
  return absl::OkStatus();
}

absl::Status Tensor::bitcast(DType dtype) {
  size_t size = sizeOf(dtype);
  if (size == 0 || size != sizeOf(elementType))
    return absl::InvalidArgumentError(
        absl::StrCat("elements of ", std::string(nameOf(elementType)),
                     " cannot be taken as ", std::string(nameOf(dtype))));
  elementType = dtype;
  return absl::OkStatus();
}

absl::Status wrongNumberOfValues(std::span<const int64_t> shape, size_t given) {
  return absl::InvalidArgumentError(
      absl::StrCat("shape ", shapeToString(shape), " has ",
                   firn::numElements(shape).value_or(-1), " elements, but ",
                   given, " values were given"));
}

} // namespace firn
