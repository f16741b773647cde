// Routines that take matrices apart by orthogonal factors: Svd, Qr,
// eigenvectors, and least squares.
#include "backend/runtime/routines/Matrices.h"
#include "backend/runtime/routines/Routines.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <Eigen/SVD>

namespace firn::runtime {
namespace {

template <typename T>
void svdOf(Eigen::Map<const Matrix<T>> input, unsigned options, bool vectors,
           T *s, Eigen::Map<Matrix<T>> u, Eigen::Map<Matrix<T>> v) {
  if (input.size() == 0) {
    if (vectors) {
      u.setIdentity();
      v.setIdentity();
    }
    return;
  }
  Eigen::BDCSVD<Matrix<T>> svd(input, options);
  for (Eigen::Index i = 0; i < svd.singularValues().size(); ++i)
    s[i] = T(svd.singularValues()[i]);
  if (vectors) {
    u = svd.matrixU();
    v = svd.matrixV();
  }
}

absl::Status svd(RoutineCall &call) {
  absl::StatusOr<Batch> batch = batchOf(call, 0, "input");
  if (!batch.ok())
    return batch.status();
  bool vectors = call.attributes().getBool("compute_uv", true);
  bool full = call.attributes().getBool("full_matrices");
  int64_t rows = batch->rows, columns = batch->columns;
  int64_t rank = std::min(rows, columns);
  int64_t uColumns = full ? rows : rank, vColumns = full ? columns : rank;
  unsigned options = 0;
  if (vectors)
    options = full ? Eigen::ComputeFullU | Eigen::ComputeFullV
                   : Eigen::ComputeThinU | Eigen::ComputeThinV;
  return dispatchField(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    auto s = call.outputValues<T>(0, batch->with({rank}));
    auto u = call.outputValues<T>(1, vectors ? batch->with({rows, uColumns})
                                             : Shape{0});
    auto v = call.outputValues<T>(2, vectors ? batch->with({columns, vColumns})
                                             : Shape{0});
    if (absl::Status status = firstError({s.status(), u.status(), v.status()});
        !status.ok())
      return status;
    for (int64_t i = 0; i < batch->count; ++i)
      svdOf<T>(matrixOf<T>(call, 0, *batch, i), options, vectors,
               s->data() + i * rank,
               matrixOf<T>(*u, vectors ? i : 0, rows, uColumns),
               matrixOf<T>(*v, vectors ? i : 0, columns, vColumns));
    return absl::OkStatus();
  });
}

absl::Status qr(RoutineCall &call) {
  absl::StatusOr<Batch> batch = batchOf(call, 0, "input");
  if (!batch.ok())
    return batch.status();
  bool full = call.attributes().getBool("full_matrices");
  int64_t rows = batch->rows, columns = batch->columns;
  int64_t inner = full ? rows : std::min(rows, columns);
  return dispatchField(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    auto q = call.outputValues<T>(0, batch->with({rows, inner}));
    auto r = call.outputValues<T>(1, batch->with({inner, columns}));
    if (absl::Status status = firstError({q.status(), r.status()});
        !status.ok())
      return status;
    for (int64_t i = 0; i < batch->count; ++i) {
      auto qOut = matrixOf<T>(*q, i, rows, inner);
      qOut.setIdentity();
      if (rows == 0 || columns == 0)
        continue;
      Eigen::HouseholderQR<Matrix<T>> factor(matrixOf<T>(call, 0, *batch, i));
      Matrix<T> thin = factor.householderQ() * Matrix<T>(qOut);
      qOut = thin;
      matrixOf<T>(*r, i, inner, columns) =
          factor.matrixQR()
              .topRows(inner)
              .template triangularView<Eigen::Upper>();
    }
    return absl::OkStatus();
  });
}

template <typename T>
absl::StatusOr<Eigen::SelfAdjointEigenSolver<Matrix<T>>>
solveEigen(Eigen::Map<const Matrix<T>> input, bool vectors) {
  Eigen::SelfAdjointEigenSolver<Matrix<T>> solver(
      input, vectors ? Eigen::ComputeEigenvectors : Eigen::EigenvaluesOnly);
  if (solver.info() != Eigen::Success)
    return invalid("the eigenvalues do not converge");
  return solver;
}

