//===- ShapeInference.h - what an op may ask while its shapes are inferred ===//
//
// The context handed to InferShapesOpInterface, and the shape rules that many
// ops share. Element types never change here; only shapes are refined.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_SHAPEINFERENCE_H
#define FIRN_IR_SHAPEINFERENCE_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Operation.h"
#include "mlir/IR/Value.h"

#include <functional>
#include <optional>

namespace firn::tfg {

class ShapeInference {
public:
  using ConstantFn = std::function<mlir::ElementsAttr(mlir::Value)>;

  ShapeInference() = default;
  /// `known` gives values that are known beside those of constant nodes.
  explicit ShapeInference(ConstantFn known) : known(std::move(known)) {}

  /// The value of an operand, if it is a constant or known otherwise; else
  /// null.
  mlir::ElementsAttr constant(mlir::Value value) const;

  /// The value of an integer operand (a shape, axes, one scalar), each element
  /// sign-extended to 64 bits; nullopt if it is not known.
  std::optional<llvm::SmallVector<int64_t>>
  constantInts(mlir::Value value) const;

private:
  ConstantFn known;
};

/// tensor<shape x elementType>, or unranked.
mlir::TensorType makeTensorType(std::optional<llvm::ArrayRef<int64_t>> shape,
                                mlir::Type elementType);

/// The shape of a ranked tensor; nullopt if unranked. (Not getShape(): ops with
/// an operand `shape` have a member of that name.)
std::optional<llvm::ArrayRef<int64_t>> shapeOf(mlir::Value value);

/// Appends the type of `output` with this shape; always succeeds.
llvm::LogicalResult pushResult(llvm::SmallVectorImpl<mlir::Type> &results,
                               mlir::Value output,
                               std::optional<llvm::ArrayRef<int64_t>> shape);

/// Whether all dimensions are known.
bool isStatic(std::optional<llvm::ArrayRef<int64_t>> shape);

/// Element type of a tensor value, without a reference.
mlir::Type getElementType(mlir::Value value);

/// Both shapes hold: the more precise of each dimension. Fails if they
/// contradict each other. An element type of `!tfg.unknown` gives way.
mlir::FailureOr<mlir::TensorType> mergeTypes(mlir::TensorType a,
                                             mlir::TensorType b);

/// NumPy broadcasting of two shapes. Fails if they cannot go together.
mlir::FailureOr<llvm::SmallVector<int64_t>>
broadcastShapes(llvm::ArrayRef<int64_t> a, llvm::ArrayRef<int64_t> b);

/// `axis` in [-rank, rank) brought into [0, rank); nullopt if it is not in it.
std::optional<int64_t> normalizeAxis(int64_t axis, int64_t rank);

/// The value of an axis operand brought into [0, rank), -1 if it is not known;
/// fails with an error of `op` if it is not one number or out of range.
mlir::FailureOr<int64_t>
inferAxis(mlir::Operation *op,
          const std::optional<llvm::SmallVector<int64_t>> &axis, int64_t rank);

/// The product of two sizes, or nullopt if it does not fit int64 or if one is
/// negative.
std::optional<int64_t> checkedProduct(int64_t a, int64_t b);
/// Number of elements of a static shape, or nullopt as above.
std::optional<int64_t> checkedNumElements(llvm::ArrayRef<int64_t> shape);

/// One output with the shape and element type of the first operand.
llvm::LogicalResult
inferSameAsFirst(mlir::Operation *op,
                 llvm::SmallVectorImpl<mlir::Type> &results);
/// One output with the broadcast shape of all data operands; its element type
/// is that of the result.
llvm::LogicalResult inferBroadcast(mlir::Operation *op,
                                   llvm::SmallVectorImpl<mlir::Type> &results);

} // namespace firn::tfg

#endif // FIRN_IR_SHAPEINFERENCE_H
