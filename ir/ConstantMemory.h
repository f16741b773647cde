//===- ConstantMemory.h - where the values of large constants lie ---------===//
//
// Large constants are not uniqued, and MLIR keeps them as long as the context.
// Weights are most of a model's memory, so two things are known of them here:
// which point at their values in a mapped file, whose pages can go once they
// are read, and which belong to something that ends, a compilation.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_CONSTANTMEMORY_H
#define FIRN_IR_CONSTANTMEMORY_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/DenseSet.h"

#include <functional>

namespace firn::tfg {

/// Says that a part of the mapped memory is not needed for now: it stays
/// readable, but its pages stop counting as this process's memory. Keeps the
/// memory alive.
using ReleasePages = std::function<void(const char *data, size_t size)>;

/// A tensor of the raw values `data` (see makeConstant), of any alignment,
/// which are not copied but where they are one value. `release` lives as long
/// as the context.
mlir::ElementsAttr makeMapped(mlir::RankedTensorType type, llvm::StringRef name,
                              llvm::ArrayRef<char> data, ReleasePages release);

/// Gives back the pages of a constant that makeMapped() made; others stay.
void releasePages(mlir::Attribute value);

/// Takes note of the large constants that are made while it lives, and frees
/// them with it. One at a time in a context, whose users take turns.
class ScratchConstants {
public:
  explicit ScratchConstants(mlir::MLIRContext *context);
  ~ScratchConstants();
  ScratchConstants(const ScratchConstants &) = delete;
  ScratchConstants &operator=(const ScratchConstants &) = delete;

  /// Nothing reads the values of `value` any more: frees them if they are
  /// scratch, gives back their pages if they are mapped.
  void release(mlir::Attribute value);
  /// Leaves what was made to the context.
  void keep() { constants.clear(); }

private:
  friend void noteResource(mlir::DenseResourceElementsHandle handle);

  mlir::MLIRContext *context;
  llvm::DenseSet<mlir::DialectResourceBlobManager::BlobEntry *> constants;
};

/// Tells the ScratchConstants, if there are any, of a new constant.
void noteResource(mlir::DenseResourceElementsHandle handle);

} // namespace firn::tfg

#endif // FIRN_IR_CONSTANTMEMORY_H
