// Routines that round floats as if they were quantized: QuantizeAndDequantize
// and its versions, of whole tensors and of the slices along an axis. All
// arithmetic is in the element type, as TensorFlow's is.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Families.h"

#include <cmath>
#include <limits>

namespace firn::runtime {
namespace {

struct Settings {
  bool isSigned = true, rangeGiven = false, narrowRange = false;
  bool toEven = true;
  int64_t bits = 8;
  int64_t axis = -1;
};

Settings settingsOf(const RoutineCall &call, bool rangeGivenByDefault) {
  const Attributes &attributes = call.attributes();
  Settings settings;
  settings.isSigned = attributes.getBool("signed_input", true);
  settings.rangeGiven = attributes.getBool("range_given", rangeGivenByDefault);
  settings.narrowRange = attributes.getBool("narrow_range");
  settings.toEven =
      attributes.getString("round_mode", "HALF_TO_EVEN") == "HALF_TO_EVEN";
  settings.bits = attributes.getInt("num_bits", 8);
  settings.axis = attributes.getInt("axis", -1);
  return settings;
}

absl::Status check(const RoutineCall &call, const Settings &settings) {
  int64_t most = settings.isSigned ? 62 : 63;
  if (settings.bits < 1 || settings.bits > most)
    return invalid("expects num_bits in [1, ", most, "], but got ",
                   settings.bits);
  if (settings.axis < -1 || settings.axis >= call.input(0).rank)
    return invalid("expects an axis of the input, of rank ", call.input(0).rank,
                   ", or -1, but got ", settings.axis);
  return absl::OkStatus();
}

/// The largest finite value.
template <typename T> T largest() {
  if constexpr (std::is_same_v<T, Half>)
    return Half(65504.0f);
  else if constexpr (std::is_same_v<T, BFloat16>)
    return BFloat16(std::bit_cast<float>(0x7f7f0000u));
  else
    return std::numeric_limits<T>::max();
}

/// Rounds the elements from, from + step, … in place of `to`.
template <typename T>
void quantizeSlice(const Settings &settings, T min, T max, const T *from, T *to,
                   int64_t outer, int64_t stride, int64_t inner) {
  int64_t half = int64_t(1) << (settings.bits - 1);
  auto lowest =
      static_cast<T>(static_cast<double>(!settings.isSigned     ? 0
                                         : settings.narrowRange ? -half + 1
                                                                : -half));
  auto highest = static_cast<T>(
      static_cast<double>(settings.isSigned ? half - 1 : 2 * (half - 1) + 1));
  T fromMin = T(lowest * min) > T(0) ? T(lowest / min) : largest<T>();
  T fromMax = T(highest * max) > T(0) ? T(highest / max) : largest<T>();
  T scale, inverse;
  if (fromMin < fromMax) {
    scale = fromMin;
    inverse = T(min / lowest);
    max = T(highest * inverse);
  } else {
    scale = fromMax;
    inverse = T(max / highest);
    min = T(lowest * inverse);
  }
  using Wide = std::conditional_t<std::is_same_v<T, double>, double, float>;
  for (int64_t i = 0; i < outer; ++i)
    for (int64_t j = 0; j < inner; ++j) {
      T value = from[i * stride + j];
      if (settings.rangeGiven) {
        value = max < value ? max : value;
        value = value < min ? min : value;
      }
      Wide scaled = static_cast<Wide>(T(value * scale));
      Wide rounded = settings.toEven
                         ? std::nearbyint(scaled)
                         : std::floor(static_cast<Wide>(T(scaled + Wide(0.5))));
      to[i * stride + j] = T(T(rounded) * inverse);
    }
}

/// `min` and `max`: one value a slice, or none if the input says the range.
template <typename T>
absl::Status quantize(RoutineCall &call, const Settings &settings,
                      std::span<const T> min, std::span<const T> max) {
  const TensorView &input = call.input(0);
  auto output = call.outputValues<T>(0, input.shape());
  if (!output.ok())
    return output.status();
  bool isWhole = settings.axis == -1;
  int64_t slices = isWhole ? 1 : input.dims[settings.axis];
  int64_t outer = isWhole ? 1 : countOf(input, 0, settings.axis);
  int64_t inner = isWhole ? call.numElements(0)
                          : countOf(input, settings.axis + 1, input.rank);
  if (settings.rangeGiven && (static_cast<int64_t>(min.size()) != slices ||
                              static_cast<int64_t>(max.size()) != slices))
    return invalid("expects a range for each of the ", slices,
                   " slices, but got ", min.size(), " minima and ", max.size(),
                   " maxima");
  if (call.numElements(0) == 0)
    return absl::OkStatus();
  const T *from = call.values<T>(0).data();
  for (int64_t slice = 0; slice < slices; ++slice) {
    const T *first = from + slice * inner;
    T low, high;
    if (settings.rangeGiven) {
      low = min[slice];
      high = max[slice];
      if (high < low)
        return invalid("expects a range whose minimum is not above its "
                       "maximum, but got ",
                       static_cast<double>(low), " and ",
                       static_cast<double>(high));
    } else {
      low = high = *first;
      for (int64_t i = 0; i < outer; ++i)
        for (int64_t j = 0; j < inner; ++j) {
          T value = first[i * slices * inner + j];
          low = value < low ? value : low;
          high = high < value ? value : high;
        }
    }
    quantizeSlice(settings, low, high, first, output->data() + slice * inner,
                  outer, slices * inner, inner);
  }
  return absl::OkStatus();
}

/// The range is in attributes.
absl::Status quantizeV1(RoutineCall &call) {
  Settings settings = settingsOf(call, false);
  if (absl::Status status = check(call, settings); !status.ok())
    return status;
  return dispatchFloat(call.input(0).dtype, [&]<typename T>() {
    auto min = static_cast<T>(call.attributes().getFloat("input_min"));
    auto max = static_cast<T>(call.attributes().getFloat("input_max"));
    return quantize<T>(call, settings, {&min, 1}, {&max, 1});
  });
}

absl::Status quantizeWith(RoutineCall &call, const Settings &settings) {
  if (absl::Status status = check(call, settings); !status.ok())
    return status;
  return dispatchFloat(call.input(0).dtype, [&]<typename T>() {
    return quantize<T>(call, settings, call.values<T>(1), call.values<T>(2));
  });
}

absl::Status quantizeV2(RoutineCall &call) {
  return quantizeWith(call, settingsOf(call, false));
}

/// The number of bits is an operand.
absl::Status quantizeV3(RoutineCall &call) {
  Settings settings = settingsOf(call, true);
  absl::StatusOr<int64_t> bits = oneInteger(call, 3, "num_bits");
  if (!bits.ok())
    return bits.status();
  settings.bits = *bits;
  return quantizeWith(call, settings);
}

} // namespace

void addSimulatedQuantizationRoutines(RoutineTable &table) {
  table.add("QuantizeAndDequantize", quantizeV1);
  table.add("QuantizeAndDequantizeV2", quantizeV2);
  table.add("QuantizeAndDequantizeV3", quantizeV3);
  table.add("QuantizeAndDequantizeV4", quantizeV2);
}

} // namespace firn::runtime
