// The arguments that name a model, alike in all subcommands.
#include "tools/firn/Commands.h"

#include "CLI/CLI.hpp"

namespace firn::cli {

void addModelArguments(CLI::App &command, ModelArguments &arguments) {
  command
      .add_option("MODEL", arguments.model,
                  "a SavedModel folder, a GraphDef or a MetaGraph, binary or "
                  "text; or .mlir, .mlirbc")
      ->required()
      ->option_text(" ");
  command
      .add_option("--checkpoint", arguments.checkpoint,
                  "where the weights are, if not in MODEL: the checkpoint's "
                  "prefix, such as model.ckpt-1000")
      ->option_text("PREFIX");
  command
      .add_option("--tags", arguments.tags,
                  "which MetaGraph of a SavedModel (default: serve, or the "
                  "only one)")
      ->delimiter(',')
      ->option_text("A,B");
}

void addThreadsArgument(CLI::App &command, unsigned &threads) {
  command
      .add_option("--threads", threads,
                  "how many threads (default: one for each processor)")
      ->check(CLI::Range(0, 1024))
      ->option_text("N");
}

void addCacheArgument(CLI::App &command, std::string &folder) {
  // A flag takes its value after '=' only, so that MODEL may follow it.
  command.add_flag("--cache{-}", folder,
                   "keep compiled code in DIR for the next time (default: "
                   "$FIRN_CACHE_DIR, else ~/.cache/firn)");
}

} // namespace firn::cli
