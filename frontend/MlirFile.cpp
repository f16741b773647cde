// MLIR's parser, with its errors as a status.
#include "frontend/MlirFile.h"

#include "frontend/Diagnostics.h"
#include "ir/TFGOps.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

using namespace mlir;

namespace firn {

bool isMlirFile(const std::string &path) {
  return absl::EndsWith(path, ".mlir") || absl::EndsWith(path, ".mlirbc");
}

absl::StatusOr<OwningOpRef<ModuleOp>> importMlirFile(const std::string &path,
                                                     MLIRContext &context) {
  if (!llvm::sys::fs::exists(path))
    return absl::NotFoundError(absl::StrCat(path, ": no such file"));
  context.loadDialect<tfg::TFGDialect>();
  DiagnosticCollector diagnostics(context, path);
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(path, ParserConfig(&context));
  if (absl::Status status =
          diagnostics.check(success(bool(module)), "reading the file");
      !status.ok())
    return status;
  size_t graphs = llvm::range_size(module->getOps<tfg::GraphOp>());
  if (graphs != 1)
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": expected a module with one tfg.graph, found ", graphs));
  return module;
}

} // namespace firn
