// firn freeze_graph: TensorFlow's freeze_graph by its flags, old and new.
#include "tools/firn/Commands.h"

#include "api/Freeze.h"
#include "tools/firn/LegacyFlags.h"
#include "tools/firn/Terminal.h"

#include "absl/strings/str_cat.h"

#include "CLI/CLI.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>

namespace firn::cli {
namespace {

struct Arguments {
  explicit Arguments(CLI::App &command)
      : inputBinary(command, "--input_binary", false,
                    "no effect: text and binary are told apart"),
        clearDevices(command, "--clear_devices", true,
                     "forget where nodes were placed") {}

  std::string inputGraph, inputSaver, inputCheckpoint, inputMetaGraph;
  std::string savedModel, tags = "serve";
  std::string output, outputNodes, initializers, allow, deny;
  std::string restoreOp, filenameTensor;
  int checkpointVersion = 2;
  BoolFlag inputBinary, clearDevices;
};

absl::Status checkFile(const char *flag, const std::string &path) {
  std::error_code ignored;
  if (path.empty() || std::filesystem::exists(path, ignored))
    return absl::OkStatus();
  return absl::NotFoundError(
      absl::StrCat(flag, ": '", path, "' does not exist"));
}

/// The model that the flags name, in TensorFlow's order.
absl::StatusOr<std::string> chooseModel(const Arguments &arguments) {
  if (!arguments.inputSaver.empty() && !arguments.inputGraph.empty())
    return arguments.inputGraph;
  for (const std::string *path : {&arguments.inputMetaGraph,
                                  &arguments.savedModel, &arguments.inputGraph})
    if (!path->empty())
      return *path;
  return absl::InvalidArgumentError(
      "nothing to freeze: give --input_saved_model_dir, --input_meta_graph, or "
      "--input_graph, the latter two with --input_checkpoint");
}

void noteIgnored(const Arguments &arguments) {
  if (!arguments.restoreOp.empty() || !arguments.filenameTensor.empty())
    printNote("--restore_op_name and --filename_tensor_name are deprecated and "
              "have no effect: the checkpoint is read without the graph");
  if (!arguments.inputSaver.empty())
    printNote("--input_saver is not needed: the checkpoint says what it holds");
  if (!arguments.initializers.empty())
    printNote("--initializer_nodes are not run: variables have the values of "
              "the checkpoint");
}

absl::Status run(const Arguments &arguments) {
  if (arguments.checkpointVersion != 1 && arguments.checkpointVersion != 2)
    return absl::InvalidArgumentError(
        absl::StrCat("Invalid checkpoint version (must be '1' or '2'): ",
                     arguments.checkpointVersion));
  for (const auto &[flag, path] :
       {std::pair("--input_graph", &arguments.inputGraph),
        std::pair("--input_meta_graph", &arguments.inputMetaGraph),
        std::pair("--input_saver", &arguments.inputSaver),
        std::pair("--input_saved_model_dir", &arguments.savedModel)})
    if (absl::Status status = checkFile(flag, *path); !status.ok())
      return status;
  absl::StatusOr<std::string> model = chooseModel(arguments);
  if (!model.ok())
    return model.status();
  FreezeOptions options;
  options.fetches = splitNames(arguments.outputNodes);
  if (options.fetches.empty())
    return absl::InvalidArgumentError(
        "--output_node_names: name the nodes to keep. 'firn show' lists the "
        "outputs of a model");
  options.checkpoint = arguments.inputCheckpoint;
  if (*model == arguments.savedModel)
    options.tags = splitNames(arguments.tags);
  options.allow = splitNames(arguments.allow);
  options.deny = splitNames(arguments.deny);
  options.advice =
      "keep it a variable (--variable_names_denylist=NODE), or name other "
      "outputs (--output_node_names)";
  options.keepDevices = !arguments.clearDevices.value();
  noteIgnored(arguments);
  if (arguments.output.empty())
    return absl::InvalidArgumentError("--output_graph: name the file to write");
  absl::StatusOr<FreezeReport> report =
      freeze(*model, options, arguments.output);
  if (!report.ok())
    return report.status();
  if (report->variables == 0)
    printNote("No variables were found in this model. It is likely the model "
              "was frozen previously.");
  for (const std::string &note : report->notes)
    printNote(note);
  std::printf("Froze %s.\n%s in the final graph.\n",
              countText(report->variables, "variable").c_str(),
              countText(report->nodes, "op").c_str());
  return absl::OkStatus();
}

} // namespace

void addFreezeGraphCommand(CLI::App &app, Action &action) {
  CLI::App *command = app.add_subcommand(
      "freeze_graph", "TensorFlow's freeze_graph, by its flags");
  auto arguments = std::make_shared<Arguments>(*command);
  auto add = [&](const char *names, std::string &target, const char *help) {
    command->add_option(names, target, help)->option_text("TEXT");
  };
  add("--input_graph", arguments->inputGraph, "a GraphDef");
  add("--input_saver", arguments->inputSaver, "a SaverDef; not needed");
  add("--input_checkpoint", arguments->inputCheckpoint,
      "the checkpoint: its prefix, its folder, or one of its files");
  command->add_option("--checkpoint_version", arguments->checkpointVersion,
                      "1 or 2; no effect: both are read");
  add("--output_graph", arguments->output,
      "the file to write; text if it is called .pbtxt");
  add("--output_node_names", arguments->outputNodes,
      "nodes or tensors to keep, with commas between");
  add("--restore_op_name", arguments->restoreOp, "deprecated, no effect");
  add("--filename_tensor_name", arguments->filenameTensor,
      "deprecated, no effect");
  add("--initializer_nodes", arguments->initializers, "not run");
  add("--variable_names_whitelist,--variable_names_allowlist", arguments->allow,
      "freeze only these variables");
  add("--variable_names_denylist,--variable_names_blacklist", arguments->deny,
      "keep these variables");
  add("--input_meta_graph", arguments->inputMetaGraph, "a MetaGraphDef");
  add("--input_saved_model_dir", arguments->savedModel, "a SavedModel");
  add("--saved_model_tags", arguments->tags, "the MetaGraph's tags (serve)");
  command->footer("Example:\n"
                  "  freeze_graph --input_meta_graph=m.ckpt.meta \\\n"
                  "      --input_checkpoint=m.ckpt --output_node_names=softmax "
                  "\\\n      --output_graph=frozen.pb");
  command->callback([&action, arguments] {
    action = [arguments] { return run(*arguments); };
  });
}

} // namespace firn::cli
