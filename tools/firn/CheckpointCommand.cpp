// firn checkpoint list | dump | diff, and firn diff: what is in checkpoints and
// graphs, and how two of them differ.
#include "tools/firn/Commands.h"

#include "api/Checkpoint.h"
#include "api/GraphDiff.h"
#include "api/Npy.h"
#include "tools/firn/Terminal.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "CLI/CLI.hpp"

#include <cstdio>
#include <memory>

namespace firn::cli {
namespace {

struct Arguments {
  std::string first, second, key, output;
  bool statistics = false;
};

void printTensor(const CheckpointTensorInfo &tensor) {
  std::string line =
      absl::StrCat(tensor.key, "  ", std::string(nameOf(tensor.dtype)), " ",
                   shapeToString(tensor.shape));
  if (tensor.bytes > 0)
    absl::StrAppend(&line, "  ", sizeText(static_cast<double>(tensor.bytes)));
  if (tensor.slices > 0)
    absl::StrAppend(&line, "  in ", tensor.slices, " slices");
  if (const auto &statistics = tensor.statistics) {
    absl::StrAppend(&line, "  min ", statistics->min, " max ", statistics->max,
                    " mean ", statistics->mean, " deviation ",
                    statistics->deviation, " zeros ", statistics->zeros);
    if (statistics->notFinite > 0)
      absl::StrAppend(&line, " NOT FINITE ", statistics->notFinite);
  }
  std::printf("%s\n", line.c_str());
}

absl::Status runList(const Arguments &arguments) {
  absl::StatusOr<CheckpointInfo> info =
      listCheckpoint(arguments.first, arguments.statistics);
  if (!info.ok())
    return info.status();
  int64_t bytes = 0;
  for (const CheckpointTensorInfo &tensor : info->tensors) {
    printTensor(tensor);
    bytes += tensor.bytes;
  }
  std::printf("%s: %s, %s\n", info->prefix.c_str(),
              countText(info->tensors.size(), "tensor").c_str(),
              sizeText(static_cast<double>(bytes)).c_str());
  return absl::OkStatus();
}

absl::Status runDump(const Arguments &arguments) {
  absl::StatusOr<Tensor> tensor =
      readCheckpointTensor(arguments.first, arguments.key);
  if (!tensor.ok())
    return tensor.status();
  if (absl::Status status = writeNpy(arguments.output, *tensor); !status.ok())
    return status;
  std::printf("%s: %s %s\n", arguments.output.c_str(),
              std::string(nameOf(tensor->dtype())).c_str(),
              shapeToString(tensor->shape()).c_str());
  return absl::OkStatus();
}

absl::Status runCheckpointDiff(const Arguments &arguments) {
  absl::StatusOr<std::vector<CheckpointDifference>> differences =
      compareCheckpoints(arguments.first, arguments.second);
  if (!differences.ok())
    return differences.status();
  using Kind = CheckpointDifference::Kind;
  for (const CheckpointDifference &difference : *differences) {
    const char *what = difference.kind == Kind::OnlyInFirst    ? "-"
                       : difference.kind == Kind::OnlyInSecond ? "+"
                       : difference.kind == Kind::Type         ? "type of"
                                                               : "values of";
    std::printf("%s %s  %s\n", what, difference.key.c_str(),
                difference.text.c_str());
  }
  std::printf("%s\n", countText(differences->size(), "difference").c_str());
  return absl::OkStatus();
}

absl::Status runGraphDiff(const Arguments &arguments) {
  absl::StatusOr<std::vector<NodeDifference>> differences =
      compareGraphs(arguments.first, arguments.second);
  if (!differences.ok())
    return differences.status();
  using Kind = NodeDifference::Kind;
  for (const NodeDifference &difference : *differences) {
    const char *sign = difference.kind == Kind::Removed ? "-"
                       : difference.kind == Kind::Added ? "+"
                                                        : "~";
    std::printf("%s %s (%s)\n", sign, difference.node.c_str(),
                difference.op.c_str());
    for (const std::string &change : difference.changes)
      std::printf("    %s\n", change.c_str());
  }
  std::printf("%s\n", countText(differences->size(), "difference").c_str());
  return absl::OkStatus();
}

void addPair(CLI::App *command, Arguments &arguments, const char *what) {
  command->add_option("A", arguments.first, what)->required()->option_text(" ");
  command->add_option("B", arguments.second, what)
      ->required()
      ->option_text(" ");
}

} // namespace

void addCheckpointCommand(CLI::App &app, Action &action) {
  CLI::App *command =
      app.add_subcommand("checkpoint", "List, dump and compare checkpoints");
  command->require_subcommand(1);
  constexpr const char *path = "a checkpoint: its prefix, one of its files, or "
                               "its folder";
  auto arguments = std::make_shared<Arguments>();
  auto bind = [&action, arguments](CLI::App *sub,
                                   absl::Status (*run)(const Arguments &)) {
    sub->callback([&action, arguments, run] {
      action = [arguments, run] { return run(*arguments); };
    });
  };
  CLI::App *list = command->add_subcommand("list", "List the tensors");
  list->add_option("CKPT", arguments->first, path)
      ->required()
      ->option_text(" ");
  list->add_flag("--statistics", arguments->statistics,
                 "read all values, and say their range, mean, and deviation");
  bind(list, runList);
  CLI::App *dump = command->add_subcommand("dump", "Write a tensor as .npy");
  dump->add_option("CKPT", arguments->first, path)
      ->required()
      ->option_text(" ");
  dump->add_option("KEY", arguments->key, "the tensor")
      ->required()
      ->option_text(" ");
  dump->add_option("-o,--output", arguments->output, "the file to write")
      ->required()
      ->option_text("OUT.npy");
  bind(dump, runDump);
  CLI::App *diff = command->add_subcommand("diff", "Compare two checkpoints");
  addPair(diff, *arguments, path);
  bind(diff, runCheckpointDiff);
  command->footer("Examples:\n"
                  "  firn checkpoint list model.ckpt-1000 --statistics\n"
                  "  firn checkpoint dump model.ckpt-1000 dense/kernel -o "
                  "kernel.npy\n"
                  "  firn checkpoint diff model.ckpt-1000 model.ckpt-2000\n"
                  "\n'firn checkpoint COMMAND --help' says more about each.");
}

void addDiffCommand(CLI::App &app, Action &action) {
  CLI::App *command =
      app.add_subcommand("diff", "Say how the graphs of two models differ");
  auto arguments = std::make_shared<Arguments>();
  addPair(command, *arguments, "a model");
  command->callback([&action, arguments] {
    action = [arguments] { return runGraphDiff(*arguments); };
  });
}

} // namespace firn::cli
