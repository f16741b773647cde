// Collects MLIR's errors and gives them as one status.
#include "frontend/Diagnostics.h"

#include "ir/TypeText.h"

#include "absl/strings/match.h"
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

/// The text of a diagnostic: types in TensorFlow's words, and no name of an op
/// of the IR, which begins what emitOpError() says.
static std::string describe(Diagnostic &diagnostic) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  for (const DiagnosticArgument &argument : diagnostic.getArguments())
    if (argument.getKind() == DiagnosticArgument::DiagnosticArgumentKind::Type)
      stream << tfg::describeType(argument.getAsType());
    else
      argument.print(stream);
  StringRef rest = text;
  if (!rest.consume_front("'tfg."))
    return text;
  auto [op, message] = rest.split("' op ");
  if (message.empty())
    return text;
  return op == "node" ? message.str()
                      : absl::StrCat("(", op.str(), ") ", message.str());
}

void DiagnosticCollector::add(Diagnostic &diagnostic) {
  if (diagnostic.getSeverity() != DiagnosticSeverity::Error ||
      ++count > kMaxErrors)
    return;
  std::string where = describeLocation(diagnostic.getLocation());
  std::string message = describe(diagnostic);
  // Some say the node themselves, with its op.
  if (where.empty() || absl::StartsWith(message, where))
    where.clear();
  else
    where += absl::StartsWith(message, "(") ? " " : ": ";
  absl::StrAppend(&text, text.empty() ? "" : "\n", where, message);
  for (Diagnostic &note : diagnostic.getNotes())
    // Notes that print the whole operation do not help who has the model.
    if (std::string message = describe(note); message.size() < 400)
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
