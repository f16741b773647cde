//===- SelectSignature.cpp - choose what the graph is run for -------------===//
//
// From a signature, named tensors, or the look of the graph to the one form
// that all later passes know: marked Placeholders and one tfg.fetch.
//
//===----------------------------------------------------------------------===//

#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_SELECTSIGNATUREPASS
#include "passes/Passes.h.inc"

namespace {

/// An input or output to be: what the caller calls it, the tensor, and, from a
/// signature, its type.
struct Endpoint {
  std::string name;
  std::string tensor;
  TensorType type;
};

struct Selection {
  SmallVector<Endpoint> feeds, fetches;
  StringAttr signature, methodName;
  bool feedsByNeed = false; // the placeholders that the fetches need
};

class Selector {
public:
  Selector(GraphOp graph, bool keepDefaults, Pass::Statistic &numReplaced)
      : graph(graph), names(*graph.getBodyBlock()), keepDefaults(keepDefaults),
        numReplaced(numReplaced) {}

  /// Brings `selection` into the graph. The text of an error starts with
  /// `origin`: "signature 'x'" or "the command".
  LogicalResult apply(const Selection &selection, const Twine &origin);
  /// The nodes with outputs that nothing uses and that need a placeholder; of
  /// any node, if no node needs a placeholder.
  SmallVector<Endpoint> findSinks();
  /// Of the feeds that are chosen already.
  void dropDefaults();

private:
  FailureOr<Value> resolve(const Endpoint &endpoint, StringRef role,
                           const Twine &origin);
  LogicalResult feed(const Endpoint &endpoint, Value value, int64_t index);
  PlaceholderOp replaceByPlaceholder(Value value);
  void markPlaceholders(ValueRange fetched);

  GraphOp graph;
  NodeNames names;
  bool keepDefaults;
  Pass::Statistic &numReplaced;
};

struct SelectSignaturePass
    : impl::SelectSignaturePassBase<SelectSignaturePass> {
  using SelectSignaturePassBase::SelectSignaturePassBase;
  void runOnOperation() override;

private:
  FailureOr<SignatureOp> chooseSignature();
  FailureOr<Selection> readSignature(SignatureOp signature);
};

} // namespace

//===----------------------------------------------------------------------===//
// Tensors by name
//===----------------------------------------------------------------------===//

FailureOr<Value> Selector::resolve(const Endpoint &endpoint, StringRef role,
                                   const Twine &origin) {
  auto fail = [&]() {
    return emitError(graph.getLoc()) << origin.str() << " has the " << role
                                     << " '" << endpoint.tensor << "'";
  };
  FailureOr<TensorName> name = TensorName::parse(endpoint.tensor);
  if (failed(name))
    return fail() << ", which is no tensor name: expected node or node:port";
  NodeOpInterface node = names.lookup(name->node);
  if (!node) {
    SmallVector<StringRef> candidates;
    for (StringAttr candidate : names.getNames())
      candidates.push_back(candidate.getValue());
    return fail() << ", but the graph has no node '" << name->node << "'"
                  << suggestName(name->node, candidates);
  }
  ResultRange outputs = node.getOutputs();
  if (name->isControl || (outputs.empty() && !name->hasPort)) {
    if (role == "input")
      return fail() << ", but a control edge cannot be fed";
    OpBuilder builder = OpBuilder::atBlockEnd(graph.getBodyBlock());
    return createControl(builder, node);
  }
  if (name->port >= outputs.size())
    return fail() << ", but node '" << name->node << "' (" << node.getTFOpName()
                  << ") has " << outputs.size()
                  << (outputs.size() == 1 ? " output" : " outputs");
  return Value(outputs[name->port]);
}

//===----------------------------------------------------------------------===//
// Feeds
//===----------------------------------------------------------------------===//

