// See Sparse.h.
#include "backend/runtime/routines/Sparse.h"

#include <numeric>

namespace firn::runtime {

std::vector<int64_t> Sparse::order() const {
  std::vector<int64_t> elements(static_cast<size_t>(count));
  std::iota(elements.begin(), elements.end(), 0);
  std::sort(elements.begin(), elements.end(), [&](int64_t a, int64_t b) {
    std::span<const int64_t> first = at(a), second = at(b);
    for (size_t dim = 0; dim < first.size(); ++dim)
      if (first[dim] != second[dim])
        return first[dim] < second[dim];
    return a < b;
  });
  return elements;
}

absl::StatusOr<Sparse> readSparse(const RoutineCall &call, size_t indices,
                                  size_t values, size_t shape) {
  if (absl::Status status =
          firstError({requireRank(call, indices, "indices", 2),
                      requireRank(call, shape, "the shape", 1),
                      requireRank(call, values, "values", 1)});
      !status.ok())
    return status;
  const TensorView &view = call.input(indices);
  Sparse sparse = {call.values<int64_t>(indices), view.dims[0], view.dims[1],
                   call.integers(shape)};
  if (sparse.count != call.numElements(values) ||
      sparse.rank != call.numElements(shape) || !numElements(sparse.shape))
    return invalid("expects indices [n, rank], values [n] and a shape of rank "
                   "sizes, but got shapes ",
                   shapeText(call, indices), ", ", shapeText(call, values),
                   " and the shape ", shapeToString(sparse.shape));
  for (int64_t i = 0; i < sparse.count; ++i)
    for (size_t dim = 0; dim < sparse.shape.size(); ++dim)
      if (int64_t index = sparse.at(i)[dim];
          index < 0 || index >= sparse.shape[dim])
        return invalid("index ", index, " of element ", i,
                       " is out of range [0, ", sparse.shape[dim],
                       ") of dimension ", dim);
  return sparse;
}

absl::Status writeIndices(RoutineCall &call, size_t output, int64_t rank,
                          const std::vector<int64_t> &indices) {
  auto rows = rank ? static_cast<int64_t>(indices.size()) / rank : 0;
  auto out = call.outputValues<int64_t>(output, Shape{rows, rank});
  if (out.ok())
    std::copy(indices.begin(), indices.end(), out->begin());
  return out.status();
}

} // namespace firn::runtime
