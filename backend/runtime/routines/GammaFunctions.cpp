// Functions around gamma. Recurrences move an argument to where an asymptotic
// expansion in the Bernoulli numbers holds; incomplete ones are a power series
// below the mean and a continued fraction (Lentz) above it.
#include "backend/runtime/routines/SpecialFunctions.h"

#include <cmath>
#include <limits>
#include <math.h>
#include <numbers>

namespace firn::runtime::special {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kPi = std::numbers::pi;
constexpr double kTiny = 1e-300;

/// The Bernoulli numbers B2, B4, …
constexpr double kBernoulli[] = {1.0 / 6,         -1.0 / 30,     1.0 / 42,
                                 -1.0 / 30,       5.0 / 66,      -691.0 / 2730,
                                 7.0 / 6,         -3617.0 / 510, 43867.0 / 798,
                                 -174611.0 / 330, 854513.0 / 138};

/// ln Γ(a) minus Stirling's formula, for a >= 10.
double stirlingRest(double a) {
  double sum = 0, power = 1 / a;
  for (int k = 1; k <= 8; ++k) {
    sum += kBernoulli[k - 1] / (2.0 * k * (2.0 * k - 1)) * power;
    power /= a * a;
  }
  return sum;
}

/// x^a e^-x / Γ(a), without cancellation where a is large and x near it.
double gammaDensity(double a, double x) {
  if (a < 10) {
    double power = std::pow(x, a) * std::exp(-x);
    return power / std::tgamma(a);
  }
  double off = (x - a) / a;
  double exponent = off > -0.5 && off < 1 ? off - std::log1p(off)
                                          : x / a - 1 - std::log(x / a);
  return std::sqrt(a / (2 * kPi)) * std::exp(-a * exponent - stirlingRest(a));
}

/// P(a, x) for x below a + 1.
double lowerSeries(double a, double x) {
  double term = 1, sum = 1;
  for (int n = 1; n < 200000 && term > sum * kEpsilon / 4; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return gammaDensity(a, x) / a * sum;
}

/// Q(a, x) for x above a + 1.
double upperFraction(double a, double x) {
  double b = x + 1 - a, c = 1 / kTiny, d = 1 / b, h = d;
  for (int n = 1; n < 200000; ++n) {
    double term = -n * (n - a);
    b += 2;
    d = term * d + b;
    d = 1 / (std::fabs(d) < kTiny ? kTiny : d);
    c = b + term / c;
    c = std::fabs(c) < kTiny ? kTiny : c;
    h *= d * c;
    if (std::fabs(d * c - 1) < kEpsilon)
      break;
  }
  return gammaDensity(a, x) * h;
}

/// Q(a, x) for small a and x, where P is near one.
double upperSmall(double a, double x) {
  double logPower = a * std::log(x) - special::lgamma(1 + a);
  double sum = 0, term = 1;
  for (int k = 1; k < 200; ++k) {
    term *= -x / k;
    double next = term / (a + k);
    sum += next;
    if (std::fabs(next) < std::fabs(sum) * kEpsilon / 4)
      break;
  }
  return -std::expm1(logPower) - std::exp(logPower) * a * sum;
}

/// The continued fraction of the incomplete beta function.
double betaFraction(double a, double b, double x) {
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  d = 1 / (std::fabs(d) < kTiny ? kTiny : d);
  double h = d;
  auto step = [&](double term) {
    d = 1 + term * d;
    d = 1 / (std::fabs(d) < kTiny ? kTiny : d);
    c = 1 + term / c;
    c = std::fabs(c) < kTiny ? kTiny : c;
    h *= d * c;
    return std::fabs(d * c - 1) < kEpsilon;
  };
  for (int m = 1; m < 100000; ++m) {
    step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
    if (step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))))
      break;
  }
  return h;
}

} // namespace

double lgamma(double x) {
  int sign = 0;
  return lgamma_r(x, &sign);
}

double digamma(double x) {
  if (x != x || x == -kInfinity)
    return kNaN;
  if (x <= 0) {
    if (x == std::floor(x))
      return kNaN;
    double fraction = x - std::floor(x);
    return digamma(1 - x) - kPi / std::tan(kPi * fraction);
  }
  if (x == kInfinity)
    return x;
  double shift = 0;
  for (; x < 10; x += 1)
    shift -= 1 / x;
  double sum = 0, power = 1 / (x * x), inverse = power;
  for (int k = 1; k <= 8; ++k, power *= inverse)
    sum += kBernoulli[k - 1] / (2 * k) * power;
  return shift + (std::log(x) - 0.5 / x - sum);
}

double zeta(double s, double q) {
  if (s != s || q != q || s < 1)
    return kNaN;
  if (s == 1)
    return kInfinity;
  if (q <= 0) {
    if (q == std::floor(q))
      return kInfinity;
    if (s != std::floor(s))
      return kNaN;
  }
  double sum = 0, at = q, least = std::fmax(10, s);
  for (int k = 0; at < least && k < 100000; ++k, at += 1) {
    double term = std::pow(at, -s);
    sum += term;
    if (at > 0 && term < sum * kEpsilon / 8)
      return sum;
  }
  double term = std::pow(at, -s);
  sum += term * at / (s - 1) + 0.5 * term;
  double factor = s * term / at / 2; // s…(s+2k-2) / (2k)! at^-(s+2k-1)
  for (int k = 1; k <= 11; ++k) {
    double next = kBernoulli[k - 1] * factor;
    sum += next;
    if (std::fabs(next) < std::fabs(sum) * kEpsilon / 8)
      break;
    factor *= (s + 2 * k - 1) * (s + 2 * k) /
              ((2.0 * k + 1) * (2.0 * k + 2) * at * at);
  }
  return sum;
}

double polygamma(double n, double x) {
  if (n == 0)
    return digamma(x);
  if (!(n > 0) || n != std::floor(n))
    return kNaN;
  double factorial =
      n < 170 ? std::tgamma(n + 1) : std::exp(special::lgamma(n + 1));
  double sign = std::fmod(n, 2) == 0 ? -1 : 1;
  return sign * factorial * zeta(n + 1, x);
}

double igammac(double a, double x) {
  if (!(a > 0) || !(x >= 0))
    return kNaN;
  if (x == 0 || a == kInfinity)
    return a == kInfinity && x == kInfinity ? kNaN : 1;
  if (x == kInfinity)
    return 0;
  if (x > a + 1)
    return upperFraction(a, x);
  if (a < 1 && x < 2)
    return upperSmall(a, x);
  return 1 - lowerSeries(a, x);
}

double igamma(double a, double x) {
  if (!(a > 0) || !(x >= 0))
    return kNaN;
  if (x == 0 || a == kInfinity)
    return a == kInfinity && x == kInfinity ? kNaN : 0;
  if (x == kInfinity)
    return 1;
  return x > a + 1 ? 1 - upperFraction(a, x) : lowerSeries(a, x);
}

double betainc(double a, double b, double x) {
  if (!(a > 0) || !(b > 0) || !(x >= 0) || !(x <= 1))
    return kNaN;
  if (x == 0 || x == 1)
    return x;
  double front =
      std::exp(a * std::log(x) + b * std::log1p(-x) + special::lgamma(a + b) -
               special::lgamma(a) - special::lgamma(b));
  if (x <= (a + 1) / (a + b + 2))
    return front * betaFraction(a, b, x) / a;
  return 1 - front * betaFraction(b, a, 1 - x) / b;
}

} // namespace firn::runtime::special
