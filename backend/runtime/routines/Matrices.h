// Batches of matrices as Eigen sees them. TensorFlow's own kernels are Eigen's
// decompositions of row-major matrices too, so that signs and orders agree.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_MATRICES_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_MATRICES_H

#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"

#include <Eigen/Core>

namespace firn::runtime {

template <typename T>
using Matrix =
    Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The matrices in the last two dimensions of an operand.
struct Batch {
  Shape outer;
  int64_t count, rows, columns;

  /// The dimensions of one result a matrix, with these of its own.
  Shape with(std::initializer_list<int64_t> own) const {
    Shape shape = outer;
    shape.insert(shape.end(), own);
    return shape;
  }
};

inline absl::StatusOr<Batch> batchOf(const RoutineCall &call, size_t index,
                                     const char *name) {
  const TensorView &view = call.input(index);
  if (view.rank < 2)
    return requireRankAtLeast(call, index, name, 2);
  return Batch{dimsOf(view, 0, view.rank - 2), countOf(view, 0, view.rank - 2),
               view.dims[view.rank - 2], view.dims[view.rank - 1]};
}

inline absl::StatusOr<Batch> squareBatchOf(const RoutineCall &call,
                                           size_t index, const char *name) {
  absl::StatusOr<Batch> batch = batchOf(call, index, name);
  if (batch.ok() && batch->rows != batch->columns)
    return invalid("expects square matrices, but got shape ",
                   shapeText(call, index));
  return batch;
}

/// Matrix number `i` of an operand.
template <typename T>
Eigen::Map<const Matrix<T>> matrixOf(const RoutineCall &call, size_t index,
                                     const Batch &batch, int64_t i) {
  return {call.values<T>(index).data() + i * batch.rows * batch.columns,
          batch.rows, batch.columns};
}

/// Matrix number `i` of a result.
template <typename T>
Eigen::Map<Matrix<T>> matrixOf(std::span<T> values, int64_t i, int64_t rows,
                               int64_t columns) {
  return {values.data() + i * rows * columns, rows, columns};
}

/// float, double, and complex numbers of both.
template <typename Body> absl::Status dispatchField(DType dtype, Body &&body) {
  switch (dtype) {
  case DType::Float:
    return body.template operator()<float>();
  case DType::Double:
    return body.template operator()<double>();
  case DType::Complex64:
    return body.template operator()<std::complex<float>>();
  case DType::Complex128:
    return body.template operator()<std::complex<double>>();
  default:
    return unsupportedType(dtype);
  }
}

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_MATRICES_H
