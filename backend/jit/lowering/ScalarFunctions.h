//===- ScalarFunctions.h - functions, activations, comparisons on scalars
//--===//

#ifndef FIRN_BACKEND_JIT_LOWERING_SCALARFUNCTIONS_H
#define FIRN_BACKEND_JIT_LOWERING_SCALARFUNCTIONS_H

#include "backend/jit/lowering/ScalarMath.h"
#include "mlir/Dialect/Complex/IR/Complex.h"

namespace firn {

/// One op of the math dialect, of floats.
template <typename FloatOp>
mlir::Value emitFloat(const ScalarContext &c, mlir::ValueRange args) {
  return c.make<FloatOp>(args[0]);
}

/// One op of the math dialect or of the complex dialect.
template <typename FloatOp, typename ComplexOp>
mlir::Value emitFloatOrComplex(const ScalarContext &c, mlir::ValueRange args) {
  if (c.isComplex())
    return c.make<ComplexOp>(args[0]);
  return c.make<FloatOp>(args[0]);
}

/// Rounding, which leaves integers as they are.
template <typename FloatOp>
mlir::Value emitRounding(const ScalarContext &c, mlir::ValueRange args) {
  if (!c.isFloat())
    return args[0];
  return c.make<FloatOp>(args[0]);
}

/// A comparison of integers (signed, unsigned) or floats.
template <mlir::arith::CmpIPredicate Signed,
          mlir::arith::CmpIPredicate Unsigned, mlir::arith::CmpFPredicate Float>
mlir::Value emitComparison(const ScalarContext &c, mlir::ValueRange args) {
  if (c.isFloat())
    return c.compare(Float, args[0], args[1]);
  return c.compare(c.isUnsigned() ? Unsigned : Signed, args[0], args[1]);
}

template <typename IntOp>
mlir::Value emitBits(const ScalarContext &c, mlir::ValueRange args) {
  return c.make<IntOp>(args[0], args[1]);
}

mlir::Value emitRsqrt(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitSigmoid(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitRelu(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitRelu6(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitElu(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitSelu(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitLeakyRelu(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitSoftplus(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitSoftsign(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitAtan2(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitXdivy(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitXlogy(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitXlog1py(const ScalarContext &, mlir::ValueRange args);

mlir::Value emitEqual(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitNotEqual(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitApproximateEqual(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitIsNan(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitIsInf(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitIsFinite(const ScalarContext &, mlir::ValueRange args);

/// All bits, or the bool, inverted.
mlir::Value emitNot(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitLeftShift(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitRightShift(const ScalarContext &, mlir::ValueRange args);

mlir::Value emitComplex(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitSelect(const ScalarContext &, mlir::ValueRange args);

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_SCALARFUNCTIONS_H
