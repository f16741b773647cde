// Routines between floats and quantized numbers, and between quantized numbers
// of different ranges.
#include "backend/runtime/routines/Checks.h"
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

/// The slices along `axis`, or the whole tensor (-1): where element j of part i
/// of a slice lies.
struct Slices {
  int64_t count = 1, outer = 1, inner;

  static absl::StatusOr<Slices> of(const RoutineCall &call) {
    const TensorView &input = call.input(0);
    int64_t axis = call.attributes().getInt("axis", -1);
    if (axis == -1)
      return Slices{1, 1, call.numElements(0)};
    if (axis < 0 || axis >= input.rank)
      return invalid("expects an axis of the input, of rank ", input.rank,
                     ", or -1, but found ", axis);
    Slices slices{input.dims[axis], countOf(input, 0, axis),
                  countOf(input, axis + 1, input.rank)};
    for (size_t index : {1, 2})
      if (call.numElements(index) != slices.count)
        return invalid("expects ranges for ", slices.count,
                       " slices, but found shape ", shapeText(call, index));
    return slices;
  }
  int64_t size() const { return outer * inner; }

  template <typename T>
  std::vector<T> take(std::span<const T> from, int64_t slice) const {
    std::vector<T> own;
    own.reserve(size());
    for (int64_t i = 0; i < outer; ++i) {
      const T *part = from.data() + (i * count + slice) * inner;
      own.insert(own.end(), part, part + inner);
    }
    return own;
  }
  template <typename T>
  void put(const std::vector<T> &own, std::span<T> to, int64_t slice) const {
    for (int64_t i = 0; i < outer; ++i)
      std::copy_n(own.data() + i * inner, inner,
                  to.data() + (i * count + slice) * inner);
  }
};

/// The range of a slice, which operands 1 and 2 give.
absl::StatusOr<Range> rangeOfSlice(const RoutineCall &call, int64_t slice) {
  if (call.attributes().getInt("axis", -1) == -1)
    return rangeAt(call, 1);
  Range range{call.values<float>(1)[slice], call.values<float>(2)[slice]};
  if (range.max < range.min)
    return invalid("expects a range whose minimum is not above its maximum, "
                   "but found ",
                   range.min, " and ", range.max);
  return range;
}

