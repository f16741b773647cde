// Nodes stand in any order and loops of TensorFlow 1 are cycles, so the work is
// done in passes over the list: note the names; create every operation, whose
// result types follow from its attributes; then connect the operands and check
// them (BodyInputs.cpp).
#include "frontend/BodyImporter.h"
#include "proto/TextForm.h"
#include "proto/TypeMap.h"

#include "absl/strings/str_cat.h"

using namespace mlir;

namespace firn {

static absl::Status atNode(const tf::NodeDef &node,
                           const absl::Status &status) {
  return absl::Status(status.code(),
                      absl::StrCat("node '", node.name(), "' (", node.op(),
                                   "): ", status.message()));
}

std::string toText(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

BodyImporter::BodyImporter(ImportContext &shared, Block *block,
                           InputSyntax syntax)
    : shared(shared), block(block), syntax(syntax), builder(shared.context) {
  builder.setInsertionPointToEnd(block);
}

absl::Status BodyImporter::addArgument(absl::string_view name,
                                       BlockArgument value) {
  if (name.empty())
    return absl::InvalidArgumentError("an argument has an empty name");
  if (!arguments.insert({std::string(name), {value, {}}}).second)
    return absl::InvalidArgumentError(
        absl::StrCat("two arguments have the name '", name, "'"));
  return absl::OkStatus();
}

bool BodyImporter::isKnown(absl::string_view name) const {
  return nodeIndex.contains(name) || arguments.contains(name);
}

absl::Status BodyImporter::importNodes(NodeList &list) {
  absl::Status status = registerNodes(list);
  if (status.ok() && hasUnknownOps)
    status = collectUsesOfUnknownOps(list);
  for (int i = 0; status.ok() && i < list.size(); ++i)
    if (status = createNode(list[i], nodes[i]); !status.ok())
      return atNode(list[i], status);
  for (int i = 0; status.ok() && i < list.size(); ++i)
    if (status = connectNode(list[i], nodes[i]); !status.ok())
      return atNode(list[i], status);
  return status.ok() ? reportMissing() : status;
}

//===----------------------------------------------------------------------===//
// Names, and outputs of unknown ops
//===----------------------------------------------------------------------===//

absl::Status BodyImporter::registerNodes(const NodeList &list) {
  nodes.resize(list.size());
  nodeIndex.reserve(list.size());
  for (int i = 0; i < list.size(); ++i) {
    const tf::NodeDef &proto = list[i];
    if (proto.name().empty())
      return absl::InvalidArgumentError(absl::StrCat(
          "node number ", i, " (", proto.op(), ") has an empty name"));
    if (proto.op().empty())
      return atNode(proto, absl::InvalidArgumentError("the op is empty"));
    if (!nodeIndex.insert({proto.name(), i}).second ||
        arguments.contains(proto.name()))
      return atNode(proto, absl::InvalidArgumentError(
                               "another node or argument has the same name"));
    Node &node = nodes[i];
    auto function = shared.functions.find(proto.op());
    if (function != shared.functions.end()) {
      node.def = function->second;
    } else {
      node.def = OpCatalog::findBuiltin(proto.op());
      node.isBuiltin = node.def;
      if (!node.def)
        node.def = shared.catalog.find(proto.op());
    }
    if (node.def) {
      absl::Status status = checkAttrs(*node.def, proto.attr());
      if (status.ok())
        status = resolveSignature(*node.def, proto.attr(), shared.context,
                                  node.signature);
      if (status.code() == absl::StatusCode::kUnimplemented) {
        node.def = nullptr;
        node.isBuiltin = false;
      } else if (!status.ok()) {
        return atNode(proto, status);
      }
    }
    hasUnknownOps |= !node.def;
  }
  return absl::OkStatus();
}

absl::Status BodyImporter::noteUse(const InputRef &ref, Type expected) {
  auto it = nodeIndex.find(ref.node);
  if (it == nodeIndex.end() || nodes[it->second].def)
    return absl::OkStatus();
  Node &node = nodes[it->second];
  size_t position = ref.index;
  if (syntax == InputSyntax::Function) {
    std::string name = absl::StrCat(ref.arg, ":", ref.index);
    position = llvm::find(node.usedNames, name) - node.usedNames.begin();
    if (position == node.usedNames.size())
      node.usedNames.push_back(name);
  }
  if (ref.index > kMaxListLength)
    return absl::InvalidArgumentError(
        absl::StrCat("output ", ref.index, " of node '", ref.node,
                     "' is more than any op has"));
  Type unknown = tfg::UnknownType::get(shared.context);
  if (node.usedOutputs.size() <= position)
    node.usedOutputs.resize(position + 1, unknown);
  Type &type = node.usedOutputs[position];
  // Users that disagree leave it unknown.
  if (expected && !isa<tfg::TypeParamType>(withoutRef(expected)))
    type = type == unknown || type == expected ? expected : unknown;
  return absl::OkStatus();
}

absl::Status BodyImporter::collectUsesOfUnknownOps(const NodeList &list) {
  for (int i = 0; i < list.size(); ++i) {
    size_t position = 0;
    const NodeSignature &signature = nodes[i].signature;
    for (const std::string &input : list[i].input()) {
      absl::StatusOr<InputRef> ref = parseInput(input);
      if (!ref.ok())
        return atNode(list[i], ref.status());
      if (ref->isControl)
        continue;
      Type expected = position < signature.inputs.size()
                          ? signature.inputs[position]
                          : Type();
      ++position;
      absl::Status status = noteUse(*ref, expected);
      if (!status.ok())
        return atNode(list[i], status);
    }
  }
  // A graph may be run for the outputs that no node uses; there must be one.
  if (syntax == InputSyntax::Graph)
    for (Node &node : nodes)
      if (!node.def && node.usedOutputs.empty())
        node.usedOutputs.push_back(tfg::UnknownType::get(shared.context));
  return absl::OkStatus();
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

absl::Status BodyImporter::convertAttrs(const tf::NodeDef &proto, Node &node,
                                        NamedAttrList &attrs) {
  absl::StatusOr<DictionaryAttr> converted =
      attrsFromProto(proto.attr(), shared.context, shared.file);
  if (!converted.ok())
    return converted.status();
  for (NamedAttribute attr : *converted) {
    StringRef name = attr.getName();
    if (node.isBuiltin &&
        isDerivedAttr(*node.def, absl::string_view(name.data(), name.size())))
      node.derivable.push_back(attr);
    else if (needsEscape(name))
      attrs.append(escapeAttrName(name), attr.getValue());
    else
      attrs.append(attr);
  }
  if (!proto.device().empty())
    attrs.append(tfg::TFGDialect::kDeviceAttr,
                 builder.getStringAttr(proto.device()));
  if (proto.has_experimental_debug_info())
    attrs.append(
        tfg::TFGDialect::kDebugInfoAttr,
        builder.getStringAttr(toTextForm(proto.experimental_debug_info())));
  if (proto.has_experimental_type())
    attrs.append(tfg::TFGDialect::kFullTypeAttr,
                 builder.getStringAttr(toTextForm(proto.experimental_type())));
  return absl::OkStatus();
}

/// The type of a Const is that of its value; null for other nodes.
Type BodyImporter::constantType(const Node &node, const NamedAttrList &attrs) {
  if (!node.isBuiltin || node.def->name() != "Const")
    return {};
  auto value = dyn_cast_or_null<TypedAttr>(attrs.get("value"));
  return value ? value.getType() : Type();
}

/// Whether the node takes the form of a registered op.
bool BodyImporter::isRegistered(const tf::NodeDef &proto, const Node &node,
                                const NamedAttrList &attrs) const {
  if (!node.isBuiltin)
    return false;
  auto name = RegisteredOperationName::lookup(StringRef("tfg." + proto.op()),
                                              shared.context);
  if (!name || !name->hasInterface<tfg::NodeOpInterface>() ||
      proto.op() == "node")
    return false;
  // A constant in the sense of MLIR has no operands.
  if (proto.op() == "Const" && proto.input_size() > 0)
    return false;
  return llvm::none_of(attrs, [](NamedAttribute attr) {
    return isa<tfg::PlaceholderAttr>(attr.getValue());
  });
}

absl::Status BodyImporter::createNode(tf::NodeDef &proto, Node &node) {
  NamedAttrList attrs;
  absl::Status status = convertAttrs(proto, node, attrs);
  if (!status.ok())
    return status;
  SmallVector<Type> results;
  for (Type type : node.def ? node.signature.outputs : node.usedOutputs)
    results.push_back(UnrankedTensorType::get(type));
  if (Type constant = constantType(node, attrs)) {
    Type elementType = cast<TensorType>(constant).getElementType();
    if (elementType != node.signature.outputs[0] &&
        !isa<tfg::TypeParamType>(node.signature.outputs[0]))
      return absl::InvalidArgumentError(
          absl::StrCat("the value has elements of type ", toText(elementType),
                       ", but the attribute 'dtype' says ",
                       toText(node.signature.outputs[0])));
    results[0] = constant;
  }
  // Before producer 24 a shape of rank 0 meant an unknown one, so it says
  // nothing here.
  if (auto shape = dyn_cast_or_null<tfg::ShapeAttr>(attrs.get("shape"));
      shape && !shape.getDims().empty() &&
      llvm::StringRef(proto.op()).starts_with("Placeholder") &&
      results.size() == 1)
    results[0] =
        shape.getTensorType(cast<TensorType>(results[0]).getElementType());
  if (results.empty())
    results.push_back(tfg::ControlType::get(shared.context));

  bool registered = isRegistered(proto, node, attrs);
  if (!registered)
    attrs.append("op", builder.getStringAttr(proto.op()));
  // In a function users spell out the names of outputs; those of TensorFlow's
  // own ops are known to the export as well.
  if (syntax == InputSyntax::Function && node.def && !node.isBuiltin)
    for (const ArgRange &range : node.signature.outputArgs)
      for (unsigned i = 0; i < range.size; ++i)
        node.usedNames.push_back(absl::StrCat(range.arg->name(), ":", i));
  if (!node.usedNames.empty())
    attrs.append(
        kOutputNamesAttr,
        builder.getStrArrayAttr(llvm::to_vector_of<StringRef>(node.usedNames)));
  OperationState state(tfg::getNodeLoc(shared.context, proto.name()),
                       registered ? "tfg." + proto.op()
                                  : tfg::NodeOp::getOperationName().str());
  state.addTypes(results);
  state.addAttributes(attrs);
  node.op = builder.create(state);
  // From here on the attributes' memory would be held twice.
  AttrValueMap().swap(*proto.mutable_attr());
  return absl::OkStatus();
}

} // namespace firn
