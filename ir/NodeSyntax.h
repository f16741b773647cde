//===- NodeSyntax.h - the one form that all nodes are written in ----------===//
//
// Every node op shares this parser, printer and verifier, and the access to its
// name, its data operands and its control operands:
//
//   %y = tfg.MatMul(%a, %b) [%ctl] {transpose_b = true}
//        : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
//        name("dense/MatMul")
//
// Control operands stand in brackets without their type; a node name that the
// location holds is printed, and parsed back into the location.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_NODESYNTAX_H
#define FIRN_IR_NODESYNTAX_H

#include "ir/TFGDialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/Operation.h"

namespace firn::tfg {

/// The node name that a location holds: of the innermost NameLoc, also inside a
/// fused location; empty if there is none.
llvm::StringRef getNodeName(mlir::Location loc);

/// The location of a node of this name.
mlir::Location getNodeLoc(mlir::MLIRContext *context, llvm::StringRef name);

/// The operands before the first control operand.
mlir::OperandRange getDataOperands(mlir::Operation *op);
/// The control operands: all from the first one on.
mlir::OperandRange getControlOperands(mlir::Operation *op);
/// The results without a control result.
mlir::ResultRange getOutputs(mlir::Operation *op);
/// The value that a control edge out of `op` starts from: its control result,
/// or its first output (then `tfg.control` makes the edge). Null without
/// results.
mlir::Value getControlSource(mlir::Operation *op);

mlir::ParseResult parseNode(mlir::OpAsmParser &parser,
                            mlir::OperationState &state);
void printNode(mlir::Operation *op, mlir::OpAsmPrinter &printer);

namespace detail {
/// Control operands last; outputs, or a single control result.
llvm::LogicalResult verifyNode(mlir::Operation *op);
} // namespace detail

} // namespace firn::tfg

#endif // FIRN_IR_NODESYNTAX_H
