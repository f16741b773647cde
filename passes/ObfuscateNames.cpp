//===- ObfuscateNames.cpp - names that say nothing ------------------------===//
//
// Short names in the order of the file: a, b, …, z, A, …, aa, ab, …
//
//===----------------------------------------------------------------------===//

#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"
#include "passes/VariableUses.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_OBFUSCATENAMESPASS
#include "passes/Passes.h.inc"

namespace {

struct ObfuscateNamesPass : impl::ObfuscateNamesPassBase<ObfuscateNamesPass> {
  void runOnOperation() override;

private:
  llvm::StringSet<> findPromised(GraphOp graph);
};

std::string makeShortName(uint64_t number) {
  constexpr llvm::StringLiteral letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string name;
  for (++number; number > 0; number = (number - 1) / letters.size())
    name.insert(name.begin(), letters[(number - 1) % letters.size()]);
  return name;
}

} // namespace

/// The names of nodes that somebody outside of the graph knows.
llvm::StringSet<> ObfuscateNamesPass::findPromised(GraphOp graph) {
  llvm::StringSet<> promised;
  auto addTensor = [&](StringRef text) {
    if (FailureOr<TensorName> tensor = TensorName::parse(text);
        succeeded(tensor))
      promised.insert(tensor->node);
  };
  AttrTypeWalker walker;
  walker.addWalk([&](StringAttr text) { addTensor(text.getValue()); });
  for (auto signature : getOperation().getOps<SignatureOp>()) {
    walker.walk(signature.getInputs());
    walker.walk(signature.getOutputs());
  }
  if (FetchOp fetch = graph.getFetch()) {
    if (fetch.getTensors())
      walker.walk(*fetch.getTensors());
    for (Value value : fetch.getArgs()) {
      if (auto control = value.getDefiningOp<ControlOp>())
        value = control.getNode();
      if (Operation *op = value.getDefiningOp())
        promised.insert(getNodeName(op->getLoc()));
    }
  }
  for (auto variable : getOperation().getOps<VariableOp>())
    promised.insert(variable.getSymName());
  for (StringRef attr : {"tfg.init_node", "tfg.assets"})
    if (Attribute value = getOperation()->getAttr(attr))
      walker.walk(value);
  for (Operation &op : *graph.getBodyBlock())
    if (getTFOpName(&op).starts_with("Placeholder") || isVariable(&op))
      promised.insert(getNodeName(op.getLoc()));
  return promised;
}

void ObfuscateNamesPass::runOnOperation() {
  for (auto graph : getOperation().getOps<GraphOp>()) {
    llvm::StringSet<> promised = findPromised(graph);
    llvm::StringMap<std::string> renamed;
    uint64_t number = 0;
    auto nodes = graph.getBodyBlock()->getOps<NodeOpInterface>();
    for (NodeOpInterface node : nodes) {
      node->removeAttr(TFGDialect::kDebugInfoAttr);
      StringRef name = node.getNodeName();
      if (promised.contains(name))
        continue;
      std::string shortName;
      do {
        shortName = makeShortName(number++);
      } while (promised.contains(shortName));
      renamed[name] = shortName;
      node->setLoc(getNodeLoc(&getContext(), shortName));
      ++numRenamed;
    }
    graph->removeAttr(TFGDialect::kDebugInfoAttr);
    AttrTypeReplacer replacer;
    replacer.addReplacement([&](StringAttr text) -> std::optional<Attribute> {
      StringRef name = text.getValue();
      auto it =
          name.consume_front("loc:@") ? renamed.find(name) : renamed.end();
      if (it == renamed.end())
        return std::nullopt;
      return StringAttr::get(&getContext(), "loc:@" + it->second);
    });
    for (NodeOpInterface node : nodes)
      if (Attribute classes = node->getAttr("_class"))
        node->setAttr("_class", replacer.replace(classes));
  }
}

} // namespace firn::tfg
