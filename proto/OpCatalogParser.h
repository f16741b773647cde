// Reads one line of OpCatalog.txt, whose head explains the notation, into an
// OpDef.
#ifndef FIRN_PROTO_OPCATALOGPARSER_H
#define FIRN_PROTO_OPCATALOGPARSER_H

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "proto/op_def.pb.h"

namespace firn {

/// `@name` → the dtypes it stands for, as text.
using DTypeSets = absl::flat_hash_map<absl::string_view, absl::string_view>;

/// The number of the dtype that op signatures call `name` ("float", "int32",
/// …), DT_INVALID if there is none.
tf::DataType dtypeFromSignatureName(absl::string_view name);

/// Parses the signature in `line`. An error names the place in the line.
absl::Status parseOpSignature(absl::string_view line, const DTypeSets &sets,
                              tf::OpDef &op);

} // namespace firn

#endif // FIRN_PROTO_OPCATALOGPARSER_H
