// firn optimize: any passes on any model, in any form.
#include "tools/firn/Commands.h"

#include "api/Transform.h"
#include "tools/firn/LegacyFlags.h"
#include "tools/firn/Terminal.h"

#include "CLI/CLI.hpp"

#include <cstdio>
#include <memory>

namespace firn::cli {
namespace {

struct Arguments : ModelArguments {
  std::string output, format = "auto";
  OptimizeOptions options;
};

absl::Status run(const Arguments &arguments) {
  OptimizeOptions options = arguments.options;
  options.checkpoint = arguments.checkpoint;
  options.tags = arguments.tags;
  absl::StatusOr<ModelFormat> format = parseModelFormat(arguments.format);
  if (!format.ok())
    return format.status();
  options.format = *format;
  absl::StatusOr<TransformReport> report = [&] {
    Progress progress("Optimizing " + arguments.model);
    return optimizeGraph(arguments.model, options, arguments.output);
  }();
  if (!report.ok())
    return report.status();
  std::printf("%s: %s, before %lld\n", arguments.output.c_str(),
              countText(report->nodesAfter, "node").c_str(),
              static_cast<long long>(report->nodesBefore));
  return absl::OkStatus();
}

} // namespace

void addOptimizeCommand(CLI::App &app, Action &action) {
  CLI::App *command = app.add_subcommand(
      "optimize", "Rewrite MODEL for inference, or by passes of your choice");
  auto arguments = std::make_shared<Arguments>();
  addModelArguments(*command, *arguments);
  OptimizeOptions &options = arguments->options;
  command->add_option("-o,--output", arguments->output, "what to write")
      ->required()
      ->option_text("OUT");
  command
      ->add_option("--format", arguments->format,
                   "auto (by the name of OUT), binary, text, saved_model, "
                   "mlir, bytecode")
      ->option_text("FORMAT");
  command
      ->add_option("--passes", options.passes,
                   "a pipeline, such as 'tfg-prune,cse' (default: freeze, "
                   "fold constants and batch norms, merge equal nodes)")
      ->option_text("PIPELINE");
  command
      ->add_option("--signature", options.signature,
                   "keep what this signature computes")
      ->option_text("KEY");
  command->add_option("--fetch", options.outputs, "keep these nodes")
      ->delimiter(',')
      ->option_text("NODE ...");
  command->add_option("--feed", options.inputs, "make these tensors the inputs")
      ->delimiter(',')
      ->option_text("NODE ...");
  command
      ->add_option("--set", options.set,
                   "make a placeholder the constant VALUE: a number, true, "
                   "false, or [a,b]")
      ->option_text("NAME=VALUE ...");
  command->footer("Examples:\n"
                  "  firn optimize model/ -o small.pb\n"
                  "  firn optimize graph.pb -o graph.mlir --passes cse\n"
                  "  firn optimize graph.pb -o out.pbtxt --fetch y \\\n"
                  "      --passes 'tfg-prune,tfg-round-weights{num-steps=64}'");
  command->callback([&action, arguments] {
    action = [arguments] { return run(*arguments); };
  });
}

} // namespace firn::cli
