// The words of saved_model_cli over describe() and freeze().
#include "api/SavedModelCli.h"

#include "api/Describe.h"
#include "api/Freeze.h"
#include "api/Suggest.h"
#include "backend/graphdef/OutputFile.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

#include <filesystem>

namespace firn {
namespace {

std::string dtypeText(DType dtype) {
  return absl::StrCat("DT_", absl::AsciiStrToUpper(std::string(nameOf(dtype))));
}

std::string shapeText(const TensorInfo &info) {
  if (!info.hasRank)
    return "unknown_rank";
  std::string text;
  for (int64_t dim : info.shape)
    absl::StrAppend(&text, text.empty() ? "" : ", ",
                    dim == kDynamicDim ? -1 : dim);
  return absl::StrCat("(", text, info.shape.size() == 1 ? ",)" : ")");
}

void appendTensors(std::string &text, const std::string &indent,
                   const char *what, const char *field,
                   const std::vector<TensorInfo> &tensors) {
  absl::StrAppend(&text, indent,
                  "The given SavedModel SignatureDef contains the following ",
                  what, "(s):\n");
  for (const TensorInfo &info : tensors)
    absl::StrAppend(&text, indent, "  ", field, "['", info.name,
                    "'] tensor_info:\n", indent,
                    "      dtype: ", dtypeText(info.dtype), "\n", indent,
                    "      shape: ", shapeText(info), "\n", indent,
                    "      name: ", info.tensor, "\n");
}

void appendSignature(std::string &text, const std::string &indent,
                     const SignatureInfo &signature) {
  appendTensors(text, indent, "input", "inputs", signature.inputs);
  appendTensors(text, indent, "output", "outputs", signature.outputs);
  absl::StrAppend(&text, indent, "Method name is: ", signature.methodName,
                  "\n");
}

absl::StatusOr<ModelDescription>
describeTags(const std::string &folder, const std::vector<std::string> &tags) {
  LoadOptions options;
  options.tags = tags;
  return describe(folder, options);
}

/// The tag sets of all MetaGraphs.
absl::StatusOr<std::vector<std::vector<std::string>>>
readTagSets(const std::string &folder) {
  absl::StatusOr<std::vector<std::vector<std::string>>> tags =
      listTagSets(folder);
  if (tags.ok() && tags->empty())
    return absl::InvalidArgumentError(
        absl::StrCat(folder, ": is no SavedModel"));
  return tags;
}

std::string quoted(const std::vector<std::string> &tags) {
  return absl::StrCat("'", absl::StrJoin(tags, ", "), "'");
}

absl::StatusOr<std::string> showAll(const std::string &folder) {
  auto tagSets = readTagSets(folder);
  if (!tagSets.ok())
    return tagSets.status();
  std::string text;
  for (const std::vector<std::string> &tags : *tagSets) {
    absl::StatusOr<ModelDescription> model = describeTags(folder, tags);
    if (!model.ok())
      return model.status();
    absl::StrAppend(&text, "\nMetaGraphDef with tag-set: ", quoted(tags),
                    " contains the following SignatureDefs:\n");
    for (const SignatureInfo &signature : model->signatures) {
      absl::StrAppend(&text, "\nsignature_def['", signature.key, "']:\n");
      appendSignature(text, "  ", signature);
    }
    std::vector<std::string> ops;
    for (const auto &[op, count] : model->ops)
      ops.push_back(op);
    absl::StrAppend(&text, "The MetaGraph with tag set ", quoted(tags),
                    " contains the following ops: ", absl::StrJoin(ops, ", "),
                    "\n");
  }
  return text;
}

std::string dimsText(const TensorInfo &info) {
  std::string text;
  for (int64_t dim : info.shape)
    absl::StrAppend(&text, "    dim { size: ", dim == kDynamicDim ? -1 : dim,
                    " }\n");
  return text;
}

/// A feed or fetch of tf2xla.Config.
std::string configEntry(const char *kind, const TensorInfo &info) {
  size_t colon = info.tensor.rfind(':');
  std::string node = info.tensor.substr(0, colon);
  std::string port =
      colon == std::string::npos ? "0" : info.tensor.substr(colon + 1);
  std::string key = absl::StrReplaceAll(info.name, {{"/", "_"}});
  return absl::StrCat(
      kind, " {\n  id {\n    node_name: \"", node, "\"\n",
      port == "0" ? "" : absl::StrCat("    output_index: ", port, "\n"),
      "  }\n  shape {\n", dimsText(info), "  }\n  name: \"", kind, "_", key,
      "\"\n  type: ", dtypeText(info.dtype), "\n}\n");
}

} // namespace

absl::StatusOr<std::string> showSavedModel(const std::string &folder,
                                           const ShowOptions &options) {
  if (options.all)
    return showAll(folder);
  if (options.tags.empty()) {
    auto tagSets = readTagSets(folder);
    if (!tagSets.ok())
      return tagSets.status();
    std::string text =
        "The given SavedModel contains the following tag-sets:\n";
    for (const std::vector<std::string> &tags : *tagSets)
      absl::StrAppend(&text, quoted(tags), "\n");
    return text;
  }
  absl::StatusOr<ModelDescription> model = describeTags(folder, options.tags);
  if (!model.ok())
    return model.status();
  std::string text;
  if (options.listOps) {
    std::vector<std::string> ops;
    for (const auto &[op, count] : model->ops)
      ops.push_back(op);
    return absl::StrCat(
        "The MetaGraph with tag set ", quoted(options.tags),
        " contains the following ops: ", absl::StrJoin(ops, ", "), "\n");
  }
  if (options.signature.empty()) {
    text = "The given SavedModel MetaGraphDef contains SignatureDefs with the "
           "following keys:\n";
    for (const SignatureInfo &signature : model->signatures)
      absl::StrAppend(&text, "SignatureDef key: \"", signature.key, "\"\n");
    return text;
  }
  std::vector<std::string> keys;
  for (const SignatureInfo &signature : model->signatures) {
    keys.push_back(signature.key);
    if (signature.key == options.signature) {
      appendSignature(text, "", signature);
      return text;
    }
  }
  return absl::NotFoundError(absl::StrCat(
      folder, ": has no signature '", options.signature, "'; it has ",
      absl::StrJoin(keys, ", "), ".", didYouMean(options.signature, keys)));
}

absl::StatusOr<std::string> scanSavedModel(const std::string &folder,
                                           const std::vector<std::string> &tags,
                                           std::vector<std::string> denied) {
  if (denied.empty())
    denied = {"PrintV2", "ReadFile", "WriteFile"};
  std::vector<std::vector<std::string>> tagSets = {tags};
  if (tags.empty()) {
    auto read = readTagSets(folder);
    if (!read.ok())
      return read.status();
    tagSets = *read;
  }
  std::string text;
  for (const std::vector<std::string> &set : tagSets) {
    absl::StatusOr<ModelDescription> model = describeTags(folder, set);
    if (!model.ok())
      return model.status();
    std::vector<std::string> found;
    for (const std::string &op : denied)
      if (model->ops.count(op))
        found.push_back(absl::StrCat("'", op, "'"));
    if (found.empty())
      absl::StrAppend(&text, "MetaGraph with tag set [", quoted(set),
                      "] does not contain denylisted ops: ",
                      absl::StrJoin(denied, ", "), "\n");
    else
      absl::StrAppend(&text, "MetaGraph with tag set [", quoted(set),
                      "] contains the following denylisted ops: ",
                      absl::StrJoin(found, ", "), "\n");
  }
  return text;
}

absl::Status freezeSavedModel(const std::string &folder,
                              const std::vector<std::string> &tags,
                              const std::string &signature,
                              const std::string &checkpoint,
                              const std::vector<std::string> &keep,
                              const std::string &prefix) {
  absl::StatusOr<ModelDescription> model = describeTags(folder, tags);
  if (!model.ok())
    return model.status();
  const SignatureInfo *chosen = nullptr;
  for (const SignatureInfo &candidate : model->signatures)
    if (candidate.key == signature)
      chosen = &candidate;
  if (!chosen || prefix.empty())
    return absl::InvalidArgumentError(
        prefix.empty()
            ? "--output_prefix: say where to write"
            : absl::StrCat(folder, ": has no signature '", signature, "'"));
  FreezeOptions options;
  options.checkpoint = checkpoint;
  options.tags = tags;
  options.signature = signature;
  options.deny = keep;
  options.format = ModelFormat::Binary;
  std::error_code error;
  bool isFolder =
      std::filesystem::is_directory(prefix, error) || prefix.back() == '/';
  std::string start =
      isFolder && prefix.back() != '/' ? absl::StrCat(prefix, "/") : prefix;
  std::filesystem::path parent = std::filesystem::path(start).parent_path();
  if (!parent.empty())
    std::filesystem::create_directories(parent, error);
  absl::StatusOr<FreezeReport> report =
      freeze(folder, options, start + "frozen_graph.pb");
  if (!report.ok())
    return report.status();
  std::string config;
  for (const TensorInfo &input : chosen->inputs)
    config += configEntry("feed", input);
  for (const TensorInfo &output : chosen->outputs)
    config += configEntry("fetch", output);
  return writeFile(start + "config.pbtxt", config);
}

} // namespace firn
