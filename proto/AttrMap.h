// AttrValue ↔ attribute. ir/TFGDialect.td says which attribute stands for which
// kind.
#ifndef FIRN_PROTO_ATTRMAP_H
#define FIRN_PROTO_ATTRMAP_H

#include "absl/status/statusor.h"
#include "google/protobuf/map.h"
#include "ir/TFGDialect.h"
#include "proto/TensorMap.h"
#include "proto/attr_value.pb.h"

namespace firn {

/// A NodeDef's, function call's or FunctionDef's attributes.
using AttrValueMap = google::protobuf::Map<std::string, tf::AttrValue>;

/// The attribute of a value. A value that is not set becomes a unit attribute.
absl::StatusOr<mlir::Attribute> attrFromProto(const tf::AttrValue &value,
                                              mlir::MLIRContext *context,
                                              TensorFile &file);
absl::Status attrToProto(mlir::Attribute attr, tf::AttrValue &value);

/// The attributes by name. Refuses an empty name.
absl::StatusOr<mlir::DictionaryAttr> attrsFromProto(const AttrValueMap &attrs,
                                                    mlir::MLIRContext *context,
                                                    TensorFile &file);
absl::Status attrsToProto(mlir::DictionaryAttr dictionary, AttrValueMap &attrs);

/// The kind of a value as OpDefs name it: "string", "list(int)", … An empty
/// list is "list()", which fits any list; an unset value has "".
std::string attrKind(const tf::AttrValue &value);

} // namespace firn

#endif // FIRN_PROTO_ATTRMAP_H
