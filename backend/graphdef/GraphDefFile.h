// A module's graph as a GraphDef file.
#ifndef FIRN_BACKEND_GRAPHDEF_GRAPHDEFFILE_H
#define FIRN_BACKEND_GRAPHDEF_GRAPHDEFFILE_H

#include "absl/status/status.h"
#include "mlir/IR/BuiltinOps.h"

#include <string>

namespace firn {

enum class GraphDefFormat { Binary, Text };

/// Writes the graph to the file `path`, which appears whole or not at all; what
/// was written is read back and compared before it does. The binary form is
/// written node by node, and weights from where they lie.
/// Refuses graphs of 2 GiB or more, which no reader of protobuf takes.
absl::Status writeGraphDef(mlir::ModuleOp module, const std::string &path,
                           GraphDefFormat format = GraphDefFormat::Binary);

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_GRAPHDEFFILE_H
