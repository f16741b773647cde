// firn freeze: a model and its weights into one GraphDef.
#include "tools/firn/Commands.h"

#include "api/Freeze.h"
#include "tools/firn/LegacyFlags.h"
#include "tools/firn/Terminal.h"

#include "CLI/CLI.hpp"

#include <cstdio>
#include <memory>

namespace firn::cli {
namespace {

struct Arguments : ModelArguments {
  std::string output, format = "auto";
  bool text = false;
  FreezeOptions options;
};

/// One line an input or output: the key, and the tensor where it is called
/// otherwise.
void printEndpoints(const char *title,
                    const std::vector<FreezeReport::Endpoint> &endpoints) {
  if (!endpoints.empty())
    std::printf("  %s\n", title);
  for (const FreezeReport::Endpoint &endpoint : endpoints) {
    bool isSame = endpoint.key == endpoint.tensor ||
                  endpoint.key == endpoint.tensor + ":0";
    std::printf("    %s%s%s\n", endpoint.key.c_str(), isSame ? "" : " = ",
                isSame ? "" : endpoint.tensor.c_str());
  }
}

/// Who names no outputs gets all that there could be: of a graph that trains,
/// that is more than is wanted.
void noteGuess(const FreezeReport &report) {
  constexpr size_t kFew = 3;
  if (report.outputsAreGuessed && report.outputs.size() > kFew)
    printNote("the model has no signature, and no --fetch names what to keep: "
              "kept is what leads to its " +
              std::to_string(report.outputs.size()) +
              " outputs that nothing consumes. --fetch NODE ... keeps less");
}

absl::Status run(const Arguments &arguments) {
  FreezeOptions options = arguments.options;
  options.checkpoint = arguments.checkpoint;
  options.tags = arguments.tags;
  absl::StatusOr<ModelFormat> format =
      arguments.text ? ModelFormat::Text : parseModelFormat(arguments.format);
  if (!format.ok())
    return format.status();
  options.format = *format;
  options.advice = "keep it a variable (--deny NODE, or --keep-written for all "
                   "that are written to), or fetch something else (--fetch)";
  absl::StatusOr<FreezeReport> report = [&] {
    Progress progress("Freezing " + arguments.model);
    return freeze(arguments.model, options, arguments.output);
  }();
  if (!report.ok())
    return report.status();
  std::printf("%s: %s, %s frozen (%s), %s\n", arguments.output.c_str(),
              countText(report->nodes, "node").c_str(),
              countText(report->variables, "variable").c_str(),
              sizeText(static_cast<double>(report->weightBytes)).c_str(),
              sizeText(static_cast<double>(report->fileBytes)).c_str());
  for (const std::string &signature : report->signatures)
    std::printf("  signature %s\n", signature.c_str());
  if (report->signatures.empty()) {
    printEndpoints("inputs", report->inputs);
    printEndpoints("outputs", report->outputs);
  }
  noteGuess(*report);
  for (const std::string &note : report->notes)
    printNote(note);
  return absl::OkStatus();
}

} // namespace

void addFreezeCommand(CLI::App &app, Action &action) {
  CLI::App *command = app.add_subcommand(
      "freeze", "Write MODEL with its weights as one GraphDef");
  auto arguments = std::make_shared<Arguments>();
  addModelArguments(*command, *arguments);
  command
      ->add_option("-o,--output", arguments->output,
                   "the file or folder to write")
      ->required()
      ->option_text("OUT");
  CLI::Option *signature =
      command
          ->add_option("--signature", arguments->options.signature,
                       "keep what this signature computes (default: "
                       "serving_default, or the only one)")
          ->option_text("KEY");
  command
      ->add_option("--fetch", arguments->options.fetches,
                   "keep these nodes and what they need, in place of a "
                   "signature")
      ->delimiter(',')
      ->option_text("NODE ...")
      ->excludes(signature);
  command
      ->add_option("--feed", arguments->options.feeds,
                   "make these tensors the inputs: what computes them is cut "
                   "off")
      ->delimiter(',')
      ->option_text("NODE ...");
  command->add_flag("--keep-devices", arguments->options.keepDevices,
                    "leave the device of each node as it is");
  command->add_flag("--keep-functions", arguments->options.keepFunctions,
                    "keep calls of functions (default: their bodies take "
                    "their place)");
  command
      ->add_option("--set", arguments->options.set,
                   "make a placeholder the constant VALUE: a number, true, "
                   "false")
      ->option_text("NAME=VALUE ...");
  command
      ->add_option("--allow", arguments->options.allow,
                   "freeze only these variables")
      ->delimiter(',')
      ->option_text("NODE ...");
  command->add_option("--deny", arguments->options.deny, "keep these variables")
      ->delimiter(',')
      ->option_text("NODE ...");
  command->add_flag("--keep-written", arguments->options.keepWritten,
                    "keep variables that are written to (default: an error)");
  command
      ->add_option("--format", arguments->format,
                   "auto (by the name of OUT), binary, text, saved_model, "
                   "mlir, bytecode")
      ->option_text("FORMAT");
  command->add_flag("--text", arguments->text, "the same as --format text");
  command->footer("Examples:\n"
                  "  firn freeze model/ -o frozen.pb\n"
                  "  firn freeze model/ --signature classify -o frozen.pb\n"
                  "  firn freeze graph.meta --checkpoint model.ckpt-1000 \\\n"
                  "      --fetch logits/BiasAdd -o frozen.pb");
  command->callback([&action, arguments] {
    action = [arguments] { return run(*arguments); };
  });
}

} // namespace firn::cli
