// Routines of evaluation and training graphs: SoftmaxCrossEntropyWithLogits,
// its sparse form, FakeQuantWithMinMax.
#include "backend/runtime/routines/Movement.h"
#include "backend/runtime/routines/Routines.h"

#include "backend/runtime/routines/Dispatch.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace firn::runtime {
namespace {

//===----------------------------------------------------------------------===//
// Cross entropy
//===----------------------------------------------------------------------===//

/// Logits of one row less their maximum, and the logarithm of the sum of their
/// exponentials.
struct LogSoftmax {
  std::vector<double> shifted;
  double logSum = 0;

  template <typename LogitAt> LogSoftmax(int64_t classes, LogitAt logit) {
    double largest = -std::numeric_limits<double>::infinity();
    for (int64_t c = 0; c < classes; ++c)
      largest = std::max(largest, logit(c));
    double sum = 0;
    for (int64_t c = 0; c < classes; ++c) {
      shifted.push_back(logit(c) - largest);
      sum += std::exp(shifted.back());
    }
    logSum = std::log(sum);
  }
  double probability(int64_t c) const { return std::exp(shifted[c] - logSum); }
};

/// Features and labels broadcast to one matrix.
absl::Status crossEntropy(RoutineCall &call) {
  const TensorView &features = call.input(0), &labels = call.input(1);
  Shape shape(2);
  bool fits = features.rank == 2 && labels.rank == 2;
  for (size_t dim = 0; fits && dim < 2; ++dim) {
    int64_t a = features.dims[dim], b = labels.dims[dim];
    fits = a == b || a == 1 || b == 1;
    shape[dim] = a == 1 ? b : a;
  }
  if (!fits)
    return invalid("expects logits and labels of one shape, but got ",
                   shapeToString(features.shape()), " and ",
                   shapeToString(labels.shape()));
  return dispatchFloat(features.dtype, [&]<typename T>() -> absl::Status {
    auto loss = call.outputValues<T>(0, std::span(shape).first(1));
    auto gradient = call.outputValues<T>(1, shape);
    if (!loss.ok())
      return loss.status();
    if (!gradient.ok())
      return gradient.status();
    auto at = [&](size_t input, int64_t row, int64_t column) {
      const TensorView &tensor = call.input(input);
      int64_t r = tensor.dims[0] == 1 ? 0 : row;
      int64_t c = tensor.dims[1] == 1 ? 0 : column;
      return static_cast<double>(call.values<T>(input)[r * tensor.dims[1] + c]);
    };
    for (int64_t row = 0; row < shape[0]; ++row) {
      LogSoftmax softmax(shape[1], [&](int64_t c) { return at(0, row, c); });
      double sum = 0;
      for (int64_t c = 0; c < shape[1]; ++c) {
        double label = at(1, row, c);
        if (label != 0)
          sum += label * (softmax.logSum - softmax.shifted[c]);
        (*gradient)[row * shape[1] + c] =
            static_cast<T>(softmax.probability(c) - label);
      }
      (*loss)[row] = static_cast<T>(sum);
    }
    return absl::OkStatus();
  });
}

absl::Status sparseCrossEntropy(RoutineCall &call) {
  const TensorView &features = call.input(0);
  std::vector<int64_t> labels = readIntegers(call.input(1));
  if (features.rank != 2 ||
      static_cast<int64_t>(labels.size()) != features.dims[0])
    return invalid("expects a label for each row of the logits, but "
                   "got ",
                   labels.size(), " for ", shapeToString(features.shape()));
  int64_t classes = features.dims[1];
  for (size_t i = 0; i < labels.size(); ++i)
    if (labels[i] < 0 || labels[i] >= classes)
      return invalid("label ", labels[i], " at position ", i, " is not in [0, ",
                     classes, ")");
  return dispatchFloat(features.dtype, [&]<typename T>() -> absl::Status {
    auto loss = call.outputValues<T>(0, features.shape().first(1));
    auto gradient = call.outputValues<T>(1, features.shape());
    if (!loss.ok())
      return loss.status();
    if (!gradient.ok())
      return gradient.status();
    for (size_t row = 0; row < labels.size(); ++row) {
      const T *logits = call.values<T>(0).data() + row * classes;
      LogSoftmax softmax(
          classes, [&](int64_t c) { return static_cast<double>(logits[c]); });
      (*loss)[row] =
          static_cast<T>(softmax.logSum - softmax.shifted[labels[row]]);
      for (int64_t c = 0; c < classes; ++c)
        (*gradient)[row * classes + c] =
            static_cast<T>(softmax.probability(c) - (c == labels[row]));
    }
    return absl::OkStatus();
  });
}

//===----------------------------------------------------------------------===//
// Fake quantisation
//===----------------------------------------------------------------------===//

/// A range moved a little so that zero is one of its steps.
struct QuantRange {
  float min, max, scale;
  bool isZero;

