// firn: freezes TensorFlow models, runs them, times them, shows what is in
// them. Exit status: 0 done, 1 failed with a reason on stderr, 2 wrong use.
#include "tools/firn/Commands.h"

#include "api/Suggest.h"
#include "tools/firn/Terminal.h"

#include "CLI/CLI.hpp"

#include <cstdio>

namespace {

using firn::cli::Action;

std::vector<std::string> subcommandNames(const CLI::App &app) {
  std::vector<std::string> names;
  for (const CLI::App *command :
       app.get_subcommands([](const CLI::App *) { return true; }))
    names.push_back(command->get_name());
  return names;
}

std::vector<std::string> optionNames(const CLI::App &command) {
  std::vector<std::string> names;
  for (const CLI::Option *option : command.get_options({}))
    for (const std::string &name : option->get_lnames())
      names.push_back("--" + name);
  return names;
}

/// Whether the first word is meant as a command, and is none.
bool isUnknownCommand(const CLI::App &app, int argc, char **argv) {
  if (argc < 2 || argv[1][0] == '-')
    return false;
  std::vector<std::string> names = subcommandNames(app);
  return std::find(names.begin(), names.end(), argv[1]) == names.end();
}

/// What to add to the parser's message: the option or subcommand that was
/// meant.
std::string suggestion(CLI::App &app, int argc, char **argv) {
  if (argc < 2)
    return "";
  std::string first = argv[1];
  std::vector<CLI::App *> chosen = app.get_subcommands(
      [&](CLI::App *command) { return command->get_name() == first; });
  if (chosen.empty())
    return "";
  std::vector<std::string> known = optionNames(*chosen[0]);
  for (int i = 2; i < argc; ++i) {
    std::string word = argv[i];
    word.resize(std::min(word.size(), word.find('=')));
    if (word.starts_with("--") &&
        std::find(known.begin(), known.end(), word) == known.end())
      if (std::string text = firn::didYouMean(word, known); !text.empty())
        return text;
  }
  return "";
}

/// `--inputs=` is an option that is not given; the parser would take the next
/// word as its value.
bool isEmptyOption(const std::string &word) {
  return word.starts_with("--") && word.find('=') == word.size() - 1;
}

/// The program's name, if it is called by that of one of TensorFlow's tools.
std::string toolName(const char *path) {
  std::string name = path;
  name = name.substr(name.rfind('/') + 1);
  for (const char *tool :
       {"freeze_graph", "optimize_for_inference", "saved_model_cli",
        "strip_unused", "summarize_graph", "transform_graph"})
    if (name == tool)
      return name;
  return "";
}

} // namespace

int main(int argc, char **argv) {
  // `transform_graph …` is `firn transform_graph …`.
  std::string tool = argc > 0 ? toolName(argv[0]) : "";
  std::vector<char *> words(argv, argv + argc);
  std::erase_if(words, isEmptyOption);
  if (!tool.empty())
    words.insert(words.begin() + 1, tool.data());
  argv = words.data();
  argc = static_cast<int>(words.size());
  CLI::App app(
      "Freezes TensorFlow models and runs them as native code, without "
      "TensorFlow.",
      "firn");
  app.set_version_flag("--version", "firn " FIRN_VERSION);
  app.require_subcommand(1);
  Action action;
  firn::cli::addFreezeCommand(app, action);
  firn::cli::addRunCommand(app, action);
  firn::cli::addBenchCommand(app, action);
  firn::cli::addShowCommand(app, action);
  firn::cli::addOptimizeCommand(app, action);
  firn::cli::addCheckpointCommand(app, action);
  firn::cli::addDiffCommand(app, action);
  firn::cli::addFreezeGraphCommand(app, action);
  firn::cli::addTransformGraphCommand(app, action);
  firn::cli::addSummarizeGraphCommand(app, action);
  firn::cli::addOptimizeForInferenceCommand(app, action);
  firn::cli::addStripUnusedCommand(app, action);
  firn::cli::addSavedModelCliCommand(app, action);
  // Behind the commands, which would take it over.
  app.footer(
      "Examples:\n"
      "  firn show model/                          what is in it\n"
      "  firn freeze model/ -o frozen.pb           one file, no variables\n"
      "  firn run frozen.pb --feed x=x.npy --fetch y=y.npy\n"
      "  firn bench frozen.pb                      how fast it is\n"
      "\n'firn COMMAND --help' says more about each command.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success &request) {
    return app.exit(request); // --help and --version
  } catch (const CLI::ParseError &error) {
    if (isUnknownCommand(app, argc, argv)) {
      std::fprintf(
          stderr,
          "firn: error: there is no command '%s'.%s 'firn --help' lists the "
          "commands.\n",
          argv[1], firn::didYouMean(argv[1], subcommandNames(app)).c_str());
      return 2;
    }
    std::fprintf(stderr, "firn: error: %s.%s '%s --help' lists the %s.\n",
                 error.what(), suggestion(app, argc, argv).c_str(),
                 app.get_subcommands().empty()
                     ? "firn"
                     : ("firn " + app.get_subcommands()[0]->get_name()).c_str(),
                 app.get_subcommands().empty() ? "commands" : "options");
    return 2;
  }
  absl::Status status = action();
  if (status.ok())
    return 0;
  firn::cli::printError(status);
  return 1;
}
