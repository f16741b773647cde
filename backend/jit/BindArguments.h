// Turns the tensors that a function takes, returns and holds as constants into
// buffers of its caller, while its body stays on tensors.
#ifndef FIRN_BACKEND_JIT_BINDARGUMENTS_H
#define FIRN_BACKEND_JIT_BINDARGUMENTS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace firn::jit {

/// The constant data of a compiled module: what main's constant arguments point
/// at. Attribute storage is used in place where its bytes are the tensor's
/// bytes, so the MLIR context must outlive the table.
class ConstantTable {
public:
  struct Entry {
    const void *data;
    int64_t bytes;
    bool isStrings = false;
  };

  /// The entry of `value`, added on first sight.
  llvm::FailureOr<unsigned> add(mlir::ElementsAttr value, mlir::Location loc);

  /// The entry of the pointers to `strings`, which the table keeps; a splat is
  /// spread.
  unsigned addStrings(mlir::DenseStringElementsAttr strings);

  /// The same of `count` strings, or of one that stands `count` times.
  unsigned addTexts(std::vector<std::string> strings, int64_t count);

  /// Adds `bytes` of new memory, 64-byte aligned, for the caller to fill.
  std::pair<unsigned, void *> allocate(int64_t bytes);

  const Entry &operator[](unsigned index) const { return entries[index]; }
  unsigned size() const { return entries.size(); }

private:
  struct Free {
    void operator()(void *memory) const { std::free(memory); }
  };
  std::vector<Entry> entries;
  std::vector<std::unique_ptr<void, Free>> owned;
  std::deque<std::string> texts;
  llvm::DenseMap<mlir::Attribute, unsigned> known;
};

/// What the buffer arguments of a bound function stand for, in order: first
/// the inputs, then the constants (entries of the table), then the outputs of
/// static shape (numbers of results).
struct BoundArguments {
  unsigned numInputs = 0;
  llvm::SmallVector<unsigned> constants;
  llvm::SmallVector<unsigned> outputs;
};

/// Rewrites `function` so that it takes its inputs, its tensor constants and
/// its outputs as buffers (memref) and returns nothing; a result of dynamic
/// shape becomes a jit.output. The body keeps computing on tensors.
llvm::FailureOr<BoundArguments> bindArguments(mlir::func::FuncOp function,
                                              ConstantTable &table);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_BINDARGUMENTS_H
