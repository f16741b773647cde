//===- ArrayClasses.h - which values are one array or list ----------------===//
//
// The handle and the flows of a TensorArray, or the lists that come from each
// other by writing, are one class: also across branches, loops and their
// functions. Its elements have one type and one shape.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_ARRAYCLASSES_H
#define FIRN_PASSES_ARRAYCLASSES_H

#include "ir/TFGOps.h"
#include "llvm/ADT/EquivalenceClasses.h"

#include <map>

namespace firn::tfg {

struct ArrayClass {
  /// Type of an element as far as it is known; null before anything is.
  mlir::TensorType element;
  /// The number of elements, if all that make the array agree on it.
  std::optional<int64_t> size;
  bool sizeVaries = false;
  /// It takes in what is written behind its end.
  bool isDynamic = false;
  /// One more than the largest constant index that is written.
  int64_t written = 0;
  /// Some op makes elements that were never written: they are zeros.
  bool needsZeros = false;
  /// Why it stays an array; empty if it can be a tensor.
  std::string obstacle;
  llvm::SmallVector<mlir::Value> values;

  bool isReady() const;
  /// tensor<? x element>.
  mlir::RankedTensorType getTensorType() const;
};

class ArrayClasses {
public:
  explicit ArrayClasses(mlir::ModuleOp module);

  /// Classes with an op of arrays or lists, in the order of the module.
  llvm::ArrayRef<ArrayClass *> getArrays() const { return arrays; }
  /// The class of an array, flow or list; null for other values.
  const ArrayClass *find(mlir::Value value) const;

private:
  void visitNode(mlir::Operation *op);
  void visitArrayOp(mlir::Operation *op);
  void visitListOp(mlir::Operation *op);
  void connectCallees(CallLikeOpInterface call);
  void collect(mlir::ModuleOp module);
  void checkUses(ArrayClass &array);

  void join(mlir::Value a, mlir::Value b);
  /// A fact about the array of `value`, stored once all classes are known.
  using Fact = std::function<void(ArrayClass &)>;
  void note(mlir::Value value, Fact fact);
  void noteElement(mlir::Value value, mlir::Type element);
  void noteSize(mlir::Value value, std::optional<int64_t> size);
  void noteWritten(mlir::Value value, mlir::Value indices);
  /// `stacked` holds elements along its first dimension.
  void noteStacked(mlir::Value value, mlir::Type stacked);

  mlir::SymbolTable symbols;
  llvm::EquivalenceClasses<void *> classes;
  std::vector<std::pair<mlir::Value, Fact>> facts;
  std::map<void *, std::unique_ptr<ArrayClass>> byLeader;
  llvm::SmallVector<ArrayClass *> arrays;
};

/// A constant integer scalar; nullopt for others.
std::optional<int64_t> getConstantScalar(mlir::Value value);

/// Whether an op is one of a TensorArray or a TensorList.
bool isArrayOp(mlir::Operation *op);

} // namespace firn::tfg

#endif // FIRN_PASSES_ARRAYCLASSES_H
