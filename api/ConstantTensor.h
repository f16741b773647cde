// Constants of the IR as tensors of the public API, and back; copies of
// tensors.
#ifndef FIRN_API_CONSTANTTENSOR_H
#define FIRN_API_CONSTANTTENSOR_H

#include "backend/runtime/Tensor.h"
#include "backend/runtime/TensorView.h"

#include "mlir/IR/BuiltinAttributes.h"

namespace firn {

/// The value of a constant as a tensor. Fails for types that have no values to
/// show.
absl::StatusOr<Tensor> tensorOfConstant(mlir::TypedAttr value);

/// The constant with the values of `tensor`, of type `type` (whose element type
/// is that of the tensor). Values are copied.
mlir::ElementsAttr constantOfTensor(const Tensor &tensor,
                                    mlir::RankedTensorType type);

/// Copies elements, also strings, to memory for as many of the same type.
void copyElements(const TensorView &from, const TensorView &to);

} // namespace firn

#endif // FIRN_API_CONSTANTTENSOR_H
