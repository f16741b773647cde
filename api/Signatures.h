// The signatures of a module as the public API shows them.
#ifndef FIRN_API_SIGNATURES_H
#define FIRN_API_SIGNATURES_H

#include "api/Model.h"

#include "mlir/IR/BuiltinOps.h"

#include <vector>

namespace firn {

/// The signatures, sorted by key. A sparse tensor is three tensors,
/// `key/values`, `key/indices`, `key/dense_shape`. SavedModel's own
/// (`__saved_model_init_op`) are left out.
std::vector<SignatureInfo> signaturesOf(mlir::ModuleOp module);

/// The signature of that key, or for an empty key the default:
/// `serving_default`, or the only one. NotFound with the keys there are, and a
/// suggestion.
absl::StatusOr<SignatureInfo>
chooseSignature(const std::vector<SignatureInfo> &signatures,
                const std::string &key);

} // namespace firn

#endif // FIRN_API_SIGNATURES_H
