// firn transform_graph, optimize_for_inference, strip_unused, summarize_graph:
// TensorFlow's tools of these names, by their flags.
#include "tools/firn/Commands.h"

#include "api/GraphSummary.h"
#include "api/Transform.h"
#include "tools/firn/LegacyFlags.h"
#include "tools/firn/Terminal.h"

#include "absl/strings/str_cat.h"

#include "CLI/CLI.hpp"

#include <cstdio>
#include <memory>

namespace firn::cli {
namespace {

absl::Status report(const absl::StatusOr<TransformReport> &result,
                    const std::string &output) {
  if (!result.ok())
    return result.status();
  for (const std::string &note : result->notes)
    printNote(note);
  std::printf("%s: %s, before %lld\n", output.c_str(),
              countText(result->nodesAfter, "node").c_str(),
              static_cast<long long>(result->nodesBefore));
  return absl::OkStatus();
}

absl::Status needOutput(const char *flag, const std::string &output) {
  if (!output.empty())
    return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(flag, ": name the file to write"));
}

struct TransformArguments {
  explicit TransformArguments(CLI::App &command)
      : text(command, "--output_as_text", false, "write text") {}
  std::string input, output, inputs, outputs, transforms;
  BoolFlag text;
};

absl::Status runTransform(const TransformArguments &arguments) {
  if (absl::Status status = needOutput("--out_graph", arguments.output);
      !status.ok())
    return status;
  TransformOptions options;
  options.inputs = splitNames(arguments.inputs);
  options.outputs = splitNames(arguments.outputs);
  options.transforms = arguments.transforms;
  if (arguments.text.value())
    options.format = ModelFormat::Text;
  return report(transformGraph(arguments.input, options, arguments.output),
                arguments.output);
}

struct InferenceArguments {
  explicit InferenceArguments(CLI::App &command)
      : frozen(command, "--frozen_graph", true,
               "no effect: text and binary are told apart"),
        toco(command, "--toco_compatible", false,
             "only ops that TensorFlow Lite's converter knows") {}
  std::string input, output, inputs, outputs, types, constants;
  BoolFlag frozen, toco;
};

absl::Status runInference(const InferenceArguments &arguments) {
  if (absl::Status status = needOutput("--output", arguments.output);
      !status.ok())
    return status;
  InferenceOptions options;
  options.inputs = splitNames(arguments.inputs);
  options.outputs = splitNames(arguments.outputs);
  options.inputTypes = splitNames(arguments.types);
  options.constants = splitNames(arguments.constants);
  options.tocoCompatible = arguments.toco.value();
  return report(
      optimizeForInference(arguments.input, options, arguments.output),
      arguments.output);
}

struct StripArguments {
  explicit StripArguments(CLI::App &command)
      : inputBinary(command, "--input_binary", false,
                    "no effect: text and binary are told apart"),
        outputBinary(command, "--output_binary", true, "write binary") {}
  std::string input, output, inputs, outputs, types;
  BoolFlag inputBinary, outputBinary;
};

absl::Status runStrip(const StripArguments &arguments) {
  if (absl::Status status = needOutput("--output_graph", arguments.output);
      !status.ok())
    return status;
  StripOptions options;
  options.inputs = splitNames(arguments.inputs);
  options.outputs = splitNames(arguments.outputs);
  options.inputTypes = splitNames(arguments.types);
  if (!arguments.outputBinary.value())
    options.format = ModelFormat::Text;
  return report(stripUnused(arguments.input, options, arguments.output),
                arguments.output);
}

struct SummaryArguments {
  explicit SummaryArguments(CLI::App &command)
      : structure(command, "--print_structure", false,
                  "print each node with its inputs") {}
  std::string input;
  BoolFlag structure;
};

absl::Status runSummary(const SummaryArguments &arguments) {
  absl::StatusOr<std::string> text =
      summarizeGraph(arguments.input, arguments.structure.value());
  if (!text.ok())
    return text.status();
  std::fwrite(text->data(), 1, text->size(), stdout);
  return absl::OkStatus();
}

CLI::Option *add(CLI::App *command, const char *name, std::string &target,
                 const char *help) {
  return command->add_option(name, target, help)->option_text("TEXT");
}

} // namespace

void addTransformGraphCommand(CLI::App &app, Action &action) {
  CLI::App *command = app.add_subcommand(
      "transform_graph", "TensorFlow's transform_graph, by its flags");
  auto arguments = std::make_shared<TransformArguments>(*command);
  add(command, "--in_graph", arguments->input, "the model to read")->required();
  add(command, "--out_graph", arguments->output, "the file to write");
  add(command, "--inputs", arguments->inputs, "inputs, with commas between");
  add(command, "--outputs", arguments->outputs, "outputs, with commas between");
  add(command, "--transforms", arguments->transforms,
      "what to do: 'name name(parameter=value, …) …'")
      ->required();
  std::string names;
  for (const std::string &name : transformNames())
    absl::StrAppend(&names, "  ", name, "\n");
  command->footer(absl::StrCat(
      "Example:\n"
      "  transform_graph --in_graph=frozen.pb --out_graph=small.pb \\\n"
      "      --inputs=image --outputs=softmax --transforms='\n"
      "        strip_unused_nodes(type=float, shape=\"1,224,224,3\")\n"
      "        fold_constants(ignore_errors=true) fold_batch_norms'\n"
      "\nTransforms:\n",
      names));
  command->callback([&action, arguments] {
    action = [arguments] { return runTransform(*arguments); };
  });
}

void addOptimizeForInferenceCommand(CLI::App &app, Action &action) {
  CLI::App *command =
      app.add_subcommand("optimize_for_inference",
                         "TensorFlow's optimize_for_inference, by its flags");
  auto arguments = std::make_shared<InferenceArguments>(*command);
  add(command, "--input", arguments->input, "the model to read")->required();
  add(command, "--output", arguments->output, "the file to write");
  add(command, "--input_names", arguments->inputs,
      "inputs, with commas between");
  add(command, "--output_names", arguments->outputs,
      "outputs, with commas between");
  add(command, "--placeholder_type_enum", arguments->types,
      "types of the inputs: one, or one for each");
  add(command, "--placeholder_to_const_names", arguments->constants,
      "boolean placeholders to set, such as phase_train=False");
  command->callback([&action, arguments] {
    action = [arguments] { return runInference(*arguments); };
  });
}

void addStripUnusedCommand(CLI::App &app, Action &action) {
  CLI::App *command = app.add_subcommand(
      "strip_unused", "TensorFlow's strip_unused, by its flags");
  auto arguments = std::make_shared<StripArguments>(*command);
  add(command, "--input_graph", arguments->input, "the model to read")
      ->required();
  add(command, "--output_graph", arguments->output, "the file to write");
  add(command, "--input_node_names", arguments->inputs,
      "inputs, with commas between");
  add(command, "--output_node_names", arguments->outputs,
      "outputs, with commas between");
  add(command, "--placeholder_type_enum", arguments->types,
      "types of the inputs: one, or one for each");
  command->callback([&action, arguments] {
    action = [arguments] { return runStrip(*arguments); };
  });
}

void addSummarizeGraphCommand(CLI::App &app, Action &action) {
  CLI::App *command = app.add_subcommand(
      "summarize_graph", "TensorFlow's summarize_graph, by its flags");
  auto arguments = std::make_shared<SummaryArguments>(*command);
  add(command, "--in_graph", arguments->input, "the model to read")->required();
  command->callback([&action, arguments] {
    action = [arguments] { return runSummary(*arguments); };
  });
}

} // namespace firn::cli
