//===- ElementwiseFold.cpp - folding elementwise ops on small constants
//----===//

#include "ir/ElementwiseFold.h"
#include "ir/NodeSyntax.h"
#include "ir/ShapeInference.h"
#include "ir/TFGConstants.h"
#include "ir/TensorFolding.h"

using namespace mlir;
using llvm::APFloat;
using llvm::APSInt;

namespace firn::tfg {
namespace {

bool hasScalarForm(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return integer.getWidth() == 1 || integer.getWidth() % 8 == 0;
  return isa<Float16Type, BFloat16Type, Float32Type, Float64Type>(type);
}

/// TensorFlow's kernels run with denormals flushed to zero.
APFloat flushDenormal(APFloat value) {
  bool isFlushed = &value.getSemantics() == &APFloat::IEEEsingle() ||
                   &value.getSemantics() == &APFloat::IEEEdouble();
  if (!isFlushed || !value.isDenormal())
    return value;
  return APFloat::getZero(value.getSemantics(), value.isNegative());
}

/// The elements of one operand, read through the broadcast to the result.
class Operand {
public:
  static std::optional<Operand> get(Attribute attr) {
    auto elements = dyn_cast_or_null<ElementsAttr>(attr);
    if (!elements || !hasScalarForm(elements.getElementType()))
      return std::nullopt;
    Operand operand;
    operand.elements = elements;
    std::optional<ArrayRef<char>> data = getRawData(elements, operand.scratch);
    if (!data)
      return std::nullopt;
    operand.isInScratch = data->data() == operand.scratch.data();
    operand.data = *data;
    return operand;
  }

  ArrayRef<int64_t> getShape() const {
    return cast<ShapedType>(elements.getType()).getShape();
  }

  /// The element that the result's `index` (of `shape`) reads.
  Scalar read(ArrayRef<int64_t> index) const {
    int64_t position = 0;
    ArrayRef<int64_t> own = index.take_back(getShape().size());
    for (auto [size, i] : llvm::zip(getShape(), own))
      position = position * size + (size == 1 ? 0 : i);
    return decode(elements.isSplat() ? 0 : position);
  }

private:
  Scalar decode(int64_t position) const {
    Type type = elements.getElementType();
    unsigned size = *getElementByteSize(type);
    const char *bytes = isInScratch ? scratch.data() : data.data();
    uint64_t raw = 0;
    std::memcpy(&raw, bytes + position * size, size);
    APInt bits(type.getIntOrFloatBitWidth(), raw, /*isSigned=*/false,
               /*implicitTrunc=*/true);
    if (auto type = dyn_cast<FloatType>(elements.getElementType()))
      return flushDenormal(APFloat(type.getFloatSemantics(), bits));
    bool isUnsigned = type.isUnsignedInteger() || type.isInteger(1);
    return APSInt(bits, isUnsigned);
  }

  ElementsAttr elements;
  ArrayRef<char> data;
  SmallVector<char> scratch;
  bool isInScratch = false;
};

/// Appends the bytes of a result element.
void encode(const Scalar &scalar, Type type, SmallVectorImpl<char> &bytes) {
  uint64_t raw;
  if (const auto *value = std::get_if<APFloat>(&scalar))
    raw = flushDenormal(*value).bitcastToAPInt().getZExtValue();
  else
    raw = std::get<APSInt>(scalar).getZExtValue();
  unsigned size = *getElementByteSize(type);
  const char *source = reinterpret_cast<const char *>(&raw);
  bytes.append(source, source + size);
}

bool hasType(const Scalar &scalar, Type type) {
  if (const auto *value = std::get_if<APFloat>(&scalar)) {
    auto floatType = dyn_cast<FloatType>(type);
    return floatType &&
           &floatType.getFloatSemantics() == &value->getSemantics();
  }
  return type.isInteger(std::get<APSInt>(scalar).getBitWidth());
}

} // namespace

OpFoldResult foldElementwise(Operation *op, ArrayRef<Attribute> attrs,
                             ScalarFoldFn fold) {
  Type type = getElementType(op->getResult(0));
  if (!mayFold(op) || !hasScalarForm(type))
    return {};
  SmallVector<Operand> operands;
  SmallVector<int64_t> shape;
  for (Attribute attr : attrs.take_front(getDataOperands(op).size())) {
    std::optional<Operand> operand = Operand::get(attr);
    if (!operand)
      return {};
    FailureOr<SmallVector<int64_t>> merged =
        broadcastShapes(shape, operand->getShape());
    if (failed(merged))
      return {};
    shape = *merged;
    operands.push_back(std::move(*operand));
  }
  std::optional<int64_t> count = checkedNumElements(shape);
  if (!count || *count > kMaxFoldElements)
    return {};

  SmallVector<char> bytes;
  SmallVector<int64_t> index(shape.size(), 0);
  for (int64_t i = 0; i < *count; ++i) {
    SmallVector<Scalar> arguments;
    for (const Operand &operand : operands)
      arguments.push_back(operand.read(index));
    std::optional<Scalar> result = fold(arguments);
    if (!result || !hasType(*result, type))
      return {};
    encode(*result, type, bytes);
    for (int64_t dim = int64_t(shape.size()) - 1; dim >= 0; --dim) {
      if (++index[dim] < shape[dim])
        break;
      index[dim] = 0;
    }
  }
  return Attribute(makeConstant(RankedTensorType::get(shape, type), bytes));
}

Scalar makeBool(bool value) {
  return APSInt(APInt(1, value), /*isUnsigned=*/true);
}

bool isSplatOf(Attribute attr, int64_t value, bool negative) {
  auto dense = dyn_cast_or_null<DenseIntOrFPElementsAttr>(attr);
  if (!dense || !dense.isSplat())
    return false;
  if (auto type = dyn_cast<FloatType>(dense.getElementType())) {
    APFloat wanted(type.getFloatSemantics(), uint64_t(std::abs(value)));
    if (negative)
      wanted.changeSign();
    return dense.getSplatValue<APFloat>().bitwiseIsEqual(wanted);
  }
  APInt wanted(dense.getElementType().getIntOrFloatBitWidth(), value,
               /*isSigned=*/true, /*implicitTrunc=*/true);
  return dense.getSplatValue<APInt>() == wanted;
}

OpFoldResult foldTo(Operation *op, Value operand) {
  if (!mayFold(op) || operand.getType() != op->getResult(0).getType())
    return {};
  return operand;
}

} // namespace firn::tfg
