// firn saved_model_cli show | run | scan | freeze_model: TensorFlow's
// saved_model_cli, by its flags.
#include "tools/firn/Commands.h"

#include "api/ExampleInput.h"
#include "api/Npy.h"
#include "api/SavedModelCli.h"
#include "tools/firn/LegacyFlags.h"
#include "tools/firn/NamedFile.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "CLI/CLI.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>

namespace firn::cli {
namespace {

struct Arguments {
  std::string dir, tags, signature, inputs, inputExprs, inputExamples, outdir;
  std::string denied, prefix, checkpoint, variables;
  std::string signatureKey = "serving_default";
  std::unique_ptr<BoolFlag> all, listOps, overwrite;
};

absl::Status print(const absl::StatusOr<std::string> &text) {
  if (!text.ok())
    return text.status();
  std::fwrite(text->data(), 1, text->size(), stdout);
  return absl::OkStatus();
}

absl::Status show(const Arguments &arguments) {
  ShowOptions options;
  options.tags = splitNames(arguments.tags);
  options.signature = arguments.signature;
  options.all = arguments.all->value();
  options.listOps = arguments.listOps->value();
  return print(showSavedModel(arguments.dir, options));
}

absl::Status scan(const Arguments &arguments) {
  return print(scanSavedModel(arguments.dir, splitNames(arguments.tags),
                              splitNames(arguments.denied)));
}

absl::Status freezeModel(const Arguments &arguments) {
  if (arguments.variables == "all")
    return absl::UnimplementedError(
        "--variables_to_feed=all: a graph that keeps its variables is no "
        "frozen one; name the variables");
  return freezeSavedModel(arguments.dir, splitNames(arguments.tags),
                          arguments.signatureKey, arguments.checkpoint,
                          splitNames(arguments.variables), arguments.prefix);
}

absl::StatusOr<std::map<std::string, Tensor>>
readInputs(const Arguments &arguments, const SignatureInfo &signature) {
  std::map<std::string, Tensor> inputs;
  for (absl::string_view part :
       absl::StrSplit(arguments.inputs, ';', absl::SkipWhitespace())) {
    std::pair<std::string, std::string> pair =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    if (pair.first.empty() || pair.second.empty())
      return absl::InvalidArgumentError(
          absl::StrCat("--inputs '", part,
                       "': expected key=file.npy or key=file.npz[name]"));
    DType expected = DType::Invalid;
    for (const TensorInfo &info : signature.inputs)
      if (info.name == pair.first)
        expected = info.dtype;
    absl::StatusOr<Tensor> tensor =
        readFeed({pair.first, pair.second}, expected);
    if (!tensor.ok())
      return tensor.status();
    inputs[pair.first] = *std::move(tensor);
  }
  for (absl::string_view part :
       absl::StrSplit(arguments.inputExamples, ';', absl::SkipWhitespace())) {
    std::pair<std::string, std::string> pair =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    absl::StatusOr<Tensor> examples = parseExamples(pair.second);
    if (!examples.ok())
      return absl::Status(examples.status().code(),
                          absl::StrCat("--input_examples '", pair.first,
                                       "': ", examples.status().message()));
    inputs[pair.first] = *std::move(examples);
  }
  return inputs;
}

template <typename T>
void appendValues(std::string &text, std::span<const T> values) {
  constexpr size_t kMost = 100;
  for (size_t i = 0; i < std::min(values.size(), kMost); ++i)
    absl::StrAppend(&text, i ? " " : "", values[i]);
  if (values.size() > kMost)
    text += " …";
}

std::string valuesText(const Tensor &tensor) {
  std::string text;
  switch (tensor.dtype()) {
  case DType::Float:
    appendValues(text, tensor.values<float>());
    break;
  case DType::Double:
    appendValues(text, tensor.values<double>());
    break;
  case DType::Int32:
    appendValues(text, tensor.values<int32_t>());
    break;
  case DType::Int64:
    appendValues(text, tensor.values<int64_t>());
    break;
  case DType::String:
    appendValues(text, std::span<const std::string>(tensor.strings()));
    break;
  default:
    text = "…";
  }
  return text;
}

absl::Status writeOutput(const Arguments &arguments, const std::string &key,
                         const Tensor &tensor) {
  std::printf("Result for output key %s:\n%s %s\n%s\n", key.c_str(),
              std::string(nameOf(tensor.dtype())).c_str(),
              shapeToString(tensor.shape()).c_str(),
              valuesText(tensor).c_str());
  if (arguments.outdir.empty())
    return absl::OkStatus();
  std::error_code error;
  std::filesystem::create_directories(arguments.outdir, error);
  std::string file = absl::StrCat(arguments.outdir, "/", key, ".npy");
  if (!arguments.overwrite->value() && std::filesystem::exists(file, error))
    return absl::AlreadyExistsError(
        absl::StrCat(file, ": is there already; --overwrite replaces it"));
  return writeNpy(file, tensor);
}

absl::Status run(const Arguments &arguments) {
  if (!arguments.inputExprs.empty())
    return absl::UnimplementedError(
        "--input_exprs are Python expressions, which are not evaluated; save "
        "the arrays with np.save and give them by --inputs 'key=file.npy;…'");
  LoadOptions options;
  options.tags = splitNames(arguments.tags);
  absl::StatusOr<Model> model = Model::load(arguments.dir, options);
  if (!model.ok())
    return model.status();
  absl::StatusOr<SignatureInfo> signature =
      model->signature(arguments.signature);
  if (!signature.ok())
    return signature.status();
  absl::StatusOr<std::map<std::string, Tensor>> inputs =
      readInputs(arguments, *signature);
  if (!inputs.ok())
    return inputs.status();
  absl::StatusOr<std::map<std::string, Tensor>> outputs =
      model->predict(*inputs, arguments.signature);
  if (!outputs.ok())
    return outputs.status();
  for (const auto &[key, tensor] : *outputs)
    if (absl::Status status = writeOutput(arguments, key, tensor); !status.ok())
      return status;
  return absl::OkStatus();
}

} // namespace

void addSavedModelCliCommand(CLI::App &app, Action &action) {
  CLI::App *command = app.add_subcommand(
      "saved_model_cli", "TensorFlow's saved_model_cli, by its flags");
  command->require_subcommand(1);
  auto arguments = std::make_shared<Arguments>();
  auto addSub = [&](const char *name, const char *help,
                    absl::Status (*function)(const Arguments &)) {
    CLI::App *sub = command->add_subcommand(name, help);
    sub->add_option("--dir", arguments->dir, "the SavedModel")
        ->required()
        ->option_text("DIR");
    sub->callback([&action, arguments, function] {
      action = [arguments, function] { return function(*arguments); };
    });
    return sub;
  };
  auto add = [](CLI::App *sub, const char *name, std::string &target,
                const char *help) {
    return sub->add_option(name, target, help)->option_text("TEXT");
  };
  constexpr const char *tagHelp =
      "the tags of a MetaGraph, with commas between";
  CLI::App *showing = addSub("show", "Print tag sets and signatures", show);
  add(showing, "--tag_set", arguments->tags, tagHelp);
  add(showing, "--signature_def", arguments->signature, "a signature's key");
  arguments->all =
      std::make_unique<BoolFlag>(*showing, "--all", false, "print everything");
  arguments->listOps = std::make_unique<BoolFlag>(
      *showing, "--list_ops", false, "print the ops of the MetaGraph");
  CLI::App *running = addSub("run", "Compute the outputs of a signature", run);
  add(running, "--tag_set", arguments->tags, tagHelp)->required();
  add(running, "--signature_def", arguments->signature, "the signature's key")
      ->required();
  add(running, "--inputs", arguments->inputs,
      "key=file.npy or key=file.npz[name], with ; between");
  add(running, "--input_exprs", arguments->inputExprs, "not evaluated");
  add(running, "--input_examples", arguments->inputExamples,
      "key=[{\"feature\": [values], …}, …]: tf.Examples, with ; between");
  add(running, "--outdir", arguments->outdir, "write KEY.npy for each output");
  arguments->overwrite = std::make_unique<BoolFlag>(
      *running, "--overwrite", false, "replace files that are there");
  CLI::App *scanning = addSub("scan", "Look for ops that touch files", scan);
  add(scanning, "--tag_set", arguments->tags, tagHelp);
  add(scanning, "--op_denylist", arguments->denied,
      "ops to look for (WriteFile,ReadFile,PrintV2)");
  CLI::App *freezing = addSub(
      "freeze_model", "Write frozen_graph.pb and config.pbtxt", freezeModel);
  add(freezing, "--tag_set", arguments->tags, tagHelp)->required();
  add(freezing, "--output_prefix", arguments->prefix, "where to write")
      ->required();
  add(freezing, "--signature_def_key", arguments->signatureKey,
      "the signature (serving_default)");
  add(freezing, "--checkpoint_path", arguments->checkpoint,
      "other values of the variables");
  add(freezing, "--variables_to_feed", arguments->variables,
      "variables that stay, with commas between");
}

} // namespace firn::cli
