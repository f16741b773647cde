// Ragged tensors: values, and for each ragged dimension the positions where its
// rows begin (splits), from zero to the number of rows below.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"

#include <cmath>

namespace firn::runtime {
namespace {

using Splits = std::vector<int64_t>;

/// Reads splits over `rows` rows below (-1: their number is not checked).
absl::StatusOr<Splits> readSplits(const RoutineCall &call, size_t index,
                                  int64_t rows) {
  Splits splits = call.integers(index);
  bool valid = call.input(index).rank == 1 && !splits.empty() &&
               splits.front() == 0 &&
               std::is_sorted(splits.begin(), splits.end()) &&
               (rows < 0 || splits.back() == rows);
  if (!valid)
    return invalid("expects row splits in order from zero to the number of "
                   "values",
                   rows < 0 ? "" : absl::StrCat(" (", rows, ")"), ", but got [",
                   shapeToString(splits), "]");
  return splits;
}

/// Reads splits that operands [0, count) hold, outermost first; operand `count`
/// holds the values.
absl::StatusOr<std::vector<Splits>> readAllSplits(const RoutineCall &call,
                                                  size_t count) {
  if (absl::Status status = requireRankAtLeast(call, count, "values", 1);
      !status.ok())
    return status;
  std::vector<Splits> all(count);
  int64_t rows = call.input(count).dims[0];
  for (size_t i = count; i-- > 0;) {
    absl::StatusOr<Splits> splits = readSplits(call, i, rows);
    if (!splits.ok())
      return splits.status();
    all[i] = *std::move(splits);
    rows = static_cast<int64_t>(all[i].size()) - 1;
  }
  return all;
}

/// Writes integers as int32 or int64, whichever the output is.
absl::Status writeSplits(RoutineCall &call, size_t output,
                         const Splits &splits) {
  return dispatchInteger(call.outputType(output), [&]<typename T>() {
    auto out = call.outputValues<T>(output,
                                    Shape{static_cast<int64_t>(splits.size())});
    if (out.ok())
      std::transform(splits.begin(), splits.end(), out->begin(),
                     [](int64_t value) { return static_cast<T>(value); });
    return out.status();
  });
}

/// How many numbers a range has; -1 if that is too many to count.
template <typename T> int64_t rangeSize(T start, T limit, T delta) {
  double size =
      std::ceil((static_cast<double>(limit) - static_cast<double>(start)) /
                static_cast<double>(delta));
  if (!(size < 1e15))
    return -1;
  return size > 0 ? static_cast<int64_t>(size) : 0;
}

/// Operands: starts, limits, deltas: vectors of one length, or scalars.
absl::Status raggedRange(RoutineCall &call) {
  int64_t count = 1;
  for (size_t i = 0; i < 3; ++i)
    if (call.input(i).rank > 0)
      count = call.numElements(i);
  for (size_t i = 0; i < 3; ++i)
    if (call.input(i).rank > 1 ||
        (call.input(i).rank == 1 && call.numElements(i) != count))
      return invalid("expects vectors of ", count,
                     " elements or scalars, but got shape ",
                     shapeText(call, i));
  return dispatchReal(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    auto at = [&](size_t operand, int64_t i) {
      return call.values<T>(operand)[call.input(operand).rank ? i : 0];
    };
    Splits splits = {0};
    for (int64_t i = 0; i < count; ++i) {
      if (at(2, i) == T(0))
        return invalid("expects deltas other than zero, but number ", i,
                       " is zero");
      int64_t size = rangeSize<T>(at(0, i), at(1, i), at(2, i));
      if (size < 0 || splits.back() > int64_t(1) << 50)
        return invalid("range number ", i, " is too long");
      splits.push_back(splits.back() + size);
    }
    auto out = call.outputValues<T>(1, Shape{splits.back()});
    if (!out.ok())
      return out.status();
    auto to = out->begin();
    for (int64_t i = 0; i < count; ++i) {
      T value = at(0, i);
      for (int64_t k = splits[i]; k < splits[i + 1]; ++k) {
        *to++ = value;
        value = T(value + at(2, i));
      }
    }
    return writeSplits(call, 0, splits);
  });
}

/// Operands: splits, outermost first, then values.
absl::Status raggedTensorToSparse(RoutineCall &call) {
  size_t ragged = call.numInputs() - 1;
  absl::StatusOr<std::vector<Splits>> splits = readAllSplits(call, ragged);
  if (!splits.ok())
    return splits.status();
  const TensorView &values = call.input(ragged);
  auto rank = static_cast<int64_t>(ragged) + values.rank;
  int64_t count = call.numElements(ragged);
  auto indices = call.outputValues<int64_t>(0, Shape{count, rank});
  auto shape = call.outputValues<int64_t>(2, Shape{rank});
  if (!indices.ok() || !shape.ok())
    return indices.ok() ? shape.status() : indices.status();
  (*shape)[0] = static_cast<int64_t>((*splits)[0].size()) - 1;
  for (size_t level = 0; level < ragged; ++level) {
    int64_t widest = 0;
    for (size_t i = 0; i + 1 < (*splits)[level].size(); ++i)
      widest = std::max(widest, (*splits)[level][i + 1] - (*splits)[level][i]);
    (*shape)[level + 1] = widest;
  }
  for (int64_t dim = 1; dim < values.rank; ++dim)
    (*shape)[ragged + static_cast<size_t>(dim)] = values.dims[dim];
  int64_t width = countOf(values, 1, values.rank);
  for (int64_t element = 0; element < count; ++element) {
    auto row = indices->subspan(element * rank, rank);
    int64_t rest = element % width;
    for (int64_t dim = values.rank; dim-- > 1; rest /= values.dims[dim])
      row[ragged + dim] = rest % values.dims[dim];
    int64_t below = element / width;
    for (size_t level = ragged; level-- > 0;) {
      const Splits &own = (*splits)[level];
      int64_t parent =
          std::upper_bound(own.begin(), own.end(), below) - own.begin() - 1;
      row[level + 1] = below - own[parent];
      below = parent;
    }
    row[0] = below;
  }
  return dispatchBits(values.dtype, [&]<typename T>() {
    auto out = call.outputValues<T>(1, Shape{count});
    if (out.ok())
      std::copy_n(call.values<T>(ragged).data(), count, out->begin());
    return out.status();
  });
}

/// Operands: splits, outermost first, values, and indices of outermost rows.
absl::Status raggedGather(RoutineCall &call) {
  size_t ragged = call.numInputs() - 2;
  absl::StatusOr<std::vector<Splits>> splits = readAllSplits(call, ragged);
  if (!splits.ok())
    return splits.status();
  const TensorView &values = call.input(ragged);
  const TensorView &indexView = call.input(ragged + 1);
  auto outer = static_cast<size_t>(std::max<int64_t>(indexView.rank, 1)) - 1;
  if (indexView.rank < 1 || call.numOutputs() != outer + ragged + 1)
    return invalid("expects ", call.numOutputs() - 1 - ragged + 1,
                   " dimensions of indices, but got shape ",
                   shapeText(call, ragged + 1));
  auto rows = static_cast<int64_t>((*splits)[0].size()) - 1;
  std::vector<std::pair<int64_t, int64_t>> pieces; // of the level, [from, to)
  for (int64_t index : call.integers(ragged + 1)) {
    if (index < 0 || index >= rows)
      return invalid("expects indices in [0, ", rows, "), but got ", index);
    pieces.push_back({index, index + 1});
  }
  // The dimensions of the indices are regular.
  for (size_t dim = 0; dim < outer; ++dim) {
    int64_t count = countOf(indexView, 0, static_cast<int64_t>(dim) + 1);
    Splits regular;
    for (int64_t i = 0; i <= count; ++i)
      regular.push_back(i * indexView.dims[dim + 1]);
    if (absl::Status status = writeSplits(call, dim, regular); !status.ok())
      return status;
  }
  for (size_t level = 0; level < ragged; ++level) {
    Splits gathered = {0};
    const Splits &own = (*splits)[level];
    for (auto &[from, to] : pieces) {
      for (int64_t row = from; row < to; ++row)
        gathered.push_back(gathered.back() + own[row + 1] - own[row]);
      from = own[from];
      to = own[to];
    }
    if (absl::Status status = writeSplits(call, outer + level, gathered);
        !status.ok())
      return status;
  }
  Shape shape = dimsOf(values, 0, values.rank);
  shape[0] = 0;
  for (auto [from, to] : pieces)
    shape[0] += to - from;
  int64_t width = countOf(values, 1, values.rank);
  return dispatchBits(values.dtype, [&]<typename T>() {
    auto out = call.outputValues<T>(outer + ragged, shape);
    if (!out.ok())
      return out.status();
    auto to = out->begin();
    for (auto [from, end] : pieces)
      to = std::copy_n(call.values<T>(ragged).data() + from * width,
                       (end - from) * width, to);
    return absl::OkStatus();
  });
}

} // namespace

void addRaggedRoutines(RoutineTable &table) {
  table.add("RaggedRange", raggedRange);
  table.add("RaggedTensorToSparse", raggedTensorToSparse);
  table.add("RaggedGather", raggedGather);
}

} // namespace firn::runtime
