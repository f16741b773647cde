//===- EinsumEquation.h - the labels of an einsum
//--------------------------===//

#ifndef FIRN_IR_EINSUMEQUATION_H
#define FIRN_IR_EINSUMEQUATION_H

#include "mlir/IR/Operation.h"

namespace firn::tfg {

/// An equation for inputs of known ranks, with labels as numbers: first those
/// of the output, in order, then those that are summed over. Dimensions that
/// `...` stands for have labels too.
struct EinsumEquation {
  /// Per input, the label of each dimension.
  llvm::SmallVector<llvm::SmallVector<unsigned>> inputs;
  unsigned numOutputLabels = 0;
  unsigned numLabels = 0;
  /// Labels from `...`, whose dimensions are broadcast.
  llvm::SmallVector<bool> isBroadcast;
};

/// Reads an equation; an error on `op` if it does not fit the inputs' ranks, or
/// names a label twice in the output.
mlir::FailureOr<EinsumEquation> parseEinsum(mlir::Operation *op,
                                            llvm::StringRef equation,
                                            llvm::ArrayRef<int64_t> ranks);

/// The size of each label; an error on `op` where two dimensions contradict.
mlir::FailureOr<llvm::SmallVector<int64_t>>
getLabelSizes(mlir::Operation *op, const EinsumEquation &equation,
              llvm::ArrayRef<llvm::ArrayRef<int64_t>> shapes);

} // namespace firn::tfg

#endif // FIRN_IR_EINSUMEQUATION_H
