//===- HoldTables.cpp - the nodes that fill tables stay in the graph ------===//
//
// Nothing that is fetched needs the node that fills a table, and a graph by
// itself has no assets. So that it can be used without the model that it came
// from, the fetches name that node, and it gets the lines of its file as
// constants:
//
//   %i = InitializeTableFromTextFileV2(%t, %file)
//   fetch %y ["y"]
// =>
//   %i = InitializeTableV2(%t, %keys, %values)
//   fetch %y, %i ["y", "^init"]
//
//===----------------------------------------------------------------------===//

#include "ir/TFGTableOps.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"
#include "passes/TableFillings.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_HOLDTABLESPASS
#include "passes/Passes.h.inc"

namespace {

struct HoldTablesPass : impl::HoldTablesPassBase<HoldTablesPass> {
  void runOnOperation() override;

private:
  Value hold(const TableFilling &filling, NodeNames &names);
};

} // namespace

/// The control edge out of the initialiser, after a file became constants.
Value HoldTablesPass::hold(const TableFilling &filling, NodeNames &names) {
  Operation *op = filling.initializer;
  if (isa<InitializeTableFromTextFileOp, InitializeTableFromTextFileV2Op>(op)) {
    OpBuilder builder(op);
    auto makeConst = [&](ElementsAttr value, const char *suffix) -> Value {
      Location loc = names.makeLoc((getNodeName(op->getLoc()) + suffix).str());
      return ConstOp::create(builder, loc, cast<TypedAttr>(value)).getResult();
    };
    SmallVector<Value> operands{op->getOperand(0),
                                makeConst(filling.contents->keys, "/keys"),
                                makeConst(filling.contents->values, "/values")};
    llvm::append_range(operands, getControlOperands(op));
    bool isV2 = isa<InitializeTableFromTextFileV2Op>(op);
    op = replaceNode(op, isV2 ? "InitializeTableV2" : "InitializeTable",
                     operands, op->getResultTypes());
    ++numFiles;
  }
  OpBuilder builder(op->getBlock(), std::next(op->getIterator()));
  return createControl(builder, op);
}

void HoldTablesPass::runOnOperation() {
  for (auto graph : getOperation().getOps<GraphOp>()) {
    FetchOp fetch = graph.getFetch();
    TableFillings fillings;
    if (!fetch || failed(fillings.read(graph)))
      return fetch ? signalPassFailure() : void();
    llvm::DenseSet<Operation *> needed = findNeeded(fetch->getOperands());
    llvm::SmallSetVector<const TableFilling *, 4> held;
    for (Operation &op : *graph.getBodyBlock())
      if (needed.contains(&op) && op.getNumResults() == 1)
        if (Operation *table = TableFillings::findTable(op.getResult(0)))
          if (const TableFilling *filling = fillings.find(table))
            if (filling->contents)
              held.insert(filling);
    if (held.empty())
      continue;
    NodeNames names(*graph.getBodyBlock());
    SmallVector<Attribute> keys(fetch.getNames().getValue());
    std::optional<ArrayAttr> tensors = fetch.getTensors();
    SmallVector<Attribute> named;
    if (tensors)
      named.append(tensors->begin(), tensors->end());
    Builder builder(&getContext());
    for (const TableFilling *filling : held) {
      auto name = builder.getStringAttr(
          "^" + getNodeName(filling->initializer->getLoc()));
      // A lookup may wait for it.
      bool isHeld = needed.contains(filling->initializer);
      Value control = hold(*filling, names);
      if (isHeld)
        continue;
      ++numHeld;
      keys.push_back(name);
      named.push_back(name);
      fetch.getArgsMutable().append(control);
    }
    fetch.setNamesAttr(builder.getArrayAttr(keys));
    if (tensors)
      fetch.setTensorsAttr(builder.getArrayAttr(named));
  }
}

} // namespace firn::tfg
