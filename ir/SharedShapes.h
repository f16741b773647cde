//===- SharedShapes.h - shape rules of ops in several families ------------===//
//
// Each stands with the op that it is named after; a quantized form has the rule
// of the op that it stands for.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_SHAREDSHAPES_H
#define FIRN_IR_SHAREDSHAPES_H

#include "ir/ShapeInference.h"

namespace firn::tfg {

/// The first result of an op that brings operand 0 into the shape that operand
/// 1 says.
llvm::LogicalResult inferReshape(mlir::Operation *op,
                                 const ShapeInference &context,
                                 llvm::SmallVectorImpl<mlir::Type> &results);

/// The first result of an op that brings the images of operand 0 to the height
/// and width that operand 1 says.
llvm::LogicalResult inferResize(mlir::Operation *op,
                                const ShapeInference &context,
                                llvm::SmallVectorImpl<mlir::Type> &results);

} // namespace firn::tfg

#endif // FIRN_IR_SHAREDSHAPES_H
