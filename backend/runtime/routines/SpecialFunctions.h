// Special functions in double precision, to a few units in the last place away
// from their zeros. Outside of its domain a function is NaN.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_SPECIALFUNCTIONS_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_SPECIALFUNCTIONS_H

namespace firn::runtime::special {

// Gamma functions (GammaFunctions.cpp).
double lgamma(double x);
double digamma(double x);
/// Hurwitz: sum of (q + k)^-s over k >= 0.
double zeta(double s, double q);
/// Derivative number n of digamma.
double polygamma(double n, double x);
/// Regularized incomplete gamma, lower and upper; incomplete beta.
double igamma(double a, double x);
double igammac(double a, double x);
double betainc(double a, double b, double x);

// Error functions (ErrorFunctions.cpp).
double erfinv(double x);
/// The quantile of the normal distribution.
double ndtri(double p);
double dawson(double x);
double fresnelCos(double x);
double fresnelSin(double x);
double spence(double x);
/// The exponential integral Ei of positive numbers.
double expint(double x);

// Bessel functions (BesselFunctions.cpp); ...e: without their exponential.
double besselI0(double x);
double besselI0e(double x);
double besselI1(double x);
double besselI1e(double x);
double besselJ0(double x);
double besselJ1(double x);
double besselY0(double x);
double besselY1(double x);
double besselK0(double x);
double besselK0e(double x);
double besselK1(double x);
double besselK1e(double x);

} // namespace firn::runtime::special

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_SPECIALFUNCTIONS_H
