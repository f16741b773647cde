// firn-ulp-scan: how far the compiled elementwise functions are from the exact
// result, over all 2^32 floats (or every n-th). The reference is the C
// library's function in double precision, rounded to float; denormals count as
// zero on both sides, as compiled code has them (docs/Numerics.md holds the
// table).
//
//   firn-ulp-scan [--stride N] [FUNCTION…]
#include "api/Model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include <unistd.h>

namespace {

struct Function {
  const char *op;
  double (*exact)(double);
};

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double rsqrt(double x) { return 1 / std::sqrt(x); }
double softplus(double x) {
  return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}
double elu(double x) { return x < 0 ? std::expm1(x) : x; }

const Function kFunctions[] = {
    {"Exp", std::exp},     {"Expm1", std::expm1},  {"Log", std::log},
    {"Log1p", std::log1p}, {"Tanh", std::tanh},    {"Sigmoid", sigmoid},
    {"Erf", std::erf},     {"Erfc", std::erfc},    {"Sin", std::sin},
    {"Cos", std::cos},     {"Tan", std::tan},      {"Rsqrt", rsqrt},
    {"Sqrt", std::sqrt},   {"Softplus", softplus}, {"Elu", elu},
    {"Sinh", std::sinh},   {"Cosh", std::cosh},    {"Asin", std::asin},
    {"Acos", std::acos},   {"Atan", std::atan},    {"Asinh", std::asinh},
    {"Acosh", std::acosh}, {"Atanh", std::atanh},
};

constexpr size_t kChunk = 1 << 20;

bool isDenormal(float x) {
  return x != 0 && std::fpclassify(x) == FP_SUBNORMAL;
}

/// Floats in the order of the numbers, so that neighbours differ by one.
int64_t ordered(float x) {
  auto bits = std::bit_cast<int32_t>(x);
  return bits < 0 ? -static_cast<int64_t>(bits & 0x7fffffff) : bits;
}

/// Units in the last place between what was found and the exact value; a result
/// that is NaN or infinite where the exact one is not is the largest number.
double ulpsBetween(float found, double exact) {
  auto rounded = static_cast<float>(exact);
  if (std::isnan(found) || std::isnan(rounded))
    return std::isnan(found) == std::isnan(rounded)
               ? 0
               : std::numeric_limits<double>::infinity();
  if (isDenormal(rounded) || isDenormal(found)) {
    // Flushed, or at the border to it: zero and the least normal are as good.
    constexpr float kLeast = std::numeric_limits<float>::min();
    if (std::abs(found) <= kLeast && std::abs(rounded) <= kLeast)
      return 0;
  }
  return static_cast<double>(std::abs(ordered(found) - ordered(rounded)));
}

struct Worst {
  double ulps = 0;
  float at = 0;
  float found = 0;
};

absl::StatusOr<firn::Predictor> compile(const Function &function,
                                        const std::string &path) {
  std::ofstream(path)
      << "node { name: \"x\" op: \"Placeholder\" attr { key: \"dtype\" value { "
         "type: DT_FLOAT } } }\nnode { name: \"y\" op: \""
      << function.op
      << "\" input: \"x\" attr { key: \"T\" value { type: DT_FLOAT } } }\n";
  absl::StatusOr<firn::Model> model = firn::Model::load(path, {});
  if (!model.ok())
    return model.status();
  std::vector<firn::InputSpec> feeds{
      {"x", firn::DType::Float, {static_cast<int64_t>(kChunk)}}};
  std::vector<std::string> fetches{"y"};
  return model->prepareTensors(feeds, fetches);
}

absl::StatusOr<Worst> scan(const Function &function,
                           const firn::Predictor &predictor, uint64_t stride) {
  absl::StatusOr<firn::Tensor> x = firn::Tensor::uninitialized(
      firn::DType::Float, firn::Shape{static_cast<int64_t>(kChunk)});
  absl::StatusOr<firn::Tensor> y = *x;
  Worst worst;
  for (uint64_t next = 0; next < (uint64_t(1) << 32);) {
    for (float &value : x->values<float>()) {
      value = std::bit_cast<float>(static_cast<uint32_t>(next));
      next = std::min(next + stride, uint64_t(1) << 32);
    }
    firn::TensorView in = x->view(), out = y->view();
    if (absl::Status status = predictor.run({&in, 1}, {&out, 1}); !status.ok())
      return status;
    std::span<const float> found = y->values<float>();
    for (size_t i = 0; i < kChunk; ++i) {
      float input = x->values<float>()[i];
      double exact = function.exact(
          isDenormal(input) ? std::copysign(0.0F, input) : input);
      double ulps = ulpsBetween(found[i], exact);
      if (ulps > worst.ulps)
        worst = {ulps, input, found[i]};
    }
  }
  return worst;
}

} // namespace

int main(int argc, char **argv) {
  uint64_t stride = 1;
  std::vector<std::string> wanted;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--stride") == 0 && i + 1 < argc)
      stride = std::max(1ULL, std::strtoull(argv[++i], nullptr, 10));
    else
      wanted.push_back(argv[i]);
  }
  char folder[] = "/tmp/firn-ulp-XXXXXX";
  if (!mkdtemp(folder))
    return 1;
  std::string path = std::string(folder) + "/f.pbtxt";
  std::printf(
      "| function | worst ULP | at | found | exact |\n|---|---|---|---|---|\n");
  int status = 0;
  for (const Function &function : kFunctions) {
    if (!wanted.empty() &&
        std::find(wanted.begin(), wanted.end(), function.op) == wanted.end())
      continue;
    absl::StatusOr<firn::Predictor> predictor = compile(function, path);
    absl::StatusOr<Worst> worst = predictor.ok()
                                      ? scan(function, *predictor, stride)
                                      : predictor.status();
    if (!worst.ok()) {
      std::fprintf(stderr, "%s: %s\n", function.op,
                   std::string(worst.status().message()).c_str());
      status = 1;
      continue;
    }
    std::printf("| %s | %g | %.9g | %.9g | %.9g |\n", function.op, worst->ulps,
                worst->at, worst->found,
                static_cast<float>(function.exact(worst->at)));
    std::fflush(stdout);
  }
  std::remove(path.c_str());
  rmdir(folder);
  return status;
}
