// tfg.func → FunctionDef.
#ifndef FIRN_BACKEND_GRAPHDEF_FUNCTIONEXPORTER_H
#define FIRN_BACKEND_GRAPHDEF_FUNCTIONEXPORTER_H

#include "absl/status/status.h"
#include "ir/TFGOps.h"
#include "proto/graph.pb.h"
#include "llvm/ADT/StringSet.h"

namespace firn {

/// Exports one function; `functions` are the names of all functions of the
/// module.
absl::Status exportFunction(tfg::FuncOp op, const llvm::StringSet<> &functions,
                            tf::FunctionDef &function);

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_FUNCTIONEXPORTER_H
