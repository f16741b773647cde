// Routines that count and locate: histograms, positions in sorted rows, targets
// among the best classes, and the running log-sum-exp.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"

#include <cmath>
#include <limits>

namespace firn::runtime {
namespace {

//===----------------------------------------------------------------------===//
// Targets among the k best
//===----------------------------------------------------------------------===//

/// Whether fewer than k classes are better than the target. A row that is not
/// finite says nothing.
bool isAmongBest(std::span<const float> row, int64_t target, int64_t k) {
  if (target < 0 || target >= static_cast<int64_t>(row.size()) ||
      !std::isfinite(row[static_cast<size_t>(target)]))
    return false;
  float score = row[static_cast<size_t>(target)];
  int64_t better = 0;
  for (float other : row) {
    if (!std::isfinite(other))
      return false;
    if (other > score && ++better >= k)
      return false;
  }
  return better < k;
}

absl::Status inTopK(RoutineCall &call, int64_t k) {
  const TensorView &predictions = call.input(0);
  if (absl::Status status =
          firstError({requireRank(call, 0, "predictions", 2),
                      requireRank(call, 1, "targets", 1),
                      requireEqual("numbers of rows", predictions.dims[0],
                                   call.numElements(1))});
      !status.ok())
    return status;
  std::vector<int64_t> targets = call.integers(1);
  auto result = call.outputValues<bool>(0, dimsOf(predictions, 0, 1));
  if (!result.ok())
    return result.status();
  auto classes = static_cast<size_t>(predictions.dims[1]);
  for (size_t row = 0; row < targets.size(); ++row)
    (*result)[row] = isAmongBest(
        call.values<float>(0).subspan(row * classes, classes), targets[row], k);
  return absl::OkStatus();
}

absl::Status inTopKOfAttribute(RoutineCall &call) {
  return inTopK(call, call.attributes().getInt("k"));
}

absl::Status inTopKOfOperand(RoutineCall &call) {
  absl::StatusOr<int64_t> k = oneInteger(call, 2, "k");
  return k.ok() ? inTopK(call, *k) : k.status();
}

//===----------------------------------------------------------------------===//
// Positions in sorted rows
//===----------------------------------------------------------------------===//

absl::Status bucketize(RoutineCall &call) {
  std::vector<double> boundaries =
      call.attributes().getList<double>("boundaries");
  const TensorView &input = call.input(0);
  auto buckets = call.outputValues<int32_t>(0, input.shape());
  if (!buckets.ok())
    return buckets.status();
  return dispatchReal(input.dtype, [&]<typename T>() {
    std::span<const T> values = call.values<T>(0);
    for (size_t i = 0; i < values.size(); ++i)
      (*buckets)[i] = static_cast<int32_t>(
          std::upper_bound(boundaries.begin(), boundaries.end(),
                           static_cast<double>(values[i])) -
          boundaries.begin());
    return absl::OkStatus();
  });
}

/// For each value the first position of its row's sorted elements that is not
/// less (upper: that is greater).
template <bool upper> absl::Status bound(RoutineCall &call) {
  if (absl::Status status =
          firstError({requireRank(call, 0, "sorted_inputs", 2),
                      requireRank(call, 1, "values", 2)});
      !status.ok())
    return status;
  const TensorView &sorted = call.input(0), &values = call.input(1);
  if (sorted.dims[0] != values.dims[0])
    return requireEqual("numbers of rows", sorted.dims[0], values.dims[0]);
  auto find = [&]<typename T, typename I>(std::span<I> out) {
    for (int64_t row = 0, i = 0; row < values.dims[0]; ++row) {
      const T *begin = call.values<T>(0).data() + row * sorted.dims[1];
      const T *end = begin + sorted.dims[1];
      for (int64_t column = 0; column < values.dims[1]; ++column, ++i) {
        T value = call.values<T>(1)[i];
        out[i] = static_cast<I>((upper ? std::upper_bound(begin, end, value)
                                       : std::lower_bound(begin, end, value)) -
                                begin);
      }
    }
  };
  return dispatchReal(sorted.dtype, [&]<typename T>() -> absl::Status {
    if (call.outputType(0) == DType::Int64) {
      auto out = call.outputValues<int64_t>(0, values.shape());
      if (out.ok())
        find.template operator()<T, int64_t>(*out);
      return out.status();
    }
    auto out = call.outputValues<int32_t>(0, values.shape());
    if (out.ok())
      find.template operator()<T, int32_t>(*out);
    return out.status();
  });
}

//===----------------------------------------------------------------------===//
// Counts
//===----------------------------------------------------------------------===//

/// Adds up the weights of each number (1 without weights; with `binary`, 1 is
/// the sum of any of them), for each row of the numbers. Operands: numbers,
/// size, weights.
absl::Status countNumbers(RoutineCall &call, bool byRow, bool binary) {
  const TensorView &numbers = call.input(0);
  absl::StatusOr<int64_t> size = oneSize(call, 1, "size");
  if (!size.ok())
    return size.status();
  int64_t rows = byRow ? numbers.dims[0] : 1;
  bool weighted = call.numElements(2) > 0;
  if (weighted && call.numElements(2) != call.numElements(0))
    return invalid("expects weights of shape ", shapeText(call, 0),
                   " or none, but got shape ", shapeText(call, 2));
  std::vector<int64_t> values = call.integers(0);
  for (size_t i = 0; i < values.size(); ++i)
    if (values[i] < 0)
      return invalid("expects no negative numbers, but got ", values[i],
                     " at position ", i);
  Shape shape = byRow ? Shape{rows, *size} : Shape{*size};
  return dispatchReal(call.outputType(0), [&]<typename T>() -> absl::Status {
    auto bins = call.outputValues<T>(0, shape);
    if (!bins.ok())
      return bins.status();
    std::fill(bins->begin(), bins->end(), T(0));
    size_t width = rows ? values.size() / static_cast<size_t>(rows) : 0;
    for (size_t i = 0; i < values.size(); ++i) {
      if (values[i] >= *size)
        continue;
      auto row = static_cast<int64_t>(i / width);
      T &bin = (*bins)[static_cast<size_t>(row * *size + values[i])];
      bin = binary ? T(1) : T(bin + (weighted ? call.values<T>(2)[i] : T(1)));
    }
    return absl::OkStatus();
  });
}

absl::Status bincount(RoutineCall &call) {
  return countNumbers(call, /*byRow=*/false, /*binary=*/false);
}

absl::Status denseBincount(RoutineCall &call) {
  int64_t rank = call.input(0).rank;
  if (rank != 1 && rank != 2)
    return invalid("expects an input of rank 1 or 2, but got shape ",
                   shapeText(call, 0));
  return countNumbers(call, rank == 2,
                      call.attributes().getBool("binary_output"));
}

absl::Status histogramFixedWidth(RoutineCall &call) {
  absl::StatusOr<int64_t> bins = oneInteger(call, 2, "nbins");
  if (!bins.ok())
    return bins.status();
  if (*bins <= 0 || call.numElements(1) != 2)
    return invalid(
        "expects one bin or more and a range of two values, but got ", *bins,
        " bins and a range of shape ", shapeText(call, 1));
  return dispatchReal(call.input(0).dtype, [&]<typename T>() {
    T low = call.values<T>(1)[0], high = call.values<T>(1)[1];
    if (!(low < high))
      return invalid("expects a range from a smaller to a larger value, but "
                     "got ",
                     static_cast<double>(low), " and ",
                     static_cast<double>(high));
    double step =
        static_cast<double>(T(high - low)) / static_cast<double>(*bins);
    return dispatchInteger(call.outputType(0), [&]<typename I>() {
      auto counts = call.outputValues<I>(0, Shape{*bins});
      if (!counts.ok())
        return counts.status();
      std::fill(counts->begin(), counts->end(), I(0));
      for (T value : call.values<T>(0)) {
        double bin =
            value > low ? static_cast<double>(T(value - low)) / step : 0.0;
        double last = static_cast<double>(*bins - 1);
        ++(*counts)[static_cast<size_t>(std::min(bin, last))];
      }
      return absl::OkStatus();
    });
  });
}

//===----------------------------------------------------------------------===//
// Running log-sum-exp
//===----------------------------------------------------------------------===//

double logSumExp(double a, double b) {
  double high = std::max(a, b), low = std::min(a, b);
  if (a != a || b != b)
    return a + b;
  return high == low && std::isinf(high)
             ? high
             : high + std::log1p(std::exp(low - high));
}

absl::Status cumulativeLogSumExp(RoutineCall &call) {
  const TensorView &x = call.input(0);
  absl::StatusOr<int64_t> wanted = oneInteger(call, 1, "axis");
  if (!wanted.ok())
    return wanted.status();
  absl::StatusOr<int64_t> axis = normalAxis(*wanted, x.rank);
  if (!axis.ok())
    return axis.status();
  int64_t outer = countOf(x, 0, *axis), size = x.dims[*axis],
          inner = countOf(x, *axis + 1, x.rank);
  bool exclusive = call.attributes().getBool("exclusive");
  bool reverse = call.attributes().getBool("reverse");
  return dispatchFloat(x.dtype, [&]<typename T>() -> absl::Status {
    auto y = call.outputValues<T>(0, x.shape());
    if (!y.ok())
      return y.status();
    // TensorFlow's neutral element is the least finite number.
    double least = x.dtype == DType::Half       ? -65504.0
                   : x.dtype == DType::BFloat16 ? -3.3895313892515355e38
                   : x.dtype == DType::Float
                       ? -double(std::numeric_limits<float>::max())
                       : -std::numeric_limits<double>::max();
    for (int64_t i = 0; i < outer * inner; ++i) {
      int64_t start = i / inner * size * inner + i % inner;
      double sum = least;
      for (int64_t step = 0; step < size; ++step) {
        auto at = static_cast<size_t>(
            start + (reverse ? size - 1 - step : step) * inner);
        double next = logSumExp(sum, call.values<T>(0)[at]);
        (*y)[at] = T(exclusive ? sum : next);
        sum = next;
      }
    }
    return absl::OkStatus();
  });
}

} // namespace

void addCountingRoutines(RoutineTable &table) {
  table.add("InTopK", inTopKOfAttribute);
  table.add("InTopKV2", inTopKOfOperand);
  table.add("Bucketize", bucketize);
  table.add("LowerBound", bound<false>);
  table.add("UpperBound", bound<true>);
  table.add("Bincount", bincount);
  table.add("DenseBincount", denseBincount);
  table.add("HistogramFixedWidth", histogramFixedWidth);
  table.add("CumulativeLogsumexp", cumulativeLogSumExp);
}

} // namespace firn::runtime
