// firn::Tensor: a dense array that owns its elements, 64-byte aligned so that
// vector code may load it whole. Copies are deep; moves are cheap.
#ifndef FIRN_BACKEND_RUNTIME_TENSOR_H
#define FIRN_BACKEND_RUNTIME_TENSOR_H

#include "backend/runtime/DType.h"
#include "backend/runtime/Shape.h"
#include "backend/runtime/TensorView.h"

#include "absl/status/statusor.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace firn {

/// A row-major array of elements of one type. Strings are std::string each.
class Tensor {
public:
  /// No elements, of no type.
  Tensor() = default;
  Tensor(const Tensor &other);
  Tensor(Tensor &&other) noexcept;
  Tensor &operator=(Tensor other) noexcept;
  ~Tensor();

  /// A tensor of zeros (empty strings). Fails with InvalidArgument if the shape
  /// has a negative dimension or the type cannot be held, and with
  /// ResourceExhausted if there is no memory for it.
  static absl::StatusOr<Tensor> create(DType dtype,
                                       std::span<const int64_t> shape);

  /// As create(), but the elements of a numeric tensor are not set.
  static absl::StatusOr<Tensor> uninitialized(DType dtype,
                                              std::span<const int64_t> shape);

  /// A tensor with a copy of `values`, whose number must be that of the shape.
  template <typename T>
  static absl::StatusOr<Tensor> from(std::span<const int64_t> shape,
                                     std::span<const T> values);
  template <typename T>
  static absl::StatusOr<Tensor> from(const Shape &shape,
                                     const std::vector<T> &values) {
    return from<T>(std::span<const int64_t>(shape), std::span<const T>(values));
  }

  DType dtype() const { return elementType; }
  const Shape &shape() const { return dims; }
  int64_t rank() const { return static_cast<int64_t>(dims.size()); }
  int64_t dim(size_t index) const { return dims[index]; }
  int64_t numElements() const { return count; }

  /// Bytes of the elements; 0 for strings.
  int64_t byteSize() const {
    return count * static_cast<int64_t>(sizeOf(elementType));
  }

  /// The elements of a numeric tensor, or the array of strings.
  void *data();
  const void *data() const { return const_cast<Tensor *>(this)->data(); }

  /// The elements as T; an empty span if the element type is another.
  template <typename T> std::span<T> values() {
    if (elementType != dtypeOf<std::remove_const_t<T>>())
      return {};
    return {static_cast<T *>(data()), static_cast<size_t>(count)};
  }
  template <typename T> std::span<const T> values() const {
    return const_cast<Tensor *>(this)->values<T>();
  }

  /// The strings; empty if the element type is another.
  std::vector<std::string> &strings() { return text; }
  const std::vector<std::string> &strings() const { return text; }

  /// Gives the same elements another shape with the same number of elements.
  absl::Status reshape(std::span<const int64_t> shape);

  /// Calls the same bits another type of the same size, e.g. uint16 bfloat16.
  absl::Status bitcast(DType dtype);

  /// A view, valid while this tensor lives and keeps its shape.
  TensorView view() { return {elementType, rank(), dims.data(), data()}; }
  TensorView view() const { return const_cast<Tensor *>(this)->view(); }

private:
  DType elementType = DType::Invalid;
  Shape dims;
  int64_t count = 0;
  void *buffer = nullptr;
  std::vector<std::string> text;
};

/// The status of building a tensor from the wrong number of values.
absl::Status wrongNumberOfValues(std::span<const int64_t> shape, size_t given);

template <typename T>
absl::StatusOr<Tensor> Tensor::from(std::span<const int64_t> shape,
                                    std::span<const T> values) {
  absl::StatusOr<Tensor> tensor = uninitialized(dtypeOf<T>(), shape);
  if (!tensor.ok())
    return tensor;
  if (static_cast<size_t>(tensor->count) != values.size())
    return wrongNumberOfValues(shape, values.size());
  std::copy(values.begin(), values.end(), tensor->template values<T>().begin());
  return tensor;
}

} // namespace firn

#endif // FIRN_BACKEND_RUNTIME_TENSOR_H
