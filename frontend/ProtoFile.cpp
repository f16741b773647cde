// Parses protobuf messages and tells TensorFlow's file kinds apart.
#include "frontend/ProtoFile.h"

#include "frontend/LargeContents.h"
#include "frontend/MappedFile.h"
#include "frontend/WireReader.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include <algorithm>
#include <array>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/text_format.h>
#include <optional>

namespace firn {

namespace pb = google::protobuf;

static constexpr int maxDepth = 100;

static absl::Status checkSize(absl::string_view bytes,
                              const std::string &path) {
  if (bytes.size() < size_t(1) << 31)
    return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat(path, ": a protobuf message is below 2 GiB, the file has ",
                   bytes.size(), " bytes"));
}

static absl::Status notBinary(const std::string &path,
                              const pb::Message &message) {
  return absl::InvalidArgumentError(absl::StrCat(
      path, ": expected a binary ", message.GetDescriptor()->name(),
      ", found damaged, cut-off or other data (or messages nested more than ",
      maxDepth, " deep)"));
}

static bool mergeBinary(absl::string_view bytes, pb::Message &message) {
  pb::io::CodedInputStream stream(
      reinterpret_cast<const uint8_t *>(bytes.data()),
      static_cast<int>(bytes.size()));
  stream.SetRecursionLimit(maxDepth);
  return message.MergeFromCodedStream(&stream) &&
         stream.ConsumedEntireMessage();
}

absl::Status parseBinaryProto(absl::string_view bytes, const std::string &path,
                              pb::Message &message) {
  if (absl::Status status = checkSize(bytes, path); !status.ok())
    return status;
  message.Clear();
  return mergeBinary(bytes, message) ? absl::OkStatus()
                                     : notBinary(path, message);
}

absl::Status parseModelFile(const MappedFile &file, ModelFileKind kind,
                            pb::Message &message,
                            std::vector<absl::string_view> &contents) {
  absl::string_view bytes = file.bytes();
  if (absl::Status status = checkSize(bytes, file.path()); !status.ok())
    return status;
  // The parts of a message, cut between its fields, merge to the whole. What is
  // parsed is copied, so the pages of each part can go before the next.
  constexpr size_t partSize = size_t(4) << 20;
  message.Clear();
  while (!bytes.empty()) {
    WireReader reader(bytes);
    while (bytes.size() - reader.rest().size() < partSize &&
           !reader.rest().empty())
      if (!reader.next())
        return notBinary(file.path(), message);
    absl::string_view part =
        bytes.substr(0, bytes.size() - reader.rest().size());
    if (!mergeBinary(withoutLargeContents(kind, part, contents), message))
      return notBinary(file.path(), message);
    file.releasePages(part);
    bytes.remove_prefix(part.size());
  }
  return absl::OkStatus();
}

namespace {
/// Keeps the first error that the text parser reports.
class FirstError final : public pb::io::ErrorCollector {
public:
  void AddError(int line, int column, const std::string &message) override {
    if (text.empty())
      text = absl::StrCat("line ", line + 1, ", column ", column + 1, ": ",
                          message);
  }
  std::string text;
};

/// Knows TensorFlow's messages by TensorFlow's names.
class TensorFlowNames final : public pb::TextFormat::Finder {
public:
  const pb::Descriptor *FindAnyType(const pb::Message &message,
                                    const std::string &prefix,
                                    const std::string &name) const override {
    std::string ours = absl::StartsWith(name, "tensorflow.")
                           ? "firn.tf." + name.substr(sizeof("tensorflow.") - 1)
                           : name;
    return pb::DescriptorPool::generated_pool()->FindMessageTypeByName(ours);
  }
};
} // namespace

absl::Status parseTextProto(absl::string_view bytes, const std::string &path,
                            pb::Message &message) {
  if (absl::Status status = checkSize(bytes, path); !status.ok())
    return status;
  FirstError error;
  TensorFlowNames names;
  pb::TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  parser.SetFinder(&names);
  parser.SetRecursionLimit(maxDepth);
  pb::io::ArrayInputStream stream(bytes.data(), static_cast<int>(bytes.size()));
  if (parser.Parse(&stream, &message))
    return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(path, ": expected a ", message.GetDescriptor()->name(),
                   " as text: ", error.text));
}

/// The kind whose text form begins with the field `name`.
static std::optional<ModelFileKind> kindOfTextField(absl::string_view name) {
  for (const char *field :
       {"node", "versions", "version", "library", "debug_info"})
    if (name == field)
      return ModelFileKind::GraphDef;
  for (const char *field :
       {"meta_info_def", "graph_def", "saver_def", "collection_def",
        "signature_def", "asset_file_def", "object_graph_def"})
    if (name == field)
      return ModelFileKind::MetaGraphDef;
  for (const char *field : {"saved_model_schema_version", "meta_graphs"})
    if (name == field)
      return ModelFileKind::SavedModel;
  return std::nullopt;
}

