// The op catalog as the passes see it.
#include "api/GraphRewriter.h"
#include "proto/AttrMap.h"
#include "proto/NodeSignature.h"
#include "proto/OpCatalog.h"

using namespace mlir;

namespace firn {
namespace {

using Attributes = tfg::OpDefinitions::Attributes;

const tf::OpDef *findDefinition(llvm::StringRef op) {
  return OpCatalog::findBuiltin(absl::string_view(op.data(), op.size()));
}

const tf::OpDef *definitionOf(Operation *op) {
  return findDefinition(cast<tfg::NodeOpInterface>(op).getTFOpName());
}

Attributes impliedAttributes(Operation *op) {
  Attributes attributes;
  const tf::OpDef *definition = definitionOf(op);
  if (!definition)
    return attributes;
  auto elementTypes = [](ValueRange values) {
    SmallVector<Type> types;
    for (Value value : values)
      types.push_back(cast<TensorType>(value.getType()).getElementType());
    return types;
  };
  auto node = cast<tfg::NodeOpInterface>(op);
  DerivedAttrs derived;
  absl::Status status = deriveAttrs(
      *definition, elementTypes(node.getDataOperands()),
      elementTypes(node.getOutputs()),
      [&](llvm::StringRef name) { return op->getAttr(name); }, op->getContext(),
      derived);
  if (!status.ok())
    return attributes;
  Builder builder(op->getContext());
  for (auto [name, value] : derived)
    attributes.push_back(builder.getNamedAttr(name, value));
  return attributes;
}

Attributes defaultAttributes(Operation *op) {
  Attributes attributes;
  const tf::OpDef *definition = definitionOf(op);
  if (!definition)
    return attributes;
  TensorFile file;
  Builder builder(op->getContext());
  for (const tf::OpDef::AttrDef &attr : definition->attr()) {
    if (!attr.has_default_value() || op->hasAttr(attr.name()) ||
        isDerivedAttr(*definition, attr.name()))
      continue;
    absl::StatusOr<Attribute> value =
        attrFromProto(attr.default_value(), op->getContext(), file);
    if (value.ok())
      attributes.push_back(builder.getNamedAttr(attr.name(), *value));
  }
  return attributes;
}

} // namespace

tfg::OpDefinitions makeOpDefinitions() {
  tfg::OpDefinitions definitions;
  definitions.implied = impliedAttributes;
  definitions.defaults = defaultAttributes;
  definitions.isBuiltin = [](llvm::StringRef op) {
    return findDefinition(op) != nullptr;
  };
  return definitions;
}

} // namespace firn
