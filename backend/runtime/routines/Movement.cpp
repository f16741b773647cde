// See Movement.h.
#include "backend/runtime/routines/Movement.h"

#include "backend/runtime/routines/Dispatch.h"

#include <algorithm>

namespace firn::runtime {

std::vector<int64_t> readIntegers(const TensorView &tensor) {
  std::vector<int64_t> result;
  int64_t count = numElements(tensor.shape()).value_or(0);
  (void)dispatchInteger(tensor.dtype, [&]<typename T>() -> absl::Status {
    const T *values = static_cast<const T *>(tensor.data);
    result.assign(values, values + count);
    return absl::OkStatus();
  });
  return result;
}

absl::StatusOr<int64_t> readAxis(const TensorView &tensor, int64_t rank) {
  std::vector<int64_t> axis = readIntegers(tensor);
  if (axis.size() != 1)
    return invalid("expects one axis, but got ", axis.size());
  return normalAxis(axis[0], rank);
}

std::vector<int64_t> stridesOf(std::span<const int64_t> shape) {
  std::vector<int64_t> strides(shape.size(), 1);
  for (size_t dim = shape.size(); dim-- > 1;)
    // Dimensions of an empty tensor may be of any size.
    if (__builtin_mul_overflow(strides[dim], shape[dim], &strides[dim - 1]))
      strides[dim - 1] = 0;
  return strides;
}

int64_t productOf(std::span<const int64_t> sizes) {
  return numElements(sizes).value_or(0);
}

std::vector<int64_t> makeOffsets(int64_t first, int64_t step, int64_t count,
                                 int64_t stride) {
  std::vector<int64_t> offsets(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i)
    offsets[i] = (first + i * step) * stride;
  return offsets;
}

namespace {

template <typename T> class TableCopy {
public:
  TableCopy(const OffsetTables &tables, T fill)
      : tables(tables), fill(fill), below(tables.size() + 1, 1) {
    for (size_t dim = tables.size(); dim-- > 0;)
      below[dim] = below[dim + 1] * static_cast<int64_t>(tables[dim].size());
  }

  /// The elements under dimension `dim`; gives where the next ones go.
  T *run(T *to, const T *from, size_t dim) const {
    if (dim == tables.size()) {
      *to = *from;
      return to + 1;
    }
    if (dim + 1 == tables.size()) {
      for (int64_t offset : tables[dim])
        *to++ = offset == kFill ? fill : from[offset];
      return to;
    }
    for (int64_t offset : tables[dim])
      to = offset == kFill ? std::fill_n(to, below[dim + 1], fill)
                           : run(to, from + offset, dim + 1);
    return to;
  }

private:
  const OffsetTables &tables;
  T fill;
  std::vector<int64_t> below;
};

} // namespace

absl::Status copyByTables(RoutineCall &call, size_t output,
                          std::span<const int64_t> shape,
                          const TensorView &source,
                          absl::FunctionRef<OffsetTables()> makeTables,
                          const void *fill) {
  return dispatchBits(source.dtype, [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(output, shape);
    if (!to.ok())
      return to.status();
    if (to->empty())
      return absl::OkStatus();
    OffsetTables tables = makeTables();
    TableCopy<T>(tables, fill ? *static_cast<const T *>(fill) : T())
        .run(to->data(), static_cast<const T *>(source.data), 0);
    return absl::OkStatus();
  });
}

} // namespace firn::runtime
