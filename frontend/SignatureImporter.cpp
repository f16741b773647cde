// SignatureDef → tfg.signature.
#include "frontend/SignatureImporter.h"

#include "ir/TFGOps.h"
#include "proto/TensorMap.h"
#include "proto/TypeMap.h"

#include "absl/strings/str_cat.h"
#include "mlir/IR/Builders.h"

#include <map>

using namespace mlir;

namespace firn {

/// One input or output. `type` is left out where the file has no dtype.
static absl::StatusOr<DictionaryAttr>
importTensorInfo(const std::string &key, const tf::TensorInfo &info,
                 Builder &builder) {
  NamedAttrList fields;
  auto setText = [&](StringRef name, const std::string &text) {
    fields.set(name, builder.getStringAttr(text));
  };
  setText("key", key);
  switch (info.encoding_case()) {
  case tf::TensorInfo::kCooSparse:
    setText("values", info.coo_sparse().values_tensor_name());
    setText("indices", info.coo_sparse().indices_tensor_name());
    setText("dense_shape", info.coo_sparse().dense_shape_tensor_name());
    break;
  case tf::TensorInfo::kCompositeTensor:
    setText("raw", info.SerializeAsString());
    break;
  default:
    setText("tensor", info.name());
  }
  if (info.dtype() != tf::DT_INVALID) {
    absl::StatusOr<TensorType> type = tensorTypeFromProto(
        info.dtype(), info.tensor_shape(), builder.getContext());
    if (!type.ok())
      return type.status();
    fields.set("type", TypeAttr::get(*type));
  }
  return fields.getDictionary(builder.getContext());
}

template <typename Map>
static absl::StatusOr<ArrayAttr>
importTensorInfos(const Map &infos, absl::string_view what, Builder &builder) {
  // The order of a map field in a file means nothing.
  std::map<std::string, const tf::TensorInfo *> sorted;
  for (const auto &[key, info] : infos)
    sorted.emplace(key, &info);
  SmallVector<Attribute> result;
  for (const auto &[key, info] : sorted) {
    absl::StatusOr<DictionaryAttr> attr = importTensorInfo(key, *info, builder);
    if (!attr.ok())
      return absl::Status(
          attr.status().code(),
          absl::StrCat(what, " '", key, "': ", attr.status().message()));
    result.push_back(*attr);
  }
  return builder.getArrayAttr(result);
}

static absl::Status importSignature(const std::string &key,
                                    const tf::SignatureDef &signature,
                                    OpBuilder &builder) {
  absl::StatusOr<ArrayAttr> inputs =
      importTensorInfos(signature.inputs(), "input", builder);
  if (!inputs.ok())
    return inputs.status();
  absl::StatusOr<ArrayAttr> outputs =
      importTensorInfos(signature.outputs(), "output", builder);
  if (!outputs.ok())
    return outputs.status();

  NamedAttrList defaults;
  TensorFile file;
  for (const auto &[input, tensor] : signature.defaults()) {
    absl::StatusOr<TypedAttr> value =
        tensorFromProto(tensor, builder.getContext(), file);
    if (!value.ok())
      return absl::Status(value.status().code(),
                          absl::StrCat("default of input '", input,
                                       "': ", value.status().message()));
    defaults.set(input, *value);
  }
  tfg::SignatureOp::create(
      builder, builder.getUnknownLoc(), builder.getStringAttr(key),
      builder.getStringAttr(signature.method_name()), *inputs, *outputs,
      defaults.empty() ? DictionaryAttr()
                       : defaults.getDictionary(builder.getContext()));
  return absl::OkStatus();
}

absl::Status importSignatures(const tf::MetaGraphDef &metaGraph,
                              ModuleOp module) {
  std::map<std::string, const tf::SignatureDef *> sorted;
  for (const auto &[key, signature] : metaGraph.signature_def())
    sorted.emplace(key, &signature);
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  for (const auto &[key, signature] : sorted) {
    if (key.empty())
      return absl::InvalidArgumentError("a signature has an empty name");
    absl::Status status = importSignature(key, *signature, builder);
    if (!status.ok())
      return absl::Status(status.code(), absl::StrCat("signature '", key, "', ",
                                                      status.message()));
  }
  return absl::OkStatus();
}

} // namespace firn
