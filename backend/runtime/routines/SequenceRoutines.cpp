// Routines that count and add up along an axis: Range, LinSpace, OneHot,
// Cumsum, Cumprod.
#include "backend/runtime/routines/Movement.h"
#include "backend/runtime/routines/Routines.h"

#include "backend/runtime/routines/Dispatch.h"

#include <cmath>
#include <type_traits>

namespace firn::runtime {
namespace {

/// ceil((limit - start) / delta) as TensorFlow counts: integers exactly, floats
/// with each step rounded to their type.
template <typename T>
absl::StatusOr<int64_t> countRange(T start, T limit, T delta) {
  if (delta == T(0) || delta != delta)
    return invalid("expects a delta that is not 0");
  bool upwards = delta > T(0);
  if (upwards ? start > limit : start < limit)
    return invalid("expects a limit in the direction of delta");
  if constexpr (isFloating<T>) {
    double count = std::ceil(std::abs(double(T(T(limit - start) / delta))));
    if (!(count < 0x1p62))
      return invalid("expects numbers that are finite");
    return static_cast<int64_t>(count);
  } else {
    __int128 distance = __int128(limit) - start, step = delta;
    __int128 count = distance / step + (distance % step != 0);
    if (count > INT64_MAX)
      return invalid("has more elements than can be");
    return static_cast<int64_t>(count);
  }
}

absl::Status range(RoutineCall &call) {
  for (size_t i = 0; i < 3; ++i)
    if (call.numElements(i) != 1)
      return invalid("expects scalars");
  return dispatchReal(call.outputType(0), [&]<typename T>() -> absl::Status {
    T value = call.values<T>(0)[0], delta = call.values<T>(2)[0];
    auto count = countRange<T>(value, call.values<T>(1)[0], delta);
    if (!count.ok())
      return count.status();
    auto to = call.outputValues<T>(0, std::vector<int64_t>{*count});
    if (!to.ok())
      return to.status();
    // Added up, with each sum rounded, as TensorFlow does.
    for (T &element : *to) {
      element = value;
      if constexpr (std::is_integral_v<T>)
        value = static_cast<T>(static_cast<std::make_unsigned_t<T>>(value) +
                               static_cast<std::make_unsigned_t<T>>(delta));
      else
        value = value + delta;
    }
    return absl::OkStatus();
  });
}

absl::Status linSpace(RoutineCall &call) {
  std::vector<int64_t> num = readIntegers(call.input(2));
  if (num.size() != 1 || num[0] <= 0)
    return invalid("expects a number of values above 0, but got ",
                   shapeToString(num));
  return dispatchFloat(call.outputType(0), [&]<typename T>() -> absl::Status {
    T start = call.values<T>(0)[0], stop = call.values<T>(1)[0];
    auto to = call.outputValues<T>(0, num);
    if (!to.ok())
      return to.status();
    to->front() = start;
    if (num[0] > 1) {
      T step = T(T(stop - start) / T(num[0] - 1));
      for (int64_t i = 1; i + 1 < num[0]; ++i)
        (*to)[i] = T(start + T(step * T(i)));
      to->back() = stop;
    }
    return absl::OkStatus();
  });
}

absl::Status oneHot(RoutineCall &call) {
  const TensorView &indices = call.input(0);
  std::vector<int64_t> depth = readIntegers(call.input(1));
  int64_t axis = call.attributes().getInt("axis", -1);
  if (depth.size() != 1 || depth[0] < 0)
    return invalid("expects a depth that is not negative, but got ",
                   shapeToString(depth));
  if (axis < -1 || axis > indices.rank)
    return invalid("expects an axis in [-1, ", indices.rank, "], but got ",
                   axis);
  if (axis == -1)
    axis = indices.rank;
  Shape shape(indices.dims, indices.dims + indices.rank);
  int64_t inner = productOf(std::span(shape).subspan(axis));
  shape.insert(shape.begin() + axis, depth[0]);
  std::vector<int64_t> values = readIntegers(indices);
  return dispatchBits(call.outputType(0), [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, shape);
    if (!to.ok())
      return to.status();
    T on = call.values<T>(2)[0], off = call.values<T>(3)[0];
    for (size_t i = 0; i < to->size(); ++i) {
      int64_t at = static_cast<int64_t>(i);
      int64_t outer = at / (inner * depth[0]), own = at / inner % depth[0];
      (*to)[i] = values[outer * inner + at % inner] == own ? on : off;
    }
    return absl::OkStatus();
  });
}

/// Sums or products along an axis, each rounded to the element type.
template <typename T, bool isProduct>
void scanRow(const T *from, T *to, int64_t size, int64_t stride, bool exclusive,
             bool reverse) {
  T sum(isProduct ? 1 : 0);
  for (int64_t i = 0; i < size; ++i) {
    int64_t at = (reverse ? size - 1 - i : i) * stride;
    if (exclusive)
      to[at] = sum;
    if constexpr (std::is_integral_v<T>)
      sum = static_cast<T>(isProduct ? uint64_t(sum) * from[at]
                                     : uint64_t(sum) + from[at]);
    else
      sum = static_cast<T>(isProduct ? sum * from[at] : sum + from[at]);
    if (!exclusive)
      to[at] = sum;
  }
}

template <bool isProduct> absl::Status scan(RoutineCall &call) {
  const TensorView &input = call.input(0);
  auto axis = readAxis(call.input(1), input.rank);
  if (!axis.ok())
    return axis.status();
  bool exclusive = call.attributes().getBool("exclusive");
  bool reverse = call.attributes().getBool("reverse");
  int64_t size = input.dims[*axis];
  int64_t stride = productOf(input.shape().subspan(*axis + 1));
  return dispatchNumber(input.dtype, [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, input.shape());
    if (!to.ok())
      return to.status();
    // Integers wrap.
    using Wrapping = typename std::conditional_t<std::is_integral_v<T>,
                                                 std::make_unsigned<T>,
                                                 std::type_identity<T>>::type;
    const auto *from =
        reinterpret_cast<const Wrapping *>(call.values<T>(0).data());
    auto *target = reinterpret_cast<Wrapping *>(to->data());
    int64_t rows = to->empty() ? 0 : call.numElements(0) / size;
    for (int64_t row = 0; row < rows; ++row) {
      int64_t start = row / stride * stride * size + row % stride;
      scanRow<Wrapping, isProduct>(from + start, target + start, size, stride,
                                   exclusive, reverse);
    }
    return absl::OkStatus();
  });
}

} // namespace

void addSequenceRoutines(RoutineTable &table) {
  table.add("Range", range);
  table.add("LinSpace", linSpace);
  table.add("OneHot", oneHot);
  table.add("Cumsum", scan<false>);
  table.add("Cumprod", scan<true>);
}

} // namespace firn::runtime
