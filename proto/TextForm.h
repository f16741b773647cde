// What of a GraphDef has no form of its own in the IR, and is kept in
// attributes: some messages in their text form, and the names of those
// attributes.
#ifndef FIRN_PROTO_TEXTFORM_H
#define FIRN_PROTO_TEXTFORM_H

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace firn {

/// The message on one line.
std::string toTextForm(const google::protobuf::Message &message);
absl::Status fromTextForm(llvm::StringRef text,
                          google::protobuf::Message &message);

/// The message's bytes, the same for equal messages.
std::string toBytes(const google::protobuf::MessageLite &message);

/// On a node of an unknown op in a function: the names of its outputs,
/// `output_arg:index`.
inline constexpr llvm::StringLiteral kOutputNamesAttr = "tfg.output_names";
/// On a function argument or result: what its ArgDef holds besides name and
/// type; the attributes and the resource id that the FunctionDef gives it.
inline constexpr llvm::StringLiteral kArgDefAttr = "tfg.arg_def";
inline constexpr llvm::StringLiteral kArgAttrsAttr = "tfg.attrs";
inline constexpr llvm::StringLiteral kArgUniqueIdAttr = "tfg.unique_id";
inline constexpr llvm::StringLiteral kArgNameAttr = "tfg.name";
/// On a function: what its signature holds besides name and arguments; or, for
/// a function that has lists as arguments, all of it, serialised.
inline constexpr llvm::StringLiteral kSignatureAttr = "tfg.signature";
inline constexpr llvm::StringLiteral kRawFunctionAttr = "tfg.raw";
/// On the graph: GradientDefs, RegisteredGradients, the deprecated version
/// number, debug information (serialised).
inline constexpr llvm::StringLiteral kGradientsAttr = "tfg.gradients";
inline constexpr llvm::StringLiteral kRegisteredGradientsAttr =
    "tfg.registered_gradients";
inline constexpr llvm::StringLiteral kVersionAttr = "tfg.version";

/// A node's attribute whose name the IR uses otherwise ("op", "tfg.…") gets a
/// prefix.
bool needsEscape(llvm::StringRef name);
std::string escapeAttrName(llvm::StringRef name);
/// The name without the prefix; nullopt-like empty if it is the IR's own.
llvm::StringRef unescapeAttrName(llvm::StringRef name);

} // namespace firn

#endif // FIRN_PROTO_TEXTFORM_H
