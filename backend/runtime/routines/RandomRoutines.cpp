// Random numbers: the distributions of a generator (RandomGenerators.h), and
// the ops that are one of both.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/RandomGenerators.h"
#include "backend/runtime/routines/Routines.h"

#include <limits>
#include <numeric>

namespace firn::runtime {
namespace {

//===----------------------------------------------------------------------===//
// Distributions: fill `out` with numbers of a generator
//===----------------------------------------------------------------------===//

struct Uniform {
  template <typename T> void operator()(Philox generator, std::span<T> out) {
    PhiloxNumbers next(generator);
    for (T &value : out) {
      uint32_t bits = next();
      if constexpr (std::is_same_v<T, double>)
        value = uniformDouble(bits, next());
      else if constexpr (std::is_same_v<T, Half>)
        value =
            float(std::bit_cast<Half>(uint16_t(15 << 10 | (bits & 0x3ff)))) -
            1.0f;
      else if constexpr (std::is_same_v<T, BFloat16>)
        value =
            float(std::bit_cast<BFloat16>(uint16_t(127 << 7 | (bits & 0x7f)))) -
            1.0f;
      else
        value = uniformFloat(bits);
    }
  }
};

struct Normal {
  template <typename T> void operator()(Philox generator, std::span<T> out) {
    PhiloxNumbers next(generator);
    for (size_t i = 0; i < out.size(); i += 2) {
      uint32_t a = next(), b = next();
      std::array<std::conditional_t<std::is_same_v<T, double>, double, float>,
                 2>
          pair;
      if constexpr (std::is_same_v<T, double>) {
        uint32_t c = next(), d = next();
        pair = normalDoubles(a, b, c, d);
      } else {
        pair = normalFloats(a, b);
      }
      out[i] = T(pair[0]);
      if (i + 1 < out.size())
        out[i + 1] = T(pair[1]);
    }
  }
};

/// Normal numbers below 2 in size. How many a group of outputs takes is not
/// known, so each group starts at its own place.
struct TruncatedNormal {
  template <typename T> void operator()(Philox generator, std::span<T> out) {
    constexpr bool wide = std::is_same_v<T, double>;
    constexpr size_t group = wide ? 2 : 4, reserved = group * 256 / 4;
    for (size_t start = 0; start < out.size(); start += group) {
      Philox own = generator;
      own.skip(start / group * reserved);
      PhiloxNumbers next(own);
      size_t end = std::min(start + group, out.size());
      for (size_t i = start; i < end;) {
        uint32_t a = next(), b = next();
        if constexpr (wide) {
          uint32_t c = next(), d = next();
          for (double value : normalDoubles(a, b, c, d))
            if (std::abs(value) < 2 && i < end)
              out[i++] = value;
        } else {
          for (float value : normalFloats(a, b))
            if (std::abs(value) < 2 && i < end)
              out[i++] = T(value);
        }
      }
    }
  }
};

/// Integers of all bits, or in [low, low + range) if `range` is not zero.
struct Integers {
  uint64_t low = 0, range = 0;

