//===- OpShapes.h - checks and outputs of one op's shape inference --------===//
//
// Reads the shapes of an op's operands, checks their ranks, and appends the
// outputs in order. A check reports a model error on the op; what is not known
// passes it and gives dynamic dimensions.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_OPSHAPES_H
#define FIRN_IR_OPSHAPES_H

#include "ir/ShapeInference.h"

namespace firn::tfg {

class OpShapes {
public:
  using Dims = llvm::SmallVector<int64_t>;
  using OptionalDims = std::optional<Dims>;
  /// One dimension of an operand; negative indices count from the last.
  struct Dim {
    mlir::Value value;
    int64_t index;
  };

  OpShapes(mlir::Operation *op, const ShapeInference &context,
           llvm::SmallVectorImpl<mlir::Type> &results)
      : op(op), context(context), results(results) {}

  /// The shape, if its rank is known.
  OptionalDims shape(mlir::Value value) const;
  /// The dimensions [begin, end), which count from the last if negative; `end`
  /// is the rank if it is left out.
  OptionalDims dims(mlir::Value value, int64_t begin,
                    std::optional<int64_t> end = std::nullopt) const;
  /// One dimension; dynamic if it is not known or not there.
  int64_t dim(mlir::Value value, int64_t index) const;

  /// Fail unless the value may have this rank, at least this rank, or one
  /// element.
  llvm::LogicalResult rank(llvm::StringRef name, mlir::Value value,
                           int64_t rank) const;
  llvm::LogicalResult rankAtLeast(llvm::StringRef name, mlir::Value value,
                                  int64_t rank) const;
  llvm::LogicalResult oneElement(llvm::StringRef name, mlir::Value value) const;

  /// The dimension that all of these are; fails if they contradict each other.
  mlir::FailureOr<int64_t> same(llvm::StringRef name,
                                llvm::ArrayRef<Dim> dims) const;
  /// The shape that both are: fails if they contradict each other.
  mlir::FailureOr<OptionalDims> sameShape(llvm::StringRef name, OptionalDims a,
                                          OptionalDims b) const;

  /// The value of an integer operand of one element, or of a list of them.
  std::optional<int64_t> constant(mlir::Value value) const;
  OptionalDims constants(mlir::Value value) const;
  /// A size that an operand says: not negative. Dynamic if it is not known.
  mlir::FailureOr<int64_t> size(llvm::StringRef name, mlir::Value value) const;
  /// A shape that an operand says: dimensions from zero up. Of known rank, if
  /// that of the operand's vector is known.
  mlir::FailureOr<OptionalDims> shapeFrom(llvm::StringRef name,
                                          mlir::Value value) const;

  /// The next output has this shape; always succeeds.
  llvm::LogicalResult output(const OptionalDims &shape);
  /// The same for a list of dimensions before or after others, of which
  /// nothing is known if those are unknown.
  llvm::LogicalResult output(const OptionalDims &first,
                             llvm::ArrayRef<int64_t> then);
  llvm::LogicalResult output(llvm::ArrayRef<int64_t> first,
                             const OptionalDims &then);

private:
  mlir::Operation *op;
  const ShapeInference &context;
  llvm::SmallVectorImpl<mlir::Type> &results;
};

} // namespace firn::tfg

#endif // FIRN_IR_OPSHAPES_H
