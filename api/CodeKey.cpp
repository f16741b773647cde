// See CodeKey.h. Each thing is hashed with its length, so that no two lists of
// things are the same bytes.
#include "api/CodeKey.h"

#include "api/BuildId.h"
#include "ir/ConstantMemory.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/DialectResourceBlobManager.h"

#include "llvm-c/Core.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/raw_ostream.h"

#include "absl/strings/str_cat.h"

namespace firn {
namespace {

/// A stream that keeps nothing but the hash.
class HashStream : public llvm::raw_ostream {
public:
  HashStream() { SetBufferSize(size_t(1) << 16); }
  ~HashStream() override { flush(); }

  Digest digest() {
    flush();
    return hash.final<32>();
  }

private:
  void write_impl(const char *data, size_t size) override {
    hash.update(
        llvm::ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(data), size));
    position += size;
  }
  uint64_t current_pos() const override { return position; }

  llvm::BLAKE3 hash;
  uint64_t position = 0;
};

class KeyHash {
public:
  KeyHash &operator<<(llvm::StringRef text) {
    *this << int64_t(text.size());
    hash.update(text);
    return *this;
  }
  KeyHash &operator<<(int64_t number) {
    hash.update(llvm::ArrayRef<uint8_t>(
        reinterpret_cast<const uint8_t *>(&number), sizeof(number)));
    return *this;
  }
  Digest digest() { return hash.final<32>(); }

private:
  llvm::BLAKE3 hash;
};

} // namespace

/// The large constants of the module, each once, in the order of the text.
static llvm::SmallVector<mlir::DenseResourceElementsAttr, 0>
largeConstantsOf(mlir::ModuleOp module) {
  llvm::SetVector<mlir::DenseResourceElementsAttr> found;
  module.walk([&](mlir::Operation *op) {
    op->getAttrDictionary().walk([&](mlir::DenseResourceElementsAttr constant) {
      found.insert(constant);
    });
  });
  return found.takeVector();
}

/// The digest of a constant's values, whose pages go again as they are read:
/// all that is loaded would not have to fit into memory at once.
static Digest digestOf(mlir::DenseResourceElementsAttr constant) {
  llvm::BLAKE3 hash;
  if (const mlir::AsmResourceBlob *blob = constant.getRawHandle().getBlob())
    hash.update(llvm::ArrayRef<uint8_t>(
        reinterpret_cast<const uint8_t *>(blob->getData().data()),
        blob->getData().size()));
  tfg::releasePages(constant);
  return hash.final<32>();
}

std::optional<Digest> digestOf(mlir::ModuleOp module,
                               runtime::ThreadPool &pool) {
  HashStream stream;
  mlir::BytecodeWriterConfig config;
  config.setElideResourceDataFlag();
  if (failed(mlir::writeBytecodeToFile(module, stream, config)))
    return std::nullopt;
  auto constants = largeConstantsOf(module);
  std::vector<Digest> digests(constants.size());
  pool.forEach(int64_t(constants.size()), [&](int64_t i) {
    digests[size_t(i)] = digestOf(constants[size_t(i)]);
  });
  KeyHash hash;
  hash << llvm::toStringRef(llvm::ArrayRef<uint8_t>(stream.digest()));
  for (const Digest &digest : digests)
    hash << llvm::toStringRef(llvm::ArrayRef<uint8_t>(digest));
  return hash.digest();
}

static std::string findCompilerIdentity() {
  // One function of each: Firn may be a library of its own, or in the program.
  const void *parts[] = {
      reinterpret_cast<const void *>(&findCompilerIdentity),
      reinterpret_cast<const void *>(&mlir::writeBytecodeToFile),
      reinterpret_cast<const void *>(&LLVMGetVersion)};
  std::string identity = LLVM_VERSION_STRING;
  for (const void *part : parts) {
    std::string id = buildIdOf(part);
    if (id.empty())
      return "";
    absl::StrAppend(&identity, ";", id);
  }
  return identity;
}

const std::string &compilerIdentity() {
  static const std::string identity = findCompilerIdentity();
  return identity;
}

Digest codeKey(const Digest &model, const Selection &selection,
               const CompileOptions &options, const jit::HostTarget &host,
               const std::string &compiler) {
  KeyHash hash;
  hash << llvm::toStringRef(llvm::ArrayRef<uint8_t>(model)) << compiler
       << host.cpu << host.features;
  for (int64_t option : {int64_t(options.optLevel), int64_t(options.winograd),
                         int64_t(options.profile), int64_t(options.threads),
                         int64_t(selection.feeds.size())})
    hash << option;
  for (const SelectedFeed &feed : selection.feeds) {
    hash << feed.name << feed.tensor
         << int64_t(feed.shape ? feed.shape->size() : -1);
    if (feed.shape)
      for (int64_t dim : *feed.shape)
        hash << dim;
  }
  for (const SelectedFetch &fetch : selection.fetches)
    hash << fetch.name << fetch.tensor;
  return hash.digest();
}

} // namespace firn
