// `firn show --json`.
#include "tools/firn/DescriptionText.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace firn::cli {
namespace {

using llvm::json::OStream;

/// Names in a model may be any bytes, JSON is UTF-8.
std::string utf8(const std::string &text) { return llvm::json::fixUTF8(text); }

void writeShape(OStream &json, const Shape &shape) {
  json.attributeArray("shape", [&] {
    for (int64_t dim : shape)
      json.value(dim);
  });
}

void writeTensors(OStream &json, llvm::StringRef key,
                  const std::vector<TensorInfo> &tensors) {
  json.attributeArray(key, [&] {
    for (const TensorInfo &info : tensors)
      json.object([&] {
        json.attribute("name", utf8(info.name));
        json.attribute("tensor", utf8(info.tensor));
        json.attribute("dtype", std::string(nameOf(info.dtype)));
        if (info.hasRank)
          writeShape(json, info.shape);
        else
          json.attribute("shape", nullptr);
      });
  });
}

void writeCounts(OStream &json, llvm::StringRef key,
                 const std::map<std::string, int64_t> &counts) {
  json.attributeObject(key, [&] {
    for (auto &[name, count] : counts)
      json.attribute(utf8(name), count);
  });
}

void writeSignatures(OStream &json,
                     const std::vector<SignatureInfo> &signatures) {
  json.attributeObject("signatures", [&] {
    for (const SignatureInfo &signature : signatures)
      json.attributeObject(utf8(signature.key), [&] {
        json.attribute("method", utf8(signature.methodName));
        writeTensors(json, "inputs", signature.inputs);
        writeTensors(json, "outputs", signature.outputs);
      });
  });
}

void writeVariables(OStream &json, const std::vector<VariableInfo> &variables) {
  json.attributeArray("variables", [&] {
    for (const VariableInfo &variable : variables)
      json.object([&] {
        json.attribute("name", utf8(variable.name));
        json.attribute("dtype", std::string(nameOf(variable.dtype)));
        writeShape(json, variable.shape);
        json.attribute("bytes", variable.bytes);
        json.attribute("has_value", variable.hasValue);
      });
  });
}

} // namespace

std::string descriptionJson(const ModelDescription &description) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  OStream json(stream, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("format", description.format);
    json.attribute("producer", description.producer);
    json.attribute("min_consumer", description.minConsumer);
    json.attribute("tensorflow_version", utf8(description.tensorflowVersion));
    json.attributeArray("tags", [&] {
      for (const std::vector<std::string> &tags : description.tags)
        json.array([&] {
          for (const std::string &tag : tags)
            json.value(utf8(tag));
        });
    });
    writeSignatures(json, description.signatures);
    writeTensors(json, "inputs", description.inputs);
    writeTensors(json, "outputs", description.outputs);
    writeVariables(json, description.variables);
    json.attribute("nodes", description.nodes);
    writeCounts(json, "ops", description.ops);
    writeCounts(json, "devices", description.devices);
    json.attributeObject("functions", [&] {
      for (const FunctionInfo &function : description.functions)
        json.attribute(utf8(function.name), function.nodes);
    });
  });
  stream << "\n";
  return text;
}

} // namespace firn::cli
