// SignatureDef → tfg.signature.
#ifndef FIRN_FRONTEND_SIGNATUREIMPORTER_H
#define FIRN_FRONTEND_SIGNATUREIMPORTER_H

#include "absl/status/status.h"
#include "mlir/IR/BuiltinOps.h"
#include "proto/meta_graph.pb.h"

namespace firn {

/// Adds the signatures of `metaGraph` to the module, sorted by their keys.
absl::Status importSignatures(const tf::MetaGraphDef &metaGraph,
                              mlir::ModuleOp module);

} // namespace firn

#endif // FIRN_FRONTEND_SIGNATUREIMPORTER_H
