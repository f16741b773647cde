// firn freeze: a model and its weights into one GraphDef.
#include "tools/firn/Commands.h"

#include "api/Freeze.h"
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

std::string join(const std::vector<std::string> &names) {
  std::string text;
  for (const std::string &name : names)
    text += (text.empty() ? "" : ", ") + name;
  return text;
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
  absl::StatusOr<FreezeReport> report = [&] {
    Progress progress("Freezing " + arguments.model);
    return freeze(arguments.model, options, arguments.output);
  }();
  if (!report.ok())
    return report.status();
  std::printf("%s: %lld nodes, %lld variables frozen (%s), %s\n",
              arguments.output.c_str(), static_cast<long long>(report->nodes),
              static_cast<long long>(report->variables),
              sizeText(static_cast<double>(report->weightBytes)).c_str(),
              sizeText(static_cast<double>(report->fileBytes)).c_str());
  std::printf("  inputs:  %s\n", join(report->inputs).c_str());
  std::printf("  outputs: %s\n", join(report->outputs).c_str());
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
      ->option_text("NODE ...")
      ->excludes(signature);
  command
      ->add_option("--feed", arguments->options.feeds,
                   "make these tensors the inputs: what computes them is cut "
                   "off")
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
      ->option_text("NODE ...");
  command->add_option("--deny", arguments->options.deny, "keep these variables")
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
