// firn show: what is in a model, as a table or as JSON.
#include "tools/firn/Commands.h"

#include "api/Describe.h"
#include "tools/firn/DescriptionText.h"
#include "tools/firn/Terminal.h"

#include "CLI/CLI.hpp"

#include <cstdio>
#include <memory>

namespace firn::cli {
namespace {

struct Arguments : ModelArguments {
  bool json = false;
};

absl::Status run(const Arguments &arguments) {
  LoadOptions options;
  options.checkpoint = arguments.checkpoint;
  options.tags = arguments.tags;
  absl::StatusOr<ModelDescription> description = [&] {
    Progress progress("Reading " + arguments.model);
    return describe(arguments.model, options);
  }();
  if (!description.ok())
    return description.status();
  std::string text = arguments.json
                         ? descriptionJson(*description)
                         : descriptionTable(arguments.model, *description);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return absl::OkStatus();
}

} // namespace

void addShowCommand(CLI::App &app, Action &action) {
  CLI::App *command = app.add_subcommand(
      "show", "Print what is in MODEL: signatures, weights, ops");
  auto arguments = std::make_shared<Arguments>();
  addModelArguments(*command, *arguments);
  command->add_flag("--json", arguments->json, "print JSON, for programs");
  command->footer("Examples:\n"
                  "  firn show model/\n"
                  "  firn show frozen.pb --json");
  command->callback([&action, arguments] {
    action = [arguments] { return run(*arguments); };
  });
}

} // namespace firn::cli