  template <typename T> void operator()(Philox generator, std::span<T> out) {
    PhiloxNumbers next(generator);
    for (T &value : out) {
      uint64_t bits = next();
      if constexpr (sizeof(T) == 8)
        bits = joined(static_cast<uint32_t>(bits), next());
      value = static_cast<T>(range ? low + bits % range : bits);
    }
  }
};

//===----------------------------------------------------------------------===//
// Ops: operand 0 is the shape
//===----------------------------------------------------------------------===//

template <typename Distribution, typename T>
absl::Status fill(RoutineCall &call, const Philox &generator,
                  const Shape &shape, Distribution distribution) {
  auto out = call.outputValues<T>(0, shape);
  if (out.ok())
    distribution(generator, *out);
  return out.status();
}

template <Source source, typename Distribution>
absl::Status randomFloats(RoutineCall &call) {
  absl::StatusOr<Shape> shape = readRandomShape(call);
  if (!shape.ok())
    return shape.status();
  absl::StatusOr<Philox> generator =
      generatorFor<source>(call, *numElements(*shape));
  if (!generator.ok())
    return generator.status();
  return dispatchFloat(call.outputType(0), [&]<typename T>() {
    return fill<Distribution, T>(call, *generator, *shape, Distribution());
  });
}

/// As oneInteger, of any integer type.
absl::StatusOr<int64_t> oneBound(const RoutineCall &call, size_t index,
                                 const char *name) {
  if (call.numElements(index) != 1)
    return oneInteger(call, index, name).status();
  int64_t value = 0;
  absl::Status status =
      dispatchInteger(call.input(index).dtype, [&]<typename T>() {
        value = static_cast<int64_t>(call.values<T>(index)[0]);
        return absl::OkStatus();
      });
  if (!status.ok())
    return status;
  return value;
}

/// `bounds`: the operand that holds the minimum; the next is the maximum.
template <Source source, size_t bounds>
absl::Status randomIntegers(RoutineCall &call) {
  absl::StatusOr<Shape> shape = readRandomShape(call);
  absl::StatusOr<int64_t> low = oneBound(call, bounds, "minval");
  absl::StatusOr<int64_t> high = oneBound(call, bounds + 1, "maxval");
  if (absl::Status status =
          firstError({shape.status(), low.status(), high.status()});
      !status.ok())
    return status;
  if (*low >= *high && *numElements(*shape) > 0)
    return invalid("expects minval below maxval, but got ", *low, " and ",
                   *high);
  absl::StatusOr<Philox> generator =
      generatorFor<source>(call, *numElements(*shape));
  if (!generator.ok())
    return generator.status();
  Integers integers = {static_cast<uint64_t>(*low),
                       static_cast<uint64_t>(*high) -
                           static_cast<uint64_t>(*low)};
  return dispatchInteger(call.outputType(0), [&]<typename T>() {
    return fill<Integers, T>(call, *generator, *shape, integers);
  });
}

template <Source source> absl::Status randomBits(RoutineCall &call) {
  absl::StatusOr<Shape> shape = readRandomShape(call);
  if (!shape.ok())
    return shape.status();
  absl::StatusOr<Philox> generator =
      generatorFor<source>(call, *numElements(*shape));
  if (!generator.ok())
    return generator.status();
  DType dtype = call.outputType(0);
  if (dtype == DType::Int64 || dtype == DType::UInt64)
    return fill<Integers, uint64_t>(call, *generator, *shape, {});
  return fill<Integers, uint32_t>(call, *generator, *shape, {});
}

absl::Status getKeyCounter(RoutineCall &call) {
  auto mixed = mixSeed(call, 0);
  auto key = call.outputValues<uint64_t>(0, Shape{1});
  auto counter = call.outputValues<uint64_t>(1, Shape{2});
  if (absl::Status status =
          firstError({mixed.status(), key.status(), counter.status()});
      !status.ok())
    return status;
  (*key)[0] = (*mixed)[0];
  (*counter)[0] = (*mixed)[1];
  (*counter)[1] = (*mixed)[2];
  return absl::OkStatus();
}

template <size_t output> absl::Status getAlgorithm(RoutineCall &call) {
  if constexpr (output == 2)
    if (absl::Status status = getKeyCounter(call); !status.ok())
      return status;
  auto algorithm = call.outputValues<int32_t>(output, Shape{});
  if (algorithm.ok())
    (*algorithm)[0] = 1;
  return algorithm.status();
}

//===----------------------------------------------------------------------===//
// Classes and orders
//===----------------------------------------------------------------------===//

/// The class of each of `samples` draws, in proportion to exp(logit).
template <typename T, typename I>
void drawClasses(std::span<const T> logits, PhiloxNumbers &next,
                 std::span<I> out) {
  double highest = std::numeric_limits<double>::lowest(), total = 0;
  for (T logit : logits)
    if (std::isfinite(static_cast<double>(logit)))
      highest = std::max(highest, static_cast<double>(logit));
  std::vector<double> sums;
  for (T logit : logits) {
    if (std::isfinite(static_cast<double>(logit)))
      total += std::exp(static_cast<double>(logit) - highest);
    sums.push_back(total);
  }
  for (I &value : out) {
    uint32_t high = next();
    double wanted = uniformDouble(high, next()) * total;
    value = static_cast<I>(std::upper_bound(sums.begin(), sums.end(), wanted) -
                           sums.begin());
  }
}

template <Source source> absl::Status multinomial(RoutineCall &call) {
  absl::StatusOr<int64_t> samples = oneSize(call, 1, "num_samples");
  if (absl::Status status =
          firstError({requireRank(call, 0, "logits", 2), samples.status()});
      !status.ok())
    return status;
  const TensorView &logits = call.input(0);
  int64_t rows = logits.dims[0], classes = logits.dims[1];
  std::optional<int64_t> count = numElements(Shape{rows, *samples, 2 * 256});
  if (!count || (classes == 0 && *count > 0))
    return invalid("expects one class or more and fewer samples, but got ",
                   classes, " classes and ", *samples, " samples");
  absl::StatusOr<Philox> generator =
      source == Source::Node
          ? nodeGenerator(call,
                          static_cast<uint64_t>(rows) *
                              ((static_cast<uint64_t>(*samples) + 3) / 4 * 4) *
                              2 * 256)
          : seedGenerator(call, 2);
  if (!generator.ok())
    return generator.status();
  PhiloxNumbers next(*generator);
  auto draw = [&]<typename T, typename I>() -> absl::Status {
    auto out = call.outputValues<I>(0, Shape{rows, *samples});
    if (!out.ok())
      return out.status();
    for (int64_t row = 0; row < rows; ++row)
      drawClasses<T, I>(call.values<T>(0).subspan(row * classes, classes), next,
                        out->subspan(row * *samples, *samples));
    return absl::OkStatus();
  };
  return dispatchReal(logits.dtype, [&]<typename T>() {
    if (call.outputType(0) == DType::Int64)
      return draw.template operator()<T, int64_t>();
    return draw.template operator()<T, int32_t>();
  });
}

absl::Status randomShuffle(RoutineCall &call) {
  const TensorView &input = call.input(0);
  int64_t rows = input.rank ? input.dims[0] : 1;
  int64_t width = input.rank ? countOf(input, 1, input.rank) : 1;
  if (call.numElements(0) == 0)
    return call.output(0, input.shape()).status();
  if (rows > std::numeric_limits<uint32_t>::max())
    return invalid("expects at most 2^32 - 1 rows, but got shape ",
                   shapeText(call, 0));
  absl::StatusOr<Philox> generator = nodeGenerator(
      call, (static_cast<uint64_t>(std::max<int64_t>(rows, 1)) - 1 + 3) / 4);
  if (!generator.ok())
    return generator.status();
  std::vector<int64_t> order(static_cast<size_t>(rows));
  std::iota(order.begin(), order.end(), 0);
  PhiloxNumbers next(*generator);
  for (int64_t i = 0; i + 1 < rows; ++i)
    std::swap(order[i], order[i + next() % static_cast<uint32_t>(rows - i)]);
  return dispatchBits(input.dtype, [&]<typename T>() {
    auto out = call.outputValues<T>(0, input.shape());
    if (!out.ok())
      return out.status();
    auto to = out->begin();
    for (int64_t row : order)
      to = std::copy_n(call.values<T>(0).data() + row * width, width, to);
    return absl::OkStatus();
  });
}

} // namespace

void addRandomRoutines(RoutineTable &table) {
  table.add("RandomUniform", randomFloats<Source::Node, Uniform>);
  table.add("RandomStandardNormal", randomFloats<Source::Node, Normal>);
  table.add("TruncatedNormal", randomFloats<Source::Node, TruncatedNormal>);
  table.add("RandomUniformInt", randomIntegers<Source::Node, 1>);
  table.add("Multinomial", multinomial<Source::Node>);
  table.add("RandomShuffle", randomShuffle);
  table.add("StatelessRandomUniform", randomFloats<Source::Seed, Uniform>);
  table.add("StatelessRandomNormal", randomFloats<Source::Seed, Normal>);
  table.add("StatelessTruncatedNormal",
            randomFloats<Source::Seed, TruncatedNormal>);
  table.add("StatelessRandomUniformInt", randomIntegers<Source::Seed, 2>);
  table.add("StatelessRandomUniformFullInt", randomBits<Source::Seed>);
  table.add("StatelessMultinomial", multinomial<Source::Seed>);
  table.add("StatelessRandomUniformV2", randomFloats<Source::Key, Uniform>);
  table.add("StatelessRandomNormalV2", randomFloats<Source::Key, Normal>);
  table.add("StatelessTruncatedNormalV2",
            randomFloats<Source::Key, TruncatedNormal>);
  table.add("StatelessRandomUniformIntV2", randomIntegers<Source::Key, 4>);
  table.add("StatelessRandomUniformFullIntV2", randomBits<Source::Key>);
  table.add("StatelessRandomGetKeyCounter", getKeyCounter);
  table.add("StatelessRandomGetAlg", getAlgorithm<0>);
  table.add("StatelessRandomGetKeyCounterAlg", getAlgorithm<2>);
}

} // namespace firn::runtime
