// Routines that order elements: the largest k of each row, the n-th of each
// row.
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <numeric>

namespace firn::runtime {
namespace {

/// Values from large to small; equal ones by their index, as in TensorFlow.
/// NaN stands before all numbers.
template <typename T> bool isBefore(T a, T b) {
  if constexpr (isFloating<T>) {
    if (a != a || b != b)
      return a != a && b == b;
  }
  return a > b;
}

/// The k first of [0, width) by `before`, in the order in which TensorFlow
/// leaves them if they need not be sorted: a heap of k + 1 whose front is the
/// last of them, and whose end is free.
template <typename Before>
void selectUnsorted(std::vector<int32_t> &order, int64_t k, Before before) {
  if (k == 0)
    return;
  auto begin = order.begin(), end = order.begin() + k + 1;
  std::make_heap(begin, end, before);
  std::pop_heap(begin, end, before);
  for (auto next = end; next != order.end(); ++next) {
    if (!before(*next, *begin))
      continue;
    *(end - 1) = *next;
    std::pop_heap(begin, end, before);
  }
}

absl::Status topK(RoutineCall &call, int64_t k) {
  const TensorView &input = call.input(0);
  if (input.rank < 1)
    return absl::InvalidArgumentError("expects an input of rank 1 at least");
  int64_t width = input.dims[input.rank - 1];
  if (k < 0 || k > width)
    return absl::InvalidArgumentError(absl::StrCat(
        "k is ", k, ", but the last dimension has ", width, " elements"));
  bool sorted = call.attributes().getBool("sorted", true) || k == width;
  Shape shape(input.dims, input.dims + input.rank);
  shape.back() = k;
  auto indices = call.outputValues<int32_t>(1, shape);
  if (!indices.ok())
    return indices.status();
  return dispatchReal(input.dtype, [&]<typename T>() -> absl::Status {
    auto values = call.outputValues<T>(0, shape);
    if (!values.ok() || values->empty())
      return values.status();
    std::vector<int32_t> order(static_cast<size_t>(width));
    int64_t rows = width ? call.numElements(0) / width : 0;
    for (int64_t row = 0; row < rows; ++row) {
      const T *from = call.values<T>(0).data() + row * width;
      std::iota(order.begin(), order.end(), 0);
      auto before = [&](int32_t a, int32_t b) {
        if (isBefore(from[a], from[b]))
          return true;
        return !isBefore(from[b], from[a]) && a < b;
      };
      if (sorted)
        std::partial_sort(order.begin(), order.begin() + k, order.end(),
                          before);
      else
        selectUnsorted(order, k, before);
      for (int64_t i = 0; i < k; ++i) {
        (*indices)[row * k + i] = order[i];
        (*values)[row * k + i] = from[order[i]];
      }
    }
    return absl::OkStatus();
  });
}

absl::Status topKOfOperand(RoutineCall &call) {
  std::vector<int64_t> k = call.integers(1);
  if (k.size() != 1)
    return absl::InvalidArgumentError("expects one k");
  return topK(call, k[0]);
}

absl::Status topKOfAttribute(RoutineCall &call) {
  return topK(call, call.attributes().getInt("k"));
}

absl::Status nthElement(RoutineCall &call) {
  const TensorView &input = call.input(0);
  std::vector<int64_t> n = call.integers(1);
  if (input.rank < 1 || n.size() != 1)
    return absl::InvalidArgumentError(
        "expects an input of rank 1 at least and one n");
  int64_t width = input.dims[input.rank - 1];
  if (n[0] < 0 || n[0] >= width)
    return absl::InvalidArgumentError(absl::StrCat(
        "n is ", n[0], ", but the last dimension has ", width, " elements"));
  bool reverse = call.attributes().getBool("reverse");
  int64_t position = reverse ? width - 1 - n[0] : n[0];
  Shape shape(input.dims, input.dims + input.rank - 1);
  return dispatchReal(input.dtype, [&]<typename T>() -> absl::Status {
    auto values = call.outputValues<T>(0, shape);
    if (!values.ok())
      return values.status();
    std::vector<T> row;
    const T *from = call.values<T>(0).data();
    for (T &value : *values) {
      row.assign(from, from + width);
      std::nth_element(row.begin(), row.begin() + position, row.end());
      value = row[static_cast<size_t>(position)];
      from += width;
    }
    return absl::OkStatus();
  });
}

} // namespace

void addSortingRoutines(RoutineTable &table) {
  table.add("TopK", topKOfAttribute);
  table.add("TopKV2", topKOfOperand);
  table.add("NthElement", nthElement);
}

} // namespace firn::runtime
