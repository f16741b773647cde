//===- ScalarMath.h - what elementwise ops compute, on scalars
//-------------===//
//
// Emitters of scalar code with TensorFlow's semantics, for every element type
// an op takes. A lowering wraps them in a loop; half-precision floats never get
// here, the loop computes them in f32.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_BACKEND_JIT_LOWERING_SCALARMATH_H
#define FIRN_BACKEND_JIT_LOWERING_SCALARMATH_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace firn {

/// Kinds of element types, as flags.
enum ElementKind : unsigned {
  kBool = 1,
  kInt = 2,
  kFloat = 4,
  kComplex = 8,
  kNumber = kInt | kFloat | kComplex,
  kReal = kInt | kFloat,
};

/// The kind of a tfg or native element type; 0 of those without a native form.
unsigned getElementKind(mlir::Type type);

/// Quantised integers as the integers that hold them; other types as they are.
mlir::Type getStorageType(mlir::Type elementType);

/// Whether integers of this type are unsigned (bools are).
bool isUnsignedElement(mlir::Type type);

/// Where scalar code is emitted, and for which types.
struct ScalarContext {
  mlir::OpBuilder &builder;
  mlir::Location loc;
  /// The node, for its attributes and name.
  mlir::Operation *node;
  /// Storage types of the elements of the first operand and of the result, with
  /// their signedness.
  mlir::Type type;
  mlir::Type resultType;

  bool isFloat() const { return getElementKind(type) == kFloat; }
  bool isComplex() const { return getElementKind(type) == kComplex; }
  bool isInt() const { return getElementKind(type) & (kInt | kBool); }
  bool isUnsigned() const { return isUnsignedElement(type); }

  /// A constant of the type that `like` has.
  mlir::Value constant(mlir::Value like, double value) const;
  mlir::Value compare(mlir::arith::CmpFPredicate predicate, mlir::Value a,
                      mlir::Value b) const;
  mlir::Value compare(mlir::arith::CmpIPredicate predicate, mlir::Value a,
                      mlir::Value b) const;
  mlir::Value select(mlir::Value condition, mlir::Value a, mlir::Value b) const;

  template <typename OpT, typename... Args>
  mlir::Value make(Args &&...args) const {
    return OpT::create(builder, loc, std::forward<Args>(args)...);
  }
};

/// Emits one element of the result.
using EmitFn = mlir::Value (*)(const ScalarContext &, mlir::ValueRange);

// Arithmetic on integers, floats and complex numbers.
mlir::Value emitAdd(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitSub(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitMul(const ScalarContext &, mlir::ValueRange args);
/// Of integers: rounds toward zero, checks for zero, wraps -2^n / -1.
mlir::Value emitDiv(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitTruncateDiv(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitFloorDiv(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitTruncateMod(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitFloorMod(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitDivNoNan(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitMulNoNan(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitPow(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitSquaredDifference(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitSquare(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitNeg(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitAbs(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitSign(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitReciprocal(const ScalarContext &, mlir::ValueRange args);
/// NaN if either is; of equal ones the first.
mlir::Value emitMaximum(const ScalarContext &, mlir::ValueRange args);
mlir::Value emitMinimum(const ScalarContext &, mlir::ValueRange args);
/// The first argument within the second and the third.
mlir::Value emitClip(const ScalarContext &, mlir::ValueRange args);

/// From the type of `context.type` to `context.resultType`.
mlir::Value emitCast(const ScalarContext &context, mlir::ValueRange args);

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_SCALARMATH_H
