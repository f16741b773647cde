//===- TFGOps.h - ops of the tfg dialect ----------------------------------===//
//
// Structure ops and the families that passes and lowerings know by name. A
// family that only its own file and the runtime know is not included here, so
// that adding to it rebuilds nothing else; all are registered through the list
// in CMakeLists.txt.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGOPS_H
#define FIRN_IR_TFGOPS_H

#include "ir/NodeSyntax.h"
#include "ir/ShapeInference.h"
#include "ir/TFGConstants.h"
#include "ir/TFGDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace firn::tfg {
class FetchOp;
class ReturnOp;
namespace detail {
/// The function attributes of a node, also those in lists, in the order of the
/// attributes' names: see CallLikeOpInterface.
llvm::SmallVector<FuncAttr> getCallees(mlir::Operation *op);
void updateCallees(mlir::Operation *op,
                   llvm::function_ref<FuncAttr(FuncAttr)> callback);
} // namespace detail
} // namespace firn::tfg

#include "ir/TFGInterfaces.h.inc"

#define GET_OP_CLASSES
#include "ir/TFGOps.h.inc"

#include "ir/TFGArrayOps.h"
#include "ir/TFGControlFlowOps.h"
#include "ir/TFGFunctionalOps.h"
#include "ir/TFGGatherOps.h"
#include "ir/TFGImageOps.h"
#include "ir/TFGLinearOps.h"
#include "ir/TFGLogicOps.h"
#include "ir/TFGMathOps.h"
#include "ir/TFGNNOps.h"
#include "ir/TFGNormOps.h"
#include "ir/TFGPoolOps.h"
#include "ir/TFGReduceOps.h"
#include "ir/TFGShapeOps.h"
#include "ir/TFGSliceOps.h"
#include "ir/TFGSpaceOps.h"
#include "ir/TFGStateOps.h"

#endif // FIRN_IR_TFGOPS_H
