// Routines that take and put elements by index or diagonal, against values
// worked out by hand.
#include "tests/unit/runtime/RoutineTest.h"

namespace firn::runtime {
namespace {

using Ints = std::vector<int32_t>;

void expectInts(RoutineRun run, const Shape &shape, const Ints &values) {
  auto out = run.result(DType::Int32, shape.size()).run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].shape(), shape);
  EXPECT_EQ(valuesOf<int32_t>((*out)[0]), values);
}

void expectError(RoutineRun run, size_t rank, const std::string &text) {
  EXPECT_EQ(run.result(DType::Int32, rank).run().status().message(), text);
}

RoutineRun matrix(const char *op) {
  return RoutineRun(op).input<int32_t>({2, 3}, {1, 2, 3, 4, 5, 6});
}

TEST(GatherRoutines, AlongAnAxis) {
  expectInts(
      matrix("GatherV2").input<int32_t>({2}, {2, 0}).input<int32_t>({}, {1}),
      {2, 2}, {3, 1, 6, 4});
  expectInts(matrix("Gather").input<int32_t>({1, 1}, {1}), {1, 1, 3},
             {4, 5, 6});
  // One row of indices for each row of params.
  expectInts(matrix("GatherV2")
                 .input<int32_t>({2, 1}, {2, 0})
                 .input<int32_t>({}, {1})
                 .attr("batch_dims", int64_t{1}),
             {2, 1}, {3, 4});
  expectError(matrix("Gather").input<int32_t>({2}, {1, 2}), 2,
              "index 2 at position 1 is not in [0, 2)");
}

TEST(GatherRoutines, ByIndexVectors) {
  expectInts(matrix("GatherNd").input<int32_t>({2, 2}, {1, 2, 0, 0}), {2},
             {6, 1});
  expectInts(matrix("GatherNd").input<int32_t>({1, 1}, {1}), {1, 3}, {4, 5, 6});
  expectError(matrix("GatherNd").input<int32_t>({1, 2}, {0, 3}), 1,
              "index [0, 3] at position 0 does not point into [2,3]");
}

TEST(ScatterRoutines, ScatterNdAddsUp) {
  auto scatter = [](Ints indices) {
    return RoutineRun("ScatterNd")
        .input<int32_t>({3, 1}, indices)
        .input<int32_t>({3}, {1, 2, 4})
        .input<int32_t>({1}, {4});
  };
  expectInts(scatter({3, 1, 3}), {4}, {0, 2, 0, 5});
  expectError(scatter({3, 4, 3}), 1,
              "index [4] at position 1 does not point into [4]");
}

TEST(ScatterRoutines, TensorScatter) {
  auto scatter = [](const char *op) {
    return matrix(op)
        .input<int32_t>({2, 1}, {1, 1})
        .input<int32_t>({2, 3}, {10, 0, 1, 1, 1, 20});
  };
  expectInts(scatter("TensorScatterUpdate"), {2, 3}, {1, 2, 3, 1, 1, 20});
  expectInts(scatter("TensorScatterAdd"), {2, 3}, {1, 2, 3, 15, 6, 27});
  expectInts(scatter("TensorScatterSub"), {2, 3}, {1, 2, 3, -7, 4, -15});
  expectInts(scatter("TensorScatterMax"), {2, 3}, {1, 2, 3, 10, 5, 20});
  expectInts(scatter("TensorScatterMin"), {2, 3}, {1, 2, 3, 1, 0, 1});
  expectError(matrix("TensorScatterAdd")
                  .input<int32_t>({1, 1}, {0})
                  .input<int32_t>({1, 2}, {1, 2}),
              2, "expects updates of shape [1,3], but got [1,2]");
}

TEST(DiagonalRoutines, Main) {
  expectInts(RoutineRun("MatrixDiag").input<int32_t>({2, 2}, {1, 2, 3, 4}),
             {2, 2, 2}, {1, 0, 0, 2, 3, 0, 0, 4});
  expectInts(matrix("MatrixDiagPart"), {2}, {1, 5});
  expectInts(matrix("MatrixSetDiag").input<int32_t>({2}, {8, 9}), {2, 3},
             {8, 2, 3, 4, 9, 6});
  expectInts(RoutineRun("Diag").input<int32_t>({2}, {1, 2}), {2, 2},
             {1, 0, 0, 2});
  expectInts(RoutineRun("DiagPart").input<int32_t>({2, 2}, {1, 2, 3, 4}), {2},
             {1, 4});
}

// Diagonals -1, 0 and 1 of [[1 2 3] [4 5 6]]: [2 6], [1 5], [4].
TEST(DiagonalRoutines, SeveralWithAlignment) {
  auto part = [](const char *op, const char *align) {
    RoutineRun run =
        matrix(op).input<int32_t>({2}, {-1, 1}).input<int32_t>({}, {7});
    if (align)
      run.attr("align", std::string(align));
    return run;
  };
  expectInts(part("MatrixDiagPartV2", nullptr), {3, 2}, {2, 6, 1, 5, 4, 7});
  expectInts(part("MatrixDiagPartV3", "RIGHT_LEFT"), {3, 2},
             {2, 6, 1, 5, 4, 7});
  expectInts(part("MatrixDiagPartV3", "LEFT_RIGHT"), {3, 2},
             {2, 6, 1, 5, 7, 4});
  // Diagonals 0 to 2: [3], [2 6], [1 5]; by default the first ones stand right.
  expectInts(matrix("MatrixDiagPartV3")
                 .input<int32_t>({2}, {0, 2})
                 .input<int32_t>({}, {7}),
             {3, 2}, {7, 3, 2, 6, 1, 5});
  expectError(part("MatrixDiagPartV3", "LEFT_RIGHT").input<int32_t>({}, {0}), 1,
              "output 0 has shape [3,2], but [?] was expected");
}

TEST(DiagonalRoutines, MatricesFromDiagonals) {
  auto make = [](Ints k, Ints diagonal, int32_t rows, int32_t columns) {
    Shape shape{2};
    if (k.size() > 1)
      shape.insert(shape.begin(), k[1] - k[0] + 1);
    return RoutineRun("MatrixDiagV3")
        .input<int32_t>(shape, diagonal)
        .input<int32_t>({int64_t(k.size())}, k)
        .input<int32_t>({}, {rows})
        .input<int32_t>({}, {columns})
        .input<int32_t>({}, {7});
  };
  expectInts(make({1}, {1, 2}, -1, -1), {3, 3}, {7, 1, 7, 7, 7, 2, 7, 7, 7});
  expectInts(make({1}, {1, 2}, 2, 3), {2, 3}, {7, 1, 7, 7, 7, 2});
  // The superdiagonal [9] stands right in its row.
  expectInts(make({0, 1}, {0, 9, 1, 2}, -1, -1), {2, 2}, {1, 9, 7, 2});
  expectError(make({1}, {1, 2}, 4, 4), 2,
              "diagonals 1 to 1 of at most 2 elements do not fit a matrix of 4 "
              "x 4");
  expectInts(matrix("MatrixSetDiagV3")
                 .input<int32_t>({2}, {8, 9})
                 .input<int32_t>({}, {1}),
             {2, 3}, {1, 8, 3, 4, 5, 9});
}

} // namespace
} // namespace firn::runtime
