//===- ControlFlowToSCF.h - branches and loops become regions -------------===//
//
// The structural half of lowering control flow: nodes that run functions become
// scf ops whose regions hold the functions' nodes, which are lowered in place
// like all others.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_BACKEND_JIT_LOWERING_CONTROLFLOWTOSCF_H
#define FIRN_BACKEND_JIT_LOWERING_CONTROLFLOWTOSCF_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/MapVector.h"

namespace firn {

/// Why a node could not be lowered, by its location.
using Reasons = llvm::MapVector<mlir::Location, std::string>;

/// Replaces If, Case, While, their stateless forms and calls in `function` by
/// scf.if, scf.index_switch, scf.while and the body, over tfg types and nodes.
/// Nodes that cannot be replaced stay, with the reason in `reasons`. Fails on
/// functions that are no order of nodes, or too many nodes.
llvm::LogicalResult expandControlFlow(mlir::func::FuncOp function,
                                      mlir::ModuleOp module, Reasons &reasons);

/// After conversion: what loops carry as tensors of rank 0 they carry as
/// scalars, so that counters and conditions live in registers.
void carryScalars(mlir::func::FuncOp function);

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_CONTROLFLOWTOSCF_H
