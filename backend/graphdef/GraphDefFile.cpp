// A GraphDef's bytes are those of its nodes one after the other, each with tag
// and size, then those of the rest (the field numbers of which are higher), so
// the file can be written and compared without the whole message, and without a
// copy of any weight.
#include "backend/graphdef/GraphDefFile.h"
#include "backend/graphdef/GraphDefExporter.h"
#include "backend/graphdef/NodeBytes.h"
#include "backend/graphdef/OutputFile.h"
#include "ir/TFGOps.h"
#include "proto/TextForm.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/wire_format_lite.h"

#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace pb = google::protobuf;
using namespace mlir;

namespace firn {
namespace {

constexpr int64_t kMaxBytes = int64_t(1) << 31;
constexpr int kBlockSize = 1 << 20;

absl::Status tooLarge() {
  return absl::ResourceExhaustedError(
      "the graph takes 2 GiB or more, which a GraphDef cannot hold");
}

/// Refuses before anything is written what cannot fit: the weights alone.
absl::Status checkWeights(ModuleOp module) {
  int64_t total = 0;
  module.walk([&](Operation *op) {
    auto value = op->getAttrOfType<DenseResourceElementsAttr>("value");
    if (value && isa<tfg::NodeOpInterface>(op) &&
        value.getRawHandle().getBlob())
      total += value.getRawHandle().getBlob()->getData().size();
  });
  return total < kMaxBytes ? absl::OkStatus() : tooLarge();
}

StringRef textOf(ArrayRef<char> bytes) { return {bytes.data(), bytes.size()}; }

pb::uint32 nodeTag() {
  return pb::internal::WireFormatLite::MakeTag(
      tf::GraphDef::kNodeFieldNumber,
      pb::internal::WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
}

/// Tag and size in front of a node.
std::string headOf(const NodeBytes &node) {
  std::string bytes;
  pb::io::StringOutputStream output(&bytes);
  {
    pb::io::CodedOutputStream stream(&output);
    stream.WriteTag(nodeTag());
    stream.WriteVarint32(static_cast<uint32_t>(node.size()));
  }
  return bytes;
}

absl::Status writeBinary(ModuleOp module, pb::io::FileOutputStream &file) {
  auto write = [&](std::initializer_list<StringRef> parts) {
    for (StringRef part : parts) {
      if (file.ByteCount() + static_cast<int64_t>(part.size()) >= kMaxBytes)
        return tooLarge();
      pb::io::CodedOutputStream stream(&file);
      stream.WriteRaw(part.data(), static_cast<int>(part.size()));
    }
    if (int error = file.GetErrno())
      return absl::UnavailableError(std::strerror(error));
    return absl::OkStatus();
  };
  absl::Status status =
      exportNodes(module, [&](tf::NodeDef &node, ArrayRef<char> content) {
        NodeBytes bytes = serializeNode(node, content);
        return write(
            {headOf(bytes), bytes.before, textOf(bytes.content), bytes.after});
      });
  if (!status.ok())
    return status;
  absl::StatusOr<tf::GraphDef> rest = exportAllButNodes(module);
  return rest.ok() ? write({toBytes(*rest)}) : rest.status();
}

absl::Status differs(absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("what was read back is not what was written, at ", what));
}

/// Whether these bytes come next in the file.
bool comesNext(pb::io::ZeroCopyInputStream &file, StringRef expected) {
  const void *data;
  int size;
  while (!expected.empty() && file.Next(&data, &size)) {
    size_t used = std::min<size_t>(size, expected.size());
    if (std::memcmp(data, expected.data(), used) != 0)
      return false;
    file.BackUp(size - static_cast<int>(used));
    expected = expected.drop_front(used);
  }
  return expected.empty();
}

bool isAtEnd(pb::io::ZeroCopyInputStream &file) {
  const void *data;
  int size = 0;
  while (file.Next(&data, &size))
    if (size != 0)
      return false;
  return true;
}

absl::Status compareBinary(ModuleOp module, int descriptor) {
  pb::io::FileInputStream file(descriptor, kBlockSize);
  absl::Status status =
      exportNodes(module, [&](tf::NodeDef &node, ArrayRef<char> content) {
        std::string name = node.name();
        NodeBytes bytes = serializeNode(node, content);
        std::string head = headOf(bytes);
        for (StringRef part : {StringRef(head), StringRef(bytes.before),
                               textOf(bytes.content), StringRef(bytes.after)})
          if (!comesNext(file, part))
            return differs(absl::StrCat("node '", name, "'"));
        return absl::OkStatus();
      });
  if (!status.ok())
    return status;
  absl::StatusOr<tf::GraphDef> rest = exportAllButNodes(module);
  if (!rest.ok())
    return rest.status();
  return comesNext(file, toBytes(*rest)) && isAtEnd(file)
             ? absl::OkStatus()
             : differs("the function library or versions");
}

absl::Status writeText(ModuleOp module, pb::io::FileOutputStream &file) {
  absl::StatusOr<tf::GraphDef> graph = exportGraphDef(module);
  if (!graph.ok())
    return graph.status();
  if (!pb::TextFormat::Print(*graph, &file))
    return absl::UnavailableError(std::strerror(file.GetErrno()));
  return absl::OkStatus();
}

absl::Status compareText(ModuleOp module, int descriptor) {
  absl::StatusOr<tf::GraphDef> graph = exportGraphDef(module);
  if (!graph.ok())
    return graph.status();
  pb::io::FileInputStream file(descriptor, kBlockSize);
  pb::TextFormat::Parser parser;
  parser.SetRecursionLimit(100);
  tf::GraphDef written;
  if (!parser.Parse(&file, &written) || toBytes(written) != toBytes(*graph))
    return differs("some node");
  return absl::OkStatus();
}

absl::Status writeAndCompare(ModuleOp module, const std::string &path,
                             GraphDefFormat format) {
  bool isText = format == GraphDefFormat::Text;
  absl::Status status = checkWeights(module);
  if (!status.ok())
    return status;
  absl::StatusOr<OutputFile> output = OutputFile::create(path);
  if (!output.ok())
    return output.status();
  pb::io::FileOutputStream file(output->descriptor(), kBlockSize);
  status = isText ? writeText(module, file) : writeBinary(module, file);
  if (!status.ok())
    return status;
  if (!file.Flush())
    return absl::UnavailableError(std::strerror(file.GetErrno()));
  int descriptor =
      ::open(output->temporaryPath().c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return absl::UnavailableError(std::strerror(errno));
  status = isText ? compareText(module, descriptor)
                  : compareBinary(module, descriptor);
  ::close(descriptor);
  return status.ok() ? output->commit() : status;
}

} // namespace

absl::Status writeGraphDef(ModuleOp module, const std::string &path,
                           GraphDefFormat format) {
  absl::Status status = writeAndCompare(module, path, format);
  if (status.ok() || absl::StrContains(status.message(), path))
    return status;
  return absl::Status(status.code(),
                      absl::StrCat(path, ": ", status.message()));
}

} // namespace firn
