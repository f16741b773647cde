// Unions, intersections and differences of the sets in the rows of two
// tensors, dense or sparse. The result is sparse: each row's values in order.
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/Sparse.h"

#include <iterator>
#include <map>
#include <set>

namespace firn::runtime {
namespace {

/// The values of a row, by the index of the row.
template <typename K> using Rows = std::map<Shape, std::set<K>>;

/// Numbers as wide integers, strings by their text.
template <typename T> auto keyOf(T value) {
  if constexpr (std::is_same_v<T, StringRef>)
    return value ? std::string_view(*value) : std::string_view();
  else
    return static_cast<int64_t>(value);
}

/// Reads a dense operand; `groups` is its shape without the last dimension.
template <typename T, typename K>
absl::Status readDense(const RoutineCall &call, size_t index, Shape &groups,
                       Rows<K> &rows) {
  const TensorView &view = call.input(index);
  if (absl::Status status = requireRankAtLeast(call, index, "sets", 2);
      !status.ok())
    return status;
  groups = dimsOf(view, 0, view.rank - 1);
  int64_t width = view.dims[view.rank - 1];
  const T *from = call.values<T>(index).data();
  for (int64_t row = 0; row < countOf(view, 0, view.rank - 1); ++row) {
    Shape at(groups.size());
    int64_t rest = row;
    for (size_t dim = groups.size(); dim-- > 0; rest /= groups[dim])
      at[dim] = rest % groups[dim];
    for (int64_t i = 0; i < width; ++i)
      rows[at].insert(keyOf(from[row * width + i]));
  }
  return absl::OkStatus();
}

template <typename T, typename K>
absl::Status readRows(const RoutineCall &call, size_t index, bool sparse,
                      Shape &groups, Rows<K> &rows) {
  if (!sparse)
    return readDense<T, K>(call, index, groups, rows);
  absl::StatusOr<Sparse> tensor = readSparse(call, index, index + 1, index + 2);
  if (!tensor.ok())
    return tensor.status();
  if (tensor->rank < 2)
    return invalid("expects sets of rank 2 or more, but got shape ",
                   shapeToString(tensor->shape));
  groups.assign(tensor->shape.begin(), tensor->shape.end() - 1);
  for (int64_t i = 0; i < tensor->count; ++i) {
    std::span<const int64_t> at = tensor->at(i);
    rows[Shape(at.begin(), at.end() - 1)].insert(
        keyOf(call.values<T>(index + 1)[static_cast<size_t>(i)]));
  }
  return absl::OkStatus();
}

template <typename K>
absl::StatusOr<std::set<K>> combine(const std::string &operation,
                                    const std::set<K> &a,
                                    const std::set<K> &b) {
  std::set<K> result;
  auto to = std::inserter(result, result.end());
  if (operation == "a-b")
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), to);
  else if (operation == "b-a")
    std::set_difference(b.begin(), b.end(), a.begin(), a.end(), to);
  else if (operation == "intersection")
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), to);
  else if (operation == "union")
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), to);
  else
    return invalid("expects set_operation a-b, b-a, intersection or union, "
                   "but got '",
                   operation, "'");
  return result;
}

template <typename T>
absl::Status write(RoutineCall &call, const Shape &groups,
                   const Rows<decltype(keyOf(T()))> &rows) {
  int64_t count = 0, widest = 0;
  for (const auto &[at, values] : rows) {
    auto size = static_cast<int64_t>(values.size());
    count += size;
    widest = std::max(widest, size);
  }
  auto rank = static_cast<int64_t>(groups.size()) + 1;
  auto indices = call.outputValues<int64_t>(0, Shape{count, rank});
  auto values = call.outputValues<T>(1, Shape{count});
  auto shape = call.outputValues<int64_t>(2, Shape{rank});
  if (absl::Status status =
          firstError({indices.status(), values.status(), shape.status()});
      !status.ok())
    return status;
  auto index = indices->begin();
  auto value = values->begin();
  for (const auto &[at, set] : rows) {
    int64_t position = 0;
    for (const auto &key : set) {
      index = std::copy(at.begin(), at.end(), index);
      *index++ = position++;
      if constexpr (std::is_same_v<T, StringRef>)
        *value++ = call.newString(std::string(key));
      else
        *value++ = static_cast<T>(key);
    }
  }
  std::copy(groups.begin(), groups.end(), shape->begin());
  shape->back() = widest;
  return absl::OkStatus();
}

template <bool sparseA, bool sparseB>
absl::Status setOperation(RoutineCall &call) {
  std::string operation = call.attributes().getString("set_operation");
  auto run = [&]<typename T>() -> absl::Status {
    using K = decltype(keyOf(T()));
    Rows<K> a, b, result;
    Shape groupsA, groupsB;
    if (absl::Status status = firstError(
            {readRows<T, K>(call, 0, sparseA, groupsA, a),
             readRows<T, K>(call, sparseA ? 3 : 1, sparseB, groupsB, b)});
        !status.ok())
      return status;
    if (groupsA != groupsB)
      return invalid("expects sets in rows of equal shapes, but got ",
                     shapeToString(groupsA), " and ", shapeToString(groupsB));
    for (const auto *rows : {&a, &b})
      for (const auto &entry : *rows) {
        absl::StatusOr<std::set<K>> both =
            combine(operation, a[entry.first], b[entry.first]);
        if (!both.ok())
          return both.status();
        result[entry.first] = *std::move(both);
      }
    return write<T>(call, groupsA, result);
  };
  if (call.outputType(1) == DType::String)
    return run.template operator()<StringRef>();
  return dispatchInteger(call.outputType(1), run);
}

} // namespace

void addSetOperationRoutines(RoutineTable &table) {
  table.add("DenseToDenseSetOperation", setOperation<false, false>);
  table.add("DenseToSparseSetOperation", setOperation<false, true>);
  table.add("SparseToSparseSetOperation", setOperation<true, true>);
}

} // namespace firn::runtime
