// Bessel functions of order 0 and 1. I: power series, whose terms are all
// positive, then the asymptotic expansion; K: its integral by the trapezoidal
// rule, which is exact to rounding; J and Y: those of the C library.
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
constexpr double kSeriesLimit = 20;

/// I of x in [0, kSeriesLimit].
double seriesI(int order, double x) {
  double term = order ? x / 2 : 1, sum = term, square = x * x / 4;
  for (int k = 1; k < 200 && term > sum * kEpsilon / 8; ++k) {
    term *= square / (double(k) * (k + order));
    sum += term;
  }
  return sum;
}

/// I e^-x of larger x.
double asymptoticI(int order, double x) {
  double sum = 1, term = 1, fourSquare = 4.0 * order * order;
  for (int k = 1; k < 40 && std::fabs(term) > kEpsilon / 8; ++k) {
    double odd = 2 * k - 1;
    term *= -(fourSquare - odd * odd) / (8 * k * x);
    sum += term;
  }
  return sum / std::sqrt(2 * std::numbers::pi * x);
}

double besselI(int order, double x, bool scaled) {
  double size = std::fabs(x), value = 0;
  if (x != x)
    return x;
  if (size == kInfinity)
    value = scaled ? 0 : kInfinity;
  else if (size <= kSeriesLimit)
    value = seriesI(order, size) * (scaled ? std::exp(-size) : 1);
  else if (scaled)
    value = asymptoticI(order, size);
  else // half of the exponent twice: exp(x) alone would overflow too early
    value = std::exp(size / 2) * asymptoticI(order, size) * std::exp(size / 2);
  return order && x < 0 ? -value : value;
}

/// K e^x = ∫ exp(-2x sinh²(t/2)) cosh(order t) dt from zero up.
double besselK(int order, double x, bool scaled) {
  if (!(x >= 0))
    return kNaN;
  if (x == 0)
    return kInfinity;
  if (x == kInfinity)
    return 0;
  double step = std::fmin(0.125, 0.5 / std::sqrt(x)), sum = 0.5;
  for (int i = 1; i < 100000; ++i) {
    double t = i * step, half = std::sinh(t / 2);
    double term = std::exp(-2 * x * half * half) * (order ? std::cosh(t) : 1);
    sum += term;
    if (term < sum * kEpsilon / 16 && x * std::cosh(t) > 1)
      break;
  }
  return sum * step * (scaled ? 1 : std::exp(-x));
}

} // namespace

double besselI0(double x) { return besselI(0, x, false); }
double besselI0e(double x) { return besselI(0, x, true); }
double besselI1(double x) { return besselI(1, x, false); }
double besselI1e(double x) { return besselI(1, x, true); }
double besselJ0(double x) { return ::j0(x); }
double besselJ1(double x) { return ::j1(x); }
double besselY0(double x) { return x < 0 ? kNaN : ::y0(x); }
double besselY1(double x) { return x < 0 ? kNaN : ::y1(x); }
double besselK0(double x) { return besselK(0, x, false); }
double besselK0e(double x) { return besselK(0, x, true); }
double besselK1(double x) { return besselK(1, x, false); }
double besselK1e(double x) { return besselK(1, x, true); }

} // namespace firn::runtime::special
