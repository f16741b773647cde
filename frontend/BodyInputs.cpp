// The inputs of nodes: from the text in a NodeDef to a value of the block, and
// from there to checked operands. All inputs that are missing are reported
// together.
#include "frontend/BodyImporter.h"
#include "proto/TypeMap.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

using namespace mlir;

namespace firn {

//===----------------------------------------------------------------------===//
// What an input's text stands for
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
