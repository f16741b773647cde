// The constant data of a compiled module.
#ifndef FIRN_BACKEND_JIT_CONSTANTTABLE_H
#define FIRN_BACKEND_JIT_CONSTANTTABLE_H

#include "backend/runtime/Memory.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace firn::jit {

/// What main's constant arguments point at. While code is made, entries may
/// point at what attributes hold; keep() makes them the table's own, but for
/// values that MLIR does not own either (in a mapped file), which outlive it.
class ConstantTable {
public:
  struct Entry {
    const void *data;
    int64_t bytes;
    bool isStrings = false;
  };
  /// Is told of each constant whose memory is not read any more.
  using Release = std::function<void(mlir::Attribute)>;

  /// The entry of `value`, added on first sight. Its data may be of any
  /// alignment until keep().
  llvm::FailureOr<unsigned> add(mlir::ElementsAttr value, mlir::Location loc);

  /// The entry of the pointers to `strings`, which the table keeps; a splat is
  /// spread.
  unsigned addStrings(mlir::DenseStringElementsAttr strings);

  /// The same of `count` strings, or of one that stands `count` times.
  unsigned addTexts(std::vector<std::string> strings, int64_t count);

  /// Adds `bytes` of new memory, 64-byte aligned, for the caller to fill.
  std::pair<unsigned, void *> allocate(int64_t bytes);

  /// Empties an entry that nothing reads any more.
  void drop(unsigned index, const Release &release);

  /// Makes an entry last, and aligned for its type.
  void keep(unsigned index, const Release &release);

  const Entry &operator[](unsigned index) const { return entries[index]; }
  unsigned size() const { return entries.size(); }

private:
  struct Free {
    void operator()(void *memory) const { runtime::freeAligned(memory); }
  };
  void releaseSource(unsigned index, const Release &release);

  std::vector<Entry> entries;
  /// The memory of each entry, and the attribute whose memory it is otherwise.
  std::vector<std::unique_ptr<void, Free>> owned;
  std::vector<mlir::ElementsAttr> sources;
  std::deque<std::string> texts;
  llvm::DenseMap<mlir::Attribute, unsigned> known;
  /// How many entries point at the memory of an attribute: attributes of
  /// several types may share it.
  llvm::DenseMap<const void *, unsigned> numReaders;
};

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_CONSTANTTABLE_H
