// The fields of an image, once for both directions, and what must hold for
// them after reading.
#include "backend/jit/NativeImage.h"

#include "backend/jit/ImageStream.h"

#include "llvm/ADT/STLExtras.h"

namespace firn::jit {

template <typename Stream, typename... Ts>
static void transfer(Stream &stream, std::variant<Ts...> &value) {
  size_t kind = value.index();
  stream(kind);
  if constexpr (Stream::kReads) {
    size_t next = 0;
    bool known =
        ((next++ == kind ? (value.template emplace<Ts>(), true) : false) ||
         ...);
    if (!known)
      return stream.fail();
  }
  std::visit([&](auto &content) { stream(content); }, value);
}

template <typename Stream>
static void transfer(Stream &stream, runtime::RoutineSite::Result &result) {
  stream(result.dtype, result.dims, result.isTaken);
}

template <typename Stream>
static void transfer(Stream &stream, ArgumentType &type) {
  stream(type.shape, type.elementBytes, type.element, type.isString);
}

template <typename Stream>
static void transfer(Stream &stream,
                     std::pair<std::string, runtime::AttrValue> &attribute) {
  stream(attribute.first, attribute.second);
}

template <typename Stream>
static void transfer(Stream &stream, SiteDescription &site) {
  stream(site.op, site.node, site.attributes, site.inputTypes, site.inputRanks,
         site.results);
}

template <typename Stream>
static void transfer(Stream &stream, ProfiledOp &op) {
  stream(op.node, op.summary, op.operations, op.bytes);
}

/// Not the times: what is read was not compiled.
template <typename Stream>
static void transfer(Stream &stream, CompileReport &report) {
  stream(report.constantBytes, report.arenaBytes, report.livePeakBytes,
         report.objectBytes, report.numKernels, report.numLaunches,
         report.numCopies, report.numDynamic);
}

template <typename Stream>
static void transfer(Stream &stream,
                     std::unique_ptr<llvm::MemoryBuffer> &object) {
  std::string code;
  if constexpr (!Stream::kReads)
    code = object->getBuffer().str();
  stream(code);
  if constexpr (Stream::kReads)
    object = llvm::MemoryBuffer::getMemBufferCopy(code, "firn.o");
}

template <typename Stream>
static void transferPlain(Stream &stream, NativeImage &image) {
  stream(image.inputs, image.outputs, image.bound.numInputs,
         image.bound.outputs, image.sites, image.ops, image.numSlots,
         image.arenaBytes, image.report, image.objects);
}

/// A constant that several arguments share is written once; entries of the
/// table that no argument needs are left out.
void NativeImage::write(ImageWriter &writer) {
  transferPlain(writer, *this);
  std::vector<unsigned> used, arguments;
  llvm::DenseMap<unsigned, unsigned> numbers;
  for (unsigned entry : bound.constants) {
    auto [it, inserted] = numbers.try_emplace(entry, used.size());
    if (inserted)
      used.push_back(entry);
    arguments.push_back(it->second);
  }
  uint64_t count = used.size();
  writer(arguments, count);
  for (unsigned number : used) {
    ConstantTable::Entry entry = constants[number];
    writer(entry.isStrings, entry.bytes);
    if (!entry.isStrings) {
      writer.blob(entry.data, entry.bytes);
      continue;
    }
    std::vector<std::string> texts;
    llvm::ArrayRef<const std::string *> refs(
        static_cast<const std::string *const *>(entry.data),
        static_cast<size_t>(entry.bytes) / sizeof(const std::string *));
    bool isSplat = !refs.empty() && llvm::all_equal(refs);
    for (const std::string *text : isSplat ? refs.take_front() : refs)
      texts.push_back(*text);
    writer(texts);
  }
}

void NativeImage::read(ImageReader &reader) {
  transferPlain(reader, *this);
  std::vector<unsigned> arguments;
  uint64_t count = 0;
  reader(arguments, count);
  for (uint64_t number = 0; number < count && !reader.failed(); ++number) {
    bool isStrings = false;
    int64_t bytes = 0;
    reader(isStrings, bytes);
    if (isStrings) {
      std::vector<std::string> texts;
      reader(texts);
      auto size = bytes / int64_t(sizeof(const std::string *));
      if (size < 0 || (texts.size() != 1 && int64_t(texts.size()) != size))
        return reader.fail();
      constants.addTexts(std::move(texts), size);
    } else if (reader.mayHaveBlob(bytes)) {
      reader.blob(constants.allocate(bytes).second, bytes);
    } else {
      reader.fail();
    }
  }
  reader.readBlobs();
  bound.constants.assign(arguments.begin(), arguments.end());
  size_t slots = 2 + bound.constants.size() + bound.outputs.size();
  for (const ArgumentType &input : inputs)
    slots += 1 + static_cast<size_t>(
                     llvm::count(input.shape, mlir::ShapedType::kDynamic));
  if (bound.numInputs != inputs.size() || numSlots != slots || arenaBytes < 0 ||
      llvm::any_of(
          bound.constants,
          [&](unsigned entry) { return entry >= constants.size(); }) ||
      llvm::any_of(
          bound.outputs,
          [&](unsigned output) { return output >= outputs.size(); }) ||
      llvm::any_of(
          sites,
          [](const SiteDescription &site) {
            return !runtime::routines().find(site.op);
          }))
    reader.fail();
}

} // namespace firn::jit
