// firn run: computes outputs from .npy inputs.
#include "tools/firn/Commands.h"

#include "api/Npy.h"
#include "tools/firn/NamedFile.h"
#include "tools/firn/Session.h"
#include "tools/firn/Terminal.h"

#include "absl/strings/str_cat.h"

#include "CLI/CLI.hpp"

#include <cstdio>
#include <memory>

namespace firn::cli {
namespace {

struct Arguments : ModelArguments {
  std::string signature;
  std::vector<std::string> feeds;
  std::vector<std::string> fetches;
  SessionOptions session;
  bool anySize = false;
};

absl::Status run(const Arguments &arguments) {
  absl::StatusOr<std::vector<NamedFile>> feeds =
      parseNamedFiles("--feed", arguments.feeds);
  if (!feeds.ok())
    return feeds.status();
  absl::StatusOr<std::vector<NamedFile>> fetches =
      parseOutputFiles("--fetch", arguments.fetches);
  if (!fetches.ok())
    return fetches.status();
  absl::StatusOr<Session> session =
      Session::load(arguments, arguments.signature, arguments.session);
  if (!session.ok())
    return session.status();
  if (fetches->empty())
    return absl::InvalidArgumentError(absl::StrCat(
        "nothing to compute: give --fetch NAME=OUT.npy.\n", session->usage()));

  absl::StatusOr<std::vector<Tensor>> inputs = session->readFeeds(*feeds);
  if (!inputs.ok())
    return inputs.status();
  absl::StatusOr<Predictor> predictor =
      session->prepare(*feeds, *inputs, namesOf(*fetches), arguments.anySize);
  if (!predictor.ok())
    return predictor.status();
  if (arguments.anySize && predictor->compilesInRuns())
    std::fprintf(stderr, "note: compiled in stages, for each set of sizes "
                         "that is met; it cannot be compiled once for all\n");
  absl::StatusOr<std::vector<Tensor>> outputs = predictor->run(*inputs);
  if (!outputs.ok())
    return outputs.status();
  for (size_t i = 0; i < fetches->size(); ++i)
    if (absl::Status status = writeNpy((*fetches)[i].file, (*outputs)[i]);
        !status.ok())
      return status;
  return absl::OkStatus();
}

} // namespace

void addRunCommand(CLI::App &app, Action &action) {
  CLI::App *command =
      app.add_subcommand("run", "Compute outputs of MODEL from .npy files");
  auto arguments = std::make_shared<Arguments>();
  addModelArguments(*command, *arguments);
  command
      ->add_option("--signature", arguments->signature,
                   "NAMEs are this signature's keys; without it they are "
                   "tensors, node:port or node")
      ->option_text("KEY");
  command
      ->add_option("--feed", arguments->feeds,
                   "give a tensor its value; any tensor, not inputs alone")
      ->option_text("NAME=FILE.npy ...");
  command
      ->add_option("--fetch", arguments->fetches,
                   "compute a tensor and write it")
      ->option_text("NAME=OUT.npy ...");
  addThreadsArgument(*command, arguments->session.threads);
  command->add_flag("--any-size", arguments->anySize,
                    "compile for inputs of any size, as if the files did not "
                    "say it; slower code, which serves all sizes");
  addCacheArgument(*command, arguments->session.cache);
  command
      ->add_option("--opt-level", arguments->session.optLevel,
                   "how hard the code generator tries; at 0 nothing is fused "
                   "(default: 3)")
      ->check(CLI::Range(0, 3))
      ->option_text("0-3");
  command->footer("Examples:\n"
                  "  firn run frozen.pb --feed input:0=image.npy --fetch "
                  "softmax:0=out.npy\n"
                  "  firn run model/ --signature serving_default \\\n"
                  "      --feed image=image.npy --fetch probabilities=out.npy\n"
                  "  firn run model/        says what the model wants");
  command->callback([&action, arguments] {
    action = [arguments] { return run(*arguments); };
  });
}

} // namespace firn::cli
