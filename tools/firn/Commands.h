// The subcommands of `firn`. Each declares its options on the parser and, when
// it is the one that was chosen, sets the action to run; no logic is kept here.
#ifndef FIRN_TOOLS_FIRN_COMMANDS_H
#define FIRN_TOOLS_FIRN_COMMANDS_H

#include "absl/status/status.h"

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace firn::cli {

/// What is run after the command line was parsed.
using Action = std::function<absl::Status()>;

void addFreezeCommand(CLI::App &app, Action &action);
void addRunCommand(CLI::App &app, Action &action);
void addBenchCommand(CLI::App &app, Action &action);
void addShowCommand(CLI::App &app, Action &action);
void addOptimizeCommand(CLI::App &app, Action &action);
void addCheckpointCommand(CLI::App &app, Action &action);
void addDiffCommand(CLI::App &app, Action &action);

// TensorFlow's tools, which are programs of their own as well.
void addFreezeGraphCommand(CLI::App &app, Action &action);
void addTransformGraphCommand(CLI::App &app, Action &action);
void addSummarizeGraphCommand(CLI::App &app, Action &action);
void addOptimizeForInferenceCommand(CLI::App &app, Action &action);
void addStripUnusedCommand(CLI::App &app, Action &action);
void addSavedModelCliCommand(CLI::App &app, Action &action);

/// The model's arguments, which all subcommands share.
struct ModelArguments {
  std::string model;
  std::string checkpoint;
  std::vector<std::string> tags;
};

/// Declares MODEL, --checkpoint and --tags.
void addModelArguments(CLI::App &command, ModelArguments &arguments);

/// Declares --threads N; 0 is one for each processor.
void addThreadsArgument(CLI::App &command, unsigned &threads);

/// Declares --cache[=DIR], which sets the folder of compiled code; "-" stands
/// for the default one.
void addCacheArgument(CLI::App &command, std::string &folder);

} // namespace firn::cli

#endif // FIRN_TOOLS_FIRN_COMMANDS_H
