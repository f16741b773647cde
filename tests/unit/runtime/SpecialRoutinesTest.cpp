// Special functions against their known values and identities.
#include "backend/runtime/routines/SpecialFunctions.h"
#include "tests/unit/runtime/RoutineCalls.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace firn::runtime::test {
namespace {

namespace special = ::firn::runtime::special;
const double kPi = std::numbers::pi;
const double kInfinity = std::numeric_limits<double>::infinity();

/// Equal to a few units in the last place.
void expectClose(double value, double wanted) {
  EXPECT_NEAR(value, wanted, 2e-15 * std::fabs(wanted));
}

TEST(SpecialFunctions, Gamma) {
  expectClose(special::lgamma(0.5), 0.57236494292470009);
  expectClose(special::lgamma(-0.5), 1.2655121234846454);
  EXPECT_EQ(special::lgamma(-2), kInfinity);
  expectClose(special::digamma(1), -0.57721566490153286);
  EXPECT_NEAR(special::digamma(-0.5), 0.036489973978576520, 1e-15);
  EXPECT_TRUE(std::isnan(special::digamma(-3)));
  expectClose(special::zeta(2, 1), kPi * kPi / 6);
  expectClose(special::zeta(4, 1), std::pow(kPi, 4) / 90);
  expectClose(special::zeta(60, 1), 1.0);
  EXPECT_EQ(special::zeta(1, 2), kInfinity);
  EXPECT_TRUE(std::isnan(special::zeta(0.5, 2)));
  expectClose(special::polygamma(1, 1), kPi * kPi / 6);
  expectClose(special::polygamma(2, 1), -2.4041138063191886);
  EXPECT_TRUE(std::isnan(special::polygamma(1.5, 1)));
}

TEST(SpecialFunctions, IncompleteGammaAndBeta) {
  expectClose(special::igamma(1, 1), -std::expm1(-1.0));
  expectClose(special::igamma(0.5, 0.25), std::erf(0.5));
  expectClose(special::igammac(0.5, 6.25), std::erfc(2.5));
  expectClose(special::igammac(1, 30), std::exp(-30.0));
  // x³/2 (1/3 - x/4 + x²/10 - …)
  expectClose(special::igamma(3, 1e-3), 1.6654171665278078e-10);
  EXPECT_EQ(special::igamma(2, 0), 0);
  EXPECT_EQ(special::igamma(2, kInfinity), 1);
  EXPECT_TRUE(std::isnan(special::igamma(-1, 1)));
  EXPECT_TRUE(std::isnan(special::igamma(1, -1)));
  for (double a : {0.01, 0.7, 3.0, 50.0, 1e4})
    for (double ratio : {0.1, 0.9, 1.0, 1.1, 3.0})
      EXPECT_NEAR(special::igamma(a, a * ratio) +
                      special::igammac(a, a * ratio),
                  1, 1e-13);
  expectClose(special::betainc(2, 3, 0.5), 0.6875);
  expectClose(special::betainc(1, 4, 0.3), 1 - std::pow(0.7, 4));
  EXPECT_EQ(special::betainc(1, 4, 0), 0);
  EXPECT_TRUE(std::isnan(special::betainc(1, 4, 1.5)));
}

TEST(SpecialFunctions, InversesOfTheErrorFunction) {
  expectClose(special::erfinv(0.5), 0.47693627620446987);
  for (double y : {1e-9, 1e-4, 0.1, 0.4, 0.7})
    expectClose(std::erf(special::erfinv(y)), y);
  EXPECT_EQ(special::erfinv(-1), -kInfinity);
  EXPECT_TRUE(std::isnan(special::erfinv(1.1)));
  expectClose(special::ndtri(0.975), 1.9599639845400545);
  EXPECT_NEAR(special::ndtri(0.5), 0, 1e-16);
  EXPECT_EQ(special::ndtri(0), -kInfinity);
  // A tail far below the smallest distance to one.
  EXPECT_NEAR(std::erfc(-special::ndtri(1e-100) / std::sqrt(2.0)) / 2e-100, 1,
              1e-13);
}

TEST(SpecialFunctions, Integrals) {
  expectClose(special::dawson(1), 0.53807950691276842);
  expectClose(special::dawson(-0.1), -0.099335992397852861);
  expectClose(special::dawson(1e9), 5e-10);
  expectClose(special::fresnelCos(1), 0.77989340037682283);
  expectClose(special::fresnelSin(1), 0.43825914739035477);
  EXPECT_NEAR(special::fresnelCos(2), 0.48825340607534074, 1e-14);
  EXPECT_NEAR(special::fresnelSin(-2), -0.34341567836369824, 1e-14);
  expectClose(special::spence(0), kPi * kPi / 6);
  expectClose(special::spence(2), -kPi * kPi / 12);
  expectClose(special::spence(0.5),
              kPi * kPi / 12 - std::pow(std::log(2.0), 2) / 2);
  EXPECT_TRUE(std::isnan(special::spence(-1)));
  expectClose(special::expint(1), 1.8951178163559368);
  // The derivative of its logarithm is exp(x) / (x Ei(x)), on both sides of 40.
  EXPECT_NEAR(special::expint(39.9999) / special::expint(40.0001),
              std::exp(-0.0002 / 1.02636), 1e-8);
}

TEST(SpecialFunctions, Bessel) {
  expectClose(special::besselI0(1), 1.2660658777520084);
  expectClose(special::besselI1(-1), -0.56515910399248503);
  expectClose(special::besselK0(1), 0.42102443824070833);
  expectClose(special::besselK1(1), 0.60190723019723458);
  expectClose(special::besselK0e(1), 0.42102443824070833 * std::exp(1.0));
  EXPECT_EQ(special::besselK0(0), kInfinity);
  EXPECT_EQ(special::besselI0(800), kInfinity);
  // I0 K1 + I1 K0 = 1 / x holds on both sides of every switch of method.
  for (double x : {1e-3, 0.5, 5.0, 19.9, 20.1, 300.0})
    EXPECT_NEAR(x * (special::besselI0e(x) * special::besselK1e(x) +
                     special::besselI1e(x) * special::besselK0e(x)),
                1, 4e-15);
  EXPECT_TRUE(std::isnan(special::besselY0(-1)));
}

TEST(SpecialRoutines, TypesAndBroadcasting) {
  auto r = Call("Igamma")
               .input<float>({2, 1}, {1, 2})
               .input<float>({2}, {1, 0})
               .results({{DType::Float, 2}});
  EXPECT_EQ(r[0].shape(), (Shape{2, 2}));
  EXPECT_THAT(r[0].as<float>(),
              testing::Pointwise(testing::FloatEq(),
                                 {0.63212055f, 0.0f, 0.26424113f, 0.0f}));
  EXPECT_THAT(Call("Zeta")
                  .input<float>({2}, {1, 2})
                  .input<float>({3}, {1, 2, 3})
                  .failure({{DType::Float, 1}}),
              testing::HasSubstr("broadcast"));
  auto bits = Call("PopulationCount")
                  .input<int16_t>({3}, {-1, 0, 5})
                  .results({{DType::UInt8, 1}});
  EXPECT_THAT(bits[0].as<uint8_t>(), testing::ElementsAre(16, 0, 2));
  auto next = Call("NextAfter")
                  .input<float>({2}, {1, 1})
                  .input<float>({2}, {2, 1})
                  .results({{DType::Float, 1}});
  EXPECT_THAT(
      next[0].as<float>(),
      testing::ElementsAre(1 + std::numeric_limits<float>::epsilon(), 1.0f));
}

} // namespace
} // namespace firn::runtime::test
