//===- ElementwiseFold.h - folding elementwise ops on small constants
//------===//
//
// One evaluator for all elementwise folds: an op gives the function of its
// scalars, broadcasting and element types are handled here.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_ELEMENTWISEFOLD_H
#define FIRN_IR_ELEMENTWISEFOLD_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"
#include "llvm/ADT/APSInt.h"

#include <optional>
#include <variant>

namespace firn::tfg {

/// An element: an integer with its signedness (bool: one bit, unsigned) or a
/// float.
using Scalar = std::variant<llvm::APSInt, llvm::APFloat>;

/// Gives the result's element, or nullopt if the op is not to be folded (a
/// division by zero, say, which is an error only when the program runs).
using ScalarFoldFn =
    llvm::function_ref<std::optional<Scalar>(llvm::ArrayRef<Scalar>)>;

/// The value of an elementwise op with one result, whose operands are
/// broadcast; null if not all of them are known, or are too large, or of
/// another element type than integers, bools and floats, or if `fold` gave up.
mlir::OpFoldResult foldElementwise(mlir::Operation *op,
                                   llvm::ArrayRef<mlir::Attribute> operands,
                                   ScalarFoldFn fold);

/// As a bool scalar.
Scalar makeBool(bool value);

/// Whether `attr` is a splat of the integer `value`, or of the float of that
/// value (of 0: of the given sign).
bool isSplatOf(mlir::Attribute attr, int64_t value, bool negative = false);

/// `operand` if it can stand for the op's result: of its type, and nothing has
/// to be waited for.
mlir::OpFoldResult foldTo(mlir::Operation *op, mlir::Value operand);

} // namespace firn::tfg

#endif // FIRN_IR_ELEMENTWISEFOLD_H
