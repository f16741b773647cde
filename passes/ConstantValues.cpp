//===- ConstantValues.cpp - the values of constant nodes ------------------===//

#include "passes/ConstantValues.h"
#include "passes/NodeBuilder.h"

using namespace mlir;

namespace firn::tfg {

ElementsAttr getConstantValue(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || getTFOpName(op) != "Const")
    return {};
  return op->getAttrOfType<ElementsAttr>("value");
}

std::optional<std::vector<float>> readFloats(ElementsAttr attr) {
  SmallVector<char> scratch;
  if (!attr || !attr.getElementType().isF32())
    return std::nullopt;
  std::optional<ArrayRef<char>> data = getRawData(attr, scratch);
  if (!data)
    return std::nullopt;
  std::vector<float> values(attr.getNumElements());
  bool isSplat = data->size() == sizeof(float);
  if (!isSplat && data->size() != values.size() * sizeof(float))
    return std::nullopt;
  if (isSplat && !values.empty()) {
    float element;
    std::memcpy(&element, data->data(), sizeof(float));
    values.assign(values.size(), element);
  } else if (!values.empty()) {
    std::memcpy(values.data(), data->data(), data->size());
  }
  return values;
}

std::optional<std::vector<float>> readFloats(Value value) {
  return readFloats(getConstantValue(value));
}

std::optional<SmallVector<int64_t>> readIntegers(Value value) {
  return getIntegers(getConstantValue(value));
}

ElementsAttr makeFloats(RankedTensorType type, ArrayRef<float> values) {
  return makeConstant(
      type, ArrayRef<char>(reinterpret_cast<const char *>(values.data()),
                           values.size() * sizeof(float)));
}

ElementsAttr makeFloat(MLIRContext *context, float value) {
  return makeFloats(RankedTensorType::get({}, Float32Type::get(context)),
                    value);
}

} // namespace firn::tfg
