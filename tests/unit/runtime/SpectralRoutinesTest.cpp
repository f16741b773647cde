// Fourier transforms against their definition, and what is made of them.
#include "backend/runtime/routines/Fourier.h"
#include "tests/unit/runtime/RoutineCalls.h"

#include <cmath>
#include <numbers>

namespace firn::runtime::test {
namespace {

using Complex = std::complex<double>;
using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::HasSubstr;
using ::testing::Pointwise;

TEST(Fourier, FollowsItsDefinitionForAllKindsOfLengths) {
  for (size_t n : {1, 2, 3, 4, 5, 6, 8, 12, 30, 61, 67, 97, 128, 134, 143}) {
    std::vector<Complex> values, copy;
    for (size_t j = 0; j < n; ++j)
      values.push_back({std::sin(1.0 + j), std::cos(3.0 * j)});
    copy = values;
    Fourier fourier(n);
    fourier.forward(values.data());
    for (size_t k = 0; k < n; ++k) {
      Complex sum;
      for (size_t j = 0; j < n; ++j)
        sum += copy[j] * std::polar(1.0, -2 * std::numbers::pi *
                                             double(j * k % n) / double(n));
      EXPECT_LT(std::abs(sum - values[k]), 1e-12) << n << " " << k;
    }
    fourier.inverse(values.data());
    for (size_t j = 0; j < n; ++j)
      EXPECT_LT(std::abs(copy[j] - values[j]), 1e-13) << n << " " << j;
  }
}

TEST(SpectralRoutines, RealTransformsCropAndComeBack) {
  auto spectrum = Call("RFFT")
                      .input<float>({1, 5}, {1, 2, 3, 4, 99})
                      .input<int32_t>({1}, {4})
                      .results({{DType::Complex64, 2}});
  EXPECT_EQ(spectrum[0].shape(), (Shape{1, 3}));
  const std::vector<std::complex<float>> wanted = {10.0f, {-2, 2}, -2.0f};
  for (size_t i = 0; i < wanted.size(); ++i)
    EXPECT_LT(std::abs(spectrum[0].as<std::complex<float>>()[i] - wanted[i]),
              1e-6f);
  auto back = Call("IRFFT")
                  .input<std::complex<float>>({3}, {10.0f, {-2, 2}, -2.0f})
                  .input<int32_t>({1}, {4})
                  .results({{DType::Float, 1}});
  EXPECT_THAT(back[0].as<float>(),
              Pointwise(FloatNear(1e-6f), {1.0f, 2.0f, 3.0f, 4.0f}));
  EXPECT_THAT(Call("RFFT")
                  .input<float>({3}, {1, 2, 3})
                  .input<int32_t>({1}, {4})
                  .failure({{DType::Complex64, 1}}),
              HasSubstr("at least 4"));
}

TEST(SpectralRoutines, TwoDimensionsComeBack) {
  std::vector<double> image = {1, 5, 2, 4, 3, 7, 0, 1, 1, 2, 9, 8};
  auto spectrum = Call("RFFT2D")
                      .input<double>({3, 4}, image)
                      .input<int32_t>({2}, {3, 4})
                      .results({{DType::Complex128, 2}});
  EXPECT_EQ(spectrum[0].shape(), (Shape{3, 3}));
  EXPECT_NEAR(spectrum[0].as<Complex>()[0].real(), 43, 1e-12);
  auto back = Call("IRFFT2D")
                  .input<Complex>({3, 3}, spectrum[0].as<Complex>())
                  .input<int32_t>({2}, {3, 4})
                  .results({{DType::Double, 2}});
  EXPECT_THAT(back[0].as<double>(),
              Pointwise(testing::DoubleNear(1e-12), image));
}

TEST(AudioRoutines, SpectrogramOfAConstantIsTheWindow) {
  auto r = Call("AudioSpectrogram")
               .attr("window_size", int64_t(4))
               .attr("stride", int64_t(2))
               .input<float>({7, 1}, std::vector<float>(7, 1.0f))
               .results({{DType::Float, 3}});
  EXPECT_EQ(r[0].shape(), (Shape{1, 2, 3}));
  // The window is 0, 1/2, 1, 1/2.
  EXPECT_THAT(
      r[0].as<float>(),
      Pointwise(FloatNear(1e-6f), {2.0f, 1.0f, 0.0f, 2.0f, 1.0f, 0.0f}));
}

TEST(AudioRoutines, MfccOfAFlatSpectrum) {
  // All filters see the same logarithm: only the first coefficient is not zero
  // when filters are wide enough to sum up to the same.
  auto r = Call("Mfcc")
               .attr("filterbank_channel_count", int64_t(4))
               .attr("dct_coefficient_count", int64_t(2))
               .input<float>({1, 1, 5}, {0, 0, 0, 0, 0})
               .input<int32_t>({}, {16000})
               .results({{DType::Float, 3}});
  EXPECT_THAT(r[0].as<float>(),
              Pointwise(FloatNear(1e-4f),
                        {std::sqrt(0.5f) * 4 * std::log(1e-12f), 0.0f}));
}

} // namespace
} // namespace firn::runtime::test
