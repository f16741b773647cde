// Models in MLIR's own forms, text and bytecode: what `firn optimize -o x.mlir`
// wrote, or somebody by hand. Unlike TensorFlow's files they are read by MLIR's
// parser, which was not made for files that mean harm.
#ifndef FIRN_FRONTEND_MLIRFILE_H
#define FIRN_FRONTEND_MLIRFILE_H

#include "absl/status/statusor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <string>

namespace firn {

/// Whether a file is called .mlir or .mlirbc.
bool isMlirFile(const std::string &path);

/// The module in the file, verified; it has one tfg.graph.
absl::StatusOr<mlir::OwningOpRef<mlir::ModuleOp>>
importMlirFile(const std::string &path, mlir::MLIRContext &context);

} // namespace firn

#endif // FIRN_FRONTEND_MLIRFILE_H
