// Sparse tensors as three operands: indices [n, rank], values [n], shape
// [rank].
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_SPARSE_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_SPARSE_H

#include "backend/runtime/routines/Checks.h"

namespace firn::runtime {

struct Sparse {
  std::span<const int64_t> indices;
  int64_t count, rank;
  Shape shape;

  /// The index of an element.
  std::span<const int64_t> at(int64_t element) const {
    return indices.subspan(static_cast<size_t>(element * rank),
                           static_cast<size_t>(rank));
  }
  /// Its place in the dense tensor, whose number of elements fits 63 bits.
  int64_t place(int64_t element) const {
    int64_t place = 0;
    for (int64_t dim = 0; dim < rank; ++dim)
      place = place * shape[static_cast<size_t>(dim)] +
              at(element)[static_cast<size_t>(dim)];
    return place;
  }
  /// The elements in lexical order of their indices; equal ones stay.
  std::vector<int64_t> order() const;
};

/// Reads and checks a sparse tensor: shapes that fit, indices in range.
absl::StatusOr<Sparse> readSparse(const RoutineCall &call, size_t indices,
                                  size_t values, size_t shape);

/// Writes rows of indices [rows, rank].
absl::Status writeIndices(RoutineCall &call, size_t output, int64_t rank,
                          const std::vector<int64_t> &indices);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_SPARSE_H
