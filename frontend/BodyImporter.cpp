// Nodes stand in any order and loops of TensorFlow 1 are cycles, so the work is
// done in passes over the list: note the names; create every operation, whose
// result types follow from its attributes; then connect the operands and check
// them.
#include "frontend/BodyImporter.h"
#include "proto/TextForm.h"
#include "proto/TypeMap.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

using namespace mlir;

namespace firn {

static absl::Status atNode(const tf::NodeDef &node,
                           const absl::Status &status) {
  return absl::Status(status.code(),
                      absl::StrCat("node '", node.name(), "' (", node.op(),
                                   "): ", status.message()));
}

static std::string toText(Type type) {
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
      attrsFromProto(proto.attr(), shared.context, shared.budget);
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

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

absl::StatusOr<BodyImporter::InputRef>
BodyImporter::parseInput(absl::string_view input) const {
  InputRef ref;
  absl::string_view text = input;
  ref.isControl = absl::ConsumePrefix(&text, "^");
  auto malformed = [&] {
    return absl::InvalidArgumentError(
        absl::StrCat("the input '", input, "' is malformed"));
  };
  if (text.empty())
    return malformed();
  ref.node = text;
  if (ref.isControl)
    return ref;
  size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos)
    return ref;
  ref.hasIndex = absl::SimpleAtoi(text.substr(colon + 1), &ref.index);
  if (ref.index < 0)
    return malformed();
  ref.node = ref.hasIndex ? text.substr(0, colon) : text;
  if (syntax == InputSyntax::Graph) {
    if (!ref.hasIndex)
      return malformed();
  } else {
    size_t split = ref.node.find(':');
    if (split != absl::string_view::npos) {
      ref.arg = ref.node.substr(split + 1);
      ref.node = ref.node.substr(0, split);
    }
  }
  return ref.node.empty() ? malformed()
                          : absl::StatusOr<InputRef>(std::move(ref));
}

static absl::Status noSuchOutput(absl::string_view node,
                                 absl::string_view output, size_t count) {
  return absl::InvalidArgumentError(absl::StrCat("there is no output ", output,
                                                 " of node '", node,
                                                 "', which has ", count));
}

absl::Status BodyImporter::resolveData(const InputRef &ref,
                                       SmallVectorImpl<Value> &values) {
  auto argument = arguments.find(ref.node);
  if (argument != arguments.end()) {
    if (ref.index != 0 || !ref.arg.empty())
      return noSuchOutput(ref.node, absl::StrCat(ref.arg, ":", ref.index), 1);
    values.push_back(argument->second.value);
    return absl::OkStatus();
  }
  Node &node = nodes[nodeIndex.find(ref.node)->second];
  ResultRange outputs = tfg::getOutputs(node.op);
  if (syntax == InputSyntax::Graph) {
    if (ref.index >= static_cast<int64_t>(outputs.size()))
      return noSuchOutput(ref.node, absl::StrCat(ref.index), outputs.size());
    values.push_back(outputs[ref.index]);
    return absl::OkStatus();
  }
  std::string spelt = absl::StrCat("'", ref.arg, ":", ref.index, "'");
  if (!node.def) {
    size_t position =
        llvm::find(node.usedNames, absl::StrCat(ref.arg, ":", ref.index)) -
        node.usedNames.begin();
    if (position >= outputs.size())
      return noSuchOutput(ref.node, spelt, outputs.size());
    values.push_back(outputs[position]);
    return absl::OkStatus();
  }
  for (const ArgRange &range : node.signature.outputArgs) {
    if (range.arg->name() != ref.arg)
      continue;
    if (!ref.hasIndex && isListArg(*range.arg)) {
      // Without an index the whole list is meant.
      llvm::append_range(values, outputs.slice(range.begin, range.size));
      return absl::OkStatus();
    }
    if (ref.index < range.size) {
      values.push_back(outputs[range.begin + ref.index]);
      return absl::OkStatus();
    }
  }
  return noSuchOutput(ref.node, spelt, outputs.size());
}

Value BodyImporter::controlOf(Value &cached, Operation *op) {
  if (cached)
    return cached;
  Value source = tfg::getControlSource(op);
  if (isa<tfg::ControlType>(source.getType()))
    return cached = source;
  OpBuilder after(op->getContext());
  after.setInsertionPointAfter(op);
  return cached = tfg::ControlOp::create(
             after, op->getLoc(), tfg::ControlType::get(op->getContext()),
             source);
}

absl::StatusOr<Value> BodyImporter::resolveControl(absl::string_view name) {
  auto argument = arguments.find(name);
  if (argument != arguments.end()) {
    Value &control = argument->second.control;
    if (!control) {
      OpBuilder start(shared.context);
      start.setInsertionPointToStart(block);
      control = tfg::ControlOp::create(start, builder.getUnknownLoc(),
                                       tfg::ControlType::get(shared.context),
                                       argument->second.value);
    }
    return control;
  }
  auto it = nodeIndex.find(name);
  if (it == nodeIndex.end())
    return absl::NotFoundError(absl::StrCat("there is no node '", name, "'"));
  return controlOf(nodes[it->second].control, nodes[it->second].op);
}

absl::StatusOr<Value> BodyImporter::resolve(absl::string_view input) {
  absl::StatusOr<InputRef> ref = parseInput(input);
  if (!ref.ok())
    return ref.status();
  if (!isKnown(ref->node))
    return absl::NotFoundError(
        absl::StrCat("there is no node '", ref->node, "'"));
  SmallVector<Value> values;
  absl::Status status = resolveData(*ref, values);
  if (!status.ok())
    return status;
  if (values.size() != 1)
    return absl::InvalidArgumentError(
        absl::StrCat("'", input, "' stands for ", values.size(), " values"));
  return values[0];
}

//===----------------------------------------------------------------------===//
// Connecting
//===----------------------------------------------------------------------===//

absl::Status BodyImporter::connectNode(const tf::NodeDef &proto, Node &node) {
  SmallVector<Value> data, controls;
  bool complete = true;
  for (const std::string &input : proto.input()) {
    absl::StatusOr<InputRef> ref = parseInput(input);
    if (!ref.ok())
      return ref.status();
    if (!isKnown(ref->node)) {
      missing.insert({std::string(ref->node), proto.name()});
      complete = false;
      continue;
    }
    if (ref->isControl) {
      controls.push_back(*resolveControl(ref->node));
      continue;
    }
    if (!controls.empty())
      return absl::InvalidArgumentError(
          absl::StrCat("the input '", input, "' stands after a control input"));
    absl::Status status = resolveData(*ref, data);
    if (!status.ok())
      return status;
  }
  if (!complete)
    return absl::OkStatus();
  absl::Status status = checkOperands(node, data);
  if (status.ok())
    status = storeUnderivedAttrs(node, data);
  if (!status.ok())
    return status;
  llvm::append_range(data, controls);
  if (!data.empty())
    node.op->setOperands(data);
  return absl::OkStatus();
}

absl::Status BodyImporter::checkOperands(const Node &node,
                                         ArrayRef<Value> operands) {
  if (!node.def)
    return absl::OkStatus();
  ArrayRef<Type> expected = node.signature.inputs;
  if (operands.size() != expected.size())
    return absl::InvalidArgumentError(absl::StrCat(
        "expects ", expected.size(), " inputs, found ", operands.size()));
  for (auto [i, operand] : llvm::enumerate(operands)) {
    Type actual = cast<TensorType>(operand.getType()).getElementType();
    Type want = expected[i];
    if (isa<tfg::UnknownType, tfg::TypeParamType>(withoutRef(actual)) ||
        isa<tfg::UnknownType, tfg::TypeParamType>(withoutRef(want)))
      continue;
    // Freezing tools leave a constant where an op wants a reference; such a
    // graph cannot run, but it can be carried through.
    if (withoutRef(actual) != withoutRef(want))
      return absl::InvalidArgumentError(
          absl::StrCat("expects input ", i, " to be of type ", toText(want),
                       ", found ", toText(actual)));
  }
  return absl::OkStatus();
}

/// An attribute that the values do not imply stays on the node.
absl::Status BodyImporter::storeUnderivedAttrs(Node &node,
                                               ArrayRef<Value> operands) {
  if (node.derivable.empty())
    return absl::OkStatus();
  SmallVector<Type> inputs, outputs;
  for (Value operand : operands)
    inputs.push_back(cast<TensorType>(operand.getType()).getElementType());
  for (Value output : tfg::getOutputs(node.op))
    outputs.push_back(cast<TensorType>(output.getType()).getElementType());
  DerivedAttrs derived;
  absl::Status status = deriveAttrs(
      *node.def, inputs, outputs, [](StringRef) { return Attribute(); },
      shared.context, derived);
  if (!status.ok())
    return status;
  for (NamedAttribute attr : node.derivable) {
    auto same = [&](const auto &entry) {
      return entry.first == attr.getName() && entry.second == attr.getValue();
    };
    if (llvm::none_of(derived, same))
      node.op->setAttr(attr.getName(), attr.getValue());
  }
  return absl::OkStatus();
}

absl::Status BodyImporter::reportMissing() const {
  if (missing.empty())
    return absl::OkStatus();
  constexpr size_t kMaxShown = 20;
  std::vector<std::string> lines;
  for (const auto &[input, user] : missing) {
    if (lines.size() == kMaxShown)
      break;
    lines.push_back(absl::StrCat("'", input, "' (input of '", user, "')"));
  }
  return absl::InvalidArgumentError(absl::StrCat(
      missing.size(), missing.size() == 1 ? " input is" : " inputs are",
      " missing from the graph: ", absl::StrJoin(lines, ", "),
      missing.size() > kMaxShown ? ", …" : ""));
}

} // namespace firn
