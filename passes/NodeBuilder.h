//===- NodeBuilder.h - making and rewiring nodes by TensorFlow's op name --===//
//
// A pass that makes a node says TensorFlow's name of its op; the node takes the
// registered form where there is one that fits, else tfg.node.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_NODEBUILDER_H
#define FIRN_PASSES_NODEBUILDER_H

#include "ir/TFGOps.h"
#include "mlir/IR/Builders.h"

namespace firn::tfg {

/// A node of op `op`; `operands` are the data inputs, then the control inputs.
/// `results` are the types of the outputs; none means one control result.
mlir::Operation *createNode(mlir::OpBuilder &builder, mlir::Location loc,
                            llvm::StringRef op, mlir::ValueRange operands,
                            mlir::TypeRange results,
                            llvm::ArrayRef<mlir::NamedAttribute> attrs = {});

/// Puts a new node of op `op` in the place of `node`: its name, its results,
/// its device. `node` is erased. Results must be as many as before.
mlir::Operation *replaceNode(mlir::Operation *node, llvm::StringRef op,
                             mlir::ValueRange operands, mlir::TypeRange results,
                             llvm::ArrayRef<mlir::NamedAttribute> attrs = {});

/// The registered form of a tfg.node that fits it (after its control inputs or
/// its placeholder attributes are gone), in its place; else the node itself.
mlir::Operation *registerNode(NodeOp node);

/// The control edge out of a node: its control result, or a new tfg.control of
/// its first output.
mlir::Value createControl(mlir::OpBuilder &builder, mlir::Operation *node);

/// A node whose only effect is its outputs: it may be removed, merged, and run
/// at any time.
bool isPureNode(mlir::Operation *node);

/// TensorFlow's name of the op of a node; empty if `op` is no node.
llvm::StringRef getTFOpName(mlir::Operation *op);

} // namespace firn::tfg

#endif // FIRN_PASSES_NODEBUILDER_H
