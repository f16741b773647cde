// What routines ask of their operands: ranks, single values, axes. Every check
// says what was expected and found.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_CHECKS_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_CHECKS_H

#include "backend/runtime/Routine.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <initializer_list>

namespace firn::runtime {

template <typename... Parts> absl::Status invalid(const Parts &...parts) {
  return absl::InvalidArgumentError(absl::StrCat(parts...));
}

/// The first of them that failed.
inline absl::Status firstError(std::initializer_list<absl::Status> statuses) {
  for (const absl::Status &status : statuses)
    if (!status.ok())
      return status;
  return absl::OkStatus();
}

inline std::string shapeText(const RoutineCall &call, size_t index) {
  return shapeToString(call.input(index).shape());
}

inline absl::Status requireRank(const RoutineCall &call, size_t index,
                                const char *name, int64_t rank) {
  if (call.input(index).rank == rank)
    return absl::OkStatus();
  return invalid("expects ", name, " of rank ", rank, ", but got shape ",
                 shapeText(call, index));
}

inline absl::Status requireRankAtLeast(const RoutineCall &call, size_t index,
                                       const char *name, int64_t rank) {
  if (call.input(index).rank >= rank)
    return absl::OkStatus();
  return invalid("expects ", name, " of rank ", rank,
                 " or more, but got shape ", shapeText(call, index));
}

inline absl::Status requireEqual(const char *what, int64_t a, int64_t b) {
  if (a == b)
    return absl::OkStatus();
  return invalid("expects equal ", what, ", but got ", a, " and ", b);
}

inline absl::Status requireSameShape(const RoutineCall &call, size_t a,
                                     size_t b) {
  std::span<const int64_t> first = call.input(a).shape();
  std::span<const int64_t> second = call.input(b).shape();
  if (std::equal(first.begin(), first.end(), second.begin(), second.end()))
    return absl::OkStatus();
  return invalid("expects equal shapes, but got ", shapeToString(first),
                 " and ", shapeToString(second));
}

/// The one element of an operand.
template <typename T>
absl::StatusOr<T> oneValue(const RoutineCall &call, size_t index,
                           const char *name) {
  if (call.numElements(index) != 1)
    return invalid("expects one ", name, ", but got shape ",
                   shapeText(call, index));
  return call.values<T>(index)[0];
}

/// The one element of an integer operand.
inline absl::StatusOr<int64_t> oneInteger(const RoutineCall &call, size_t index,
                                          const char *name) {
  if (call.numElements(index) != 1)
    return invalid("expects one ", name, ", but got shape ",
                   shapeText(call, index));
  return call.integers(index)[0];
}

/// As oneInteger, for a size: zero or more.
inline absl::StatusOr<int64_t> oneSize(const RoutineCall &call, size_t index,
                                       const char *name) {
  absl::StatusOr<int64_t> size = oneInteger(call, index, name);
  if (size.ok() && *size < 0)
    return invalid("expects ", name, " of zero or more, but got ", *size);
  return size;
}

/// `axis` in [-rank, rank) brought into [0, rank).
inline absl::StatusOr<int64_t> normalAxis(int64_t axis, int64_t rank) {
  if (axis < -rank || axis >= rank)
    return invalid("expects an axis in [-", rank, ", ", rank, "), but got ",
                   axis);
  return axis < 0 ? axis + rank : axis;
}

/// The dimensions [begin, end) of an operand.
inline Shape dimsOf(const TensorView &view, int64_t begin, int64_t end) {
  return Shape(view.dims + begin, view.dims + end);
}

/// The product of the dimensions [begin, end); 0 if it is no number, which it
/// may be in a tensor without elements.
inline int64_t countOf(const TensorView &view, int64_t begin, int64_t end) {
  return numElements(view.shape().subspan(begin, end - begin)).value_or(0);
}

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_CHECKS_H
