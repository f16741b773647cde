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

} // namespace firn::cli
