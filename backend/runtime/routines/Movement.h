// What routines that move elements share: axes, strides, and one copy that all
// of them are a case of.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_MOVEMENT_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_MOVEMENT_H

#include "backend/runtime/Routine.h"
#include "backend/runtime/routines/Checks.h"

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"

#include <vector>

namespace firn::runtime {

/// The elements of an integer operand of any width, as int64.
std::vector<int64_t> readIntegers(const TensorView &tensor);

/// The one integer of an operand as an axis.
absl::StatusOr<int64_t> readAxis(const TensorView &tensor, int64_t rank);

/// Elements from one index to the next, for each dimension of a dense tensor
/// that has elements; those of an empty one say nothing.
std::vector<int64_t> stridesOf(std::span<const int64_t> shape);

/// The product of sizes that are known to belong to a tensor.
int64_t productOf(std::span<const int64_t> sizes);

/// Where the indices of each result dimension point: result[i, j, …] is
/// source[tables[0][i] + tables[1][j] + …], or the fill value if one of the
/// entries is kFill.
using OffsetTables = std::vector<std::vector<int64_t>>;
inline constexpr int64_t kFill = -1;

/// first, first + step, … times stride.
std::vector<int64_t> makeOffsets(int64_t first, int64_t step, int64_t count,
                                 int64_t stride);

/// Makes output `output` of `shape`, whose dimensions are those of the tables
/// but for some of size 1. `makeTables` is asked once the memory of an output
/// with elements is there, so that no table is longer than what it is for.
/// `fill`: one element, zero if null.
absl::Status copyByTables(RoutineCall &call, size_t output,
                          std::span<const int64_t> shape,
                          const TensorView &source,
                          absl::FunctionRef<OffsetTables()> makeTables,
                          const void *fill = nullptr);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_MOVEMENT_H
