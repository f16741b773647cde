//===- StridedSliceSpec.h - what the masks of StridedSlice mean -----------===//
//
// StridedSlice's arguments brought into one entry per input dimension: shared
// by shape inference, folding and lowering.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_STRIDEDSLICESPEC_H
#define FIRN_IR_STRIDEDSLICESPEC_H

#include "ir/TFGSliceOps.h"

namespace firn::tfg {

struct StridedSliceSpec {
  /// Of each input dimension: where it starts, its stride, how many elements it
  /// gives. `kDynamic` where it is not known.
  llvm::SmallVector<int64_t> offsets, strides, sizes;
  /// The entry of `begin` that says the only index of a dimension, or -1: an
  /// index that is not known may be read from there.
  llvm::SmallVector<int64_t> indexEntry;
  /// The output's shape: new dimensions in, dimensions with one index out.
  llvm::SmallVector<int64_t> shape;
};

/// The slice of `inputShape` that the op makes with these arguments; an
/// argument that is not known is nullopt. The three must have `numEntries`
/// entries if they are known. On failure `error` says what is wrong.
mlir::FailureOr<StridedSliceSpec> resolveStridedSlice(
    StridedSliceOp op, llvm::ArrayRef<int64_t> inputShape, int64_t numEntries,
    std::optional<llvm::ArrayRef<int64_t>> begin,
    std::optional<llvm::ArrayRef<int64_t>> end,
    std::optional<llvm::ArrayRef<int64_t>> strides, std::string &error);

} // namespace firn::tfg

#endif // FIRN_IR_STRIDEDSLICESPEC_H
