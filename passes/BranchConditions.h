//===- BranchConditions.h - under which predicates each node runs ---------===//
//
// In a graph without loops, a node after a Switch runs only if the predicate
// chose its side; after several, if all did. A Merge joins two sides. This
// finds for every node the predicates that must hold, and for every Merge what
// it chooses by.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_BRANCHCONDITIONS_H
#define FIRN_PASSES_BRANCHCONDITIONS_H

#include "ir/TFGOps.h"

namespace firn::tfg {

/// One predicate and what it must be.
struct BranchLiteral {
  unsigned predicate; // its number
  bool isTrue;
  bool operator==(const BranchLiteral &other) const = default;
  auto operator<=>(const BranchLiteral &other) const = default;
};

/// All of them must hold: sorted by predicate, each at most once.
using BranchCondition = llvm::SmallVector<BranchLiteral, 2>;

/// A Merge of two inputs that `predicate` chooses between, under `outer`.
struct BranchChoice {
  mlir::Operation *merge;
  BranchCondition outer;
  unsigned predicate;
  unsigned trueInput; // 0 or 1
};

class BranchConditions {
public:
  explicit BranchConditions(mlir::Block &body) : body(body) {}

  /// Visits the nodes. Merges become Merges of two inputs, and their value
  /// indices Merges of constants; those that have one live input give way to
  /// it. A Merge that no predicate decides is reported.
  mlir::LogicalResult compute();

  /// The Merges, in topological order.
  llvm::ArrayRef<BranchChoice> getChoices() const { return choices; }

  /// Nullopt: it never runs.
  std::optional<BranchCondition> get(mlir::Operation *op) const;
  std::optional<BranchCondition> get(mlir::Value value) const;
  void set(mlir::Operation *op, BranchCondition condition) {
    conditions[op] = std::move(condition);
  }

  mlir::Value getPredicate(unsigned number) const { return predicates[number]; }
  /// The number of the predicate of a Switch, and whether the Switch takes it
  /// negated.
  std::pair<unsigned, bool> getPredicate(mlir::Operation *switchOp) const;
  /// Puts `value` in the place of a choice's Merge.
  void replaceMerge(mlir::Operation *merge, mlir::Value value);

  /// "'p' is true and 'q' is false".
  std::string describe(const BranchCondition &condition) const;

private:
  struct Input {
    mlir::Value value, number;
    BranchCondition condition;
  };

  std::optional<BranchCondition> computeNode(mlir::Operation *op) const;
  mlir::LogicalResult visitMerge(mlir::Operation *merge);
  bool joinPair(mlir::Operation *merge, llvm::SmallVectorImpl<Input> &inputs);
  void visitSwitch(mlir::Operation *op);
  mlir::Value createMerge(mlir::Operation *like, mlir::Value a, mlir::Value b,
                          mlir::Type type, const BranchChoice &choice);

  mlir::Block &body;
  llvm::DenseMap<mlir::Operation *, std::optional<BranchCondition>> conditions;
  llvm::SmallVector<BranchChoice> choices;
  llvm::SmallVector<mlir::Value> predicates;
  llvm::DenseMap<mlir::Value, unsigned> numbers;
  llvm::DenseMap<mlir::Operation *, std::pair<unsigned, bool>> ofSwitch;
};

} // namespace firn::tfg

#endif // FIRN_PASSES_BRANCHCONDITIONS_H
