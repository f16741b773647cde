// Routines over tridiagonal matrices, which are stored as three rows: above the
// diagonal (the last element unused), on it, below it (the first unused).
#include "backend/runtime/routines/Matrices.h"
#include "backend/runtime/routines/Routines.h"

namespace firn::runtime {
namespace {

/// The upper triangle that elimination leaves: up to three elements a row.
template <typename T> struct Row {
  T diagonal, next, afterNext;
};

/// Solves in place: `x` holds the right sides. False if a pivot is zero.
template <typename T>
bool solveTridiagonal(Eigen::Map<const Matrix<T>> diagonals, bool pivoting,
                      Eigen::Map<Matrix<T>> x) {
  Eigen::Index n = diagonals.cols();
  std::vector<Row<T>> rows(static_cast<size_t>(n));
  for (Eigen::Index i = 0; i < n; ++i)
    rows[i] = {diagonals(1, i), i + 1 < n ? diagonals(0, i) : T(0), T(0)};
  for (Eigen::Index i = 0; i + 1 < n; ++i) {
    Row<T> below = {diagonals(2, i + 1), rows[i + 1].diagonal,
                    rows[i + 1].next};
    if (pivoting && std::abs(below.diagonal) > std::abs(rows[i].diagonal)) {
      std::swap(rows[i], below);
      x.row(i).swap(x.row(i + 1));
    }
    if (rows[i].diagonal == T(0))
      return false;
    T factor = below.diagonal / rows[i].diagonal;
    rows[i + 1] = {below.next - factor * rows[i].next,
                   below.afterNext - factor * rows[i].afterNext, T(0)};
    x.row(i + 1) -= factor * x.row(i);
  }
  if (n && rows[n - 1].diagonal == T(0))
    return false;
  for (Eigen::Index i = n; i-- > 0;) {
    if (i + 1 < n)
      x.row(i) -= rows[i].next * x.row(i + 1);
    if (i + 2 < n)
      x.row(i) -= rows[i].afterNext * x.row(i + 2);
    x.row(i) /= rows[i].diagonal;
  }
  return true;
}

absl::Status tridiagonalSolve(RoutineCall &call) {
  absl::StatusOr<Batch> left = batchOf(call, 0, "diagonals");
  absl::StatusOr<Batch> right = batchOf(call, 1, "rhs");
  if (!left.ok() || !right.ok())
    return left.ok() ? right.status() : left.status();
  if (left->rows != 3 || left->columns != right->rows ||
      left->outer != right->outer)
    return invalid("expects three diagonals as long as the right sides, but "
                   "got shapes ",
                   shapeText(call, 0), " and ", shapeText(call, 1));
  bool pivoting = call.attributes().getBool("partial_pivoting", true);
  return dispatchField(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    auto out = call.outputValues<T>(0, call.input(1).shape());
    if (!out.ok())
      return out.status();
    std::span<const T> rhs = call.values<T>(1);
    std::copy(rhs.begin(), rhs.end(), out->begin());
    for (int64_t i = 0; !rhs.empty() && i < left->count; ++i)
      if (!solveTridiagonal<T>(
              matrixOf<T>(call, 0, *left, i), pivoting,
              matrixOf<T>(*out, i, right->rows, right->columns)))
        return invalid("expects invertible matrices, but number ", i,
                       " of the batch is not");
    return absl::OkStatus();
  });
}

/// Operands: the three diagonals, each as a matrix of one row, and the matrices
/// to multiply.
absl::Status tridiagonalMatMul(RoutineCall &call) {
  absl::StatusOr<Batch> right = batchOf(call, 3, "rhs");
  if (!right.ok())
    return right.status();
  for (size_t i = 0; i < 3; ++i) {
    absl::StatusOr<Batch> diagonal = batchOf(call, i, "diagonals");
    if (!diagonal.ok())
      return diagonal.status();
    if (diagonal->outer != right->outer || diagonal->rows != 1 ||
        diagonal->columns != right->rows)
      return invalid("expects diagonals of one row as long as the columns of "
                     "the right side, but got shapes ",
                     shapeText(call, i), " and ", shapeText(call, 3));
  }
  int64_t n = right->rows;
  return dispatchField(call.input(3).dtype, [&]<typename T>() -> absl::Status {
    auto out = call.outputValues<T>(0, call.input(3).shape());
    if (!out.ok())
      return out.status();
    for (int64_t i = 0; !out->empty() && i < right->count; ++i) {
      auto x = matrixOf<T>(call, 3, *right, i);
      auto y = matrixOf<T>(*out, i, n, right->columns);
      for (int64_t row = 0; row < n; ++row) {
        auto at = static_cast<size_t>(i * n + row);
        y.row(row) = call.values<T>(1)[at] * x.row(row);
        if (row + 1 < n)
          y.row(row) += call.values<T>(0)[at] * x.row(row + 1);
        if (row > 0)
          y.row(row) += call.values<T>(2)[at] * x.row(row - 1);
      }
    }
    return absl::OkStatus();
  });
}

} // namespace

void addTridiagonalRoutines(RoutineTable &table) {
  table.add("TridiagonalSolve", tridiagonalSolve);
  table.add("TridiagonalMatMul", tridiagonalMatMul);
}

} // namespace firn::runtime
