// Batch and response normalisation against their formulas.
#include "tests/unit/lowering/LoweringTestUtils.h"

#include <cmath>

using namespace firn;
using namespace firn::jit::test;

namespace {

std::string batchNorm(const std::string &attributes, const std::string &x,
                      const std::string &c) {
  return "%y:5 = tfg.FusedBatchNormV2(%x, %s, %o, %m, %v) {" + attributes +
         "} : (tensor<" + x + ">, tensor<" + c + ">, tensor<" + c +
         ">, tensor<" + c + ">, tensor<" + c + ">) -> (tensor<" + x +
         ">, tensor<" + c + ">, tensor<" + c + ">, tensor<" + c + ">, tensor<" +
         c + ">)\n";
}

// Inference with constant statistics, and with statistics that are fed; the
// mean is large against the differences that count.
TEST(BatchNorm, Inference) {
  Tensor x = noise(Shape{2, 3, 4, 2}, 1);
  for (float &value : x.values<float>())
    value += 1000;
  std::vector<float> scale{1.5f, -2}, offset{0.25f, 3}, mean{1000, 999.5f},
      variance{0.5f, 4};
  std::vector<double> expected;
  for (size_t i = 0; float value : values<float>(x)) {
    size_t c = i++ % 2;
    expected.push_back((double(value) - mean[c]) * scale[c] /
                           std::sqrt(variance[c] + 0.001) +
                       offset[c]);
  }
  std::string node =
      batchNorm("is_training = false, epsilon = 1.000000e-03 : f32",
                "2x3x4x2xf32", "2xf32");
  std::string fetch = "tfg.fetch %y#0, %y#2 [\"y\", \"v\"] : "
                      "tensor<2x3x4x2xf32>, tensor<2xf32>";
  Compiled constants = compileGraph(
      feed("x", 0, "2x3x4x2xf32") + constant("s", "2xf32", "[1.5, -2.0]") +
      constant("o", "2xf32", "[0.25, 3.0]") +
      constant("m", "2xf32", "[1000.0, 999.5]") +
      constant("v", "2xf32", "[0.5, 4.0]") + node + fetch);
  auto out = run(constants, {x}, {DType::Float, DType::Float});
  expectNear(out[0], expected, 1e-6, 1e-5);
  EXPECT_EQ(values<float>(out[1]), variance);

  Compiled fed =
      compileGraph(feed("x", 0, "2x3x4x2xf32") + feed("s", 1, "2xf32") +
                   feed("o", 2, "2xf32") + feed("m", 3, "2xf32") +
                   feed("v", 4, "2xf32") + node + fetch);
  out = run(fed,
            {x, tensor<float>({2}, scale), tensor<float>({2}, offset),
             tensor<float>({2}, mean), tensor<float>({2}, variance)},
            {DType::Float, DType::Float});
  expectNear(out[0], expected, 1e-6, 1e-5);
}

// Statistics of the batch itself, channels first; the running ones are moved by
// a quarter, the variance with Bessel's correction.
TEST(BatchNorm, Training) {
  Tensor x = noise(Shape{2, 3, 2, 2}, 2);
  auto xs = values<float>(x);
  std::vector<double> y(xs.size()), means(3), variances(3), savedMeans(3);
  std::vector<float> scale{1, 2, 3}, offset{0, 1, -1}, mean{1, 1, 1},
      variance{2, 2, 2};
  for (int c = 0; c < 3; ++c) {
    double sum = 0, squares = 0;
    auto forAll = [&](auto visit) {
      for (int n = 0; n < 2; ++n)
        for (int i = 0; i < 4; ++i)
          visit((n * 3 + c) * 4 + i);
    };
    forAll([&](int i) { sum += xs[i]; });
    double m = sum / 8;
    forAll([&](int i) { squares += (xs[i] - m) * (xs[i] - m); });
    forAll([&](int i) {
      y[i] = (xs[i] - m) * scale[c] / std::sqrt(squares / 8 + 1e-4) + offset[c];
    });
    savedMeans[c] = m;
    means[c] = 0.75 * mean[c] + 0.25 * m;
    variances[c] = 0.75 * variance[c] + 0.25 * squares / 7;
  }
  Compiled code = compileGraph(
      feed("x", 0, "2x3x2x2xf32") + feed("s", 1, "3xf32") +
      feed("o", 2, "3xf32") + feed("m", 3, "3xf32") + feed("v", 4, "3xf32") +
      batchNorm("data_format = \"NCHW\", "
                "exponential_avg_factor = 2.500000e-01 : f32",
                "2x3x2x2xf32", "3xf32") +
      "tfg.fetch %y#0, %y#1, %y#2, %y#3 [\"y\", \"m\", \"v\", \"s\"] : "
      "tensor<2x3x2x2xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>");
  auto out = run(code,
                 {x, tensor<float>({3}, scale), tensor<float>({3}, offset),
                  tensor<float>({3}, mean), tensor<float>({3}, variance)},
                 {DType::Float, DType::Float, DType::Float, DType::Float});
  expectNear(out[0], y, 1e-6, 1e-5);
  expectNear(out[1], means, 1e-6, 1e-5);
  expectNear(out[2], variances, 1e-6, 1e-5);
  expectNear(out[3], savedMeans, 1e-6, 1e-5);
}

// Exponents with a form of their own, and one without.
TEST(LRN, SumsOverNeighbouringChannels) {
  for (double beta : {0.5, 0.75, 1.0, 0.6}) {
    std::string type = "1x2x2x7xf32";
    Compiled code = compileGraph(
        feed("x", 0, type) +
        "%y = tfg.LRN(%x) {depth_radius = 2 : i64, bias = 2.000000e+00 : f32, "
        "alpha = 5.000000e-01 : f32, beta = " +
        std::to_string(beta) + " : f32} : (tensor<" + type + ">) -> tensor<" +
        type + ">\ntfg.fetch %y [\"y\"] : tensor<" + type + ">");
    Tensor x = noise(Shape{1, 2, 2, 7}, 4);
    auto xs = values<float>(x);
    std::vector<double> expected;
    for (int i = 0; i < 28; ++i) {
      double sum = 0;
      for (int c = std::max(i % 7 - 2, 0); c <= std::min(i % 7 + 2, 6); ++c)
        sum += double(xs[i / 7 * 7 + c]) * xs[i / 7 * 7 + c];
      expected.push_back(xs[i] * std::pow(2 + 0.5 * sum, -beta));
    }
    expectNear(run(code, {x}, {DType::Float})[0], expected, 1e-6, 1e-5);
  }
}

} // namespace