/// A new Placeholder in the place of a tensor. It takes the name of its node if
/// that had this one output and is gone with it.
PlaceholderOp Selector::replaceByPlaceholder(Value value) {
  ++numReplaced;
  Operation *node = value.getDefiningOp();
  bool takesPlace = node->getNumResults() == 1;
  unsigned port = cast<OpResult>(value).getResultNumber();
  std::string name = getNodeName(node->getLoc()).str();
  Location loc = takesPlace
                     ? node->getLoc()
                     : names.makeLoc((name + "/fed_" + Twine(port)).str());
  auto type = cast<TensorType>(value.getType());
  Type elementType = getElementType(value);

  OpBuilder builder(node);
  auto placeholder =
      PlaceholderOp::create(builder, loc, type.clone(elementType), ValueRange(),
                            ShapeAttr::getOf(type));
  value.replaceUsesWithIf(placeholder.getOutput(), [&](OpOperand &use) {
    // A control edge out of a node with other outputs still waits for the node.
    return takesPlace || !isa<ControlOp>(use.getOwner());
  });
  if (takesPlace)
    node->erase();
  return placeholder;
}

LogicalResult Selector::feed(const Endpoint &endpoint, Value value,
                             int64_t index) {
  Operation *placeholder = value.getDefiningOp();
  bool isInput = isa<PlaceholderOp>(placeholder) &&
                 getControlOperands(placeholder).empty();
  if (!isInput && !(keepDefaults && isa<PlaceholderWithDefaultOp>(placeholder)))
    placeholder = replaceByPlaceholder(value);
  if (endpoint.type) {
    auto type = cast<TensorType>(placeholder->getResult(0).getType());
    // A signature of another element type is the model's own contradiction.
    FailureOr<TensorType> merged = mergeTypes(type, endpoint.type);
    if (failed(merged) ||
        type.getElementType() != endpoint.type.getElementType())
      return placeholder->emitError("input '")
             << endpoint.name << "' has the type " << endpoint.type
             << " in the signature, but its placeholder '"
             << getNodeName(placeholder->getLoc()) << "' has " << type;
    placeholder->getResult(0).setType(*merged);
  }
  Builder builder(graph.getContext());
  placeholder->setAttr(TFGDialect::kFeedIndexAttr,
                       builder.getI64IntegerAttr(index));
  placeholder->setAttr(TFGDialect::kFeedNameAttr,
                       builder.getStringAttr(endpoint.name));
  return success();
}

void Selector::dropDefaults() {
  if (keepDefaults)
    return;
  for (auto op : llvm::make_early_inc_range(
           graph.getBodyBlock()->getOps<PlaceholderWithDefaultOp>())) {
    Attribute index = op->getAttr(TFGDialect::kFeedIndexAttr);
    Attribute name = op->getAttr(TFGDialect::kFeedNameAttr);
    if (!index)
      continue;
    PlaceholderOp placeholder = replaceByPlaceholder(op.getResult());
    placeholder->setAttr(TFGDialect::kFeedIndexAttr, index);
    if (name)
      placeholder->setAttr(TFGDialect::kFeedNameAttr, name);
  }
}

/// Feeds all placeholders that the fetches need, in the order of the file.
void Selector::markPlaceholders(ValueRange fetched) {
  llvm::DenseSet<Operation *> needed = findNeeded(fetched);
  Builder builder(graph.getContext());
  int64_t index = 0;
  for (auto placeholder : graph.getBodyBlock()->getOps<PlaceholderOp>()) {
    if (!needed.contains(placeholder))
      continue;
    placeholder->setAttr(TFGDialect::kFeedIndexAttr,
                         builder.getI64IntegerAttr(index++));
    placeholder->setAttr(
        TFGDialect::kFeedNameAttr,
        builder.getStringAttr(getNodeName(placeholder.getLoc())));
  }
}

//===----------------------------------------------------------------------===//
// Fetches
//===----------------------------------------------------------------------===//

