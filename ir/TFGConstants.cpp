//===- TFGConstants.cpp - making and reading constant tensors -------------===//

#include "ir/TFGConstants.h"
#include "ir/ConstantMemory.h"
#include "ir/TFGDialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;

namespace firn::tfg {

std::optional<unsigned> getElementByteSize(Type type) {
  if (auto complex = dyn_cast<ComplexType>(type)) {
    std::optional<unsigned> part = getElementByteSize(complex.getElementType());
    return part ? std::optional<unsigned>(2 * *part) : std::nullopt;
  }
  if (type.isIntOrFloat())
    return llvm::divideCeil(type.getIntOrFloatBitWidth(), 8);
  if (isa<QInt8Type, QUInt8Type>(type))
    return 1;
  if (isa<QInt16Type, QUInt16Type>(type))
    return 2;
  if (isa<QInt32Type>(type))
    return 4;
  return std::nullopt;
}

bool hasDenseForm(Type elementType) {
  return elementType.isIntOrFloat() || isa<ComplexType>(elementType);
}

DenseResourceElementsAttr makeResource(RankedTensorType type, StringRef name,
                                       AsmResourceBlob blob) {
  auto &manager =
      DenseResourceElementsHandle::getManagerInterface(type.getContext());
  DenseResourceElementsHandle handle = manager.insert(name, std::move(blob));
  noteResource(handle);
  return DenseResourceElementsAttr::get(type, handle);
}

bool isSplat(ArrayRef<char> data, size_t elementSize) {
  // All elements are equal iff the data equals itself shifted by one element.
  return data.size() > elementSize &&
         std::memcmp(data.data(), data.data() + elementSize,
                     data.size() - elementSize) == 0;
}

ElementsAttr makeConstant(RankedTensorType type, ArrayRef<char> data) {
  Type elementType = type.getElementType();
  unsigned size = *getElementByteSize(elementType);
  if (hasDenseForm(elementType)) {
    if (isSplat(data, size))
      data = data.take_front(size);
    if (elementType.isInteger(1)) {
      SmallVector<bool> bits(
          llvm::map_range(data, [](char c) { return c != 0; }));
      return DenseElementsAttr::get(type, bits);
    }
    if (data.size() < kMinResourceBytes || data.size() == size)
      return DenseElementsAttr::getFromRawBuffer(type, data);
  }
  return makeResource(type, "tensor",
                      HeapAsmResourceBlob::allocateAndCopyWithAlign(
                          data, kResourceAlignment, /*dataIsMutable=*/false));
}

DenseElementsAttr makeIntVector(Type elementType, ArrayRef<int64_t> values) {
  auto type = RankedTensorType::get({int64_t(values.size())}, elementType);
  SmallVector<APInt> elements;
  for (int64_t value : values)
    elements.push_back(APInt(elementType.getIntOrFloatBitWidth(), value,
                             /*isSigned=*/true,
                             /*implicitTrunc=*/true));
  return DenseElementsAttr::get(type, elements);
}

DenseElementsAttr makeIntScalar(Type elementType, int64_t value) {
  return DenseElementsAttr::get(
      RankedTensorType::get({}, elementType),
      APInt(elementType.getIntOrFloatBitWidth(), value,
            /*isSigned=*/true, /*implicitTrunc=*/true));
}

std::optional<SmallVector<int64_t>> getIntegers(ElementsAttr attr) {
  if (!attr)
    return std::nullopt;
  auto type = dyn_cast<IntegerType>(attr.getElementType());
  if (!type || type.getWidth() > 64 || attr.getNumElements() > kMaxFoldElements)
    return std::nullopt;
  SmallVector<char> scratch;
  std::optional<ArrayRef<char>> data = getRawData(attr, scratch);
  if (!data)
    return std::nullopt;
  unsigned size = *getElementByteSize(type);
  bool isUnsigned = type.isUnsigned() || type.getWidth() == 1;
  SmallVector<int64_t> values;
  int64_t stride = attr.isSplat() ? 0 : size;
  for (int64_t i = 0, e = attr.getNumElements(); i < e; ++i) {
    uint64_t bits = 0;
    std::memcpy(&bits, data->data() + i * stride, size);
    values.push_back(isUnsigned ? int64_t(bits)
                                : llvm::SignExtend64(bits, size * 8));
  }
  return values;
}

std::optional<ArrayRef<char>> getRawData(ElementsAttr attr,
                                         SmallVectorImpl<char> &scratch) {
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attr)) {
    AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    return blob ? std::optional(blob->getData()) : std::nullopt;
  }
  auto dense = dyn_cast<DenseIntOrFPElementsAttr>(attr);
  if (!dense)
    return std::nullopt;
  if (!dense.getElementType().isInteger(1))
    return dense.getRawData();
  if (dense.isSplat())
    scratch.push_back(dense.getSplatValue<bool>());
  else
    llvm::append_range(scratch, dense.getValues<bool>());
  return ArrayRef<char>(scratch);
}

} // namespace firn::tfg
