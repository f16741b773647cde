// Walks down the messages that lead to tensors, on the wire. What is smaller
// than a large content cannot hold one, so only large messages are opened.
#include "frontend/LargeContents.h"

#include "frontend/WireReader.h"
#include "proto/graph.pb.h"
#include "proto/meta_graph.pb.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>
#include <optional>

namespace firn {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedOutputStream;

constexpr size_t kLarge = size_t(1) << 16;

/// The messages on the way from a file to a tensor.
enum class Message {
  SavedModel,
  MetaGraph,
  Graph,
  Library,
  Function,
  Node,
  NamedAttr,
  Attr,
  Tensor,
};

struct Step {
  Message from;
  uint32_t field;
  Message to;
};

/// The number of the value in each entry of a protobuf map.
constexpr uint32_t kMapValue = 2;

constexpr Step kSteps[] = {
    {Message::SavedModel, tf::SavedModel::kMetaGraphsFieldNumber,
     Message::MetaGraph},
    {Message::MetaGraph, tf::MetaGraphDef::kGraphDefFieldNumber,
     Message::Graph},
    {Message::Graph, tf::GraphDef::kNodeFieldNumber, Message::Node},
    {Message::Graph, tf::GraphDef::kLibraryFieldNumber, Message::Library},
    {Message::Library, tf::FunctionDefLibrary::kFunctionFieldNumber,
     Message::Function},
    {Message::Function, tf::FunctionDef::kNodeDefFieldNumber, Message::Node},
    {Message::Node, tf::NodeDef::kAttrFieldNumber, Message::NamedAttr},
    {Message::NamedAttr, kMapValue, Message::Attr},
    {Message::Attr, tf::AttrValue::kTensorFieldNumber, Message::Tensor},
};

std::optional<Message> stepInto(Message from, uint32_t field) {
  for (const Step &step : kSteps)
    if (step.from == from && step.field == field)
      return step.to;
  return std::nullopt;
}

void appendVarint(uint64_t value, std::string &out) {
  uint8_t bytes[10];
  uint8_t *end = CodedOutputStream::WriteVarint64ToArray(value, bytes);
  out.append(reinterpret_cast<char *>(bytes), static_cast<size_t>(end - bytes));
}

void append(absl::string_view bytes, std::string &out) {
  out.append(bytes.data(), bytes.size());
}

/// Whether the content of a tensor of `dtype` is the values as they are.
bool isPlain(uint64_t dtype) {
  // Of the number protobuf takes the low bits.
  switch (static_cast<int32_t>(dtype)) {
  case tf::DT_INVALID:
  case tf::DT_BOOL:
  case tf::DT_STRING:
  case tf::DT_RESOURCE:
  case tf::DT_VARIANT:
    return false;
  default:
    return true;
  }
}

class Copier {
public:
  explicit Copier(std::vector<absl::string_view> &contents)
      : contents(contents) {}

  std::string copy(Message message, absl::string_view bytes) {
    std::optional<absl::string_view> content;
    if (message == Message::Tensor)
      content = findContent(bytes);
    std::string out;
    WireReader reader(bytes);
    while (std::optional<WireField> field = reader.next()) {
      if (content &&
          field->number == tf::TensorProto::kTensorContentFieldNumber)
        continue;
      std::optional<Message> inner;
      if (field->type == WireType::Bytes && field->payload.size() >= kLarge)
        inner = stepInto(message, field->number);
      if (!inner) {
        append(field->whole, out);
        continue;
      }
      std::string copied = copy(*inner, field->payload);
      appendVarint(
          WireFormatLite::MakeTag(static_cast<int>(field->number),
                                  WireFormatLite::WIRETYPE_LENGTH_DELIMITED),
          out);
      appendVarint(copied.size(), out);
      out += copied;
    }
    append(reader.rest(), out);
    if (content) {
      contents.push_back(*content);
      appendVarint(
          WireFormatLite::MakeTag(tf::TensorProto::kContentInFileFieldNumber,
                                  WireFormatLite::WIRETYPE_VARINT),
          out);
      appendVarint(contents.size(), out);
    }
    return out;
  }

private:
  /// The content of a tensor that has one, and which is to stay in the file.
  static std::optional<absl::string_view>
  findContent(absl::string_view tensor) {
    uint64_t dtype = tf::DT_INVALID;
    std::optional<absl::string_view> content;
    WireReader reader(tensor);
    while (std::optional<WireField> field = reader.next()) {
      if (field->number == tf::TensorProto::kDtypeFieldNumber)
        dtype = field->varint;
      if (field->number != tf::TensorProto::kTensorContentFieldNumber)
        continue;
      if (content || field->payload.size() < kLarge)
        return std::nullopt;
      content = field->payload;
    }
    return reader.rest().empty() && isPlain(dtype) ? content : std::nullopt;
  }

  std::vector<absl::string_view> &contents;
};

Message messageOf(ModelFileKind kind) {
  switch (kind) {
  case ModelFileKind::SavedModel:
    return Message::SavedModel;
  case ModelFileKind::MetaGraphDef:
    return Message::MetaGraph;
  case ModelFileKind::GraphDef:
    return Message::Graph;
  }
  return Message::Graph;
}

} // namespace

std::string withoutLargeContents(ModelFileKind kind, absl::string_view fields,
                                 std::vector<absl::string_view> &contents) {
  return Copier(contents).copy(messageOf(kind), fields);
}

} // namespace firn