SmallVector<Endpoint> Selector::findSinks() {
  // What has a value on one side of a branch only is not meant.
  llvm::DenseSet<Operation *> conditional =
      findConditionalNodes(*graph.getBodyBlock());
  // Forward from the placeholders, along data edges, and along the control
  // edges of a branch: what it computes depends on the predicate.
  llvm::DenseSet<Operation *> computed;
  SmallVector<Operation *> worklist;
  for (auto placeholder : graph.getBodyBlock()->getOps<PlaceholderOp>())
    worklist.push_back(placeholder);
  while (!worklist.empty())
    for (Operation *user : worklist.pop_back_val()->getUsers())
      if ((isa<NodeOpInterface>(user) || conditional.contains(user)) &&
          computed.insert(user).second)
        worklist.push_back(user);

  SmallVector<Endpoint> sinks;
  for (Operation &op : *graph.getBodyBlock()) {
    auto node = dyn_cast<NodeOpInterface>(op);
    if (!node || !op.use_empty() || node.getOutputs().empty() ||
        node.getNodeName().empty() || conditional.contains(&op))
      continue;
    if (computed.empty() ? isa<ConstOp>(op) : !computed.contains(&op))
      continue;
    for (OpResult output : node.getOutputs()) {
      std::string name = node.getNodeName().str();
      if (output.getResultNumber())
        name += ":" + std::to_string(output.getResultNumber());
      sinks.push_back({name, name, {}});
    }
  }
  return sinks;
}

/// The name of a fetched tensor (node:port) or control edge (^node) in the
/// exported GraphDef.
static std::string getTensorName(StringRef text, Value value) {
  TensorName name = *TensorName::parse(text);
  if (isa<ControlType>(value.getType()))
    return "^" + name.node;
  return name.node + ":" + std::to_string(name.port);
}

