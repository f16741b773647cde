// Routines that compute with sparse tensors: sums, products, softmax.
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/Sparse.h"

#include <cmath>
#include <limits>

namespace firn::runtime {
namespace {

template <typename T> T conjugate(T value) {
  if constexpr (std::is_same_v<T, std::complex<float>> ||
                std::is_same_v<T, std::complex<double>>)
    return std::conj(value);
  else
    return value;
}

/// Operands: a sparse tensor and a dense one of its shape.
absl::Status sparseTensorDenseAdd(RoutineCall &call) {
  if (absl::Status status = firstError({requireRank(call, 0, "indices", 2),
                                        requireRank(call, 1, "values", 1)});
      !status.ok())
    return status;
  const TensorView &indexView = call.input(0), &dense = call.input(3);
  std::vector<int64_t> indices = call.integers(0);
  Shape shape = call.integers(2);
  if (!std::equal(shape.begin(), shape.end(), dense.dims,
                  dense.dims + dense.rank) ||
      indexView.dims[1] != dense.rank ||
      indexView.dims[0] != call.numElements(1))
    return invalid("expects a sparse tensor of the shape ", shapeText(call, 3),
                   ", but got indices ", shapeText(call, 0), ", values ",
                   shapeText(call, 1), " and the shape ", shapeToString(shape));
  return dispatchNumber(dense.dtype, [&]<typename T>() {
    auto out = call.outputValues<T>(0, dense.shape());
    if (!out.ok())
      return out.status();
    std::span<const T> from = call.values<T>(3);
    std::copy(from.begin(), from.end(), out->begin());
    for (int64_t i = 0; i < indexView.dims[0]; ++i) {
      int64_t place = 0;
      for (int64_t dim = 0; dim < dense.rank; ++dim) {
        int64_t index = indices[i * dense.rank + dim];
        if (index < 0 || index >= dense.dims[dim])
          return invalid("index ", index, " of element ", i,
                         " is out of range [0, ", dense.dims[dim],
                         ") of dimension ", dim);
        place = place * dense.dims[dim] + index;
      }
      T &sum = (*out)[static_cast<size_t>(place)];
      sum = T(sum + call.values<T>(1)[i]);
    }
    return absl::OkStatus();
  });
}

absl::Status sparseTensorDenseMatMul(RoutineCall &call) {
  if (absl::Status status = firstError({requireRank(call, 0, "indices", 2),
                                        requireRank(call, 1, "values", 1),
                                        requireRank(call, 3, "b", 2)});
      !status.ok())
    return status;
  bool flipA = call.attributes().getBool("adjoint_a");
  bool flipB = call.attributes().getBool("adjoint_b");
  Shape shape = call.integers(2);
  const TensorView &b = call.input(3);
  if (shape.size() != 2 || call.input(0).dims[1] != 2 ||
      call.input(0).dims[0] != call.numElements(1) ||
      shape[flipA ? 0 : 1] != b.dims[flipB ? 1 : 0])
    return invalid("expects matrices that multiply, but got indices ",
                   shapeText(call, 0), " of the shape ", shapeToString(shape),
                   " and a matrix ", shapeText(call, 3));
  std::vector<int64_t> indices = call.integers(0);
  int64_t rows = shape[flipA ? 1 : 0], columns = b.dims[flipB ? 0 : 1];
  return dispatchNumber(b.dtype, [&]<typename T>() {
    auto out = call.outputValues<T>(0, Shape{rows, columns});
    if (!out.ok())
      return out.status();
    std::fill(out->begin(), out->end(), T(0));
    for (int64_t i = 0; i < call.numElements(1); ++i) {
      int64_t row = indices[2 * i], inner = indices[2 * i + 1];
      if (row < 0 || row >= shape[0] || inner < 0 || inner >= shape[1])
        return invalid("index [", row, ",", inner, "] of element ", i,
                       " is out of the shape ", shapeToString(shape));
      T value = call.values<T>(1)[i];
      if (flipA) {
        std::swap(row, inner);
        value = conjugate(value);
      }
      for (int64_t column = 0; column < columns; ++column) {
        T other = flipB
                      ? conjugate(call.values<T>(3)[column * b.dims[1] + inner])
                      : call.values<T>(3)[inner * b.dims[1] + column];
        T &sum = (*out)[row * columns + column];
        sum = T(sum + value * other);
      }
    }
    return absl::OkStatus();
  });
}

/// Reduces over axes to a dense tensor; elements without any are zero.
template <bool maximum> absl::Status sparseReduce(RoutineCall &call) {
  absl::StatusOr<Sparse> sparse = readSparse(call, 0, 1, 2);
  if (!sparse.ok())
    return sparse.status();
  bool keep = call.attributes().getBool("keep_dims");
  std::vector<bool> reduced(static_cast<size_t>(sparse->rank));
  for (int64_t axis : call.integers(3)) {
    absl::StatusOr<int64_t> dim = normalAxis(axis, sparse->rank);
    if (!dim.ok())
      return dim.status();
    reduced[static_cast<size_t>(*dim)] = true;
  }
  // Without axes everything is reduced.
  if (call.numElements(3) == 0)
    reduced.assign(reduced.size(), true);
  Shape shape;
  for (size_t dim = 0; dim < reduced.size(); ++dim)
    if (!reduced[dim] || keep)
      shape.push_back(reduced[dim] ? 1 : sparse->shape[dim]);
  auto reduceAs = [&]<typename T>() {
    auto out = call.outputValues<T>(0, shape);
    if (!out.ok())
      return out.status();
    std::fill(out->begin(), out->end(), T(0));
    std::vector<bool> seen(maximum ? out->size() : 0);
    for (int64_t i = 0; i < sparse->count; ++i) {
      int64_t place = 0;
      for (size_t dim = 0; dim < reduced.size(); ++dim)
        if (!reduced[dim])
          place = place * sparse->shape[dim] + sparse->at(i)[dim];
      auto at = static_cast<size_t>(place);
      T value = call.values<T>(1)[i], &to = (*out)[at];
      if constexpr (maximum) {
        to = !seen[at] || value > to ? value : to;
        seen[at] = true;
      } else {
        to = T(to + value);
      }
    }
    return absl::OkStatus();
  };
  if constexpr (maximum)
    return dispatchReal(call.outputType(0), reduceAs);
  else
    return dispatchNumber(call.outputType(0), reduceAs);
}

/// Softmax over the elements that share all indices but the last.
absl::Status sparseSoftmax(RoutineCall &call) {
  absl::StatusOr<Sparse> sparse = readSparse(call, 0, 1, 2);
  if (!sparse.ok())
    return sparse.status();
  if (sparse->rank < 2)
    return invalid("expects a tensor of rank 2 or more, but got shape ",
                   shapeToString(sparse->shape));
  std::vector<int64_t> order = sparse->order();
  auto sameRow = [&](int64_t a, int64_t b) {
    auto first = sparse->at(a), second = sparse->at(b);
    return std::equal(first.begin(), first.end() - 1, second.begin());
  };
  return dispatchFloat(call.outputType(0), [&]<typename T>() {
    auto out = call.outputValues<T>(0, Shape{sparse->count});
    if (!out.ok())
      return out.status();
    std::span<const T> values = call.values<T>(1);
    for (size_t begin = 0, end = 0; begin < order.size(); begin = end) {
      double highest = -std::numeric_limits<double>::infinity(), sum = 0;
      for (end = begin; end < order.size() && sameRow(order[begin], order[end]);
           ++end)
        highest = std::max(highest, static_cast<double>(values[order[end]]));
      for (size_t i = begin; i < end; ++i)
        sum += std::exp(static_cast<double>(values[order[i]]) - highest);
      for (size_t i = begin; i < end; ++i)
        (*out)[order[i]] =
            T(std::exp(static_cast<double>(values[order[i]]) - highest) / sum);
    }
    return absl::OkStatus();
  });
}

/// A product of dense matrices that may hold many zeros.
absl::Status sparseMatMul(RoutineCall &call) {
  if (absl::Status status = firstError(
          {requireRank(call, 0, "a", 2), requireRank(call, 1, "b", 2)});
      !status.ok())
    return status;
  const TensorView &a = call.input(0), &b = call.input(1);
  bool flipA = call.attributes().getBool("transpose_a");
  bool flipB = call.attributes().getBool("transpose_b");
  int64_t rows = a.dims[flipA], inner = a.dims[!flipA],
          columns = b.dims[!flipB];
  if (inner != b.dims[flipB])
    return invalid("expects matrices that multiply, but got shapes ",
                   shapeText(call, 0), " and ", shapeText(call, 1));
  auto out = call.outputValues<float>(0, Shape{rows, columns});
  if (!out.ok())
    return out.status();
  std::fill(out->begin(), out->end(), 0.0f);
  auto value = [&](size_t operand, int64_t at) -> float {
    if (call.input(operand).dtype == DType::BFloat16)
      return call.values<BFloat16>(operand)[at];
    return call.values<float>(operand)[at];
  };
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t k = 0; k < inner; ++k) {
      float left = value(0, flipA ? k * rows + row : row * inner + k);
      for (int64_t column = 0; left != 0 && column < columns; ++column)
        (*out)[row * columns + column] +=
            left * value(1, flipB ? column * inner + k : k * columns + column);
    }
  return absl::OkStatus();
}

} // namespace

void addSparseMathRoutines(RoutineTable &table) {
  table.add("SparseTensorDenseAdd", sparseTensorDenseAdd);
  table.add("SparseTensorDenseMatMul", sparseTensorDenseMatMul);
  table.add("SparseReduceSum", sparseReduce<false>);
  table.add("SparseReduceMax", sparseReduce<true>);
  table.add("SparseSoftmax", sparseSoftmax);
  table.add("SparseMatMul", sparseMatMul);
}

} // namespace firn::runtime
