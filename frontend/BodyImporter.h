// The nodes of one graph or of one function body become operations of a block.
#ifndef FIRN_FRONTEND_BODYIMPORTER_H
#define FIRN_FRONTEND_BODYIMPORTER_H

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ir/TFGOps.h"
#include "mlir/IR/Builders.h"
#include "proto/NodeSignature.h"
#include "proto/OpCatalog.h"
#include "proto/graph.pb.h"

#include <set>
#include <string>
#include <vector>

namespace firn {

/// What the bodies of one GraphDef share.
struct ImportContext {
  mlir::MLIRContext *context;
  OpCatalog catalog;
  /// Signatures of the library's functions: `node.op` may be one of them.
  absl::flat_hash_map<absl::string_view, const tf::OpDef *> functions;
  TensorFile file;
};

/// How inputs are spelt: `node:port` in a graph, `node:output_arg:index` in a
/// function.
enum class InputSyntax { Graph, Function };

/// A type as the IR prints it, for messages.
std::string toText(mlir::Type type);

class BodyImporter {
public:
  BodyImporter(ImportContext &shared, mlir::Block *block, InputSyntax syntax);

  /// Makes the function's argument known under its name.
  absl::Status addArgument(absl::string_view name, mlir::BlockArgument value);

  using NodeList = google::protobuf::RepeatedPtrField<tf::NodeDef>;
  /// Imports the nodes and empties them. Errors name the node.
  absl::Status importNodes(NodeList &nodes);

  /// The value of a data input, given as it is spelt in a NodeDef.
  absl::StatusOr<mlir::Value> resolve(absl::string_view input);
  /// The value of a control edge out of the node of that name.
  absl::StatusOr<mlir::Value> resolveControl(absl::string_view node);

private:
  struct Node {
    mlir::Operation *op = nullptr;
    /// The op's signature; null if it is unknown.
    const tf::OpDef *def = nullptr;
    /// The IR leaves out what the signature derives: TensorFlow's own ops only.
    bool isBuiltin = false;
    NodeSignature signature;
    /// Outputs of an unknown op: as many as are used, of the types that users
    /// want.
    llvm::SmallVector<mlir::Type> usedOutputs;
    /// In a function their names, `output_arg:index`.
    llvm::SmallVector<std::string> usedNames;
    /// Derivable attributes as the file has them.
    llvm::SmallVector<mlir::NamedAttribute> derivable;
    mlir::Value control;
  };

  /// What an input's text says.
  struct InputRef {
    absl::string_view node;
    absl::string_view arg; // in a function, empty for an argument
    int64_t index = 0;
    bool isControl = false;
    bool hasIndex = false;
  };

  absl::Status registerNodes(const NodeList &nodes);
  absl::Status collectUsesOfUnknownOps(const NodeList &nodes);
  absl::Status noteUse(const InputRef &ref, mlir::Type expected);
  absl::Status createNode(tf::NodeDef &proto, Node &node);
  absl::Status convertAttrs(const tf::NodeDef &proto, Node &node,
                            mlir::NamedAttrList &attrs);
  mlir::Type constantType(const Node &node, const mlir::NamedAttrList &attrs);
  bool isRegistered(const tf::NodeDef &proto, const Node &node,
                    const mlir::NamedAttrList &attrs) const;
  absl::Status connectNode(const tf::NodeDef &proto, Node &node);
  absl::Status checkOperands(const Node &node,
                             llvm::ArrayRef<mlir::Value> operands);
  absl::Status storeUnderivedAttrs(Node &node,
                                   llvm::ArrayRef<mlir::Value> operands);
  absl::Status reportMissing() const;

  absl::StatusOr<InputRef> parseInput(absl::string_view input) const;
  /// Appends the values that the reference stands for: one, or a whole list.
  absl::Status resolveData(const InputRef &ref,
                           llvm::SmallVectorImpl<mlir::Value> &values);
  mlir::Value controlOf(mlir::Value &cached, mlir::Operation *op);
  bool isKnown(absl::string_view name) const;

  ImportContext &shared;
  mlir::Block *block;
  InputSyntax syntax;
  mlir::OpBuilder builder;
  std::vector<Node> nodes;
  absl::flat_hash_map<std::string, unsigned> nodeIndex;
  struct Argument {
    mlir::BlockArgument value;
    mlir::Value control;
  };
  absl::flat_hash_map<std::string, Argument> arguments;
  /// (missing input, its user)
  std::set<std::pair<std::string, std::string>> missing;
  bool hasUnknownOps = false;
};

} // namespace firn

#endif // FIRN_FRONTEND_BODYIMPORTER_H
