// A GraphDef's bytes are those of its nodes one after the other, each with tag
// and size, then those of the rest (the field numbers of which are higher), so
// the file can be written and compared without the whole message.
#include "backend/graphdef/GraphDefFile.h"
#include "backend/graphdef/GraphDefExporter.h"
#include "backend/graphdef/OutputFile.h"
#include "ir/TFGOps.h"
#include "proto/TextForm.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl.h"
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

pb::uint32 nodeTag() {
  return pb::internal::WireFormatLite::MakeTag(
      tf::GraphDef::kNodeFieldNumber,
      pb::internal::WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
}

absl::Status writeBinary(ModuleOp module, pb::io::FileOutputStream &file) {
  auto check = [&] {
    if (file.ByteCount() >= kMaxBytes)
      return tooLarge();
    if (int error = file.GetErrno())
      return absl::UnavailableError(std::strerror(error));
    return absl::OkStatus();
  };
  auto writeNode = [&](tf::NodeDef &node) {
    size_t size = node.ByteSizeLong();
    if (file.ByteCount() + static_cast<int64_t>(size) >= kMaxBytes)
      return tooLarge();
    {
      pb::io::CodedOutputStream stream(&file);
      stream.SetSerializationDeterministic(true);
      stream.WriteTag(nodeTag());
      stream.WriteVarint32(static_cast<uint32_t>(size));
      node.SerializeWithCachedSizes(&stream);
    }
    return check();
  };
  absl::Status status = exportNodes(module, writeNode);
  if (!status.ok())
    return status;
  absl::StatusOr<tf::GraphDef> rest = exportAllButNodes(module);
  if (!rest.ok())
    return rest.status();
  {
    pb::io::CodedOutputStream stream(&file);
    stream.SetSerializationDeterministic(true);
    rest->SerializeToCodedStream(&stream);
  }
  return check();
}

absl::Status differs(absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("what was read back is not what was written, at ", what));
}

/// Whether both nodes are equal. Takes the large part, a constant's bytes, out
/// of them.
bool equal(tf::NodeDef &a, tf::NodeDef &b) {
  auto mine = a.mutable_attr()->find("value");
  auto other = b.mutable_attr()->find("value");
  if (mine != a.mutable_attr()->end() && other != b.mutable_attr()->end() &&
      mine->second.has_tensor() && other->second.has_tensor()) {
    tf::TensorProto &left = *mine->second.mutable_tensor();
    tf::TensorProto &right = *other->second.mutable_tensor();
    if (left.tensor_content() != right.tensor_content())
      return false;
    left.clear_tensor_content();
    right.clear_tensor_content();
  }
  return toBytes(a) == toBytes(b);
}

bool readNode(pb::io::CodedInputStream &stream, tf::NodeDef &node) {
  uint32_t size = 0;
  if (stream.ReadTag() != nodeTag() || !stream.ReadVarint32(&size))
    return false;
  auto limit = stream.PushLimit(static_cast<int>(size));
  bool good =
      node.ParseFromCodedStream(&stream) && stream.ConsumedEntireMessage();
  stream.PopLimit(limit);
  return good;
}

absl::Status compareBinary(ModuleOp module, int descriptor) {
  pb::io::FileInputStream file(descriptor, kBlockSize);
  pb::io::CodedInputStream stream(&file);
  absl::Status status = exportNodes(module, [&](tf::NodeDef &node) {
    tf::NodeDef written;
    if (readNode(stream, written) && equal(node, written))
      return absl::OkStatus();
    return differs(absl::StrCat("node '", node.name(), "'"));
  });
  if (!status.ok())
    return status;
  absl::StatusOr<tf::GraphDef> rest = exportAllButNodes(module);
  if (!rest.ok())
    return rest.status();
  tf::GraphDef written;
  if (!written.ParseFromCodedStream(&stream) ||
      toBytes(written) != toBytes(*rest))
    return differs("the function library or versions");
  return absl::OkStatus();
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
