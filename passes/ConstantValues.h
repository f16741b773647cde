//===- ConstantValues.h - the values of constant nodes --------------------===//
//
// Reading and making the constants that passes compute with: weights (f32) and
// small lists of integers (blocks, paddings).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_CONSTANTVALUES_H
#define FIRN_PASSES_CONSTANTVALUES_H

#include "ir/TFGOps.h"

#include <vector>

namespace firn::tfg {

/// The tensor that a value is, if a Const makes it (which may have control
/// inputs); else null.
mlir::ElementsAttr getConstantValue(mlir::Value value);

/// The elements of a constant of f32; nullopt if it is none.
std::optional<std::vector<float>> readFloats(mlir::ElementsAttr attr);
std::optional<std::vector<float>> readFloats(mlir::Value value);

/// The elements of a constant of integers.
std::optional<llvm::SmallVector<int64_t>> readIntegers(mlir::Value value);

/// A constant of f32. `values` are as many as `type` has elements.
mlir::ElementsAttr makeFloats(mlir::RankedTensorType type,
                              llvm::ArrayRef<float> values);
/// A scalar of f32.
mlir::ElementsAttr makeFloat(mlir::MLIRContext *context, float value);

} // namespace firn::tfg

#endif // FIRN_PASSES_CONSTANTVALUES_H
