// Routines that solve with matrices: triangular factors, inverses,
// determinants, linear systems.
#include "backend/runtime/routines/Broadcast.h"
#include "backend/runtime/routines/Matrices.h"
#include "backend/runtime/routines/Routines.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>

namespace firn::runtime {
namespace {

absl::Status singular(int64_t i) {
  return invalid("expects invertible matrices, but number ", i,
                 " of the batch is not");
}

/// Whether no pivot of a triangular matrix is zero (or NaN).
template <typename M> bool hasPivots(const M &matrix) {
  return matrix.rows() == 0 || matrix.diagonal().cwiseAbs().minCoeff() > 0;
}

absl::Status cholesky(RoutineCall &call) {
  absl::StatusOr<Batch> batch = squareBatchOf(call, 0, "input");
  if (!batch.ok())
    return batch.status();
  int64_t n = batch->rows;
  return dispatchField(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    auto out = call.outputValues<T>(0, call.input(0).shape());
    if (!out.ok())
      return out.status();
    for (int64_t i = 0; n && i < batch->count; ++i) {
      Eigen::LLT<Matrix<T>> factor(matrixOf<T>(call, 0, *batch, i));
      if (factor.info() != Eigen::Success)
        return invalid("expects positive definite matrices, but number ", i,
                       " of the batch is not");
      matrixOf<T>(*out, i, n, n) = factor.matrixL();
    }
    return absl::OkStatus();
  });
}

absl::Status matrixInverse(RoutineCall &call) {
  absl::StatusOr<Batch> batch = squareBatchOf(call, 0, "input");
  if (!batch.ok())
    return batch.status();
  int64_t n = batch->rows;
  bool adjoint = call.attributes().getBool("adjoint");
  return dispatchField(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    auto out = call.outputValues<T>(0, call.input(0).shape());
    if (!out.ok())
      return out.status();
    for (int64_t i = 0; n && i < batch->count; ++i) {
      Eigen::PartialPivLU<Matrix<T>> factor;
      auto input = matrixOf<T>(call, 0, *batch, i);
      if (adjoint)
        factor.compute(input.adjoint());
      else
        factor.compute(input);
      if (!hasPivots(factor.matrixLU()))
        return singular(i);
      matrixOf<T>(*out, i, n, n) = factor.inverse();
    }
    return absl::OkStatus();
  });
}

/// The sign (of absolute value 1) and the logarithm of the absolute value of a
/// determinant; 0 and -inf if it is zero.
template <typename T> std::pair<T, T> signAndLog(const Matrix<T> &matrix) {
  if (matrix.rows() == 0)
    return {T(1), T(0)};
  Eigen::PartialPivLU<Matrix<T>> factor(matrix);
  T sign = T(factor.permutationP().determinant());
  T log = T(0);
  for (T pivot : factor.matrixLU().diagonal()) {
    auto size = std::abs(pivot);
    sign *= pivot / size;
    log += std::log(size);
  }
  if (!std::isfinite(std::real(log)))
    return {T(0), T(std::log(std::real(T(0))))};
  return {sign, log};
}

absl::Status determinant(RoutineCall &call, bool inLogs) {
  absl::StatusOr<Batch> batch = squareBatchOf(call, 0, "input");
  if (!batch.ok())
    return batch.status();
  return dispatchField(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    auto first = call.outputValues<T>(0, batch->outer);
    if (!first.ok())
      return first.status();
    std::span<T> logs;
    if (inLogs) {
      auto second = call.outputValues<T>(1, batch->outer);
      if (!second.ok())
        return second.status();
      logs = *second;
    }
    for (int64_t i = 0; i < batch->count; ++i) {
      auto [sign, log] = signAndLog<T>(matrixOf<T>(call, 0, *batch, i));
      auto at = static_cast<size_t>(i);
      (*first)[at] = inLogs ? sign : sign * std::exp(log);
      if (inLogs)
        logs[at] = log;
    }
    return absl::OkStatus();
  });
}

absl::Status matrixDeterminant(RoutineCall &call) {
  return determinant(call, /*inLogs=*/false);
}

absl::Status logMatrixDeterminant(RoutineCall &call) {
  return determinant(call, /*inLogs=*/true);
}

