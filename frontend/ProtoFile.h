// From bytes to protobuf messages, binary or text, within limits.
#ifndef FIRN_FRONTEND_PROTOFILE_H
#define FIRN_FRONTEND_PROTOFILE_H

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include <google/protobuf/message.h>
#include <string>
#include <vector>

namespace firn {

class MappedFile;

/// Parses `bytes` of the file `path` (for errors) into `message`. Messages may
/// be nested 100 deep. Binary messages are below 2 GiB.
absl::Status parseBinaryProto(absl::string_view bytes, const std::string &path,
                              google::protobuf::Message &message);

/// The same for protobuf's text form; errors give line and column. Values of
/// Any may be spelled out under TensorFlow's type names.
absl::Status parseTextProto(absl::string_view bytes, const std::string &path,
                            google::protobuf::Message &message);

/// What kind of model a file holds.
enum class ModelFileKind { GraphDef, MetaGraphDef, SavedModel };
struct ModelFileFormat {
  ModelFileKind kind;
  bool isText;
};

/// Finds out by its contents what the model file `path` holds. An error if it
/// is neither of these; says what else it is where that can be told.
absl::Status detectModelFile(absl::string_view bytes, const std::string &path,
                             ModelFileFormat &format);

/// Parses a binary model file into `message`, which is of its kind. Large
/// contents of tensors stay in the file (LargeContents.h): these parts of it
/// are added to `contents`. Pages of the others are given back as parsing goes
/// on.
absl::Status parseModelFile(const MappedFile &file, ModelFileKind kind,
                            google::protobuf::Message &message,
                            std::vector<absl::string_view> &contents);

} // namespace firn

#endif // FIRN_FRONTEND_PROTOFILE_H
