// Routines over sets of values: the different elements of a tensor, those that
// another list has not, and where elements are not zero.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace firn::runtime {
namespace {

/// An element as a key: halves as floats, strings by their text.
template <typename T> auto keyOf(T value) {
  if constexpr (std::is_same_v<T, StringRef>)
    return value ? std::string_view(*value) : std::string_view();
  else if constexpr (isFloating<T> && sizeof(T) == 2)
    return static_cast<float>(value);
  else
    return value;
}
template <typename T> using Key = decltype(keyOf(T()));

/// Calls `body` with the type that holds the elements, for types whose elements
/// can be compared: reals, bools, strings.
template <typename Body>
absl::Status dispatchComparable(DType dtype, Body &&body) {
  if (dtype == DType::Bool)
    return body.template operator()<bool>();
  if (dtype == DType::String)
    return body.template operator()<StringRef>();
  return dispatchReal(dtype, body);
}

/// The slices of a tensor along an axis, which are compared with each other.
template <typename T> struct Slices {
  const T *data;
  int64_t outer, count, inner;

  const T *row(int64_t slice, int64_t i) const {
    return data + (i * count + slice) * inner;
  }
  size_t operator()(int64_t slice) const {
    size_t hash = 0;
    for (int64_t i = 0; i < outer; ++i)
      for (int64_t j = 0; j < inner; ++j)
        hash = hash * 0x9e3779b97f4a7c15u +
               std::hash<Key<T>>()(keyOf(row(slice, i)[j]));
    return hash;
  }
  bool operator()(int64_t a, int64_t b) const {
    for (int64_t i = 0; i < outer; ++i)
      for (int64_t j = 0; j < inner; ++j)
        if (keyOf(row(a, i)[j]) != keyOf(row(b, i)[j]))
          return false;
    return true;
  }
};

/// Which slice each one is: its number in the order of first positions.
struct Groups {
  std::vector<int64_t> group; // of each slice
  std::vector<int64_t> first; // slice of each group
  std::vector<int64_t> size;  // of each group
};

template <typename T> Groups groupSlices(const Slices<T> &slices) {
  Groups groups;
  auto seen = std::unordered_map<int64_t, int64_t, Slices<T>, Slices<T>>(
      16, slices, slices);
  for (int64_t slice = 0; slice < slices.count; ++slice) {
    auto next = static_cast<int64_t>(groups.first.size());
    auto [it, isNew] = seen.try_emplace(slice, next);
    if (isNew) {
      groups.first.push_back(slice);
      groups.size.push_back(0);
    }
    groups.group.push_back(it->second);
    ++groups.size[static_cast<size_t>(it->second)];
  }
  return groups;
}

/// Writes integers to an output of int32 or int64.
absl::Status writeIntegers(RoutineCall &call, size_t index,
                           const std::vector<int64_t> &values) {
  const Shape shape = {static_cast<int64_t>(values.size())};
  return dispatchInteger(call.outputType(index), [&]<typename I>() {
    auto out = call.outputValues<I>(index, shape);
    if (out.ok())
      std::transform(values.begin(), values.end(), out->begin(),
                     [](int64_t value) { return static_cast<I>(value); });
    return out.status();
  });
}

/// y and idx, and count if the op has it.
absl::Status uniqueAlong(RoutineCall &call, int64_t axis) {
  const TensorView &x = call.input(0);
  return dispatchComparable(x.dtype, [&]<typename T>() -> absl::Status {
    Slices<T> slices = {call.values<T>(0).data(), countOf(x, 0, axis),
                        x.dims[axis], countOf(x, axis + 1, x.rank)};
    Groups groups = groupSlices(slices);
    Shape shape = dimsOf(x, 0, x.rank);
    shape[static_cast<size_t>(axis)] =
        static_cast<int64_t>(groups.first.size());
    auto y = call.outputValues<T>(0, shape);
    if (!y.ok())
      return y.status();
    auto to = y->begin();
    for (int64_t i = 0; i < slices.outer; ++i)
      for (int64_t slice : groups.first)
        to = std::copy_n(slices.row(slice, i), slices.inner, to);
    absl::Status status = writeIntegers(call, 1, groups.group);
    if (status.ok() && call.numOutputs() > 2)
      status = writeIntegers(call, 2, groups.size);
    return status;
  });
}

absl::Status unique(RoutineCall &call) {
  if (absl::Status status = requireRank(call, 0, "x", 1); !status.ok())
    return status;
  return uniqueAlong(call, 0);
}

absl::Status uniqueOfAxis(RoutineCall &call) {
  std::vector<int64_t> axes = call.integers(1);
  if (axes.empty())
    return unique(call);
  if (axes.size() != 1)
    return invalid("expects one axis, but got ", axes.size());
  absl::StatusOr<int64_t> axis = normalAxis(axes[0], call.input(0).rank);
  return axis.ok() ? uniqueAlong(call, *axis) : axis.status();
}

absl::Status listDiff(RoutineCall &call) {
  if (absl::Status status = firstError(
          {requireRank(call, 0, "x", 1), requireRank(call, 1, "y", 1)});
      !status.ok())
    return status;
  return dispatchComparable(call.input(0).dtype, [&]<typename T>() {
    std::unordered_set<Key<T>> without;
    for (T value : call.values<T>(1))
      without.insert(keyOf(value));
    std::vector<int64_t> kept;
    std::span<const T> x = call.values<T>(0);
    for (size_t i = 0; i < x.size(); ++i)
      if (!without.contains(keyOf(x[i])))
        kept.push_back(static_cast<int64_t>(i));
    auto out =
        call.outputValues<T>(0, Shape{static_cast<int64_t>(kept.size())});
    if (!out.ok())
      return out.status();
    std::transform(kept.begin(), kept.end(), out->begin(),
                   [&](int64_t i) { return x[static_cast<size_t>(i)]; });
    return writeIntegers(call, 1, kept);
  });
}

/// The row of indices of each element of `x` that is not zero.
template <typename T> absl::Status whereNotZero(RoutineCall &call) {
  const TensorView &x = call.input(0);
  std::span<const T> values = call.values<T>(0);
  auto found = std::count_if(values.begin(), values.end(),
                             [](T value) { return value != T(0); });
  auto rows = call.outputValues<int64_t>(0, Shape{found, x.rank});
  if (!rows.ok())
    return rows.status();
  Shape index(static_cast<size_t>(x.rank));
  auto to = rows->begin();
  for (T value : values) {
    if (value != T(0))
      to = std::copy(index.begin(), index.end(), to);
    for (auto dim = index.size(); dim-- > 0;) {
      if (++index[dim] < x.dims[dim])
        break;
      index[dim] = 0;
    }
  }
  return absl::OkStatus();
}

absl::Status where(RoutineCall &call) {
  if (call.input(0).dtype == DType::Bool)
    return whereNotZero<uint8_t>(call);
  return dispatchNumber(call.input(0).dtype,
                        [&]<typename T>() { return whereNotZero<T>(call); });
}

} // namespace

void addSetRoutines(RoutineTable &table) {
  table.add("Unique", unique);
  table.add("UniqueV2", uniqueOfAxis);
  table.add("UniqueWithCounts", unique);
  table.add("UniqueWithCountsV2", uniqueOfAxis);
  table.add("ListDiff", listDiff);
  table.add("Where", where);
}

} // namespace firn::runtime