absl::Status selfAdjointEig(RoutineCall &call) {
  absl::StatusOr<Batch> batch = squareBatchOf(call, 0, "input");
  if (!batch.ok())
    return batch.status();
  bool vectors = call.attributes().getBool("compute_v", true);
  int64_t n = batch->rows;
  return dispatchField(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    auto e = call.outputValues<T>(0, batch->with({n}));
    auto v = call.outputValues<T>(1, vectors ? batch->with({n, n}) : Shape{0});
    if (absl::Status status = firstError({e.status(), v.status()});
        !status.ok())
      return status;
    for (int64_t i = 0; n && i < batch->count; ++i) {
      auto solver = solveEigen<T>(matrixOf<T>(call, 0, *batch, i), vectors);
      if (!solver.ok())
        return solver.status();
      for (int64_t k = 0; k < n; ++k)
        (*e)[static_cast<size_t>(i * n + k)] = T(solver->eigenvalues()[k]);
      if (vectors)
        matrixOf<T>(*v, i, n, n) = solver->eigenvectors();
    }
    return absl::OkStatus();
  });
}

/// The old form: the eigenvalues in a first row above the eigenvectors.
absl::Status selfAdjointEigInOne(RoutineCall &call) {
  absl::StatusOr<Batch> batch = squareBatchOf(call, 0, "input");
  if (!batch.ok())
    return batch.status();
  int64_t n = batch->rows;
  return dispatchField(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    auto out = call.outputValues<T>(0, batch->with({n + 1, n}));
    if (!out.ok())
      return out.status();
    for (int64_t i = 0; n && i < batch->count; ++i) {
      auto solver = solveEigen<T>(matrixOf<T>(call, 0, *batch, i), true);
      if (!solver.ok())
        return solver.status();
      auto both = matrixOf<T>(*out, i, n + 1, n);
      both.row(0) = solver->eigenvalues().transpose().template cast<T>();
      both.bottomRows(n) = solver->eigenvectors();
    }
    return absl::OkStatus();
  });
}

/// x of least |a x - b|² + l |x|². `fast` solves the normal equations.
template <typename T, typename Out>
absl::Status leastSquares(Eigen::Map<const Matrix<T>> a,
                          Eigen::Map<const Matrix<T>> b, double l, bool fast,
                          Out x) {
  if (!fast) {
    x = a.completeOrthogonalDecomposition().solve(b);
    return absl::OkStatus();
  }
  bool tall = a.rows() >= a.cols();
  Matrix<T> gram =
      tall ? Matrix<T>(a.adjoint() * a) : Matrix<T>(a * a.adjoint());
  gram.diagonal().array() += T(l);
  Eigen::LLT<Matrix<T>> factor(gram);
  if (factor.info() != Eigen::Success)
    return invalid("expects a matrix of full rank: the normal equations have "
                   "no Cholesky factor");
  if (tall)
    x = factor.solve(a.adjoint() * b);
  else
    x = a.adjoint() * factor.solve(b);
  return absl::OkStatus();
}

absl::Status matrixSolveLs(RoutineCall &call) {
  absl::StatusOr<Batch> left = batchOf(call, 0, "matrix");
  absl::StatusOr<Batch> right = batchOf(call, 1, "rhs");
  absl::StatusOr<double> l = oneValue<double>(call, 2, "l2_regularizer");
  if (absl::Status status =
          firstError({left.status(), right.status(), l.status()});
      !status.ok())
    return status;
  if (left->rows != right->rows || left->outer != right->outer)
    return invalid("expects matrices and right sides of equal rows, but got ",
                   shapeText(call, 0), " and ", shapeText(call, 1));
  if (!(*l >= 0))
    return invalid("expects l2_regularizer of zero or more, but got ", *l);
  bool fast = call.attributes().getBool("fast", true);
  int64_t n = left->columns, columns = right->columns;
  return dispatchField(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    auto out = call.outputValues<T>(0, left->with({n, columns}));
    if (!out.ok())
      return out.status();
    std::fill(out->begin(), out->end(), T(0));
    absl::Status status;
    for (int64_t i = 0;
         status.ok() && left->rows && !out->empty() && i < left->count; ++i)
      status = leastSquares<T>(matrixOf<T>(call, 0, *left, i),
                               matrixOf<T>(call, 1, *right, i), *l, fast,
                               matrixOf<T>(*out, i, n, columns));
    return status;
  });
}

} // namespace

void addDecompositionRoutines(RoutineTable &table) {
  table.add("Svd", svd);
  table.add("Qr", qr);
  table.add("SelfAdjointEig", selfAdjointEigInOne);
  table.add("SelfAdjointEigV2", selfAdjointEig);
  table.add("MatrixSolveLs", matrixSolveLs);
}

} // namespace firn::runtime
