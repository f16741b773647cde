//===- TensorFolding.h - folding ops that move elements of constants ------===//
//
// An op that moves elements folds by saying where each element of its result
// comes from. The bytes are copied whatever the element type is.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TENSORFOLDING_H
#define FIRN_IR_TENSORFOLDING_H

#include "ir/TFGConstants.h"
#include "mlir/IR/OpDefinition.h"

namespace firn::tfg {

/// Whether fold() may take the node away: it waits for no other node, and not
/// for itself (what folding makes of a cycle).
bool mayFold(mlir::Operation *op);

/// The integers of a fold operand; nullopt if it is not known.
std::optional<llvm::SmallVector<int64_t>> foldedInts(mlir::Attribute operand);
/// The same of a scalar or a tensor of one element.
std::optional<int64_t> foldedInt(mlir::Attribute operand);

/// The position in row-major order that `index` has in a tensor of `shape`.
int64_t linearIndex(llvm::ArrayRef<int64_t> shape,
                    llvm::ArrayRef<int64_t> index);

/// Where an element of the result comes from: its row-major position in the
/// source, or -1 for the fill value.
using SourceFn = llvm::function_ref<int64_t(llvm::ArrayRef<int64_t>)>;

/// The tensor of `resultType` whose elements are those of `source` at `from`.
/// Null if the result is not static or too large for fold(), or if `source` is
/// not a constant with plain bytes. `fill`: the bytes of one element, needed if
/// `from` may give -1.
mlir::ElementsAttr pickElements(mlir::Attribute source, mlir::Type resultType,
                                SourceFn from, llvm::ArrayRef<char> fill = {});

/// A part of a constant: where it begins and how far apart its elements are,
/// for each dimension. Null as above.
mlir::ElementsAttr pickPart(mlir::Attribute source,
                            llvm::ArrayRef<int64_t> sourceShape,
                            mlir::RankedTensorType part,
                            llvm::ArrayRef<int64_t> offsets,
                            llvm::ArrayRef<int64_t> strides);

/// The same elements under another static shape; of any size, without a copy.
/// Null as above.
mlir::ElementsAttr reshapeConstant(mlir::Attribute source,
                                   mlir::Type resultType);

/// The parts one after the other along `axis` of `resultType`. Null as above.
mlir::ElementsAttr joinConstants(llvm::ArrayRef<mlir::Attribute> parts,
                                 mlir::Type resultType, int64_t axis);

/// The splat of one element's bytes; null if the type has no plain bytes.
mlir::ElementsAttr makeSplat(mlir::Type resultType, llvm::ArrayRef<char> bytes);

} // namespace firn::tfg

#endif // FIRN_IR_TENSORFOLDING_H
