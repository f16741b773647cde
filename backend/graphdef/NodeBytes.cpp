// Attributes are serialised in the order of their names. So those before
// `value`, together with the fields that have lower numbers than attributes,
// come before the content, and the rest after it. Within the tensor its content
// comes last: typed lists, which have higher numbers, are empty beside it.
#include "backend/graphdef/NodeBytes.h"

#include "proto/TextForm.h"

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/wire_format_lite.h"

#include <iterator>

namespace pb = google::protobuf;

namespace firn {
namespace {

constexpr char kValue[] = "value";

/// Tag and size of a nested message or string of `size` bytes.
std::string headOf(int field, size_t size) {
  std::string bytes;
  pb::io::StringOutputStream output(&bytes);
  {
    pb::io::CodedOutputStream stream(&output);
    stream.WriteTag(pb::internal::WireFormatLite::MakeTag(
        field, pb::internal::WireFormatLite::WIRETYPE_LENGTH_DELIMITED));
    stream.WriteVarint32(static_cast<uint32_t>(size));
  }
  return bytes;
}

/// The map entry of the attribute `value`, up to where `size` bytes of content
/// follow.
std::string entryBefore(const tf::TensorProto &tensor, size_t size) {
  std::string text = toBytes(tensor) +
                     headOf(tf::TensorProto::kTensorContentFieldNumber, size);
  text = headOf(tf::AttrValue::kTensorFieldNumber, text.size() + size) + text;
  text = headOf(1, sizeof(kValue) - 1) + kValue +
         headOf(2, text.size() + size) + text;
  return headOf(tf::NodeDef::kAttrFieldNumber, text.size() + size) + text;
}

} // namespace

NodeBytes serializeNode(tf::NodeDef &node, llvm::ArrayRef<char> content) {
  if (content.empty())
    return {toBytes(node), {}, {}};
  tf::NodeDef rest;
  if (node.has_experimental_debug_info())
    rest.mutable_experimental_debug_info()->Swap(
        node.mutable_experimental_debug_info());
  node.clear_experimental_debug_info();
  if (node.has_experimental_type())
    rest.mutable_experimental_type()->Swap(node.mutable_experimental_type());
  node.clear_experimental_type();
  tf::TensorProto tensor;
  tensor.Swap((*node.mutable_attr())[kValue].mutable_tensor());
  auto &attrs = *node.mutable_attr();
  for (auto it = attrs.begin(); it != attrs.end();) {
    auto next = std::next(it);
    if (it->first > kValue)
      (*rest.mutable_attr())[it->first].Swap(&it->second);
    if (it->first >= kValue)
      attrs.erase(it);
    it = next;
  }
  return {toBytes(node) + entryBefore(tensor, content.size()), content,
          toBytes(rest)};
}

} // namespace firn
