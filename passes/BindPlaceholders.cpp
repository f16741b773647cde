//===- BindPlaceholders.cpp - placeholders get their values ---------------===//
//
// "--set keep_prob=1.0": what the caller would feed becomes part of the graph,
// so that folding takes away what depends on it.
//
//   value = number | "true" | "false" | "[" value {"," value} "]"
//
//===----------------------------------------------------------------------===//

#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"
#include "llvm/Support/Error.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_BINDPLACEHOLDERSPASS
#include "passes/Passes.h.inc"

namespace {

/// What a value says: its numbers in order, and how the brackets nest.
struct ParsedValue {
  SmallVector<std::string> elements;
  SmallVector<int64_t> shape;
};

struct BindPlaceholdersPass
    : impl::BindPlaceholdersPassBase<BindPlaceholdersPass> {
  using BindPlaceholdersPassBase::BindPlaceholdersPassBase;
  void runOnOperation() override;

private:
  LogicalResult bind(StringRef binding, const NodeNames &names);
};

} // namespace

/// Parses a list at `depth`; `text` loses what was read. All lists of one depth
/// have one length.
static bool parseValue(StringRef &text, unsigned depth, ParsedValue &value) {
  text = text.ltrim();
  if (!text.consume_front("[")) {
    // A scalar where its siblings are lists.
    if (depth < value.shape.size() && value.shape[depth] >= 0)
      return false;
    StringRef element =
        text.take_until([](char c) { return c == ',' || c == ']'; });
    text = text.drop_front(element.size());
    value.elements.push_back(element.trim().str());
    return !value.elements.back().empty();
  }
  if (depth == value.shape.size()) {
    if (!value.elements.empty() || depth >= kMaxRank)
      return false;
    value.shape.push_back(-1);
  }
  int64_t count = 0;
  text = text.ltrim();
  if (!text.consume_front("]"))
    do {
      if (!parseValue(text, depth + 1, value))
        return false;
      ++count;
      text = text.ltrim();
      if (text.consume_front("]"))
        break;
    } while (text.consume_front(",") || (count = -1, false));
  if (count < 0 || (value.shape[depth] >= 0 && value.shape[depth] != count))
    return false;
  value.shape[depth] = count;
  return true;
}

/// Appends the bytes of one element.
static bool appendElement(StringRef text, Type type, std::vector<char> &bytes) {
  auto append = [&](const void *data, size_t size) {
    auto *begin = static_cast<const char *>(data);
    bytes.insert(bytes.end(), begin, begin + size);
    return true;
  };
  int64_t integer = 0;
  if (text.equals_insensitive("true") || text.equals_insensitive("false")) {
    if (!type.isInteger(1))
      return false;
    bytes.push_back(text.equals_insensitive("true"));
    return true;
  }
  if (auto intType = dyn_cast<IntegerType>(type)) {
    uint64_t bits = 0;
    bool fits = intType.isUnsigned()
                    ? !text.getAsInteger(10, bits) &&
                          llvm::isUIntN(intType.getWidth(), bits)
                    : !text.getAsInteger(10, integer) &&
                          (type.isInteger(1)
                               ? (integer == 0 || integer == 1)
                               : llvm::isIntN(intType.getWidth(), integer));
    if (!fits)
      return false;
    if (!intType.isUnsigned())
      bits = static_cast<uint64_t>(integer);
    return append(&bits, *getElementByteSize(type));
  }
  if (auto floatType = dyn_cast<FloatType>(type)) {
    APFloat number(floatType.getFloatSemantics());
    auto status = number.convertFromString(text, APFloat::rmNearestTiesToEven);
    if (!status) {
      llvm::consumeError(status.takeError());
      return false;
    }
    uint64_t bits = number.bitcastToAPInt().getZExtValue();
    return append(&bits, *getElementByteSize(type));
  }
  return false;
}

/// The constant that `value` is for a placeholder of type `type`; null if it is
/// none.
static TypedAttr makeValue(const ParsedValue &value, TensorType type) {
  Type elementType = type.getElementType();
  if (!isa<IntegerType, FloatType>(elementType))
    return {};
  std::vector<char> bytes;
  for (StringRef element : value.elements)
    if (!appendElement(element, elementType, bytes))
      return {};
  auto given = RankedTensorType::get(value.shape, elementType);
  bool fills = value.shape.empty() && type.hasRank() && type.hasStaticShape() &&
               type.getNumElements() > 0;
  if (fills && type.getRank() > 0) {
    auto filled = cast<RankedTensorType>(type);
    if (elementType.isInteger(1))
      return DenseElementsAttr::get(filled, bool(bytes[0]));
    return DenseElementsAttr::getFromRawBuffer(filled, bytes);
  }
  FailureOr<TensorType> merged = mergeTypes(type, given);
  if (failed(merged))
    return {};
  return cast<TypedAttr>(makeConstant(given, bytes));
}

LogicalResult BindPlaceholdersPass::bind(StringRef binding,
                                         const NodeNames &names) {
  auto [nameText, text] = binding.split('=');
  FailureOr<TensorName> name = TensorName::parse(nameText);
  NodeOpInterface node = failed(name) || name->port != 0
                             ? NodeOpInterface()
                             : names.lookup(name->node);
  if (!node) {
    SmallVector<StringRef> candidates;
    for (StringAttr candidate : names.getNames())
      if (names.lookup(candidate).getTFOpName().starts_with("Placeholder"))
        candidates.push_back(candidate.getValue());
    return getOperation().emitError("'")
           << binding << "' cannot be set: the graph has no placeholder '"
           << nameText << "'" << suggestName(nameText, candidates);
  }
  if (!node.getTFOpName().starts_with("Placeholder") ||
      node.getOutputs().size() != 1)
    return node.emitError("node '")
           << node.getNodeName() << "' (" << node.getTFOpName()
           << ") cannot be set: it is no placeholder";
  auto type = cast<TensorType>(node->getResult(0).getType());
  ParsedValue value;
  StringRef rest = text;
  TypedAttr attr;
  if (parseValue(rest, 0, value) && rest.trim().empty())
    attr = makeValue(value, type);
  if (!attr)
    return node.emitError("placeholder '")
           << node.getNodeName() << "' cannot be '" << text
           << "': expected a value for " << type;
  SmallVector<Value> controls(node.getControlOperands());
  replaceNode(node, "Const", controls, attr.getType(),
              NamedAttribute(StringAttr::get(&getContext(), "value"), attr));
  ++numBound;
  return success();
}

void BindPlaceholdersPass::runOnOperation() {
  bool ok = true;
  for (auto graph : getOperation().getOps<GraphOp>())
    for (const std::string &binding : values) {
      // Anew for each: a placeholder that is bound is another node.
      NodeNames names(*graph.getBodyBlock());
      ok &= succeeded(bind(binding, names));
    }
  if (!ok)
    signalPassFailure();
}

} // namespace firn::tfg
