// See ConstantTable.h.
#include "backend/jit/ConstantTable.h"

#include "backend/jit/ElementBytes.h"
#include "backend/runtime/Memory.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectResourceBlobManager.h"

#include <cstring>

using namespace mlir;

namespace firn::jit {

static AsmResourceBlob *blobOf(ElementsAttr value) {
  auto resource = dyn_cast_or_null<DenseResourceElementsAttr>(value);
  return resource ? resource.getRawHandle().getBlob() : nullptr;
}

static void *newMemory(int64_t bytes) {
  void *memory = runtime::allocateAligned(bytes);
  if (!memory)
    llvm::report_bad_alloc_error("constants of a compiled module");
  return memory;
}

std::pair<unsigned, void *> ConstantTable::allocate(int64_t bytes) {
  void *memory = newMemory(bytes);
  entries.push_back({memory, bytes});
  owned.emplace_back(memory);
  sources.emplace_back();
  return {entries.size() - 1, memory};
}

FailureOr<unsigned> ConstantTable::add(ElementsAttr value, Location loc) {
  auto [it, inserted] = known.try_emplace(value, entries.size());
  if (!inserted)
    return it->second;
  int64_t width = elementBytes(value.getElementType());
  int64_t count = value.getNumElements();
  int64_t bytes = width * count;
  auto borrow = [&](ArrayRef<char> data) {
    entries.push_back({data.data(), bytes});
    owned.emplace_back();
    sources.push_back(value);
    ++numReaders[data.data()];
    return it->second;
  };
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(value)) {
    AsmResourceBlob *blob = blobOf(value);
    if (!blob || static_cast<int64_t>(blob->getData().size()) != bytes)
      return emitError(loc)
             << "the data of constant '" << resource.getRawHandle().getKey()
             << "' is " << (blob ? "not of its type's size" : "missing");
    return borrow(blob->getData());
  }
  auto dense = dyn_cast<DenseElementsAttr>(value);
  if (!dense)
    return emitError(loc) << "expected a dense constant, found " << value;
  bool isPacked = isa<IntegerType>(dense.getElementType()) &&
                  dense.getElementType().getIntOrFloatBitWidth() < 8;
  if (!dense.isSplat() && !isPacked)
    return borrow(dense.getRawData());
  auto *out = static_cast<char *>(allocate(bytes).second);
  // Integers of fewer than 8 bits may be packed in the attribute.
  if (isPacked) {
    for (auto [index, element] : llvm::enumerate(dense.getValues<APInt>()))
      out[index] = static_cast<char>(element.getZExtValue());
    return it->second;
  }
  for (int64_t index = 0; index < count; ++index)
    std::memcpy(out + index * width, dense.getRawData().data(), width);
  return it->second;
}

unsigned ConstantTable::addStrings(DenseStringElementsAttr strings) {
  auto [it, inserted] = known.try_emplace(strings, entries.size());
  if (!inserted)
    return it->second;
  std::vector<std::string> values;
  for (StringRef text : strings.getRawStringData())
    values.push_back(text.str());
  return addTexts(std::move(values), strings.getType().getNumElements());
}

unsigned ConstantTable::addTexts(std::vector<std::string> strings,
                                 int64_t count) {
  auto [number, memory] = allocate(count * sizeof(std::string *));
  entries[number].isStrings = true;
  auto *out = static_cast<const std::string **>(memory);
  for (int64_t index = 0; index < count; ++index)
    if (index == 0 || strings.size() > 1)
      out[index] = &texts.emplace_back(std::move(strings[index]));
    else
      out[index] = out[0];
  return number;
}

void ConstantTable::releaseSource(unsigned index, const Release &release) {
  ElementsAttr source = std::exchange(sources[index], {});
  if (source && --numReaders[entries[index].data] == 0 && release)
    release(source);
}

void ConstantTable::drop(unsigned index, const Release &release) {
  releaseSource(index, release);
  owned[index].reset();
  entries[index] = {nullptr, 0};
}

void ConstantTable::keep(unsigned index, const Release &release) {
  ElementsAttr source = sources[index];
  if (!source)
    return;
  Entry entry = entries[index];
  AsmResourceBlob *blob = blobOf(source);
  auto alignment = static_cast<uintptr_t>(
      std::min<int64_t>(elementBytes(source.getElementType()), 16));
  bool lasts = blob && !blob->getDeleter() &&
               reinterpret_cast<uintptr_t>(entry.data) % alignment == 0;
  if (lasts)
    return;
  void *memory = newMemory(entry.bytes);
  if (entry.bytes > 0)
    std::memcpy(memory, entry.data, static_cast<size_t>(entry.bytes));
  releaseSource(index, release);
  owned[index].reset(memory);
  entries[index].data = memory;
}

} // namespace firn::jit
