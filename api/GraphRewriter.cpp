// Reading, running passes, and writing in any form.
#include "api/GraphRewriter.h"

#include "api/GraphIndex.h"
#include "backend/graphdef/GraphDefFile.h"
#include "backend/graphdef/OutputFile.h"
#include "backend/graphdef/SavedModelFile.h"
#include "backend/jit/JitDialect.h"
#include "frontend/Diagnostics.h"
#include "frontend/ImportModel.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "mlir/Bytecode/BytecodeWriter.h"

#include <filesystem>

using namespace mlir;

namespace firn {

absl::StatusOr<ModelFormat> parseModelFormat(const std::string &name) {
  static constexpr std::pair<const char *, ModelFormat> known[] = {
      {"auto", ModelFormat::Auto}, {"binary", ModelFormat::Binary},
      {"text", ModelFormat::Text}, {"saved_model", ModelFormat::SavedModel},
      {"mlir", ModelFormat::Mlir}, {"bytecode", ModelFormat::Bytecode}};
  std::string names;
  for (auto [text, format] : known) {
    if (name == text)
      return format;
    absl::StrAppend(&names, names.empty() ? "" : ", ", text);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("'", name, "' is no output format; there are ", names));
}

ModelFormat formatOfPath(const std::string &path) {
  std::error_code ignored;
  if (absl::EndsWith(path, "/") || std::filesystem::is_directory(path, ignored))
    return ModelFormat::SavedModel;
  std::string extension = std::filesystem::path(path).extension().string();
  if (extension == ".pbtxt" || extension == ".pbtext")
    return ModelFormat::Text;
  if (extension == ".mlir")
    return ModelFormat::Mlir;
  if (extension == ".mlirbc")
    return ModelFormat::Bytecode;
  return ModelFormat::Binary;
}

GraphRewriter::GraphRewriter(std::string path)
    : context(MLIRContext::Threading::DISABLED), path(std::move(path)) {
  context.printOpOnDiagnostic(false);
  // Folding compiles; a pass may load no dialects.
  jit::loadDialects(context);
}

absl::StatusOr<std::unique_ptr<GraphRewriter>>
GraphRewriter::load(const Source &source) {
  std::unique_ptr<GraphRewriter> rewriter(new GraphRewriter(source.path));
  ImportOptions options;
  options.checkpoint = source.checkpoint;
  options.tags = source.tags;
  options.loadVariables = source.loadVariables;
  options.warnings = &rewriter->warnings;
  absl::StatusOr<OwningOpRef<ModuleOp>> module =
      importModel(source.path, options, rewriter->context);
  if (!module.ok())
    return module.status();
  rewriter->imported = *std::move(module);
  return rewriter;
}

tfg::GraphOp GraphRewriter::graph() { return findGraph(*imported); }

std::string GraphRewriter::opOf(const std::string &node) {
  Operation *op = GraphIndex(graph()).node(node);
  return op ? cast<tfg::NodeOpInterface>(op).getTFOpName().str()
            : std::string();
}

absl::Status GraphRewriter::run(llvm::function_ref<void(OpPassManager &)> build,
                                const std::string &action) {
  DiagnosticCollector errors(context, path);
  PassManager manager(&context);
  build(manager);
  return errors.check(manager.run(*imported), action);
}

absl::Status
GraphRewriter::tryRun(llvm::function_ref<void(OpPassManager &)> build,
                      const std::string &action) {
  OwningOpRef<ModuleOp> before(imported->clone());
  absl::Status status = run(build, action);
  if (!status.ok())
    imported = std::move(before);
  return status;
}

void GraphRewriter::keepSignatures(const std::string &key) {
  signatures = ModuleOp::create(UnknownLoc::get(&context));
  for (auto signature : imported->getOps<tfg::SignatureOp>())
    // Those of SavedModel's own, which initialise, are of no use any more.
    if (key.empty() ? !signature.getSymName().starts_with("__")
                    : signature.getSymName() == key)
      signatures->push_back(signature->clone());
}

std::vector<std::string> GraphRewriter::keptSignatures() {
  std::vector<std::string> keys;
  if (signatures)
    for (auto signature : signatures->getOps<tfg::SignatureOp>())
      keys.push_back(signature.getSymName().str());
  return keys;
}

absl::Status GraphRewriter::writeModule(const std::string &output,
                                        bool bytecode) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (bytecode) {
    if (failed(writeBytecodeToFile(*imported, os)))
      return absl::InternalError(
          absl::StrCat(output, ": the IR has no bytecode form"));
  } else {
    imported->print(os);
  }
  return writeFile(output, text);
}

absl::Status GraphRewriter::write(const std::string &output,
                                  ModelFormat format) {
  switch (format == ModelFormat::Auto ? formatOfPath(output) : format) {
  case ModelFormat::Text:
    return writeGraphDef(*imported, output, GraphDefFormat::Text);
  case ModelFormat::SavedModel: {
    SavedModelParts parts;
    if (signatures)
      llvm::append_range(parts.signatures,
                         signatures->getOps<tfg::SignatureOp>());
    std::error_code ignored;
    parts.source = std::filesystem::is_directory(path, ignored)
                       ? path
                       : std::filesystem::path(path).parent_path().string();
    return writeSavedModel(*imported, output, parts);
  }
  case ModelFormat::Mlir:
    return writeModule(output, false);
  case ModelFormat::Bytecode:
    return writeModule(output, true);
  default:
    return writeGraphDef(*imported, output, GraphDefFormat::Binary);
  }
}

int64_t GraphRewriter::countNodes() {
  int64_t nodes = 0;
  imported->walk([&](tfg::NodeOpInterface) { ++nodes; });
  return nodes;
}

} // namespace firn
