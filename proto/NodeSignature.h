// What a node's op signature (OpDef) says about the node: the element types of
// its inputs and outputs given its attributes, and the other way round the
// attributes that its inputs and outputs imply, which the IR does not store
// ("T", "N", "Tin", …).
#ifndef FIRN_PROTO_NODESIGNATURE_H
#define FIRN_PROTO_NODESIGNATURE_H

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "mlir/IR/Attributes.h"
#include "mlir/IR/Types.h"
#include "proto/AttrMap.h"
#include "proto/op_def.pb.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace firn {

/// More values than this no argument list of a node has.
inline constexpr int64_t kMaxListLength = 1 << 16;

/// Where the values of one ArgDef stand among a node's inputs or outputs.
struct ArgRange {
  const tf::OpDef::ArgDef *arg;
  unsigned begin;
  unsigned size;
};

struct NodeSignature {
  /// Element types, one per value; references as `!tfg.ref`.
  llvm::SmallVector<mlir::Type> inputs, outputs;
  llvm::SmallVector<ArgRange> inputArgs, outputArgs;
};

/// Whether an argument stands for any number of values.
bool isListArg(const tf::OpDef::ArgDef &arg);

/// The attribute of a node, or the default that its signature gives; null if
/// neither exists.
const tf::AttrValue *findAttr(const tf::OpDef &op, const AttrValueMap &attrs,
                              const std::string &name);

/// Checks that the attributes are there and of the kind that the signature
/// says.
absl::Status checkAttrs(const tf::OpDef &op, const AttrValueMap &attrs);

/// The element types of a node with these attributes. A type that is a
/// parameter of the enclosing function is `!tfg.type_param`; if a list's length
/// is one, the status is Unimplemented.
absl::Status resolveSignature(const tf::OpDef &op, const AttrValueMap &attrs,
                              mlir::MLIRContext *context,
                              NodeSignature &signature);

/// The attributes that arguments of the op imply, by name.
using DerivedAttrs =
    llvm::SmallVector<std::pair<llvm::StringRef, mlir::Attribute>>;

/// Derives the attributes from the element types of a node's values. `stored`
/// gives those attributes that the node does hold (or null): they go first, and
/// are needed where the values do not tell, as for the type of an empty list.
/// What remains unknown is left out. Fails if the number of values does not fit
/// the op.
absl::Status
deriveAttrs(const tf::OpDef &op, llvm::ArrayRef<mlir::Type> inputs,
            llvm::ArrayRef<mlir::Type> outputs,
            llvm::function_ref<mlir::Attribute(llvm::StringRef)> stored,
            mlir::MLIRContext *context, DerivedAttrs &derived);

/// The output argument that output number `index` belongs to and its place in
/// it, given the node's values and stored attributes as in deriveAttrs.
absl::Status
resolveOutputArgs(const tf::OpDef &op, size_t numInputs, size_t numOutputs,
                  llvm::function_ref<mlir::Attribute(llvm::StringRef)> stored,
                  llvm::SmallVectorImpl<ArgRange> &outputArgs);

/// Whether an attribute of the op is one that deriveAttrs may derive.
bool isDerivedAttr(const tf::OpDef &op, absl::string_view name);

} // namespace firn

#endif // FIRN_PROTO_NODESIGNATURE_H
