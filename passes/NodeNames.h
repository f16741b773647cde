//===- NodeNames.h - nodes by name, and names for new nodes ---------------===//
//
// Names are locations; a pass that looks nodes up by name, or makes nodes whose
// names must not clash, builds this index over one graph or function body.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_NODENAMES_H
#define FIRN_PASSES_NODENAMES_H

#include "ir/TFGOps.h"
#include "llvm/ADT/StringMap.h"

#include <string>

namespace firn::tfg {

class NodeNames {
public:
  /// Indexes the nodes of `body` and the names of a function's arguments.
  explicit NodeNames(mlir::Block &body);

  /// The node of this name, or null.
  NodeOpInterface lookup(llvm::StringRef name) const;

  /// `wanted` if no node has it, else `wanted_1`, `wanted_2`, …; taken from now
  /// on.
  mlir::StringAttr makeUnique(llvm::StringRef wanted);
  /// The location of a new node: of a name made unique.
  mlir::Location makeLoc(llvm::StringRef wanted);

  /// All names, in the order of the file.
  llvm::ArrayRef<mlir::StringAttr> getNames() const { return ordered; }

private:
  mlir::MLIRContext *context;
  llvm::StringMap<mlir::Operation *> nodes; // null: taken, but no node
  llvm::StringMap<unsigned> nextSuffix;
  llvm::SmallVector<mlir::StringAttr> ordered;
};

/// A tensor as the user names it: "node", "node:1", or "^node".
struct TensorName {
  std::string node;
  unsigned port = 0;
  bool hasPort = false;
  bool isControl = false;

  /// Fails on an empty node name or a port that is no number.
  static mlir::FailureOr<TensorName> parse(llvm::StringRef text);
};

/// "; did you mean 'x'?" if a candidate is close to `name`, and the candidates
/// themselves if they are few: the end of an error message. Empty if there is
/// nothing to say.
std::string suggestName(llvm::StringRef name,
                        llvm::ArrayRef<llvm::StringRef> candidates);

} // namespace firn::tfg

#endif // FIRN_PASSES_NODENAMES_H
