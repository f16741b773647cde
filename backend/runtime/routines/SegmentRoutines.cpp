// Routines that reduce rows of the same segment: sorted segments, segments in
// any order, and sorted segments of picked rows.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"

#include <cmath>
#include <limits>

namespace firn::runtime {
namespace {

enum class Reduce { Sum, Mean, SqrtN, Max, Min, Prod };

/// What is added up in: halves in float.
template <typename T>
using Accumulator =
    std::conditional_t<isFloating<T> && sizeof(T) == 2, float, T>;

/// The bounds of T, infinite for floating point.
template <typename T> struct Bounds {
  static T lowest() { return std::numeric_limits<T>::lowest(); }
  static T highest() { return std::numeric_limits<T>::max(); }
};
template <> struct Bounds<Half> {
  static Half lowest() { return -65504.0f; }
  static Half highest() { return 65504.0f; }
};
template <> struct Bounds<BFloat16> {
  static BFloat16 lowest() { return -3.3895313892515355e38f; }
  static BFloat16 highest() { return 3.3895313892515355e38f; }
};

template <Reduce kind, typename A> void reduceInto(A &sum, A value) {
  if constexpr (kind == Reduce::Prod)
    sum = A(sum * value);
  else if constexpr (kind == Reduce::Max)
    sum = value != value || value > sum ? value : sum;
  else if constexpr (kind == Reduce::Min)
    sum = value != value || value < sum ? value : sum;
  else
    sum = A(sum + value);
}

/// Complex numbers have no order, so their maximum is never asked for.
template <Reduce kind, typename T>
inline constexpr bool isDefined = std::is_arithmetic_v<Accumulator<T>> ||
                                  (kind != Reduce::Max && kind != Reduce::Min);

/// Calls `body` with the element type, if `kind` is defined for it.
template <Reduce kind, typename Body>
absl::Status dispatchReduced(DType dtype, Body body) {
  return dispatchNumber(dtype, [&]<typename T>() -> absl::Status {
    if constexpr (isDefined<kind, T>)
      return body.template operator()<T>();
    else
      return unsupportedType(dtype);
  });
}

/// One row of the output while its segment is read.
template <typename T> struct RowSum {
  std::vector<Accumulator<T>> sums;
  int64_t count = 0;

  template <Reduce kind> void add(const T *row) {
    for (size_t i = 0; i < sums.size(); ++i)
      if (count == 0)
        sums[i] = Accumulator<T>(row[i]);
      else
        reduceInto<kind, Accumulator<T>>(sums[i], Accumulator<T>(row[i]));
    ++count;
  }
  template <Reduce kind> void finish(T *to) {
    for (size_t i = 0; i < sums.size(); ++i) {
      if constexpr (kind == Reduce::Mean)
        to[i] = T(sums[i] / Accumulator<T>(count));
      else if constexpr (kind == Reduce::SqrtN)
        to[i] =
            T(sums[i] / Accumulator<T>(std::sqrt(static_cast<double>(count))));
      else
        to[i] = T(sums[i]);
    }
    count = 0;
  }
};

absl::Status checkSorted(const std::vector<int64_t> &ids) {
  int64_t last = 0;
  for (size_t i = 0; i < ids.size(); last = ids[i++])
    if (ids[i] < last)
      return invalid("expects segment ids from zero up in order, but got ",
                     ids[i], " at position ", i, " after ", last);
  return absl::OkStatus();
}

/// Reduces `rowOf(i)` for all `ids[i]`; rows without a segment get `missing`.
template <Reduce kind, typename T, typename RowOf>
absl::Status reduceSorted(RoutineCall &call, const std::vector<int64_t> &ids,
                          int64_t segments, int missing, RowOf rowOf) {
  const TensorView &data = call.input(0);
  Shape shape = dimsOf(data, 0, data.rank);
  shape[0] = segments;
  auto out = call.outputValues<T>(0, shape);
  if (!out.ok())
    return out.status();
  std::fill(out->begin(), out->end(), T(missing));
  auto width = static_cast<size_t>(countOf(data, 1, data.rank));
  RowSum<T> sum = {std::vector<Accumulator<T>>(width)};
  for (size_t i = 0; i < ids.size(); ++i) {
    sum.template add<kind>(rowOf(i));
    if (i + 1 == ids.size() || ids[i + 1] != ids[i])
      sum.template finish<kind>(out->data() +
                                static_cast<size_t>(ids[i]) * width);
  }
  return absl::OkStatus();
}

/// The number of segments that sorted ids have.
absl::StatusOr<int64_t> segmentsOf(const std::vector<int64_t> &ids) {
  if (ids.empty())
    return 0;
  if (ids.back() == std::numeric_limits<int64_t>::max())
    return invalid("expects a smaller segment id than ", ids.back());
  return ids.back() + 1;
}

template <Reduce kind> absl::Status segment(RoutineCall &call) {
  std::vector<int64_t> ids = call.integers(1);
  if (absl::Status status = firstError({requireRankAtLeast(call, 0, "data", 1),
                                        requireRank(call, 1, "segment_ids", 1),
                                        checkSorted(ids)});
      !status.ok())
    return status;
  const TensorView &data = call.input(0);
  absl::StatusOr<int64_t> segments = segmentsOf(ids);
  if (absl::Status status = firstError(
          {segments.status(), requireEqual("numbers of rows and segment ids",
                                           data.dims[0], call.numElements(1))});
      !status.ok())
    return status;
  return dispatchReduced<kind>(data.dtype, [&]<typename T>() {
    auto width = static_cast<size_t>(countOf(data, 1, data.rank));
    return reduceSorted<kind, T>(
        call, ids, *segments, kind == Reduce::Prod ? 1 : 0,
        [&](size_t i) { return call.values<T>(0).data() + i * width; });
  });
}

/// Operands: data, indices of its rows, segment ids, and with `sized` the
/// number of segments.
template <Reduce kind, bool sized>
absl::Status sparseSegment(RoutineCall &call) {
  const TensorView &data = call.input(0);
  std::vector<int64_t> indices = call.integers(1), ids = call.integers(2);
  if (absl::Status status =
          firstError({requireRankAtLeast(call, 0, "data", 1),
                      requireRank(call, 1, "indices", 1),
                      requireEqual("numbers of indices and segment ids",
                                   call.numElements(1), call.numElements(2)),
                      checkSorted(ids)});
      !status.ok())
    return status;
  for (size_t i = 0; i < indices.size(); ++i)
    if (indices[i] < 0 || indices[i] >= data.dims[0])
      return invalid("expects indices in [0, ", data.dims[0], "), but got ",
                     indices[i], " at position ", i);
  absl::StatusOr<int64_t> segments = segmentsOf(ids);
  if (sized && segments.ok()) {
    absl::StatusOr<int64_t> wanted = oneSize(call, 3, "num_segments");
    if (wanted.ok() && *wanted < *segments)
      return invalid("expects segment ids in [0, ", *wanted, "), but got ",
                     ids.back());
    segments = wanted;
  }
  if (!segments.ok())
    return segments.status();
  return dispatchFloat(data.dtype, [&]<typename T>() {
    auto width = countOf(data, 1, data.rank);
    return reduceSorted<kind, T>(call, ids, *segments, 0, [&](size_t i) {
      return call.values<T>(0).data() + indices[i] * width;
    });
  });
}

/// The value of a segment that nothing belongs to.
template <Reduce kind, typename T> T neutral() {
  if constexpr (kind == Reduce::Max)
    return Bounds<T>::lowest();
  else if constexpr (kind == Reduce::Min)
    return Bounds<T>::highest();
  else
    return T(kind == Reduce::Prod ? 1 : 0);
}

/// Rows with a negative id are left out.
template <Reduce kind> absl::Status unsortedSegment(RoutineCall &call) {
  const TensorView &data = call.input(0), &segmentIds = call.input(1);
  absl::StatusOr<int64_t> segments = oneSize(call, 2, "num_segments");
  if (!segments.ok())
    return segments.status();
  if (segmentIds.rank > data.rank ||
      !std::equal(segmentIds.dims, segmentIds.dims + segmentIds.rank,
                  data.dims))
    return invalid("expects segment ids for the first dimensions of data of "
                   "shape ",
                   shapeText(call, 0), ", but got shape ", shapeText(call, 1));
  std::vector<int64_t> ids = call.integers(1);
  for (size_t i = 0; i < ids.size(); ++i)
    if (ids[i] >= *segments)
      return invalid("expects segment ids below ", *segments, ", but got ",
                     ids[i], " at position ", i);
  Shape shape = dimsOf(data, segmentIds.rank, data.rank);
  shape.insert(shape.begin(), *segments);
  return dispatchReduced<kind>(data.dtype, [&]<typename T>() -> absl::Status {
    auto out = call.outputValues<T>(0, shape);
    if (!out.ok())
      return out.status();
    std::fill(out->begin(), out->end(), neutral<kind, T>());
    int64_t width = countOf(data, segmentIds.rank, data.rank);
    const T *from = call.values<T>(0).data();
    for (int64_t id : ids) {
      for (int64_t i = 0; id >= 0 && i < width; ++i) {
        T &to = (*out)[static_cast<size_t>(id * width + i)];
        Accumulator<T> sum = to;
        reduceInto<kind, Accumulator<T>>(sum, from[i]);
        to = T(sum);
      }
      from += width;
    }
    return absl::OkStatus();
  });
}

} // namespace

void addSegmentRoutines(RoutineTable &table) {
  table.add("SegmentSum", segment<Reduce::Sum>);
  table.add("SegmentMean", segment<Reduce::Mean>);
  table.add("SegmentMax", segment<Reduce::Max>);
  table.add("SegmentMin", segment<Reduce::Min>);
  table.add("SegmentProd", segment<Reduce::Prod>);
  table.add("UnsortedSegmentSum", unsortedSegment<Reduce::Sum>);
  table.add("UnsortedSegmentMax", unsortedSegment<Reduce::Max>);
  table.add("UnsortedSegmentMin", unsortedSegment<Reduce::Min>);
  table.add("UnsortedSegmentProd", unsortedSegment<Reduce::Prod>);
  table.add("SparseSegmentSum", sparseSegment<Reduce::Sum, false>);
  table.add("SparseSegmentMean", sparseSegment<Reduce::Mean, false>);
  table.add("SparseSegmentSqrtN", sparseSegment<Reduce::SqrtN, false>);
  table.add("SparseSegmentSumWithNumSegments",
            sparseSegment<Reduce::Sum, true>);
  table.add("SparseSegmentMeanWithNumSegments",
            sparseSegment<Reduce::Mean, true>);
  table.add("SparseSegmentSqrtNWithNumSegments",
            sparseSegment<Reduce::SqrtN, true>);
}

} // namespace firn::runtime
