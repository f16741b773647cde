//===- firn-translate.cpp - between model files and MLIR's text -----------===//
//
//   firn-translate --import MODEL               MODEL as tfg text
//   firn-translate --export-graphdef FILE.mlir  back to a GraphDef
//   firn-translate --roundtrip MODEL            import, export, compare
//
//===----------------------------------------------------------------------===//

#include "backend/graphdef/GraphDefCompare.h"
#include "backend/graphdef/GraphDefExporter.h"
#include "backend/graphdef/GraphDefFile.h"
#include "frontend/Diagnostics.h"
#include "frontend/GraphDefImporter.h"
#include "frontend/ImportModel.h"
#include "ir/TFGOps.h"
#include "mlir/Parser/Parser.h"
#include "proto/TextForm.h"
#include "tools/firn-translate/GraphFiles.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;
namespace cl = llvm::cl;

namespace {

cl::OptionCategory category("firn-translate options");

enum class Action { Import, ExportGraphDef, RoundTrip };

cl::opt<Action> action(
    cl::desc("What to do:"), cl::cat(category),
    cl::values(
        clEnumValN(Action::Import, "import", "print a model as tfg text"),
        clEnumValN(Action::ExportGraphDef, "export-graphdef",
                   "write a GraphDef of tfg text"),
        clEnumValN(Action::RoundTrip, "roundtrip",
                   "import and export each graph of a model, and compare")));
cl::opt<std::string> input(cl::Positional, cl::desc("MODEL"), cl::Required,
                           cl::cat(category));
cl::opt<std::string> output("o",
                            cl::desc("output file; '-' is standard output"),
                            cl::init("-"), cl::cat(category));
cl::opt<std::string> checkpoint("checkpoint",
                                cl::desc("with --import: checkpoint prefix"),
                                cl::cat(category));
cl::list<std::string> tags("tags", cl::CommaSeparated,
                           cl::desc("with --import: tags of the MetaGraph"),
                           cl::cat(category));
cl::opt<bool> textOutput("text", cl::desc("export protobuf's text form"),
                         cl::cat(category));
cl::opt<bool> throughText(
    "through-text",
    cl::desc("with --roundtrip: print and parse the module in between"),
    cl::cat(category));

int fail(const absl::Status &status) {
  llvm::errs() << "firn-translate: error: " << std::string(status.message())
               << '\n';
  return 1;
}

absl::StatusOr<OwningOpRef<ModuleOp>> import(firn::GraphOfFile &graph,
                                             MLIRContext &context) {
  firn::GraphImportOptions options;
  options.fileName = graph.description;
  options.modelOps = &graph.modelOps;
  return firn::importGraphDef(std::move(graph.graph), options, context);
}

int write(llvm::function_ref<void(llvm::raw_ostream &)> print) {
  std::error_code error;
  llvm::ToolOutputFile file(output, error, llvm::sys::fs::OF_None);
  if (error)
    return fail(absl::InvalidArgumentError(output + ": " + error.message()));
  print(file.os());
  file.keep();
  return 0;
}

int runImport(MLIRContext &context) {
  std::vector<std::string> warnings;
  firn::ImportOptions options;
  options.checkpoint = checkpoint;
  options.tags.assign(tags.begin(), tags.end());
  options.warnings = &warnings;
  absl::StatusOr<OwningOpRef<ModuleOp>> module =
      firn::importModel(input, options, context);
  for (const std::string &warning : warnings)
    llvm::errs() << "firn-translate: warning: " << warning << '\n';
  if (!module.ok())
    return fail(module.status());
  return write([&](llvm::raw_ostream &os) { (*module)->print(os); });
}

OwningOpRef<ModuleOp> parse(llvm::StringRef text, MLIRContext &context) {
  return parseSourceString<ModuleOp>(text, ParserConfig(&context));
}

int runExport(MLIRContext &context) {
  firn::DiagnosticCollector diagnostics(context, input);
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(input, ParserConfig(&context));
  if (!module)
    return fail(diagnostics.check(failure(), "parsing"));
  if (output != "-") {
    absl::Status status = firn::writeGraphDef(
        *module, output,
        textOutput ? firn::GraphDefFormat::Text : firn::GraphDefFormat::Binary);
    return status.ok() ? 0 : fail(status);
  }
  absl::StatusOr<firn::tf::GraphDef> graph = firn::exportGraphDef(*module);
  if (!graph.ok())
    return fail(graph.status());
  llvm::outs() << (textOutput ? graph->DebugString() : firn::toBytes(*graph));
  return 0;
}

absl::Status roundTrip(firn::GraphOfFile &graph, MLIRContext &context) {
  firn::tf::GraphDef original = graph.graph;
  std::string name = graph.description;
  absl::StatusOr<OwningOpRef<ModuleOp>> module = import(graph, context);
  if (!module.ok())
    return module.status();
  if (throughText) {
    std::string text;
    llvm::raw_string_ostream os(text);
    (*module)->print(os);
    firn::DiagnosticCollector diagnostics(context, name);
    *module = parse(text, context);
    absl::Status status =
        diagnostics.check(success(bool(*module)), "parsing what was printed");
    if (!status.ok())
      return status;
  }
  absl::StatusOr<firn::tf::GraphDef> exported = firn::exportGraphDef(**module);
  if (!exported.ok())
    return exported.status();
  std::optional<std::string> difference =
      firn::findDifference(original, *exported);
  if (!difference)
    return absl::OkStatus();
  return absl::DataLossError(name + ": " + *difference);
}

int runRoundTrip(MLIRContext &context) {
  absl::StatusOr<std::vector<firn::GraphOfFile>> graphs =
      firn::readGraphs(input);
  if (!graphs.ok())
    return fail(graphs.status());
  for (firn::GraphOfFile &graph : *graphs) {
    absl::Status status = roundTrip(graph, context);
    if (!status.ok())
      return fail(status);
  }
  return 0;
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv,
                              "Translates between model files and tfg text\n");
  if (action.getNumOccurrences() == 0)
    return fail(absl::InvalidArgumentError(
        "say what to do: --import, --export-graphdef or --roundtrip"));
  MLIRContext context;
  context.loadDialect<firn::tfg::TFGDialect>();
  switch (action) {
  case Action::Import:
    return runImport(context);
  case Action::ExportGraphDef:
    return runExport(context);
  case Action::RoundTrip:
    return runRoundTrip(context);
  }
}