  QuantRange(float low, float high, float first, float last) {
    isZero = low == 0 && high == 0;
    scale = (high - low) / (last - first);
    float zero = first - low / scale;
    if (zero < first)
      zero = first;
    else if (zero > last)
      zero = last;
    else
      zero = std::round(zero);
    min = (first - zero) * scale;
    max = (last - zero) * scale;
  }

  float operator()(float x) const {
    if (isZero)
      return 0;
    float inverse = 1.0f / scale;
    float shifted = std::clamp(x, min, max) - min;
    return std::floor(shifted * inverse + 0.5f) * scale + min;
  }
};

/// Range i is for the elements of index i in the last dimension.
absl::Status fakeQuant(RoutineCall &call, std::span<const float> lows,
                       std::span<const float> highs) {
  int64_t bits = call.attributes().getInt("num_bits", 8);
  if (bits < 2 || bits > 16)
    return invalid("expects num_bits from 2 to 16, but got ", bits);
  float first = call.attributes().getBool("narrow_range") ? 1.0f : 0.0f;
  auto last = static_cast<float>((1 << bits) - 1);
  std::vector<QuantRange> ranges;
  for (size_t i = 0; i < lows.size(); ++i) {
    if (!(lows[i] <= highs[i]))
      return invalid("expects min below max, but got ", lows[i], " and ",
                     highs[i]);
    ranges.emplace_back(lows[i], highs[i], first, last);
  }
  auto to = call.outputValues<float>(0, call.input(0).shape());
  if (!to.ok())
    return to.status();
  std::span<const float> from = call.values<float>(0);
  for (size_t i = 0; i < to->size(); ++i)
    (*to)[i] = ranges[i % ranges.size()](from[i]);
  return absl::OkStatus();
}

absl::Status fakeQuantArgs(RoutineCall &call) {
  auto low = static_cast<float>(call.attributes().getFloat("min", -6));
  auto high = static_cast<float>(call.attributes().getFloat("max", 6));
  if (!(low < high))
    return invalid("expects min below max, but got ", low, " and ", high);
  return fakeQuant(call, {&low, 1}, {&high, 1});
}

absl::Status fakeQuantVars(RoutineCall &call) {
  if (call.numElements(1) != 1 || call.numElements(2) != 1)
    return invalid("expects one min and one max");
  return fakeQuant(call, call.values<float>(1), call.values<float>(2));
}

absl::Status fakeQuantPerChannel(RoutineCall &call) {
  const TensorView &inputs = call.input(0);
  int64_t channels = inputs.rank ? inputs.dims[inputs.rank - 1] : -1;
  if (call.numElements(1) != channels || call.numElements(2) != channels)
    return invalid("expects a min and a max for each of the ", channels,
                   " channels, but got ", call.numElements(1), " and ",
                   call.numElements(2));
  return fakeQuant(call, call.values<float>(1), call.values<float>(2));
}

} // namespace

void addLossRoutines(RoutineTable &table) {
  table.add("SoftmaxCrossEntropyWithLogits", crossEntropy);
  table.add("SparseSoftmaxCrossEntropyWithLogits", sparseCrossEntropy);
  table.add("FakeQuantWithMinMaxArgs", fakeQuantArgs);
  table.add("FakeQuantWithMinMaxVars", fakeQuantVars);
  table.add("FakeQuantWithMinMaxVarsPerChannel", fakeQuantPerChannel);
}

} // namespace firn::runtime
