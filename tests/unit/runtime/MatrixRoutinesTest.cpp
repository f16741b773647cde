// Linear algebra against values worked out by hand, and against what the
// factors multiply to.
#include "tests/unit/runtime/RoutineCalls.h"

#include <cmath>
#include <complex>

namespace firn::runtime::test {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pointwise;
using Complex = std::complex<double>;

std::vector<double> product(const std::vector<double> &a,
                            const std::vector<double> &b, size_t rows,
                            size_t inner, size_t columns) {
  std::vector<double> c(rows * columns);
  for (size_t i = 0; i < rows; ++i)
    for (size_t k = 0; k < inner; ++k)
      for (size_t j = 0; j < columns; ++j)
        c[i * columns + j] += a[i * inner + k] * b[k * columns + j];
  return c;
}

testing::Matcher<std::vector<double>> near(const std::vector<double> &values) {
  return Pointwise(DoubleNear(1e-12), values);
}

TEST(MatrixRoutines, CholeskyOfABatch) {
  auto r = Call("Cholesky")
               .input<double>({2, 2, 2}, {4, 2, 2, 5, 9, 0, 0, 1})
               .results({{DType::Double, 3}});
  EXPECT_THAT(r[0].as<double>(), near({2, 0, 1, 2, 3, 0, 0, 1}));
  EXPECT_THAT(Call("Cholesky")
                  .input<double>({2, 2}, {1, 2, 2, 1})
                  .failure({{DType::Double, 2}}),
              HasSubstr("positive definite"));
}

TEST(MatrixRoutines, InverseAndSolve) {
  auto r = Call("MatrixInverse")
               .input<double>({2, 2}, {2, 1, 1, 1})
               .results({{DType::Double, 2}});
  EXPECT_THAT(r[0].as<double>(), near({1, -1, -1, 2}));
  r = Call("MatrixSolve")
          .attr("adjoint", true)
          .input<double>({2, 2}, {2, 4, 0, 1})
          .input<double>({2, 1}, {2, 5})
          .results({{DType::Double, 2}});
  EXPECT_THAT(r[0].as<double>(), near({1, 1}));
  EXPECT_THAT(Call("MatrixSolve")
                  .input<double>({2, 2}, {1, 2, 2, 4})
                  .input<double>({2, 1}, {1, 1})
                  .failure({{DType::Double, 2}}),
              HasSubstr("invertible"));
  EXPECT_THAT(Call("MatrixInverse")
                  .input<double>({2, 1}, {1, 2})
                  .failure({{DType::Double, 2}}),
              HasSubstr("square matrices, but got shape [2,1]"));
}

TEST(MatrixRoutines, Determinants) {
  auto r = Call("MatrixDeterminant")
               .input<double>({2, 2, 2}, {0, 2, 3, 4, 1, 2, 2, 4})
               .results({{DType::Double, 1}});
  EXPECT_THAT(r[0].as<double>(), near({-6, 0}));
  r = Call("LogMatrixDeterminant")
          .input<Complex>({1, 1, 1}, {Complex(0, 2)})
          .results({{DType::Complex128, 1}, {DType::Complex128, 1}});
  EXPECT_NEAR(std::abs(r[0].as<Complex>()[0] - Complex(0, 1)), 0, 1e-15);
  EXPECT_NEAR(std::abs(r[1].as<Complex>()[0] - std::log(2.0)), 0, 1e-15);
  r = Call("MatrixDeterminant")
          .input<double>({1, 0, 0}, {})
          .results({{DType::Double, 1}});
  EXPECT_THAT(r[0].as<double>(), near({1}));
}

TEST(MatrixRoutines, TriangularSolveReadsOneTriangle) {
  for (bool lower : {true, false}) {
    auto r = Call("MatrixTriangularSolve")
                 .attr("lower", lower)
                 .input<double>({2, 2}, {2, 99, 1, 4})
                 .input<double>({1, 2, 1}, {2, 5})
                 .results({{DType::Double, 3}});
    if (lower)
      EXPECT_THAT(r[0].as<double>(), near({1, 1}));
    else
      EXPECT_THAT(r[0].as<double>(), near({(2 - 99 * 1.25) / 2, 1.25}));
  }
}

TEST(MatrixRoutines, LuOfPermutedRows) {
  auto r = Call("Lu")
               .input<double>({2, 2}, {1, 2, 4, 4})
               .results({{DType::Double, 2}, {DType::Int32, 1}});
  EXPECT_THAT(r[0].as<double>(), near({4, 4, 0.25, 1}));
  EXPECT_THAT(r[1].as<int32_t>(), ElementsAre(1, 0));
}

TEST(MatrixRoutines, LeastSquaresBothWays) {
  for (bool fast : {true, false}) {
    auto r = Call("MatrixSolveLs")
                 .attr("fast", fast)
                 .input<double>({3, 1}, {1, 1, 1})
                 .input<double>({3, 1}, {1, 2, 6})
                 .input<double>({}, {0})
                 .results({{DType::Double, 2}});
    EXPECT_THAT(r[0].as<double>(), near({3}));
  }
}

TEST(MatrixRoutines, TridiagonalNeedsPivoting) {
  // {0 1 0; 1 1 2; 0 3 1} x = {2; 9; 9} has x = {1, 2, 3}.
  const std::vector<double> diagonals = {1, 2, 0, 0, 1, 1, 0, 1, 3};
  auto r = Call("TridiagonalSolve")
               .input<double>({3, 3}, diagonals)
               .input<double>({3, 1}, {2, 9, 9})
               .results({{DType::Double, 2}});
  EXPECT_THAT(r[0].as<double>(), near({1, 2, 3}));
  r = Call("TridiagonalMatMul")
          .input<double>({1, 3}, {1, 2, 0})
          .input<double>({1, 3}, {0, 1, 1})
          .input<double>({1, 3}, {0, 1, 3})
          .input<double>({3, 1}, {1, 2, 3})
          .results({{DType::Double, 2}});
  EXPECT_THAT(r[0].as<double>(), near({2, 9, 9}));
  EXPECT_THAT(Call("TridiagonalSolve")
                  .attr("partial_pivoting", false)
                  .input<double>({3, 3}, diagonals)
                  .input<double>({3, 1}, {2, 9, 9})
                  .failure({{DType::Double, 2}}),
              HasSubstr("invertible"));
}

TEST(MatrixRoutines, SvdMultipliesToItsInput) {
  const std::vector<double> a = {3, 1, 2, 0, -1, 4};
  for (bool full : {false, true}) {
    auto r =
        Call("Svd")
            .attr("full_matrices", full)
            .input<double>({3, 2}, a)
            .results(
                {{DType::Double, 1}, {DType::Double, 2}, {DType::Double, 2}});
    auto s = r[0].as<double>(), u = r[1].as<double>(), v = r[2].as<double>();
    EXPECT_EQ(r[1].shape(), (Shape{3, full ? 3 : 2}));
    size_t width = full ? 3 : 2;
    std::vector<double> us, vt = {v[0], v[2], v[1], v[3]};
    for (size_t i = 0; i < 3; ++i)
      for (size_t j = 0; j < 2; ++j)
        us.push_back(u[i * width + j] * s[j]);
    EXPECT_THAT(product(us, vt, 3, 2, 2), near(a));
    EXPECT_GE(s[0], s[1]);
  }
  auto r =
      Call("Svd")
          .attr("compute_uv", false)
          .input<float>({2, 2}, {3, 0, 0, -4})
          .results({{DType::Float, 1}, {DType::Float, 1}, {DType::Float, 1}});
  EXPECT_THAT(r[0].as<float>(), Pointwise(testing::FloatEq(), {4.0f, 3.0f}));
  EXPECT_EQ(r[1].shape(), Shape{0});
}

TEST(MatrixRoutines, QrMultipliesToItsInput) {
  const std::vector<double> a = {1, 2, 3, 4, 5, 7};
  auto r = Call("Qr").input<double>({3, 2}, a).results(
      {{DType::Double, 2}, {DType::Double, 2}});
  EXPECT_THAT(product(r[0].as<double>(), r[1].as<double>(), 3, 2, 2), near(a));
  EXPECT_EQ(r[1].as<double>()[2], 0);
  r = Call("Qr")
          .attr("full_matrices", true)
          .input<double>({3, 2}, a)
          .results({{DType::Double, 2}, {DType::Double, 2}});
  EXPECT_EQ(r[0].shape(), (Shape{3, 3}));
  EXPECT_THAT(product(r[0].as<double>(), r[1].as<double>(), 3, 3, 2), near(a));
}

TEST(MatrixRoutines, EigenvaluesInOrder) {
  auto r = Call("SelfAdjointEigV2")
               .input<double>({2, 2}, {2, 1, 1, 2})
               .results({{DType::Double, 1}, {DType::Double, 2}});
  EXPECT_THAT(r[0].as<double>(), near({1, 3}));
  auto old = Call("SelfAdjointEig")
                 .input<double>({2, 2}, {2, 1, 1, 2})
                 .results({{DType::Double, 2}});
  EXPECT_EQ(old[0].shape(), (Shape{3, 2}));
  EXPECT_NEAR(old[0].as<double>()[1], 3, 1e-12);
}

TEST(MatrixRoutines, CrossProducts) {
  auto r = Call("Cross")
               .input<int32_t>({3}, {1, 2, 3})
               .input<int32_t>({3}, {4, 5, 6})
               .results({{DType::Int32, 1}});
  EXPECT_THAT(r[0].as<int32_t>(), ElementsAre(-3, 6, -3));
}

} // namespace
} // namespace firn::runtime::test
