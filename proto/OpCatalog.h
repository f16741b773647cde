// What ops exist and what their arguments and attributes are: TensorFlow's own
// (about 1,580, carried in OpCatalog.txt) and those that a model describes
// itself.
#ifndef FIRN_PROTO_OPCATALOG_H
#define FIRN_PROTO_OPCATALOG_H

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "proto/op_def.pb.h"

#include <string>
#include <vector>

namespace firn {

class OpCatalog {
public:
  /// Adds the ops that a model lists itself (`stripped_op_list`). TensorFlow's
  /// own definition of an op goes first: its arguments never change, and it is
  /// what export relies on. Refuses an op without name, and an op that names an
  /// argument or an attribute twice.
  absl::Status addModelOps(const tf::OpList &ops);

  /// The signature of the op, null if it is unknown. The pointer stays valid as
  /// long as the catalog does. Thread-safe.
  const tf::OpDef *find(absl::string_view name) const;

  /// The same for TensorFlow's own ops only; the pointer stays valid for ever.
  static const tf::OpDef *findBuiltin(absl::string_view name);

  /// The names of TensorFlow's own ops, sorted.
  static std::vector<absl::string_view> builtinNames();

private:
  absl::flat_hash_map<std::string, tf::OpDef> modelOps;
};

/// Refuses a signature with an empty name, or with two inputs, two outputs or
/// two attributes of one name.
absl::Status checkOpDef(const tf::OpDef &op);

/// The attribute of that name in the signature, or null.
const tf::OpDef::AttrDef *findAttrDef(const tf::OpDef &op,
                                      absl::string_view name);

} // namespace firn

#endif // FIRN_PROTO_OPCATALOG_H
