//===- RenameNode.cpp - rename a node -------------------------------------===//
//
// A name is promised in more places than the node: each of them is renamed too.
//
//===----------------------------------------------------------------------===//

#include "passes/NodeNames.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_RENAMENODEPASS
#include "passes/Passes.h.inc"

namespace {

struct RenameNodePass : impl::RenameNodePassBase<RenameNodePass> {
  using RenameNodePassBase::RenameNodePassBase;
  void runOnOperation() override;

private:
  LogicalResult check(const NodeNames &names);
  Attribute renameTensors(Attribute attr);
  void renameColocations(Block &body);
};

/// What TensorFlow accepts as the name of a node.
bool isNodeName(StringRef name) {
  auto isWord = [](char c) { return llvm::isAlnum(c) || c == '.'; };
  return !name.empty() && isWord(name.front()) &&
         llvm::all_of(name, [&](char c) {
           return isWord(c) || StringRef("_>/\\-").contains(c);
         });
}

} // namespace

LogicalResult RenameNodePass::check(const NodeNames &names) {
  SmallVector<StringRef> candidates;
  for (StringAttr name : names.getNames())
    candidates.push_back(name.getValue());
  if (!names.lookup(from))
    return getOperation().emitError("the graph has no node '")
           << from << "' that could be renamed"
           << suggestName(from, candidates);
  if (names.lookup(to))
    return getOperation().emitError("node '")
           << from << "' cannot be renamed to '" << to
           << "': another node has this name";
  if (!isNodeName(to))
    return getOperation().emitError("node '")
           << from << "' cannot be renamed to '" << to
           << "', which is no name of a node";
  return success();
}

/// The same attribute with the tensors `from:0`, `from`, `^from` renamed, in
/// strings and in lists and dictionaries of them.
Attribute RenameNodePass::renameTensors(Attribute attr) {
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](StringAttr text) -> std::optional<Attribute> {
    FailureOr<TensorName> tensor = TensorName::parse(text.getValue());
    if (failed(tensor) || tensor->node != from)
      return std::nullopt;
    std::string renamed = (tensor->isControl ? "^" : "") + to.getValue();
    if (tensor->hasPort)
      renamed += ":" + std::to_string(tensor->port);
    return StringAttr::get(&getContext(), renamed);
  });
  return replacer.replace(attr);
}

void RenameNodePass::renameColocations(Block &body) {
  auto oldText = StringAttr::get(&getContext(), "loc:@" + from.getValue());
  auto newText = StringAttr::get(&getContext(), "loc:@" + to.getValue());
  for (Operation &op : body) {
    auto classes = op.getAttrOfType<ArrayAttr>("_class");
    if (!classes || !llvm::is_contained(classes, oldText))
      continue;
    SmallVector<Attribute> entries(classes.getValue());
    llvm::replace(entries, Attribute(oldText), Attribute(newText));
    op.setAttr("_class", ArrayAttr::get(&getContext(), entries));
  }
}

void RenameNodePass::runOnOperation() {
  auto graphs = getOperation().getOps<GraphOp>();
  if (graphs.empty() || from == to)
    return;
  GraphOp graph = *graphs.begin();
  NodeNames names(*graph.getBodyBlock());
  if (failed(check(names)))
    return signalPassFailure();
  NodeOpInterface node = names.lookup(from);
  node->setLoc(getNodeLoc(&getContext(), to));
  renameColocations(*graph.getBodyBlock());
  if (FetchOp fetch = graph.getFetch(); fetch && fetch.getTensors())
    fetch.setTensorsAttr(cast<ArrayAttr>(renameTensors(*fetch.getTensors())));
  for (auto signature : getOperation().getOps<SignatureOp>()) {
    // Keys are strings as well: only the entries that are tensors.
    auto renameEntries = [&](ArrayAttr entries) {
      SmallVector<Attribute> renamed;
      for (auto entry : entries.getAsRange<DictionaryAttr>()) {
        NamedAttrList attrs(entry);
        for (StringRef part : {"tensor", "values", "indices", "dense_shape"})
          if (Attribute tensor = attrs.get(part))
            attrs.set(part, renameTensors(tensor));
        renamed.push_back(attrs.getDictionary(&getContext()));
      }
      return ArrayAttr::get(&getContext(), renamed);
    };
    signature.setInputsAttr(renameEntries(signature.getInputs()));
    signature.setOutputsAttr(renameEntries(signature.getOutputs()));
  }
  for (auto variable : getOperation().getOps<VariableOp>())
    if (variable.getSymName() == from)
      variable.setSymName(to);
}

} // namespace firn::tfg
