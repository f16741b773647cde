//===- CallGraph.h - which functions a body calls -------------------------===//
//
// A call is a PartitionedCall, a StatefulPartitionedCall, or a node whose op is
// the name of a function. Branches and loops run functions too, but are no
// calls.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_CALLGRAPH_H
#define FIRN_PASSES_CALLGRAPH_H

#include "ir/TFGOps.h"
#include "llvm/ADT/MapVector.h"

namespace firn::tfg {

struct Call {
  NodeOpInterface node;
  FuncOp callee;
  /// What a polymorphic function's attributes are in this call.
  mlir::DictionaryAttr attrs;
};

class CallGraph {
public:
  explicit CallGraph(mlir::ModuleOp module);

  /// The calls in the body of a graph or a function, in its order.
  llvm::ArrayRef<Call> getCalls(mlir::Operation *caller) const;

  /// All graphs and functions, callees before callers. A function that calls
  /// itself, directly or through others, is reported.
  mlir::FailureOr<llvm::SmallVector<mlir::Operation *>> sortCalleesFirst();

private:
  llvm::MapVector<mlir::Operation *, llvm::SmallVector<Call>> calls;
};

/// The functions that the nodes of `module` refer to from the main graph on, by
/// an attribute or by being called under their name, in the order of the file.
llvm::SmallVector<FuncOp> findReachableFunctions(mlir::ModuleOp module);

/// Reports the nodes that the fetch of `graph` needs, and those in functions
/// that they run, whose functions the module does not have; with
/// `refuseRecursion` also those whose function runs them again.
llvm::LogicalResult verifyCallees(GraphOp graph, bool refuseRecursion);

} // namespace firn::tfg

#endif // FIRN_PASSES_CALLGRAPH_H