/// The first word of a text that starts with a protobuf field, comments
/// skipped.
static absl::string_view firstTextField(absl::string_view bytes) {
  while (true) {
    bytes = absl::StripLeadingAsciiWhitespace(bytes);
    if (!absl::StartsWith(bytes, "#"))
      break;
    size_t end = bytes.find('\n');
    if (end == absl::string_view::npos)
      return {};
    bytes.remove_prefix(end);
  }
  size_t size = 0;
  while (size < bytes.size() &&
         (absl::ascii_isalnum(bytes[size]) || bytes[size] == '_'))
    ++size;
  absl::string_view rest =
      absl::StripLeadingAsciiWhitespace(bytes.substr(size));
  bool isField = absl::StartsWith(rest, "{") || absl::StartsWith(rest, ":");
  return isField ? bytes.substr(0, size) : absl::string_view();
}

namespace {
/// How often each field number occurs at a message's top level.
struct WireFields {
  static constexpr unsigned maxField = 16;
  std::array<uint64_t, maxField> varints{};
  std::array<uint64_t, maxField> lengths{};
  std::array<absl::string_view, maxField> firstLength{};

  /// False if `bytes` are no message or have a field number above maxField.
  bool scan(absl::string_view bytes) {
    WireReader reader(bytes);
    while (std::optional<WireField> field = reader.next()) {
      if (field->number >= maxField)
        return false;
      if (field->type == WireType::Varint)
        ++varints[field->number];
      else if (field->type != WireType::Bytes)
        return false;
      else if (lengths[field->number]++ == 0)
        firstLength[field->number] = field->payload;
    }
    return reader.rest().empty();
  }
};
} // namespace

/// Whether the message is a NodeDef (name = 1, op = 2, text both), not a
/// MetaInfoDef (whose field 2 is a list of OpDefs).
static bool looksLikeNode(absl::string_view bytes) {
  WireFields fields;
  if (!fields.scan(bytes) || fields.lengths[2] != 1)
    return false;
  absl::string_view op = fields.firstLength[2];
  return !op.empty() && std::all_of(op.begin(), op.end(), [](char c) {
    return absl::ascii_isgraph(c);
  });
}

static std::optional<ModelFileKind> kindOfBinary(absl::string_view bytes) {
  WireFields fields;
  if (!fields.scan(bytes))
    return std::nullopt;
  auto &lengths = fields.lengths;
  if (fields.varints[1] == 1)
    return ModelFileKind::SavedModel;
  // Of a MetaGraphDef's fields only these can be a GraphDef's: 1 (nodes), 2
  // (library), 4 (versions), 5 (debug info).
  if (lengths[3] + lengths[6] + lengths[7] > 0 || lengths[4] > 1)
    return ModelFileKind::MetaGraphDef;
  if (fields.varints[3] > 0 || lengths[1] > 1)
    return ModelFileKind::GraphDef;
  if (lengths[1] == 1 && !looksLikeNode(fields.firstLength[1]))
    return ModelFileKind::MetaGraphDef;
  return ModelFileKind::GraphDef;
}

/// A ModelProto: a version (1), one graph (7), and the versions of its op sets
/// (8). A SavedModel has such a version, too, but neither of the others.
static bool looksLikeOnnx(absl::string_view bytes) {
  WireFields fields;
  return fields.scan(bytes) && fields.varints[1] == 1 &&
         fields.lengths[7] == 1 && fields.lengths[8] > 0;
}

absl::Status detectModelFile(absl::string_view bytes, const std::string &path,
                             ModelFileFormat &format) {
  auto wrong = [&](absl::string_view found) {
    return absl::InvalidArgumentError(
        absl::StrCat(path,
                     ": expected a GraphDef, MetaGraphDef or SavedModel "
                     "(binary or text), found ",
                     found));
  };
  if (bytes.empty())
    return wrong("an empty file");
  if (std::optional<ModelFileKind> kind =
          kindOfTextField(firstTextField(bytes))) {
    format = {*kind, /*isText=*/true};
    return absl::OkStatus();
  }
  if (looksLikeOnnx(bytes))
    return wrong("an ONNX model");
  if (std::optional<ModelFileKind> kind = kindOfBinary(bytes)) {
    format = {*kind, /*isText=*/false};
    return absl::OkStatus();
  }
  if (absl::EndsWith(bytes.substr(0, 8), "TFL3"))
    return wrong("a TensorFlow Lite model");
  if (absl::StartsWith(bytes, "\x89HDF"))
    return wrong("an HDF5 file (a Keras model: export it as a SavedModel)");
  if (absl::StartsWith(bytes, "PK\x03\x04"))
    return wrong("a zip archive (unpack it first)");
  if (absl::StartsWith(bytes, "\x1f\x8b"))
    return wrong("gzip-compressed data (unpack it first)");
  if (absl::StartsWith(bytes, "version https://git-lfs"))
    return wrong("a Git LFS pointer (run `git lfs pull`)");
  if (absl::StartsWith(bytes, "{"))
    return wrong("JSON");
  if (absl::StartsWith(absl::StripLeadingAsciiWhitespace(bytes), "<"))
    return wrong("a web page or XML (a download that went wrong?)");
  // The number that ends LevelDB's tables.
  if (absl::EndsWith(bytes, "\x57\xfb\x80\x8b\x24\x75\x47\xdb"))
    return wrong("a checkpoint, which holds weights and no graph: name the "
                 "graph's file, and this with --checkpoint (`firn checkpoint "
                 "list` shows it)");
  return wrong("other data, or a damaged or cut-off file");
}

} // namespace firn