/// lu: both factors in one matrix; p: row p[i] of the input is row i of L U.
absl::Status lu(RoutineCall &call) {
  absl::StatusOr<Batch> batch = squareBatchOf(call, 0, "input");
  if (!batch.ok())
    return batch.status();
  int64_t n = batch->rows;
  return dispatchField(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    auto factors = call.outputValues<T>(0, call.input(0).shape());
    absl::StatusOr<TensorView> rows = call.output(1, batch->with({n}));
    if (!factors.ok() || !rows.ok())
      return factors.ok() ? rows.status() : factors.status();
    for (int64_t i = 0; n && i < batch->count; ++i) {
      Eigen::PartialPivLU<Matrix<T>> factor(matrixOf<T>(call, 0, *batch, i));
      if (!hasPivots(factor.matrixLU()))
        return singular(i);
      matrixOf<T>(*factors, i, n, n) = factor.matrixLU();
      Eigen::PermutationMatrix<Eigen::Dynamic> order =
          factor.permutationP().transpose();
      for (int64_t row = 0; row < n; ++row) {
        int from = order.indices()[row];
        if (rows->dtype == DType::Int64)
          static_cast<int64_t *>(rows->data)[i * n + row] = from;
        else
          static_cast<int32_t *>(rows->data)[i * n + row] = from;
      }
    }
    return absl::OkStatus();
  });
}

/// Solves matrix · x = right side; operands: the square matrices, the right
/// sides. Both batches broadcast.
template <typename Solve>
absl::Status solveBatches(RoutineCall &call, Solve solve) {
  absl::StatusOr<Batch> left = squareBatchOf(call, 0, "matrix");
  absl::StatusOr<Batch> right = batchOf(call, 1, "rhs");
  if (!left.ok() || !right.ok())
    return left.ok() ? right.status() : left.status();
  if (left->rows != right->rows)
    return requireEqual("numbers of rows", left->rows, right->rows);
  absl::StatusOr<Broadcast> batches =
      Broadcast::of({left->outer, right->outer});
  if (!batches.ok())
    return batches.status();
  int64_t n = right->rows, columns = right->columns;
  Shape shape = batches->shape();
  shape.insert(shape.end(), {n, columns});
  return dispatchField(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    auto out = call.outputValues<T>(0, shape);
    if (!out.ok())
      return out.status();
    absl::Status status;
    if (out->empty())
      return status;
    batches->forEach([&](int64_t i, const Shape &positions) {
      if (status.ok() && !solve(matrixOf<T>(call, 0, *left, positions[0]),
                                matrixOf<T>(call, 1, *right, positions[1]),
                                matrixOf<T>(*out, i, n, columns)))
        status = singular(positions[0]);
    });
    return status;
  });
}

absl::Status matrixSolve(RoutineCall &call) {
  bool adjoint = call.attributes().getBool("adjoint");
  return solveBatches(call,
                      [&]<typename L, typename R>(L left, R right, auto out) {
                        Eigen::PartialPivLU<Matrix<typename L::Scalar>> factor;
                        if (adjoint)
                          factor.compute(left.adjoint());
                        else
                          factor.compute(left);
                        if (!hasPivots(factor.matrixLU()))
                          return false;
                        out = factor.solve(right);
                        return true;
                      });
}

absl::Status matrixTriangularSolve(RoutineCall &call) {
  bool lower = call.attributes().getBool("lower", true);
  bool adjoint = call.attributes().getBool("adjoint");
  return solveBatches(call, [&](auto left, auto right, auto out) {
    if (!hasPivots(left))
      return false;
    if (lower && adjoint)
      out = left.template triangularView<Eigen::Lower>().adjoint().solve(right);
    else if (lower)
      out = left.template triangularView<Eigen::Lower>().solve(right);
    else if (adjoint)
      out = left.template triangularView<Eigen::Upper>().adjoint().solve(right);
    else
      out = left.template triangularView<Eigen::Upper>().solve(right);
    return true;
  });
}

absl::Status cross(RoutineCall &call) {
  const TensorView &a = call.input(0);
  if (absl::Status status = firstError(
          {requireSameShape(call, 0, 1), requireRankAtLeast(call, 0, "a", 1)});
      !status.ok())
    return status;
  if (a.dims[a.rank - 1] != 3)
    return invalid("expects vectors of 3 elements, but got shape ",
                   shapeText(call, 0));
  return dispatchReal(a.dtype, [&]<typename T>() -> absl::Status {
    auto out = call.outputValues<T>(0, a.shape());
    if (!out.ok())
      return out.status();
    for (size_t i = 0; i < out->size(); i += 3) {
      const T *u = call.values<T>(0).data() + i;
      const T *v = call.values<T>(1).data() + i;
      for (size_t axis = 0; axis < 3; ++axis) {
        size_t next = (axis + 1) % 3, last = (axis + 2) % 3;
        (*out)[i + axis] = T(u[next] * v[last] - u[last] * v[next]);
      }
    }
    return absl::OkStatus();
  });
}

} // namespace

void addMatrixRoutines(RoutineTable &table) {
  table.add("Cholesky", cholesky);
  table.add("MatrixInverse", matrixInverse);
  table.add("MatrixDeterminant", matrixDeterminant);
  table.add("LogMatrixDeterminant", logMatrixDeterminant);
  table.add("Lu", lu);
  table.add("MatrixSolve", matrixSolve);
  table.add("MatrixTriangularSolve", matrixTriangularSolve);
  table.add("Cross", cross);
}

} // namespace firn::runtime