LogicalResult Selector::apply(const Selection &selection, const Twine &origin) {
  // All names first, so that a feed cannot take a node away that a fetch names.
  SmallVector<Value> fed, fetched;
  bool ok = true;
  auto resolveAll = [&](ArrayRef<Endpoint> endpoints, StringRef role,
                        SmallVectorImpl<Value> &values) {
    for (const Endpoint &endpoint : endpoints) {
      FailureOr<Value> value = resolve(endpoint, role, origin);
      if (succeeded(value))
        values.push_back(*value);
      ok &= succeeded(value);
    }
  };
  resolveAll(selection.feeds, "input", fed);
  resolveAll(selection.fetches, "output", fetched);
  if (!ok)
    return failure();
  if (fetched.empty())
    return emitError(graph.getLoc())
           << origin.str() << " names no output, and the graph has none that "
           << "could be meant";

  // Before any is replaced, which takes its node away.
  llvm::DenseMap<Value, StringRef> nameOfFed;
  for (auto [endpoint, value] : llvm::zip(selection.feeds, fed)) {
    auto [it, isNew] = nameOfFed.try_emplace(value, endpoint.name);
    // A signature may call one tensor by two keys: that is one input.
    if (!isNew && !selection.signature)
      return value.getDefiningOp()->emitError("tensor '")
             << endpoint.tensor << "' is fed twice: as '" << it->second
             << "' and as '" << endpoint.name << "'";
  }

  OpBuilder builder = OpBuilder::atBlockEnd(graph.getBodyBlock());
  SmallVector<StringRef> keys;
  SmallVector<std::string> tensors;
  for (auto [endpoint, value] : llvm::zip(selection.fetches, fetched)) {
    keys.push_back(endpoint.name);
    tensors.push_back(getTensorName(endpoint.tensor, value));
  }
  SmallVector<StringRef> tensorRefs(tensors.begin(), tensors.end());
  auto fetch = FetchOp::create(builder, graph.getLoc(), fetched,
                               builder.getStrArrayAttr(keys),
                               builder.getStrArrayAttr(tensorRefs),
                               selection.signature, selection.methodName);
  // A fed tensor that is also fetched is the fed value: the fetch is a use.
  int64_t index = 0;
  for (auto [endpoint, value] : llvm::zip(selection.feeds, fed))
    if (nameOfFed.erase(value) && failed(feed(endpoint, value, index++)))
      return failure();
  if (selection.feedsByNeed)
    markPlaceholders(fetch.getArgs());
  return success();
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

/// One endpoint of a dense tensor, three of a sparse one.
static LogicalResult readEndpoints(SignatureOp signature, ArrayAttr infos,
                                   SmallVectorImpl<Endpoint> &endpoints) {
  for (auto info : infos.getAsRange<DictionaryAttr>()) {
    auto text = [&](StringRef key) {
      auto attr = info.getAs<StringAttr>(key);
      return attr ? attr.getValue().str() : std::string();
    };
    std::string key = text("key");
    if (info.contains("tensor")) {
      TensorType type;
      if (auto attr = info.getAs<TypeAttr>("type"))
        type = dyn_cast<TensorType>(attr.getValue());
      endpoints.push_back({key, text("tensor"), type});
    } else if (info.contains("values")) {
      for (StringRef part : {"values", "indices", "dense_shape"})
        endpoints.push_back({key + "/" + part.str(), text(part), {}});
    } else {
      return signature.emitError("signature '")
             << signature.getSymName() << "' has '" << key
             << "', which is neither a dense nor a sparse tensor";
    }
  }
  return success();
}

FailureOr<Selection> SelectSignaturePass::readSignature(SignatureOp signature) {
  Selection selection;
  if (failed(
          readEndpoints(signature, signature.getInputs(), selection.feeds)) ||
      failed(
          readEndpoints(signature, signature.getOutputs(), selection.fetches)))
    return failure();
  selection.signature = signature.getSymNameAttr();
  selection.methodName = signature.getMethodNameAttr();
  return selection;
}

FailureOr<SignatureOp> SelectSignaturePass::chooseSignature() {
  SmallVector<SignatureOp> all;
  SmallVector<StringRef> keys;
  for (auto candidate : getOperation().getOps<SignatureOp>()) {
    all.push_back(candidate);
    keys.push_back(candidate.getSymName());
  }
  if (!signature.empty()) {
    for (SignatureOp candidate : all)
      if (candidate.getSymName() == signature.getValue())
        return candidate;
    if (all.empty())
      return getOperation().emitError("the model has no signatures, so not '")
             << signature << "'; name feeds and fetches instead";
    return getOperation().emitError("the model has no signature '")
           << signature << "'" << suggestName(signature, keys);
  }
  SmallVector<SignatureOp> own;
  for (SignatureOp candidate : all) {
    if (candidate.getSymName() == "serving_default")
      return candidate;
    if (!candidate.getSymName().starts_with("__"))
      own.push_back(candidate);
  }
  if (own.empty())
    return SignatureOp();
  if (own.size() == 1)
    return own.front();
  return getOperation().emitError(
             "the model has several signatures and none is serving_default; "
             "choose one of: ")
         << llvm::join(keys, ", ");
}

void SelectSignaturePass::runOnOperation() {
  auto graphs = getOperation().getOps<GraphOp>();
  if (graphs.empty())
    return;
  GraphOp graph = *graphs.begin();
  bool byName = !feeds.empty() || !fetches.empty();
  if (byName && !signature.empty()) {
    getOperation().emitError(
        "expected a signature, or feeds and fetches, but got both");
    return signalPassFailure();
  }
  Selector selector(graph, keepDefaults, numReplaced);
  if (FetchOp fetch = graph.getFetch()) {
    if (!byName && signature.empty())
      return selector.dropDefaults();
    fetch.erase();
    for (Operation &op : *graph.getBodyBlock()) {
      op.removeDiscardableAttr(TFGDialect::kFeedIndexAttr);
      op.removeDiscardableAttr(TFGDialect::kFeedNameAttr);
    }
  }

  Selection selection;
  std::string origin = "the selection";
  SignatureOp chosen;
  if (!byName) {
    FailureOr<SignatureOp> found = chooseSignature();
    if (failed(found))
      return signalPassFailure();
    chosen = *found;
  }
  if (chosen) {
    FailureOr<Selection> read = readSignature(chosen);
    if (failed(read))
      return signalPassFailure();
    selection = *read;
    origin = ("signature '" + chosen.getSymName() + "'").str();
  } else {
    for (const std::string &name : feeds)
      selection.feeds.push_back({name, name, {}});
    for (const std::string &name : fetches)
      selection.fetches.push_back({name, name, {}});
    selection.feedsByNeed = feeds.empty();
    if (fetches.empty())
      selection.fetches = selector.findSinks();
  }
  if (failed(selector.apply(selection, origin)))
    signalPassFailure();
}

} // namespace firn::tfg
