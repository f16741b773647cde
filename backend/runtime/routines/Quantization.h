// Quantized numbers: an integer type whose lowest and highest value stand for
// the ends of a range. The conversions keep TensorFlow's order of operations
// and widths, float or double, step by step: results must be the same bits.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_QUANTIZATION_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_QUANTIZATION_H

#include "backend/runtime/Routine.h"
#include "backend/runtime/routines/Dispatch.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace firn::runtime {

struct Range {
  float min, max;
};

template <typename T>
inline constexpr int64_t kLowest = std::numeric_limits<T>::min();
template <typename T>
inline constexpr int64_t kHighest = std::numeric_limits<T>::max();
/// How many values the type has.
template <typename T>
inline constexpr double kSteps =
    static_cast<double>(kHighest<T>) - static_cast<double>(kLowest<T>) + 1.0;

/// Of single numbers, in double precision.
template <typename T> int64_t quantizeUnclamped(float value, Range range) {
  if (range.min == range.max)
    return kLowest<T>;
  double adjust = kSteps<T> / (kSteps<T> - 1.0);
  double width = (range.max - range.min) * adjust;
  double scale = kSteps<T> / width;
  auto quantized = static_cast<int64_t>(std::round(value * scale) -
                                        std::round(range.min * scale));
  return quantized + kLowest<T>;
}
template <typename T> T quantize(float value, Range range) {
  return static_cast<T>(
      std::clamp(quantizeUnclamped<T>(value, range), kLowest<T>, kHighest<T>));
}
template <typename T> float dequantize(T value, Range range) {
  if (range.min == range.max)
    return range.min;
  double adjust = kSteps<T> / (kSteps<T> - 1.0);
  double width = (range.max - range.min) * adjust;
  double scale = width / kSteps<T>;
  auto narrow = static_cast<float>(scale);
  double lowest = static_cast<double>(std::round(range.min / narrow) * narrow);
  double offset = static_cast<double>(value) - static_cast<double>(kLowest<T>);
  return static_cast<float>(lowest + offset * scale);
}

/// Of whole tensors, in single precision.
template <typename T> class ArrayQuantizer {
public:
  explicit ArrayQuantizer(Range range) {
    bool isPoint = range.max == range.min;
    scale =
        isPoint
            ? 0.0f
            : static_cast<float>((kSteps<T> - 1.0) / (range.max - range.min));
    scaledMin = isPoint ? static_cast<float>(kLowest<T>)
                        : std::round(range.min * scale);
  }
  T operator()(float value) const {
    float shifted = std::round(value * scale) -
                    (scaledMin - static_cast<float>(kLowest<T>));
    // Bounds that can be converted back to int32.
    float low = std::max(static_cast<float>(kLowest<T>), -2.147483648e+09f);
    float high = std::min(static_cast<float>(kHighest<T>), 2.147483520e+09f);
    return static_cast<T>(
        static_cast<int32_t>(std::min(std::max(shifted, low), high)));
  }

private:
  float scale, scaledMin;
};

template <typename T> class ArrayDequantizer {
public:
  explicit ArrayDequantizer(Range range) {
    scale = static_cast<float>((range.max - range.min) / (kSteps<T> - 1.0));
    float rounded = range.max == range.min
                        ? range.min
                        : std::round(range.min / scale) * scale;
    offset = rounded - static_cast<float>(kLowest<T>) * scale;
  }
  float operator()(T value) const {
    return offset + static_cast<float>(value) * scale;
  }

private:
  float scale, offset;
};

/// The range of products of numbers of two ranges, in a 32-bit accumulator.
template <typename A, typename B> Range rangeOfProduct(Range a, Range b) {
  float levelOfA =
      (a.max - a.min) / static_cast<float>(kHighest<A> - kLowest<A>);
  float levelOfB =
      (b.max - b.min) / static_cast<float>(kHighest<B> - kLowest<B>);
  float level = levelOfA * levelOfB;
  return {level * static_cast<float>(kLowest<int32_t>),
          level * static_cast<float>(kHighest<int32_t>)};
}

/// The range in which numbers of two ranges are added: symmetric, and wide
/// enough that no sum leaves it.
inline Range rangeOfSum(Range a, Range b) {
  float most =
      std::max(a.max, std::max(-a.min, std::max(b.max, -b.min))) * (1 << 14);
  return {-most, most};
}

/// The range that two float operands give.
absl::StatusOr<Range> rangeAt(const RoutineCall &call, size_t index);
/// Writes it to the outputs `index` and the next one, both scalars.
absl::Status writeRange(RoutineCall &call, size_t index, Range range);

/// Calls its argument with the integer type of a quantized element type.
template <typename Body>
absl::Status dispatchQuantized(DType dtype, Body &&body) {
  switch (dtype) {
  case DType::QInt8:
  case DType::QUInt8:
  case DType::QInt16:
  case DType::QUInt16:
  case DType::QInt32:
    return dispatchInteger(dtype, body);
  default:
    return unsupportedType(dtype);
  }
}

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_QUANTIZATION_H
