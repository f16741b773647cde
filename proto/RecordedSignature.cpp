// Writing and reading side by side.
#include "proto/RecordedSignature.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace firn {
namespace {

constexpr const char *kSignature = "_signature";
constexpr const char *kInputs = "_signature_inputs";
constexpr const char *kOutputs = "_signature_outputs";

void add(tf::NodeDef &node, const char *attr, const std::string &signature,
         const std::string &entry) {
  auto &attrs = *node.mutable_attr();
  attrs[kSignature].set_s(signature);
  attrs[attr].mutable_list()->add_s(entry);
}

tf::TensorInfo tensorNamed(const std::string &name) {
  tf::TensorInfo info;
  info.set_name(name);
  return info;
}

} // namespace

void clearRecord(tf::NodeDef &node) {
  for (const char *attr : {kSignature, kInputs, kOutputs})
    node.mutable_attr()->erase(attr);
}

void recordInput(tf::NodeDef &node, const std::string &signature,
                 const std::string &key) {
  add(node, kInputs, signature, key);
}

void recordOutput(tf::NodeDef &node, const std::string &signature,
                  const std::string &key, uint32_t port) {
  add(node, kOutputs, signature, absl::StrCat(port, ":", key));
}

std::optional<RecordedSignature> readRecord(const tf::GraphDef &graph) {
  RecordedSignature record;
  record.signature.set_method_name("tensorflow/serving/predict");
  for (const tf::NodeDef &node : graph.node()) {
    auto key = node.attr().find(kSignature);
    if (key == node.attr().end() || key->second.s().empty())
      continue;
    // A graph is frozen for one signature.
    if (record.key.empty())
      record.key = key->second.s();
    if (record.key != key->second.s())
      continue;
    if (auto inputs = node.attr().find(kInputs); inputs != node.attr().end())
      for (const std::string &input : inputs->second.list().s())
        (*record.signature.mutable_inputs())[input] =
            tensorNamed(absl::StrCat(node.name(), ":0"));
    auto outputs = node.attr().find(kOutputs);
    if (outputs == node.attr().end())
      continue;
    for (const std::string &output : outputs->second.list().s()) {
      std::pair<std::string, std::string> parts =
          absl::StrSplit(output, absl::MaxSplits(':', 1));
      uint32_t port = 0;
      if (absl::SimpleAtoi(parts.first, &port) && !parts.second.empty())
        (*record.signature.mutable_outputs())[parts.second] =
            tensorNamed(absl::StrCat(node.name(), ":", port));
    }
  }
  if (record.signature.outputs().empty())
    return std::nullopt;
  return record;
}

} // namespace firn
