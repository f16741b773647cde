// Messages as one line of text, and escaped attribute names.
#include "proto/TextForm.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/text_format.h"

namespace firn {

static constexpr llvm::StringLiteral kEscape = "tfg.attr.";

std::string toTextForm(const google::protobuf::Message &message) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  std::string text;
  printer.PrintToString(message, &text);
  while (!text.empty() && text.back() == ' ')
    text.pop_back();
  return text;
}

absl::Status fromTextForm(llvm::StringRef text,
                          google::protobuf::Message &message) {
  google::protobuf::TextFormat::Parser parser;
  parser.SetRecursionLimit(100);
  if (parser.ParseFromString(text.str(), &message))
    return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("'", text.str(), "' is no ", message.GetTypeName()));
}

std::string toBytes(const google::protobuf::MessageLite &message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream output(&bytes);
  google::protobuf::io::CodedOutputStream stream(&output);
  stream.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&stream);
  return bytes;
}

bool needsEscape(llvm::StringRef name) {
  return name == "op" || name.starts_with("tfg.");
}

std::string escapeAttrName(llvm::StringRef name) {
  return (kEscape + name).str();
}

llvm::StringRef unescapeAttrName(llvm::StringRef name) {
  if (name.consume_front(kEscape))
    return name;
  return name == "op" || name.starts_with("tfg.") ? "" : name;
}

} // namespace firn
