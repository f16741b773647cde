//===- TableFillings.h - what the initialisers of a graph put in tables ---===//
//
// A table is filled once, by a node that runs before anything else: it is a
// constant as much as a variable of a frozen graph is. Its keys and values are
// constants, or the lines of an asset, whose text the module holds.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_TABLEFILLINGS_H
#define FIRN_PASSES_TABLEFILLINGS_H

#include "ir/TFGOps.h"
#include "passes/TableFile.h"
#include "llvm/ADT/MapVector.h"

#include <optional>

namespace firn::tfg {

/// How one table is filled.
struct TableFilling {
  mlir::Operation *initializer = nullptr;
  std::optional<TableContents> contents;
  /// Why the contents are not known, for whoever needs them.
  std::string problem;
};

class TableFillings {
public:
  /// Reads the initialisers of `graph`. What contradicts itself (a file that
  /// does not fit its table) is reported on the initialiser.
  llvm::LogicalResult read(GraphOp graph);

  /// The node of the table that a handle is of; null if it is none.
  static mlir::Operation *findTable(mlir::Value handle);

  /// What fills the table of this node, or another node of its shared name;
  /// null if nothing does.
  const TableFilling *find(mlir::Operation *table) const;

private:
  llvm::LogicalResult readInitializer(mlir::Operation *op);
  llvm::LogicalResult readFile(mlir::Operation *op, mlir::Operation *table,
                               TableFilling &filling);

  mlir::ArrayAttr assets;
  /// By the name that tables share.
  llvm::MapVector<mlir::StringAttr, TableFilling> fillings;
};

} // namespace firn::tfg

#endif // FIRN_PASSES_TABLEFILLINGS_H
