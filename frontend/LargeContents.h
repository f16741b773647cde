// Weights of a GraphDef are not parsed: a binary file is read without the large
// contents of its tensors, which stay where they are mapped.
#ifndef FIRN_FRONTEND_LARGECONTENTS_H
#define FIRN_FRONTEND_LARGECONTENTS_H

#include "frontend/ProtoFile.h"

#include "absl/strings/string_view.h"

#include <string>
#include <vector>

namespace firn {

/// Copies `fields`, some fields of a message of `kind`, without the contents of
/// at least 64 KiB of the numeric tensors that are attributes of nodes. Each is
/// added to `contents`, and its tensor gets the field `content_in_file` for it.
/// What is damaged is copied as it is.
std::string withoutLargeContents(ModelFileKind kind, absl::string_view fields,
                                 std::vector<absl::string_view> &contents);

} // namespace firn

#endif // FIRN_FRONTEND_LARGECONTENTS_H
