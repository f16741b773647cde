// A CompiledGraph as bytes: the image of its code, if it has code, then these
// tables. Which comes first is a matter of when they are known: compiling
// completes the shapes.
#include "api/CompiledGraph.h"
#include "api/StagedGraph.h"
#include "backend/jit/ImageStream.h"
#include "backend/jit/Stopwatch.h"

#include <algorithm>

namespace firn {

template <typename Stream>
static void transfer(Stream &stream, TensorInfo &info) {
  stream(info.name, info.tensor, info.dtype, info.hasRank, info.shape);
}

/// A constant that is an output: few and small, so it is no blob.
template <typename Stream>
static void transfer(Stream &stream, Tensor &tensor) {
  DType dtype = tensor.dtype();
  Shape shape = tensor.shape();
  std::string bytes(static_cast<const char *>(tensor.data()),
                    static_cast<size_t>(tensor.byteSize()));
  std::vector<std::string> strings = tensor.strings();
  stream(dtype, shape, bytes, strings);
  if constexpr (Stream::kReads) {
    absl::StatusOr<Tensor> read = Tensor::create(dtype, shape);
    if (!read.ok() || read->byteSize() != int64_t(bytes.size()) ||
        read->strings().size() != strings.size())
      return stream.fail();
    if (dtype == DType::String)
      read->strings() = std::move(strings);
    else
      bytes.copy(static_cast<char *>(read->data()), bytes.size());
    tensor = *std::move(read);
  }
}

template <typename Stream> void CompiledGraph::transferTables(Stream &stream) {
  stream(inputInfos, outputInfos, constants, nativeInputs, nativeOutputs);
  sources.resize(outputInfos.size());
  for (Source &source : sources)
    stream(source.kind, source.index);
}

void CompiledGraph::writeTables(jit::ImageWriter &writer) {
  transferTables(writer);
}

/// Whether all numbers are within their lists, and the code takes and gives
/// what the graph says.
bool CompiledGraph::isConsistent() const {
  auto within = [](const std::vector<size_t> &numbers, size_t size) {
    return std::all_of(numbers.begin(), numbers.end(),
                       [&](size_t number) { return number < size; });
  };
  bool isGood = within(nativeInputs, inputInfos.size()) &&
                within(nativeOutputs, outputInfos.size());
  for (const Source &source : sources) {
    size_t size = source.kind == Source::Native     ? nativeOutputs.size()
                  : source.kind == Source::Input    ? inputInfos.size()
                  : source.kind == Source::Constant ? constants.size()
                                                    : 0;
    isGood = isGood && source.index < size;
  }
  if (native)
    isGood = isGood && native->numInputs() == nativeInputs.size() &&
             native->numOutputs() == nativeOutputs.size();
  return isGood;
}

std::shared_ptr<const CompiledGraph>
CompiledGraph::read(jit::ImageReader &reader) {
  auto graph = std::make_shared<CompiledGraph>();
  bool hasCode = false;
  jit::NativeImage image;
  jit::Stopwatch watch;
  reader(hasCode);
  if (hasCode)
    image.read(reader);
  graph->transferTables(reader);
  if (!reader.finished())
    return nullptr;
  graph->firstSteps.push_back({"reading", watch.lap()});
  if (hasCode) {
    absl::StatusOr<std::unique_ptr<jit::NativeModule>> native =
        jit::NativeModule::create(std::move(image));
    if (native.ok())
      graph->native = *std::move(native);
  }
  if (hasCode != (graph->native != nullptr) ||
      hasCode == graph->nativeOutputs.empty() || !graph->isConsistent()) {
    reader.fail();
    return nullptr;
  }
  return graph;
}

} // namespace firn
