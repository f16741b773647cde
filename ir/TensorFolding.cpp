//===- TensorFolding.cpp - folding ops that move elements of constants ----===//

#include "ir/TensorFolding.h"
#include "ir/NodeSyntax.h"
#include "ir/ShapeInference.h"

using namespace mlir;

namespace firn::tfg {

bool mayFold(Operation *op) {
  return getControlOperands(op).empty() &&
         llvm::none_of(op->getOperands(), [&](Value operand) {
           return operand.getDefiningOp() == op;
         });
}

std::optional<SmallVector<int64_t>> foldedInts(Attribute operand) {
  return getIntegers(dyn_cast_or_null<ElementsAttr>(operand));
}

std::optional<int64_t> foldedInt(Attribute operand) {
  std::optional<SmallVector<int64_t>> values = foldedInts(operand);
  if (!values || values->size() != 1)
    return std::nullopt;
  return values->front();
}

int64_t linearIndex(ArrayRef<int64_t> shape, ArrayRef<int64_t> index) {
  int64_t position = 0;
  for (auto [size, i] : llvm::zip_equal(shape, index))
    position = position * size + i;
  return position;
}

/// A static type with as few elements as fold() takes, and their number.
static std::optional<int64_t> foldableCount(Type type) {
  auto ranked = dyn_cast<RankedTensorType>(type);
  if (!ranked || !ranked.hasStaticShape() ||
      !getElementByteSize(ranked.getElementType()))
    return std::nullopt;
  std::optional<int64_t> count = checkedNumElements(ranked.getShape());
  if (!count || *count > kMaxFoldElements)
    return std::nullopt;
  return count;
}

/// Advances a multi-index in row-major order.
static void advance(SmallVectorImpl<int64_t> &index, ArrayRef<int64_t> shape) {
  for (int64_t dim = shape.size() - 1; dim >= 0; --dim) {
    if (++index[dim] < shape[dim])
      return;
    index[dim] = 0;
  }
}

ElementsAttr pickElements(Attribute source, Type resultType, SourceFn from,
                          ArrayRef<char> fill) {
  auto elements = dyn_cast_or_null<ElementsAttr>(source);
  std::optional<int64_t> count = foldableCount(resultType);
  if (!elements || !count)
    return {};
  SmallVector<char> scratch;
  std::optional<ArrayRef<char>> data = getRawData(elements, scratch);
  if (!data)
    return {};
  auto type = cast<RankedTensorType>(resultType);
  size_t size = *getElementByteSize(type.getElementType());
  bool isSplat = elements.isSplat();
  int64_t available = isSplat ? elements.getNumElements() : data->size() / size;
  SmallVector<int64_t> index(type.getRank(), 0);
  SmallVector<char> result;
  result.reserve(*count * size);
  for (int64_t i = 0; i < *count; ++i, advance(index, type.getShape())) {
    int64_t position = from(index);
    if (position < 0) {
      result.append(fill.begin(), fill.end());
      continue;
    }
    if (position >= available)
      return {};
    ArrayRef<char> element = data->slice(isSplat ? 0 : position * size, size);
    result.append(element.begin(), element.end());
  }
  return makeConstant(type, result);
}

ElementsAttr pickPart(Attribute source, ArrayRef<int64_t> sourceShape,
                      RankedTensorType part, ArrayRef<int64_t> offsets,
                      ArrayRef<int64_t> strides) {
  return pickElements(source, part, [&](ArrayRef<int64_t> index) {
    int64_t position = 0;
    for (auto [size, i, offset, stride] :
         llvm::zip_equal(sourceShape, index, offsets, strides))
      position = position * size + offset + i * stride;
    return position;
  });
}

ElementsAttr reshapeConstant(Attribute source, Type resultType) {
  auto type = dyn_cast<RankedTensorType>(resultType);
  if (!type || !type.hasStaticShape())
    return {};
  auto elements = dyn_cast_or_null<ElementsAttr>(source);
  if (!elements || elements.getElementType() != type.getElementType() ||
      elements.getNumElements() != type.getNumElements())
    return {};
  // DenseElementsAttr::reshape() takes no strings.
  if (auto strings = dyn_cast<DenseStringElementsAttr>(elements))
    return DenseStringElementsAttr::get(type, strings.getRawStringData());
  if (auto dense = dyn_cast<DenseElementsAttr>(elements))
    return dense.reshape(type);
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements))
    return DenseResourceElementsAttr::get(type, resource.getRawHandle());
  return {};
}

ElementsAttr joinConstants(ArrayRef<Attribute> parts, Type resultType,
                           int64_t axis) {
  std::optional<int64_t> count = foldableCount(resultType);
  if (!count)
    return {};
  auto type = cast<RankedTensorType>(resultType);
  size_t size = *getElementByteSize(type.getElementType());
  // Rows of a part: what stands between two joins in the result.
  SmallVector<SmallVector<char>> bytes;
  SmallVector<size_t> rowBytes;
  for (Attribute part : parts) {
    auto elements = dyn_cast_or_null<ElementsAttr>(part);
    auto partType =
        elements ? dyn_cast<RankedTensorType>(elements.getType()) : nullptr;
    SmallVector<char> scratch;
    std::optional<ArrayRef<char>> data =
        elements ? getRawData(elements, scratch) : std::nullopt;
    if (!data || !partType || partType.getRank() != type.getRank() ||
        partType.getNumElements() > *count)
      return {};
    SmallVector<char> &own = bytes.emplace_back();
    for (int64_t i = 0; elements.isSplat() && i < elements.getNumElements();
         ++i)
      own.append(data->begin(), data->begin() + size);
    if (!elements.isSplat())
      own.append(data->begin(), data->end());
    rowBytes.push_back(size * ShapedType::getNumElements(
                                  partType.getShape().drop_front(axis)));
  }
  int64_t rows = ShapedType::getNumElements(type.getShape().take_front(axis));
  SmallVector<char> result;
  for (int64_t row = 0; row < rows; ++row)
    for (auto [data, length] : llvm::zip_equal(bytes, rowBytes)) {
      if ((row + 1) * length > data.size())
        return {};
      result.append(data.begin() + row * length,
                    data.begin() + (row + 1) * length);
    }
  if (result.size() != *count * size)
    return {};
  return makeConstant(type, result);
}

ElementsAttr makeSplat(Type resultType, ArrayRef<char> bytes) {
  auto type = dyn_cast<RankedTensorType>(resultType);
  if (!type || !type.hasStaticShape() ||
      !(type.getElementType().isIntOrFloat() ||
        isa<ComplexType>(type.getElementType())))
    return {};
  if (!checkedNumElements(type.getShape()))
    return {};
  if (type.getElementType().isInteger(1))
    return DenseElementsAttr::get(type, bytes.front() != 0);
  if (type.getNumElements() == 0)
    return makeConstant(type, {});
  return DenseElementsAttr::getFromRawBuffer(type, bytes);
}

} // namespace firn::tfg
