// Transcendental functions on vectors of f32 as arithmetic.
#ifndef FIRN_BACKEND_JIT_EXPANDMATH_H
#define FIRN_BACKEND_JIT_EXPANDMATH_H

#include "mlir/IR/PatternMatch.h"

namespace firn::jit {

/// Patterns that write math.exp, expm1, log, tanh and erf of vectors of f32 as
/// polynomials, within 2 ULP over all inputs with denormals as zero; NaN,
/// infinities and signed zeros as in C. Scalars and other types are left to the
/// C library.
void populateExpandMathPatterns(mlir::RewritePatternSet &patterns);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_EXPANDMATH_H
