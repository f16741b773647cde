// Accuracy of vectorised functions against the C library in double precision,
// over a sample of all floats.
#include "tests/unit/jit/JitTestUtils.h"

#include "absl/strings/substitute.h"

#include <bit>
#include <cmath>
#include <cstring>

using namespace firn;
using namespace firn::jit::test;

namespace {

struct Function {
  const char *name;
  double (*reference)(double);
};

class Ulp : public testing::TestWithParam<Function> {};

/// A number near zero as the compiled code sees it.
double flush(double value) {
  return std::abs(value) < 1.17549435e-38 ? std::copysign(0.0, value) : value;
}

// At most 4 ULP anywhere, special values exactly.
TEST_P(Ulp, OverAllExponents) {
  constexpr int64_t kCount = 1 << 20;
  auto [name, reference] = GetParam();
  jit::test::Compiled code = compile(absl::Substitute(
      R"(
    #id = affine_map<(i) -> (i)>
    func.func @main(%x: tensor<$0xf32>) -> tensor<$0xf32> {
      %e = tensor.empty() : tensor<$0xf32>
      %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
          ins(%x : tensor<$0xf32>) outs(%e : tensor<$0xf32>) {
        ^bb0(%a: f32, %o: f32):
          %s = math.$1 %a : f32
          linalg.yield %s : f32
      } -> tensor<$0xf32>
      return %r : tensor<$0xf32>
    })",
      kCount, name));
  Tensor x = *Tensor::create(DType::Float, Shape{kCount});
  auto xs = x.values<float>();
  for (int64_t index = 0; index < kCount; ++index)
    xs[index] = std::bit_cast<float>(
        static_cast<uint32_t>(index * 4096 + index % 4096));
  const float special[] = {0.0F,       -0.0F, INFINITY,  -INFINITY,  NAN,
                           1.0F,       -1.0F, 88.72284F, 88.7229F,   -87.3F,
                           0.6249999F, 0.93F, 4.0F,      0.70710677F};
  std::copy(std::begin(special), std::end(special), xs.begin());
  Tensor result = std::move(run(code, {x}, {DType::Float})[0]);
  auto found = result.values<float>();
  double worst = 0;
  float worstAt = 0;
  for (int64_t index = 0; index < kCount; ++index) {
    double expected = flush(reference(flush(xs[index])));
    if (std::isnan(expected)) {
      EXPECT_TRUE(std::isnan(found[index])) << name << "(" << xs[index] << ")";
      continue;
    }
    auto rounded = static_cast<float>(expected);
    if (rounded == 0 || std::isinf(rounded)) {
      // Just beyond the range of normal numbers either side may be right.
      bool close = std::isinf(rounded)
                       ? found[index] >= 3.4e38F || found[index] == rounded
                       : std::abs(found[index]) < 1.2e-38F;
      EXPECT_TRUE(close) << name << "(" << xs[index] << ") = " << found[index];
      EXPECT_EQ(std::signbit(rounded), std::signbit(found[index]))
          << name << "(" << xs[index] << ")";
      continue;
    }
    int exponent;
    std::frexp(rounded, &exponent);
    double ulp = std::ldexp(1.0, exponent - 24);
    double error = std::abs(found[index] - expected) / ulp;
    if (error > worst) {
      worst = error;
      worstAt = xs[index];
    }
  }
  RecordProperty("ulp", std::to_string(worst));
  EXPECT_LE(worst, 4.0) << name << "(" << worstAt << ")";
}

INSTANTIATE_TEST_SUITE_P(
    Functions, Ulp,
    testing::Values(Function{"exp", std::exp}, Function{"log", std::log},
                    Function{"tanh", std::tanh}, Function{"erf", std::erf},
                    Function{"log1p", std::log1p},
                    Function{"expm1", std::expm1}, Function{"sin", std::sin},
                    Function{"cos", std::cos}),
    [](const auto &info) { return std::string(info.param.name); });

} // namespace
