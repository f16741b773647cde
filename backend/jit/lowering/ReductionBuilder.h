// Reductions as linalg: what the lowerings of reductions, softmax and norms are
// made of.
#ifndef FIRN_BACKEND_JIT_LOWERING_REDUCTIONBUILDER_H
#define FIRN_BACKEND_JIT_LOWERING_REDUCTIONBUILDER_H

#include "mlir/Dialect/Utils/StructuredOpsUtils.h"
#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Builders.h"

namespace firn {

enum class Combiner { Sum, Prod, Max, Min, All, Any };

/// What the combiner leaves other elements as.
mlir::Value makeNeutral(mlir::OpBuilder &b, mlir::Location loc,
                        Combiner combiner, mlir::Type type, bool isUnsigned);

/// Maps and sizes of a reduction over some dimensions of a tensor.
struct ReductionNest {
  llvm::SmallVector<mlir::AffineMap> maps; // input, output
  llvm::SmallVector<mlir::utils::IteratorType> iterators;
  llvm::SmallVector<mlir::OpFoldResult> keptSizes;

  ReductionNest(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value input,
                llvm::ArrayRef<bool> reduced);
};

/// The kept dimensions of `input`, of its compute type. Squares the elements
/// first if asked to.
mlir::Value buildReduction(mlir::OpBuilder &builder, mlir::Operation *node,
                           mlir::Value input, llvm::ArrayRef<bool> reduced,
                           Combiner combiner, bool squares = false);

/// Puts the reduced dimensions back, with size 1.
mlir::Value restoreUnitDims(mlir::OpBuilder &builder, mlir::Location loc,
                            mlir::Value kept, llvm::ArrayRef<bool> reduced);

/// A scalar tensor: the number of elements that go into each result.
mlir::Value countReduced(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value input, llvm::ArrayRef<bool> reduced,
                         mlir::Type type);

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_REDUCTIONBUILDER_H
