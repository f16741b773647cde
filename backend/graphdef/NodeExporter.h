// One node → NodeDef.
#ifndef FIRN_BACKEND_GRAPHDEF_NODEEXPORTER_H
#define FIRN_BACKEND_GRAPHDEF_NODEEXPORTER_H

#include "absl/status/statusor.h"
#include "backend/graphdef/NodeNames.h"
#include "proto/NodeSignature.h"
#include "proto/graph.pb.h"
#include "llvm/ADT/StringSet.h"

namespace firn {

/// Makes the NodeDefs of one graph or function body.
class NodeExporter {
public:
  /// `function` is the function whose body it is, or null. `functions` are the
  /// names of the module's functions: a node of such an op is a call, whatever
  /// TensorFlow's op of that name is.
  NodeExporter(const NodeNames &names, tfg::FuncOp function,
               const llvm::StringSet<> &functions)
      : names(names), function(function), functions(functions) {}

  /// Control inputs come last; attributes that values imply are written out.
  absl::Status exportNode(tfg::NodeOpInterface node, tf::NodeDef &proto);
  /// The same, but the bytes of a large constant are left out of `proto` and
  /// given as `content`.
  absl::Status exportNode(tfg::NodeOpInterface node, tf::NodeDef &proto,
                          llvm::ArrayRef<char> &content);
  /// Puts left-out content where it belongs: into the tensor of the attribute
  /// `value`.
  static void putContent(llvm::ArrayRef<char> content, tf::NodeDef &proto);

  /// How a NodeDef spells the value as a data input: `node:1`, or in a function
  /// `node:output_arg:0`.
  absl::StatusOr<std::string> spellInput(mlir::Value value);
  /// The name of the node (or argument) that a control edge starts from.
  std::string controlSource(mlir::Value value);

private:
  const tf::OpDef *signatureOf(tfg::NodeOpInterface node);
  absl::StatusOr<std::string> spellFunctionOutput(mlir::OpResult value);
  absl::Status exportAttrs(tfg::NodeOpInterface node, tf::NodeDef &proto,
                           llvm::ArrayRef<char> &content);
  absl::Status addDerivedAttrs(tfg::NodeOpInterface node, tf::NodeDef &proto);

  const NodeNames &names;
  tfg::FuncOp function;
  const llvm::StringSet<> &functions;
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<ArgRange>> outputArgs;
};

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_NODEEXPORTER_H
