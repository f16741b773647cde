// Reads `tfg.signature` ops, and chooses among them.
#include "api/Signatures.h"

#include "api/GraphIndex.h"
#include "api/Suggest.h"

#include "absl/strings/str_cat.h"

#include <algorithm>

using namespace mlir;

namespace firn {
namespace {

std::string textOf(DictionaryAttr info, llvm::StringRef key) {
  auto text = info.getAs<StringAttr>(key);
  return text ? text.str() : std::string();
}

TensorInfo infoOf(DictionaryAttr info, std::string name, llvm::StringRef part) {
  TensorInfo result;
  result.name = std::move(name);
  result.tensor = textOf(info, part);
  auto type = info.getAs<TypeAttr>("type");
  if (!type || part != "tensor")
    return result;
  result.dtype = dtypeOfType(type.getValue());
  if (auto ranked = dyn_cast<RankedTensorType>(type.getValue())) {
    result.hasRank = true;
    for (int64_t dim : ranked.getShape())
      result.shape.push_back(ShapedType::isDynamic(dim) ? kDynamicDim : dim);
  }
  return result;
}

std::vector<TensorInfo> infosOf(ArrayAttr list) {
  std::vector<TensorInfo> infos;
  for (auto info : list.getAsRange<DictionaryAttr>()) {
    std::string key = textOf(info, "key");
    if (info.contains("tensor"))
      infos.push_back(infoOf(info, key, "tensor"));
    else if (info.contains("values"))
      for (const char *part : {"values", "indices", "dense_shape"})
        infos.push_back(infoOf(info, absl::StrCat(key, "/", part), part));
  }
  return infos;
}

/// What a signature leaves open, the graph may say.
void complete(std::vector<TensorInfo> &infos, const GraphIndex &index) {
  for (TensorInfo &info : infos) {
    if (info.dtype != DType::Invalid)
      continue;
    absl::StatusOr<Value> value = index.tensor(info.tensor);
    if (value.ok())
      info = tensorInfoOf(*value, info.name, info.tensor);
  }
}

std::vector<std::string> keysOf(const std::vector<SignatureInfo> &signatures) {
  std::vector<std::string> keys;
  for (const SignatureInfo &signature : signatures)
    keys.push_back(signature.key);
  return keys;
}

std::string listOf(const std::vector<std::string> &keys) {
  std::string text;
  for (const std::string &key : keys)
    absl::StrAppend(&text, text.empty() ? "'" : ", '", key, "'");
  return text;
}

} // namespace

std::vector<SignatureInfo> signaturesOf(ModuleOp module) {
  std::vector<SignatureInfo> signatures;
  tfg::GraphOp graph = findGraph(module);
  if (!graph)
    return signatures;
  GraphIndex index(graph);
  for (auto op : module.getOps<tfg::SignatureOp>()) {
    if (op.getSymName().starts_with("__saved_model"))
      continue;
    SignatureInfo signature;
    signature.key = op.getSymName().str();
    signature.methodName = op.getMethodName().str();
    signature.inputs = infosOf(op.getInputs());
    signature.outputs = infosOf(op.getOutputs());
    complete(signature.inputs, index);
    complete(signature.outputs, index);
    signatures.push_back(std::move(signature));
  }
  std::sort(signatures.begin(), signatures.end(),
            [](const SignatureInfo &a, const SignatureInfo &b) {
              return a.key < b.key;
            });
  return signatures;
}

absl::StatusOr<SignatureInfo>
chooseSignature(const std::vector<SignatureInfo> &signatures,
                const std::string &key) {
  const std::string &wanted = key.empty() ? "serving_default" : key;
  for (const SignatureInfo &signature : signatures)
    if (signature.key == wanted)
      return signature;
  if (key.empty() && signatures.size() == 1)
    return signatures[0];
  if (signatures.empty())
    return absl::NotFoundError(
        "the model has no signatures; name tensors instead, node:port");
  std::vector<std::string> keys = keysOf(signatures);
  if (key.empty())
    return absl::InvalidArgumentError(absl::StrCat(
        "the model has several signatures, choose one: ", listOf(keys)));
  return absl::NotFoundError(absl::StrCat("the model has no signature '", key,
                                          "', but ", listOf(keys), ".",
                                          didYouMean(key, keys)));
}

} // namespace firn
