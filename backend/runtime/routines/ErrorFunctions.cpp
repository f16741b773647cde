// Inverses of the error function (Halley's steps from Winitzki's formula), and
// integrals that are near to it: Dawson, Fresnel, dilogarithm, exponential.
#include "backend/runtime/routines/SpecialFunctions.h"

#include <cmath>
#include <complex>
#include <limits>
#include <numbers>

namespace firn::runtime::special {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kPi = std::numbers::pi;

/// y >= 0 with erf(y) = x and erfc(y) = rest, where x + rest = 1. Uses the
/// smaller of both, which is the exact one.
double inverse(double x, double rest) {
  if (rest <= 0)
    return kInfinity;
  double log = std::log(rest) + std::log1p(x);
  double half = 2 / (kPi * 0.147) + log / 2;
  double y = std::sqrt(std::sqrt(half * half - log / 0.147) - half);
  if (x < 1e-3)
    y = x * std::sqrt(kPi) / 2;
  for (int step = 0; step < 3; ++step) {
    double error = x < 0.5 ? std::erf(y) - x : rest - std::erfc(y);
    double change = error / (2 * std::numbers::inv_sqrtpi * std::exp(-y * y));
    if (change == 0 || !std::isfinite(change))
      break;
    y -= change / (1 + y * change);
  }
  return y;
}

std::complex<double> fresnel(double x) {
  double size = std::fabs(x);
  if (size == kInfinity)
    return {std::copysign(0.5, x), std::copysign(0.5, x)};
  std::complex<double> sum;
  if (size < 1.5) {
    // x Σ (iπx²/2)^k / (k! (2k + 1)): even powers are C, odd ones S.
    std::complex<double> term = size;
    const std::complex<double> factor(0, kPi / 2 * size * size);
    for (int k = 0; k < 60; ++k) {
      sum += term / (2.0 * k + 1);
      term *= factor / (k + 1.0);
    }
  } else {
    // C + iS = (1 + i)/2 erf(z), erfc by its continued fraction.
    const std::complex<double> z =
        std::sqrt(kPi) / 2 * size * std::complex<double>(1, -1);
    std::complex<double> fraction = z;
    for (int k = 200; k > 0; --k)
      fraction = z + 0.5 * k / fraction;
    double turns = size * size / 2;
    double angle = kPi * std::fmod(turns, 2);
    const std::complex<double> e(std::cos(angle), std::sin(angle));
    sum = std::complex<double>(0.5, 0.5) *
          (1.0 - e * std::numbers::inv_sqrtpi / fraction);
  }
  return x < 0 ? -sum : sum;
}

} // namespace

double erfinv(double x) {
  double size = std::fabs(x);
  if (!(size <= 1))
    return kNaN;
  return std::copysign(inverse(size, 1 - size), x);
}

double ndtri(double p) {
  if (!(p >= 0 && p <= 1))
    return kNaN;
  double tail = p < 0.5 ? p : 1 - p;
  double y = std::numbers::sqrt2 * inverse(1 - 2 * tail, 2 * tail);
  return p < 0.5 ? -y : y;
}

double dawson(double x) {
  double size = std::fabs(x);
  if (size < 0.3) {
    double sum = 0, term = x;
    for (int k = 1; k < 30; ++k) {
      sum += term;
      term *= -2 * x * x / (2 * k + 1);
    }
    return sum;
  }
  if (size > 1e8)
    return 0.5 / x;
  // Rybicki: (1/√π) Σ exp(-(x - nh)²) / n over odd n; h = 0.2 is exact.
  constexpr double h = 0.2;
  double middle = 2 * std::floor(size / (2 * h)) + 1, sum = 0;
  for (double n = middle - 36; n <= middle + 36; n += 2) {
    double off = size - n * h;
    sum += std::exp(-off * off) / n;
  }
  return std::copysign(sum * std::numbers::inv_sqrtpi, x);
}

double fresnelCos(double x) { return fresnel(x).real(); }
double fresnelSin(double x) { return fresnel(x).imag(); }

double spence(double x) {
  constexpr double kFull = kPi * kPi / 6;
  if (!(x >= 0))
    return kNaN;
  if (x == 0)
    return kFull;
  if (x > 1.5) {
    double log = std::log(x);
    return -0.5 * log * log - spence(1 / x);
  }
  if (x < 0.5)
    return kFull - std::log(x) * std::log1p(-x) - spence(1 - x);
  double z = 1 - x, power = z, sum = 0;
  for (int k = 1; k < 60; ++k, power *= z)
    sum += power / (double(k) * k);
  return sum;
}

double expint(double x) {
  if (!(x >= 0))
    return kNaN;
  if (x == 0)
    return -kInfinity;
  if (x > 40) {
    double sum = 1, term = 1;
    for (int k = 1; k < x && term > kEpsilon / 4; ++k) {
      term *= k / x;
      sum += term;
    }
    return x > 720 ? std::exp(x - std::log(x)) * sum : std::exp(x) / x * sum;
  }
  double sum = 0, term = 1;
  for (int k = 1; k < 200; ++k) {
    term *= x / k;
    sum += term / k;
    if (term / k < sum * kEpsilon / 8)
      break;
  }
  return std::numbers::egamma + std::log(x) + sum;
}

} // namespace firn::runtime::special
