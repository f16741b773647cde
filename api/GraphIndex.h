// Finds the tensors of a graph by the names that users write: `node:port`,
// `node`.
#ifndef FIRN_API_GRAPHINDEX_H
#define FIRN_API_GRAPHINDEX_H

#include "api/Model.h"
#include "backend/jit/lowering/ElementDType.h"

#include "absl/status/statusor.h"
#include "ir/TFGOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

#include <string>
#include <vector>

namespace firn {

/// The graph of a module; null if it has none.
tfg::GraphOp findGraph(mlir::ModuleOp module);

/// Type and shape of a value, under the names given.
TensorInfo tensorInfoOf(mlir::Value value, std::string name,
                        std::string tensor);

/// The nodes of one graph by name. Valid while the graph is not changed.
class GraphIndex {
public:
  explicit GraphIndex(tfg::GraphOp graph);

  /// The node of that name, or null.
  mlir::Operation *node(llvm::StringRef name) const;

  /// The value of tensor `node:port` or `node` (port 0). For a node without
  /// outputs it is the control result. NotFound with a suggestion if it is not
  /// there.
  absl::StatusOr<mlir::Value> tensor(const std::string &name) const;

  /// The name of a value, `node:port`.
  std::string nameOf(mlir::Value value) const;

  /// Placeholders, in the order of the file.
  std::vector<TensorInfo> placeholders() const;

  /// The outputs of nodes that nothing consumes, in the order of the file;
  /// nodes that have no effect on values (assertions, savers, summaries) are
  /// not counted.
  std::vector<TensorInfo> sinks() const;

private:
  std::string suggestion(llvm::StringRef name) const;

  tfg::GraphOp graph;
  llvm::StringMap<mlir::Operation *> nodes;
};

} // namespace firn

#endif // FIRN_API_GRAPHINDEX_H
