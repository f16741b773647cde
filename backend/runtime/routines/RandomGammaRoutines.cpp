// Random numbers of the gamma distribution, by the method of Marsaglia and
// Tsang ("A simple method for generating gamma variables", 2000): a normal
// number, taken or not by a uniform one. Each output has numbers of its own, so
// that one does not depend on how many another one took.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Families.h"
#include "backend/runtime/routines/RandomGenerators.h"

#include "absl/functional/function_ref.h"

#include <limits>

namespace firn::runtime {
namespace {

/// Numbers in pairs, of which the second is taken first.
class Pairs {
public:
  using Make = absl::FunctionRef<std::array<double, 2>(const Philox::Block &)>;
  Pairs(Philox &generator, Make make) : generator(generator), make(make) {}
  double operator()() {
    if (left == 0) {
      pair = make(generator());
      left = 2;
    }
    return pair[--left];
  }

private:
  Philox &generator;
  Make make;
  std::array<double, 2> pair = {};
  size_t left = 0;
};

double drawGamma(double alpha, Philox generator) {
  auto toUniforms = [](const Philox::Block &bits) -> std::array<double, 2> {
    return {uniformDouble(bits[0], bits[1]), uniformDouble(bits[2], bits[3])};
  };
  auto toNormals = [](const Philox::Block &bits) {
    return normalDoubles(bits[0], bits[1], bits[2], bits[3]);
  };
  Pairs uniform(generator, toUniforms), normal(generator, toNormals);
  if (alpha == 1)
    return -std::log1p(-uniform());
  if (!(alpha > 0))
    return std::numeric_limits<double>::quiet_NaN();
  // Below 1 the number is one of alpha + 1, times u^(1/alpha).
  bool isSmall = alpha < 1;
  double d = alpha + (isSmall ? 2.0 / 3 : -1.0 / 3);
  double c = 1.0 / 3 / std::sqrt(d);
  while (true) {
    double x = normal();
    double v = 1 + c * x;
    if (v <= 0)
      continue;
    v = v * v * v;
    double u = uniform();
    // The first bound saves most of the logarithms.
    if (!(u < 1 - 0.0331 * (x * x) * (x * x)) &&
        !(std::log(u) < 0.5 * x * x + d * (1 - v + std::log(v))))
      continue;
    return isSmall ? d * v * std::pow(uniform(), 1 / alpha) : d * v;
  }
}

/// The numbers of alpha i are at i, i + number of alphas, and so on.
template <typename T>
void drawGammas(std::span<const T> alphas, const Philox &generator,
                std::span<T> out) {
  size_t samples = alphas.empty() ? 0 : out.size() / alphas.size();
  for (size_t i = 0; i < alphas.size(); ++i)
    for (size_t sample = 0; sample < samples; ++sample) {
      Philox own = generator;
      own.skip(kBlocksPerOutput * (i * samples + sample));
      out[sample * alphas.size() + i] = static_cast<T>(
          static_cast<
              std::conditional_t<std::is_same_v<T, double>, double, float>>(
              drawGamma(static_cast<double>(alphas[i]), own)));
    }
}

/// `alpha`: the operand that holds the parameters. Of a node with a state the
/// result has their dimensions behind its own; else its shape ends with them.
template <Source source, size_t alpha>
absl::Status randomGamma(RoutineCall &call) {
  absl::StatusOr<Shape> shape = readRandomShape(call);
  if (!shape.ok())
    return shape.status();
  std::span<const int64_t> dims = call.input(alpha).shape();
  Shape parameters(dims.begin(), dims.end());
  if constexpr (source == Source::Node) {
    shape->insert(shape->end(), parameters.begin(), parameters.end());
    if (!numElements(*shape))
      return invalid("expects a shape, but got ", shapeToString(*shape));
  } else if (shape->size() < parameters.size() ||
             !std::equal(parameters.rbegin(), parameters.rend(),
                         shape->rbegin())) {
    return invalid("expects a shape that ends with that of alpha, ",
                   shapeToString(parameters), ", but got ",
                   shapeToString(*shape));
  }
  absl::StatusOr<Philox> generator =
      generatorFor<source>(call, *numElements(*shape));
  if (!generator.ok())
    return generator.status();
  return dispatchFloat(call.outputType(0), [&]<typename T>() {
    auto out = call.outputValues<T>(0, *shape);
    if (out.ok())
      drawGammas<T>(call.values<T>(alpha), *generator, *out);
    return out.status();
  });
}

} // namespace

void addRandomGammaRoutines(RoutineTable &table) {
  table.add("RandomGamma", randomGamma<Source::Node, 1>);
  table.add("StatelessRandomGammaV2", randomGamma<Source::Seed, 2>);
  table.add("StatelessRandomGammaV3", randomGamma<Source::Key, 4>);
}

} // namespace firn::runtime
