//===- ElementTypeTraits.h - traits that tie element types together
//--------===//
//
// What an OpDef says by giving several arguments one type attribute. References
// count as what they refer to; unknown types and type parameters fit anything.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_ELEMENTTYPETRAITS_H
#define FIRN_IR_ELEMENTTYPETRAITS_H

#include "mlir/IR/OpDefinition.h"

namespace firn::tfg {

/// The values, all tensors, have one element type; else an error on `op`.
llvm::LogicalResult verifySameElementType(mlir::Operation *op,
                                          mlir::ValueRange values);

namespace detail {
llvm::LogicalResult verifySameOperandElementType(mlir::Operation *op);
llvm::LogicalResult verifySameElementType(mlir::Operation *op);
} // namespace detail

/// The data operands have one element type.
template <typename ConcreteType>
struct SameOperandElementType
    : mlir::OpTrait::TraitBase<ConcreteType, SameOperandElementType> {
  static llvm::LogicalResult verifyTrait(mlir::Operation *op) {
    return detail::verifySameOperandElementType(op);
  }
};

/// The data operands and the outputs have one element type.
template <typename ConcreteType>
struct SameElementType
    : mlir::OpTrait::TraitBase<ConcreteType, SameElementType> {
  static llvm::LogicalResult verifyTrait(mlir::Operation *op) {
    return detail::verifySameElementType(op);
  }
};

} // namespace firn::tfg

#endif // FIRN_IR_ELEMENTTYPETRAITS_H
