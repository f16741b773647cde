//===- ConstantMemory.cpp - where the values of large constants lie -------===//

#include "ir/ConstantMemory.h"

#include "ir/TFGConstants.h"
#include "ir/TFGDialect.h"
#include "mlir/IR/DialectInterface.h"

using namespace mlir;

namespace firn::tfg {
namespace {

/// What the dialect knows of the context's large constants.
class ConstantMemory : public DialectInterface::Base<ConstantMemory> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ConstantMemory)
  explicit ConstantMemory(Dialect *dialect) : Base(dialect) {}

  static ConstantMemory &of(MLIRContext *context) {
    auto *dialect = context->getOrLoadDialect<TFGDialect>();
    auto *memory = dialect->getRegisteredInterface<ConstantMemory>();
    return memory ? *memory : dialect->addInterface<ConstantMemory>();
  }

  /// Changes nothing, so that several threads may ask; null if nothing is
  /// known.
  static ConstantMemory *find(MLIRContext *context) {
    auto *dialect = context->getLoadedDialect<TFGDialect>();
    return dialect ? dialect->getRegisteredInterface<ConstantMemory>()
                   : nullptr;
  }

  /// By where the values of a mapped constant begin.
  DenseMap<const char *, ReleasePages> releases;
  ScratchConstants *scratch = nullptr;
};

AsmResourceBlob *blobOf(Attribute value) {
  auto resource = dyn_cast_or_null<DenseResourceElementsAttr>(value);
  return resource ? resource.getRawHandle().getBlob() : nullptr;
}

} // namespace

ElementsAttr makeMapped(RankedTensorType type, StringRef name,
                        ArrayRef<char> data, ReleasePages release) {
  Type elementType = type.getElementType();
  if (hasDenseForm(elementType) &&
      isSplat(data, *getElementByteSize(elementType)))
    return makeConstant(type, data);
  auto address = reinterpret_cast<uintptr_t>(data.data());
  size_t alignment = std::min<size_t>(kResourceAlignment, address & -address);
  ConstantMemory::of(type.getContext()).releases[data.data()] =
      std::move(release);
  return makeResource(
      type, name, UnmanagedAsmResourceBlob::allocateWithAlign(data, alignment));
}

void releasePages(Attribute value) {
  AsmResourceBlob *blob = blobOf(value);
  if (!blob)
    return;
  const ConstantMemory *memory = ConstantMemory::find(value.getContext());
  if (!memory)
    return;
  if (auto found = memory->releases.find(blob->getData().data());
      found != memory->releases.end())
    found->second(blob->getData().data(), blob->getData().size());
}

ScratchConstants::ScratchConstants(MLIRContext *context) : context(context) {
  ConstantMemory::of(context).scratch = this;
}

ScratchConstants::~ScratchConstants() {
  ConstantMemory::of(context).scratch = nullptr;
  for (DialectResourceBlobManager::BlobEntry *constant : constants)
    constant->setBlob({});
}

void ScratchConstants::release(Attribute value) {
  auto resource = dyn_cast_or_null<DenseResourceElementsAttr>(value);
  auto *entry = resource ? resource.getRawHandle().getResource() : nullptr;
  if (constants.contains(entry))
    entry->setBlob({});
  else
    releasePages(value);
}

void noteResource(DenseResourceElementsHandle handle) {
  ConstantMemory *memory =
      ConstantMemory::find(handle.getDialect()->getContext());
  if (memory && memory->scratch)
    memory->scratch->constants.insert(handle.getResource());
}

} // namespace firn::tfg