absl::StatusOr<std::string> modeOf(const RoutineCall &call) {
  std::string mode = call.attributes().getString("mode", "MIN_COMBINED");
  if (mode != "MIN_COMBINED" && mode != "MIN_FIRST" && mode != "SCALED")
    return absl::InvalidArgumentError(absl::StrCat(
        "expects mode MIN_COMBINED, MIN_FIRST or SCALED, but found ", mode));
  return mode;
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

/// The range holds zero and is not too small to divide by.
Range widen(const RoutineCall &call, Range given) {
  auto least = static_cast<float>(
      call.attributes().getFloat("ensure_minimum_range", 0.01f));
  float epsilon =
      std::max(1.0f, std::max(std::fabs(given.min), std::fabs(given.max))) *
      least;
  Range range;
  range.min = std::min(0.0f, given.min);
  range.max = std::max(0.0f, std::max(given.max, range.min + epsilon));
  return range;
}

template <typename T>
absl::Status quantizeSlices(RoutineCall &call, const std::string &mode,
                            const Slices &slices, std::vector<Range> &ranges) {
  auto output = call.outputValues<T>(0, call.input(0).shape());
  if (!output.ok())
    return output.status();
  for (int64_t slice = 0; slice < slices.count; ++slice) {
    std::vector<float> from = slices.take(call.values<float>(0), slice);
    std::vector<T> to(from.size());
    quantizeSlice<T>(call.attributes(), mode, from, to.data(), ranges[slice]);
    slices.put(to, *output, slice);
  }
  return absl::OkStatus();
}

absl::Status quantizeV2(RoutineCall &call) {
  absl::StatusOr<std::string> mode = modeOf(call);
  if (!mode.ok())
    return mode.status();
  absl::StatusOr<Slices> slices = Slices::of(call);
  if (!slices.ok())
    return slices.status();
  std::vector<Range> ranges;
  for (int64_t slice = 0; slice < slices->count; ++slice) {
    absl::StatusOr<Range> given = rangeOfSlice(call, slice);
    if (!given.ok())
      return given.status();
    ranges.push_back(widen(call, *given));
  }
  absl::Status status =
      dispatchQuantized(call.outputType(0), [&]<typename T>() -> absl::Status {
        if constexpr (std::is_integral_v<T>)
          return quantizeSlices<T>(call, *mode, *slices, ranges);
        return absl::OkStatus();
      });
  if (!status.ok() || call.attributes().getInt("axis", -1) == -1)
    return status.ok() ? writeRange(call, 1, ranges[0]) : status;
  auto min = call.outputValues<float>(1, Shape{slices->count});
  auto max = call.outputValues<float>(2, Shape{slices->count});
  if (!min.ok() || !max.ok())
    return min.ok() ? max.status() : min.status();
  for (size_t slice = 0; slice < ranges.size(); ++slice) {
    (*min)[slice] = ranges[slice].min;
    (*max)[slice] = ranges[slice].max;
  }
  return absl::OkStatus();
}

//===----------------------------------------------------------------------===//
// Dequantize
//===----------------------------------------------------------------------===//

template <typename T, typename Out>
void dequantizeSlice(const Attributes &attributes, const std::string &mode,
                     std::span<const T> from, Out *to, Range range) {
  auto transform = [&](auto convert) {
    std::transform(from.begin(), from.end(), to,
                   [&](T value) { return Out(convert(value)); });
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
  low += attributes.getBool("narrow_range") ? 1.0f : 0.0f;
  float scale = kLowest<T> == 0 ? range.max / high
                                : std::max(range.min / low, range.max / high);
  transform([&](T value) { return static_cast<float>(value) * scale; });
}

template <typename T, typename Out>
absl::Status dequantizeTo(RoutineCall &call, const std::string &mode,
                          const Slices &slices) {
  auto output = call.outputValues<Out>(0, call.input(0).shape());
  if (!output.ok())
    return output.status();
  for (int64_t slice = 0; slice < slices.count; ++slice) {
    absl::StatusOr<Range> range = rangeOfSlice(call, slice);
    if (!range.ok())
      return range.status();
    std::vector<T> from = slices.take(call.values<T>(0), slice);
    std::vector<Out> to(from.size());
    dequantizeSlice<T, Out>(call.attributes(), mode, from, to.data(), *range);
    slices.put(to, *output, slice);
  }
  return absl::OkStatus();
}

absl::Status dequantizeTensor(RoutineCall &call) {
  absl::StatusOr<std::string> mode = modeOf(call);
  if (!mode.ok())
    return mode.status();
  absl::StatusOr<Slices> slices = Slices::of(call);
  if (!slices.ok())
    return slices.status();
  return dispatchQuantized(call.input(0).dtype, [&]<typename T>() {
    if constexpr (!std::is_integral_v<T>)
      return absl::OkStatus();
    else if (call.outputType(0) == DType::BFloat16)
      return dequantizeTo<T, BFloat16>(call, *mode, *slices);
    else if (call.outputType(0) == DType::Float)
      return dequantizeTo<T, float>(call, *mode, *slices);
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

//===----------------------------------------------------------------------===//
// QuantizedConcat
//===----------------------------------------------------------------------===//

/// A range for the parts together. That of a signed type is symmetric.
template <typename T> Range commonRange(const std::vector<Range> &ranges) {
  Range all{0.0f, std::numeric_limits<float>::lowest()};
  for (const Range &range : ranges) {
    all.min = std::min(all.min, range.min);
    all.max = std::max(all.max, range.max);
  }
  if (!std::is_signed_v<T>)
    return all;
  float most = std::max(std::abs(all.min), std::abs(all.max));
  return {-most, most};
}

/// `first` is the operand that is the first part.
absl::Status concatenate(RoutineCall &call, size_t first, size_t axisOperand) {
  size_t count = (call.numInputs() - 1) / 3;
  size_t ranges = std::max(first + count, axisOperand + 1);
  const TensorView &front = call.input(first);
  absl::StatusOr<int64_t> given = oneInteger(call, axisOperand, "axis");
  if (!given.ok())
    return given.status();
  absl::StatusOr<int64_t> axis = normalAxis(*given, front.rank);
  if (!axis.ok())
    return axis.status();
  Shape shape = dimsOf(front, 0, front.rank);
  shape[*axis] = 0;
  std::vector<Range> own;
  for (size_t part = 0; part < count; ++part) {
    const TensorView &next = call.input(first + part);
    bool fits = next.rank == front.rank;
    for (int64_t dim = 0; fits && dim < front.rank; ++dim)
      fits = dim == *axis || next.dims[dim] == shape[dim];
    if (!fits)
      return invalid("expects inputs that agree but for dimension ", *axis,
                     ", but got ", shapeText(call, first), " and ",
                     shapeText(call, first + part));
    shape[*axis] += next.dims[*axis];
    for (size_t index : {ranges + part, ranges + count + part})
      if (call.numElements(index) != 1)
        return invalid("expects one float as operand ", index,
                       ", but got shape ", shapeText(call, index));
    own.push_back({call.values<float>(ranges + part)[0],
                   call.values<float>(ranges + count + part)[0]});
  }
  int64_t outer = countOf(front, 0, *axis);
  Range all;
  absl::Status status =
      dispatchQuantized(call.outputType(0), [&]<typename T>() -> absl::Status {
        auto to = call.outputValues<T>(0, shape);
        if (!to.ok())
          return to.status();
        if constexpr (std::is_integral_v<T>) {
          all = commonRange<T>(own);
          T *next = to->data();
          for (int64_t row = 0; row < outer; ++row)
            for (size_t part = 0; part < count; ++part) {
              std::span<const T> from = call.values<T>(first + part);
              size_t chunk = from.size() / static_cast<size_t>(outer);
              from = from.subspan(row * chunk, chunk);
              if (own[part].min == all.min && own[part].max == all.max) {
                next = std::copy(from.begin(), from.end(), next);
                continue;
              }
              ArrayDequantizer<T> read(own[part]);
              ArrayQuantizer<T> write(all);
              next =
                  std::transform(from.begin(), from.end(), next,
                                 [&](T value) { return write(read(value)); });
            }
        }
        return absl::OkStatus();
      });
  return status.ok() ? writeRange(call, 1, all) : status;
}

absl::Status quantizedConcat(RoutineCall &call) {
  return concatenate(call, 1, 0);
}

absl::Status quantizedConcatV2(RoutineCall &call) {
  return concatenate(call, 0, (call.numInputs() - 1) / 3);
}

} // namespace

void addQuantizeRoutines(RoutineTable &table) {
  table.add("QuantizeV2", quantizeV2);
  table.add("Dequantize", dequantizeTensor);
  table.add("Requantize", requantize);
  table.add("RequantizationRange", requantizationRange);
  table.add("QuantizeDownAndShrinkRange", quantizeDownAndShrinkRange);
  table.add("QuantizedConcat", quantizedConcat);
  table.add("QuantizedConcatV2", quantizedConcatV2);
}

} // namespace firn::runtime
