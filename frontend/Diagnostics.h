// From MLIR's diagnostics to an absl::Status, at the border functions.
#ifndef FIRN_FRONTEND_DIAGNOSTICS_H
#define FIRN_FRONTEND_DIAGNOSTICS_H

#include "absl/status/status.h"
#include "mlir/IR/Diagnostics.h"

#include <string>

namespace firn {

/// While it lives, the errors that MLIR reports are collected instead of
/// printed.
class DiagnosticCollector {
public:
  /// `subject` is what the work is done on, a file as a rule; it opens every
  /// text.
  DiagnosticCollector(mlir::MLIRContext &context, std::string subject);

  /// OK if no error was reported; else the first errors as one text.
  absl::Status
  status(absl::StatusCode code = absl::StatusCode::kInvalidArgument) const;

  /// status(), or an error that names `action` if `result` is a failure that
  /// nothing was reported for.
  absl::Status check(llvm::LogicalResult result,
                     absl::string_view action) const;

private:
  void add(mlir::Diagnostic &diagnostic);

  std::string subject;
  std::string text;
  unsigned count = 0;
  mlir::ScopedDiagnosticHandler handler;
};

/// Where a diagnostic is: `node 'x'`, or `file:line:column`; empty if unknown.
std::string describeLocation(mlir::Location location);

} // namespace firn

#endif // FIRN_FRONTEND_DIAGNOSTICS_H
