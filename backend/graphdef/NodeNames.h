// Which name each node of a graph or function body gets in the GraphDef.
#ifndef FIRN_BACKEND_GRAPHDEF_NODENAMES_H
#define FIRN_BACKEND_GRAPHDEF_NODENAMES_H

#include "ir/TFGOps.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"

#include <string>

namespace firn {

/// Names of the nodes in a block. A node keeps the name that its location
/// holds; if two nodes have the same one, or a node has none (passes make
/// such), the later one gets a number. Names do not depend on anything but the
/// block's contents.
class NodeNames {
public:
  /// `reserved` names go to no node of the block by itself.
  NodeNames(mlir::Block &block, llvm::ArrayRef<llvm::StringRef> reserved = {});

  /// Gives a node a name of the reserved ones.
  void rename(mlir::Operation *op, llvm::StringRef name);

  /// The name of a node.
  llvm::StringRef get(mlir::Operation *op) const;

  /// A name that no node has, from now on taken: `base`, or that with a number.
  std::string makeUnique(llvm::StringRef base);

private:
  llvm::StringSet<> taken;
  llvm::StringMap<unsigned> nextSuffix;
  llvm::DenseMap<mlir::Operation *, std::string> names;
};

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_NODENAMES_H
