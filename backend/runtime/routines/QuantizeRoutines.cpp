// Routines between floats and quantized numbers, and between quantized numbers
// of different ranges.
#include "backend/runtime/routines/Quantization.h"
#include "backend/runtime/routines/Routines.h"

namespace firn::runtime {

absl::StatusOr<Range> rangeAt(const RoutineCall &call, size_t index) {
  for (size_t i : {index, index + 1})
    if (call.input(i).dtype != DType::Float || call.numElements(i) != 1)
      return absl::InvalidArgumentError(
          absl::StrCat("expects one float as operand ", i, ", but found shape ",
                       shapeToString(call.input(i).shape())));
  Range range{call.values<float>(index)[0], call.values<float>(index + 1)[0]};
  if (range.max < range.min)
    return absl::InvalidArgumentError(
        absl::StrCat("expects a range whose minimum is not above its maximum, "
                     "but found ",
                     range.min, " and ", range.max));
  return range;
}

absl::Status writeRange(RoutineCall &call, size_t index, Range range) {
  auto min = call.outputValues<float>(index, {});
  if (!min.ok())
    return min.status();
  (*min)[0] = range.min;
  auto max = call.outputValues<float>(index + 1, {});
  if (max.ok())
    (*max)[0] = range.max;
  return max.status();
}

namespace {

std::string modeOf(const RoutineCall &call) {
  return call.attributes().getString("mode", "MIN_COMBINED");
}

absl::Status unknownMode(const std::string &mode) {
  return absl::InvalidArgumentError(absl::StrCat(
      "expects mode MIN_COMBINED, MIN_FIRST or SCALED, but found ", mode));
}

/// Half of the values of a signed type, which MIN_COMBINED shifts by.
template <typename T>
inline constexpr float kHalfRange =
    std::is_signed_v<T> ? static_cast<float>(kSteps<T> / 2) : 0.0f;

//===----------------------------------------------------------------------===//
// QuantizeV2
//===----------------------------------------------------------------------===//

float roundAs(float value, bool toEven) {
  return toEven ? std::nearbyint(value) : std::round(value);
}

/// A float that the type may not hold, as x86 converts it.
template <typename T> T narrow(float value) {
  if constexpr (sizeof(T) == 4) {
    if (!(value >= -2147483648.0f && value < 2147483648.0f))
      return static_cast<T>(INT32_MIN);
    return static_cast<T>(value);
  } else {
    if (!(value >= -2147483648.0f && value < 2147483648.0f))
      return static_cast<T>(0);
    return static_cast<T>(static_cast<int32_t>(value));
  }
}

template <typename T>
void quantizeSlice(const Attributes &attributes, const std::string &mode,
                   std::span<const float> from, T *to, Range &range) {
  if (mode == "MIN_FIRST") {
    std::transform(from.begin(), from.end(), to, ArrayQuantizer<T>(range));
    return;
  }
  if (mode == "MIN_COMBINED") {
    auto scale = static_cast<float>(
        (static_cast<double>(kHighest<T>) - static_cast<double>(kLowest<T>)) /
        (range.max - range.min));
    std::transform(from.begin(), from.end(), to, [&](float value) {
      float inRange = std::max(std::min(value, range.max), range.min);
      float scaled = (inRange - range.min) * scale;
      return narrow<T>(std::is_signed_v<T> ? std::round(scaled - kHalfRange<T>)
                                           : scaled + 0.5f);
    });
    return;
  }
  auto low =
      static_cast<float>(kLowest<T> + attributes.getBool("narrow_range"));
  auto high = static_cast<float>(kHighest<T>);
  constexpr float unlimited = std::numeric_limits<float>::max();
  float scale = std::min(low * range.min > 0 ? low / range.min : unlimited,
                         high * range.max > 0 ? high / range.max : unlimited);
  range = {low / scale, high / scale};
  bool toEven = attributes.getString("round_mode", "HALF_AWAY_FROM_ZERO") ==
                "HALF_TO_EVEN";
  std::transform(from.begin(), from.end(), to, [&](float value) {
    float inRange = std::max(std::min(value, range.max), range.min);
    return narrow<T>(roundAs(inRange * scale, toEven));
  });
}

absl::Status quantizeV2(RoutineCall &call) {
  if (call.attributes().getInt("axis", -1) != -1)
    return absl::UnimplementedError(
        "unsupported op: it quantizes along an axis");
  std::string mode = modeOf(call);
  if (mode != "MIN_COMBINED" && mode != "MIN_FIRST" && mode != "SCALED")
    return unknownMode(mode);
  absl::StatusOr<Range> given = rangeAt(call, 1);
  if (!given.ok())
    return given.status();
  // The range holds zero and is not too small to divide by.
  auto least = static_cast<float>(
      call.attributes().getFloat("ensure_minimum_range", 0.01f));
  float epsilon =
      std::max(1.0f, std::max(std::fabs(given->min), std::fabs(given->max))) *
      least;
  Range range;
  range.min = std::min(0.0f, given->min);
  range.max = std::max(0.0f, std::max(given->max, range.min + epsilon));
  absl::Status status =
      dispatchQuantized(call.outputType(0), [&]<typename T>() -> absl::Status {
        if constexpr (std::is_integral_v<T>) {
          auto output = call.outputValues<T>(0, call.input(0).shape());
          if (output.ok())
            quantizeSlice<T>(call.attributes(), mode, call.values<float>(0),
                             output->data(), range);
          return output.status();
        }
        return absl::OkStatus();
      });
  return status.ok() ? writeRange(call, 1, range) : status;
}

//===----------------------------------------------------------------------===//
// Dequantize
//===----------------------------------------------------------------------===//

template <typename T, typename Out>
absl::Status dequantizeTo(RoutineCall &call, const std::string &mode,
                          Range range) {
  auto output = call.outputValues<Out>(0, call.input(0).shape());
  if (!output.ok())
    return output.status();
  std::span<const T> from = call.values<T>(0);
  auto transform = [&](auto convert) {
    std::transform(from.begin(), from.end(), output->begin(),
                   [&](T value) { return Out(convert(value)); });
    return absl::OkStatus();
  };
  auto low = static_cast<float>(kLowest<T>);
  auto high = static_cast<float>(kHighest<T>);
  if (mode == "MIN_FIRST")
    return transform(ArrayDequantizer<T>(range));
  if (mode == "MIN_COMBINED") {
    float scale = (range.max - range.min) / (high - low);
    return transform([&](T value) {
      return (static_cast<float>(value) + kHalfRange<T>)*scale + range.min;
    });
  }
  low += call.attributes().getBool("narrow_range") ? 1.0f : 0.0f;
  float scale = kLowest<T> == 0 ? range.max / high
                                : std::max(range.min / low, range.max / high);
  return transform([&](T value) { return static_cast<float>(value) * scale; });
}

absl::Status dequantizeTensor(RoutineCall &call) {
  if (call.attributes().getInt("axis", -1) != -1)
    return absl::UnimplementedError(
        "unsupported op: it dequantizes along an axis");
  std::string mode = modeOf(call);
  if (mode != "MIN_COMBINED" && mode != "MIN_FIRST" && mode != "SCALED")
    return unknownMode(mode);
  absl::StatusOr<Range> range = rangeAt(call, 1);
  if (!range.ok())
    return range.status();
  return dispatchQuantized(call.input(0).dtype, [&]<typename T>() {
    if constexpr (!std::is_integral_v<T>)
      return absl::OkStatus();
    else if (call.outputType(0) == DType::BFloat16)
      return dequantizeTo<T, BFloat16>(call, mode, *range);
    else if (call.outputType(0) == DType::Float)
      return dequantizeTo<T, float>(call, mode, *range);
    else
      return unsupportedType(call.outputType(0));
  });
}

//===----------------------------------------------------------------------===//
// Requantize, RequantizationRange, QuantizeDownAndShrinkRange
//===----------------------------------------------------------------------===//

/// 32 to 8 bits has a path in fixed-point arithmetic.
void requantizeToByte(std::span<const int32_t> from, uint8_t *to, Range input,
                      Range output) {
  constexpr int shift = 16;
  float inputRange = input.max - input.min;
  float outputRange = output.max - output.min;
  bool isPoint = outputRange == 0.0f;
  auto reciprocal = static_cast<float>(isPoint ? 0.0 : 255.0 / outputRange);
  auto centre = static_cast<float>((input.min + input.max) / 2.0);
  int64_t scale = isPoint ? 0
                          : static_cast<int64_t>(255.0 * (1 << shift) *
                                                 inputRange / outputRange);
  auto inputOffset = static_cast<int64_t>(centre * reciprocal * (1 << shift));
  int64_t outputOffset =
      isPoint ? 0
              : static_cast<int64_t>((1 << shift) * (output.min * 255.0) /
                                     outputRange);
  std::transform(from.begin(), from.end(), to, [&](int32_t value) {
    int64_t scaled =
        ((static_cast<int64_t>(value) * scale) >> 32) + inputOffset;
    int64_t rounded = (scaled - outputOffset + (1 << (shift - 1))) >> shift;
    return static_cast<uint8_t>(std::clamp<int64_t>(rounded, 0, 255));
  });
}

absl::Status requantizeTo(RoutineCall &call, Range input, Range output) {
  std::span<const int64_t> shape = call.input(0).shape();
  if (call.input(0).dtype != DType::QInt32)
    return unsupportedType(call.input(0).dtype);
  std::span<const int32_t> from = call.values<int32_t>(0);
  absl::Status status =
      dispatchQuantized(call.outputType(0), [&]<typename T>() -> absl::Status {
        auto to = call.outputValues<T>(0, shape);
        if (!to.ok())
          return to.status();
        if constexpr (std::is_same_v<T, uint8_t>) {
          requantizeToByte(from, to->data(), input, output);
        } else if constexpr (std::is_integral_v<T>) {
          ArrayDequantizer<int32_t> read(input);
          ArrayQuantizer<T> write(output);
          std::transform(from.begin(), from.end(), to->begin(),
                         [&](int32_t value) { return write(read(value)); });
        }
        return absl::OkStatus();
      });
  return status.ok() ? writeRange(call, 1, output) : status;
}

absl::Status requantize(RoutineCall &call) {
  absl::StatusOr<Range> input = rangeAt(call, 1), output = rangeAt(call, 3);
  if (!input.ok() || !output.ok())
    return input.ok() ? output.status() : input.status();
  if (output->min > 0)
    return absl::InvalidArgumentError(absl::StrCat(
        "expects requested_output_min of at most 0, but found ", output->min));
  return requantizeTo(call, *input, *output);
}

/// The range that the numbers use; its minimum is not above zero.
absl::StatusOr<Range> usedRange(const RoutineCall &call) {
  if (call.input(0).dtype != DType::QInt32)
    return unsupportedType(call.input(0).dtype);
  absl::StatusOr<Range> range = rangeAt(call, 1);
  if (!range.ok())
    return range.status();
  int32_t least = INT32_MAX, most = INT32_MIN;
  for (int32_t value : call.values<int32_t>(0)) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
  return Range{std::min(0.0f, dequantize<int32_t>(least, *range)),
               dequantize<int32_t>(most, *range)};
}

absl::Status requantizationRange(RoutineCall &call) {
  absl::StatusOr<Range> used = usedRange(call);
  return used.ok() ? writeRange(call, 0, *used) : used.status();
}

absl::Status quantizeDownAndShrinkRange(RoutineCall &call) {
  absl::StatusOr<Range> used = usedRange(call);
  if (!used.ok())
    return used.status();
  return requantizeTo(call, *rangeAt(call, 1), *used);
}

} // namespace

void addQuantizeRoutines(RoutineTable &table) {
  table.add("QuantizeV2", quantizeV2);
  table.add("Dequantize", dequantizeTensor);
  table.add("Requantize", requantize);
  table.add("RequantizationRange", requantizationRange);
  table.add("QuantizeDownAndShrinkRange", quantizeDownAndShrinkRange);
}

} // namespace firn::runtime
