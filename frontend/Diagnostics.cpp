// Collects MLIR's errors and gives them as one status.
#include "frontend/Diagnostics.h"

#include "absl/strings/str_cat.h"
#include "mlir/IR/Location.h"

using namespace mlir;

namespace firn {

/// Further errors are counted only.
static constexpr unsigned kMaxErrors = 10;

std::string describeLocation(Location location) {
  if (auto name = dyn_cast<NameLoc>(location))
    return absl::StrCat("node '", name.getName().str(), "'");
  if (auto file = dyn_cast<FileLineColLoc>(location))
    return absl::StrCat(file.getFilename().str(), ":", file.getLine(), ":",
                        file.getColumn());
  if (auto fused = dyn_cast<FusedLoc>(location))
    for (Location part : fused.getLocations())
      if (std::string text = describeLocation(part); !text.empty())
        return text;
  if (auto call = dyn_cast<CallSiteLoc>(location))
    return describeLocation(call.getCallee());
  return "";
}

DiagnosticCollector::DiagnosticCollector(MLIRContext &context,
                                         std::string subject)
    : subject(std::move(subject)),
      handler(&context, [this](Diagnostic &diagnostic) { add(diagnostic); }) {}

void DiagnosticCollector::add(Diagnostic &diagnostic) {
  if (diagnostic.getSeverity() != DiagnosticSeverity::Error ||
      ++count > kMaxErrors)
    return;
  std::string where = describeLocation(diagnostic.getLocation());
  absl::StrAppend(&text, text.empty() ? "" : "\n", where,
                  where.empty() ? "" : ": ", diagnostic.str());
  for (Diagnostic &note : diagnostic.getNotes())
    // Notes that print the whole operation do not help who has the model.
    if (std::string message = note.str(); message.size() < 400)
      absl::StrAppend(&text, " (", message, ")");
}

absl::Status DiagnosticCollector::status(absl::StatusCode code) const {
  if (count == 0)
    return absl::OkStatus();
  std::string message = absl::StrCat(subject, ": ", text);
  if (count > kMaxErrors)
    absl::StrAppend(&message, "\nand ", count - kMaxErrors, " further errors");
  return absl::Status(code, message);
}

absl::Status DiagnosticCollector::check(LogicalResult result,
                                        absl::string_view action) const {
  if (succeeded(result))
    return absl::OkStatus();
  if (count > 0)
    return status();
  return absl::InternalError(
      absl::StrCat(subject, ": ", action, " failed without a reason"));
}

} // namespace firn
