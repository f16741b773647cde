//===- TFGConstants.h - making and reading constant tensors ---------------===//
//
// One place for how a tensor's values become an attribute: splats stay splats,
// small tensors are dense, larger ones and those of element types without a
// dense form lie in a resource blob, uniqued by nothing (ConstantMemory.h tells
// of those that stay in their file).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGCONSTANTS_H
#define FIRN_IR_TFGCONSTANTS_H

#include "mlir/IR/AsmState.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

#include <optional>

namespace firn::tfg {

/// fold() evaluates tensors of at most this many elements; larger ones are left
/// to the constant-folding pass, which runs compiled code.
inline constexpr int64_t kMaxFoldElements = 1024;
/// From this size on, values lie in a resource blob.
inline constexpr size_t kMinResourceBytes = 1024;
/// No tensor has more dimensions.
inline constexpr int64_t kMaxRank = 254;
/// Alignment of the blobs that we make.
inline constexpr size_t kResourceAlignment = 64;

/// Bytes of one element as TensorFlow stores it (bool: 1, complex64: 8, qint8:
/// 1, int4: 1); nullopt for strings, resources, variants and references.
std::optional<unsigned> getElementByteSize(mlir::Type elementType);

/// Whether MLIR has a dense form, with splats, for tensors of such elements.
bool hasDenseForm(mlir::Type elementType);

/// Whether `data` are several elements, all equal.
bool isSplat(llvm::ArrayRef<char> data, size_t elementSize);

/// A tensor of raw values: row-major, little endian, packed as
/// getElementByteSize says. `data` is copied once.
mlir::ElementsAttr makeConstant(mlir::RankedTensorType type,
                                llvm::ArrayRef<char> data);

/// A tensor whose values lie in `blob` (which owns or keeps alive its memory).
mlir::DenseResourceElementsAttr makeResource(mlir::RankedTensorType type,
                                             llvm::StringRef name,
                                             mlir::AsmResourceBlob blob);

/// A one-dimensional tensor of i32 or i64 values.
mlir::DenseElementsAttr makeIntVector(mlir::Type elementType,
                                      llvm::ArrayRef<int64_t> values);
/// A scalar of i32 or i64.
mlir::DenseElementsAttr makeIntScalar(mlir::Type elementType, int64_t value);

/// The elements of an integer tensor, sign- or zero-extended by its type;
/// nullopt if `attr` is null, not of integers, or larger than kMaxFoldElements.
std::optional<llvm::SmallVector<int64_t>> getIntegers(mlir::ElementsAttr attr);

/// The raw bytes of a tensor in the form of makeConstant; of a splat, of one
/// element. nullopt for strings and opaque tensors. The bytes lie in the
/// attribute, or in `scratch` where MLIR holds them in another form (bools as
/// bits).
std::optional<llvm::ArrayRef<char>>
getRawData(mlir::ElementsAttr attr, llvm::SmallVectorImpl<char> &scratch);

} // namespace firn::tfg

#endif // FIRN_IR_TFGCONSTANTS_H
