// The way back of frontend/BodyImporter.cpp.
#include "backend/graphdef/NodeExporter.h"
#include "proto/OpCatalog.h"
#include "proto/TextForm.h"

#include "absl/strings/str_cat.h"

using namespace mlir;

namespace firn {

const tf::OpDef *NodeExporter::signatureOf(tfg::NodeOpInterface node) {
  StringRef op = node.getTFOpName();
  if (functions.contains(op))
    return nullptr;
  return OpCatalog::findBuiltin(absl::string_view(op.data(), op.size()));
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

std::string NodeExporter::controlSource(Value value) {
  if (auto control = value.getDefiningOp<tfg::ControlOp>())
    value = control.getNode();
  if (auto argument = dyn_cast<BlockArgument>(value))
    return function.getArgName(argument.getArgNumber()).str();
  return names.get(value.getDefiningOp()).str();
}

absl::StatusOr<std::string> NodeExporter::spellInput(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value))
    return function.getArgName(argument.getArgNumber()).str();
  auto result = cast<OpResult>(value);
  if (function)
    return spellFunctionOutput(result);
  std::string name = names.get(result.getOwner()).str();
  if (unsigned port = result.getResultNumber())
    absl::StrAppend(&name, ":", port);
  return name;
}

absl::StatusOr<std::string> NodeExporter::spellFunctionOutput(OpResult value) {
  Operation *op = value.getOwner();
  std::string name = names.get(op).str();
  unsigned index = value.getResultNumber();
  if (auto spelt = op->getAttrOfType<ArrayAttr>(kOutputNamesAttr))
    if (index < spelt.size())
      return absl::StrCat(name, ":",
                          cast<StringAttr>(spelt[index]).getValue().str());
  auto node = cast<tfg::NodeOpInterface>(op);
  const tf::OpDef *signature = signatureOf(node);
  if (!signature)
    return absl::InvalidArgumentError(
        absl::StrCat("node '", name, "': the names of the outputs of its op '",
                     node.getTFOpName().str(), "' are not known"));
  auto [ranges, isNew] = outputArgs.try_emplace(op);
  if (isNew) {
    absl::Status status = resolveOutputArgs(
        *signature, node.getDataOperands().size(), node.getOutputs().size(),
        [&](StringRef attr) { return op->getAttr(attr); }, ranges->second);
    if (!status.ok())
      return absl::Status(
          status.code(), absl::StrCat("node '", name, "': ", status.message()));
  }
  for (const ArgRange &range : ranges->second)
    if (index >= range.begin && index < range.begin + range.size)
      return absl::StrCat(name, ":", range.arg->name(), ":",
                          index - range.begin);
  return absl::InternalError(
      absl::StrCat("node '", name, "' has no output ", index));
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

static void elementTypes(ValueRange values, SmallVectorImpl<Type> &types) {
  for (Value value : values)
    types.push_back(cast<TensorType>(value.getType()).getElementType());
}

absl::Status NodeExporter::addDerivedAttrs(tfg::NodeOpInterface node,
                                           tf::NodeDef &proto) {
  const tf::OpDef *signature = signatureOf(node);
  if (!signature)
    return absl::OkStatus();
  SmallVector<Type> inputs, outputs;
  elementTypes(node.getDataOperands(), inputs);
  elementTypes(node.getOutputs(), outputs);
  DerivedAttrs derived;
  absl::Status status = deriveAttrs(
      *signature, inputs, outputs,
      [&](StringRef name) { return node->getAttr(name); }, node.getContext(),
      derived);
  if (!status.ok())
    return status;
  for (auto &[name, attr] : derived) {
    status = attrToProto(attr, (*proto.mutable_attr())[name.str()]);
    if (!status.ok())
      return status;
  }
  for (const tf::OpDef::AttrDef &def : signature->attr())
    if (!def.has_default_value() && !proto.attr().contains(def.name()))
      return absl::InvalidArgumentError(
          absl::StrCat("lacks the attribute '", def.name(), "'"));
  return absl::OkStatus();
}

absl::Status NodeExporter::exportAttrs(tfg::NodeOpInterface node,
                                       tf::NodeDef &proto,
                                       ArrayRef<char> &content) {
  bool isGeneric = isa<tfg::NodeOp>(node);
  for (NamedAttribute attr : node->getAttrDictionary()) {
    StringRef name = attr.getName();
    if (name == tfg::TFGDialect::kDeviceAttr) {
      proto.set_device(node.getDevice().str());
      continue;
    }
    auto text = dyn_cast<StringAttr>(attr.getValue());
    absl::Status status;
    if (name == "value")
      content = largeTensorContent(attr.getValue());
    if (name == "value" && !content.empty())
      status =
          tensorTypeToProto(cast<ElementsAttr>(attr.getValue()).getShapedType(),
                            *(*proto.mutable_attr())["value"].mutable_tensor());
    else if (name == tfg::TFGDialect::kDebugInfoAttr && text)
      status = fromTextForm(text, *proto.mutable_experimental_debug_info());
    else if (name == tfg::TFGDialect::kFullTypeAttr && text)
      status = fromTextForm(text, *proto.mutable_experimental_type());
    else if (name == "op" && !isGeneric)
      status = attrToProto(attr.getValue(), (*proto.mutable_attr())["op"]);
    else if (StringRef original = unescapeAttrName(name); !original.empty())
      status =
          attrToProto(attr.getValue(), (*proto.mutable_attr())[original.str()]);
    if (!status.ok())
      return absl::Status(status.code(), absl::StrCat("attribute '", name.str(),
                                                      "': ", status.message()));
  }
  return addDerivedAttrs(node, proto);
}

void NodeExporter::putContent(ArrayRef<char> content, tf::NodeDef &proto) {
  if (!content.empty())
    (*proto.mutable_attr())["value"].mutable_tensor()->set_tensor_content(
        content.data(), content.size());
}

absl::Status NodeExporter::exportNode(tfg::NodeOpInterface node,
                                      tf::NodeDef &proto) {
  ArrayRef<char> content;
  absl::Status status = exportNode(node, proto, content);
  putContent(content, proto);
  return status;
}

absl::Status NodeExporter::exportNode(tfg::NodeOpInterface node,
                                      tf::NodeDef &proto,
                                      ArrayRef<char> &content) {
  content = {};
  proto.set_name(names.get(node).str());
  proto.set_op(node.getTFOpName().str());
  for (Value operand : node.getDataOperands()) {
    absl::StatusOr<std::string> input = spellInput(operand);
    if (!input.ok())
      return input.status();
    proto.add_input(*std::move(input));
  }
  for (Value control : node.getControlOperands())
    proto.add_input(absl::StrCat("^", controlSource(control)));
  absl::Status status = exportAttrs(node, proto, content);
  if (status.ok())
    return status;
  return absl::Status(status.code(),
                      absl::StrCat("node '", proto.name(), "' (", proto.op(),
                                   "): ", status.message()));
}

} // namespace firn
