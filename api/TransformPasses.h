// The transforms of the Graph Transform Tool as passes: which pass each name
// stands for, and how its parameters become options.
#ifndef FIRN_API_TRANSFORMPASSES_H
#define FIRN_API_TRANSFORMPASSES_H

#include "api/TransformSpec.h"

#include "mlir/Pass/PassManager.h"

#include <functional>

namespace firn {

/// Adds the passes of one transform.
using PassBuilder = std::function<void(mlir::OpPassManager &)>;

/// What the transform does; an error for a name or a parameter that there is
/// not, or a transform that is not offered, with the reason.
absl::StatusOr<PassBuilder> makeTransform(TransformSpec &transform);

/// The type that TensorFlow calls so (`float`, `DT_UINT8`, `1`), in the IR's
/// notation.
absl::StatusOr<std::string> elementTypeText(const std::string &name);

/// Folding of constants as the transform fold_constants does it.
void addFoldConstants(mlir::OpPassManager &manager, int64_t maxBytes,
                      const std::vector<std::string> &excludedOps,
                      const std::vector<std::string> &excludedNodes);

} // namespace firn

#endif // FIRN_API_TRANSFORMPASSES_H
