//===- BakeTables.cpp - lookups in tables become lookups in constants -----===//
//
// The initialisers of the graph are read (TableFillings), and every lookup gets
// keys and values as operands. A lookup that the fetches need in a table whose
// contents cannot be known is an error that says why.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGTableOps.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"
#include "passes/TableFillings.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_BAKETABLESPASS
#include "passes/Passes.h.inc"

namespace {

struct BakeTablesPass : impl::BakeTablesPassBase<BakeTablesPass> {
  void runOnOperation() override;

private:
  void bakeLookup(Operation *op, const TableContents &contents);
  Value makeConst(Operation *before, ElementsAttr value, const Twine &suffix);
};

} // namespace

static bool isLookup(Operation *op) {
  return isa<LookupTableSizeOp, LookupTableSizeV2Op, LookupTableFindOp,
             LookupTableFindV2Op>(op);
}

Value BakeTablesPass::makeConst(Operation *before, ElementsAttr value,
                                const Twine &suffix) {
  OpBuilder builder(before);
  Location loc =
      getNodeLoc(&getContext(), (getNodeName(before->getLoc()) + suffix).str());
  return ConstOp::create(builder, loc, cast<TypedAttr>(value)).getResult();
}

void BakeTablesPass::bakeLookup(Operation *op, const TableContents &contents) {
  ++numLookups;
  if (isa<LookupTableSizeOp, LookupTableSizeV2Op>(op)) {
    Type type = IntegerType::get(&getContext(), 64);
    Value size = makeConst(
        op, makeIntScalar(type, contents.keys.getNumElements()), "/size");
    replaceNode(op, "Identity", size, op->getResultTypes());
    return;
  }
  SmallVector<Value> operands{op->getOperand(1), op->getOperand(2),
                              makeConst(op, contents.keys, "/table_keys"),
                              makeConst(op, contents.values, "/table_values")};
  llvm::append_range(operands, getControlOperands(op));
  replaceNode(op, "_TableFind", operands, op->getResultTypes());
}

/// Says why nothing can be looked up in `table`.
static LogicalResult reportUnknown(Operation *op, Operation *table,
                                   const TableFilling *filling) {
  InFlightDiagnostic error = op->emitError("looks something up in the table '")
                             << getNodeName(table->getLoc()) << "', ";
  if (!filling)
    return error << "which nothing in the graph fills: expected a node that "
                    "initialises it";
  return error << "which node '" << getNodeName(filling->initializer->getLoc())
               << "' (" << getTFOpName(filling->initializer)
               << ") fills, and that " << filling->problem;
}

void BakeTablesPass::runOnOperation() {
  for (auto graph : getOperation().getOps<GraphOp>()) {
    TableFillings fillings;
    if (failed(fillings.read(graph)))
      return signalPassFailure();
    llvm::DenseSet<Operation *> needed;
    if (FetchOp fetch = graph.getFetch())
      needed = findNeeded(fetch->getOperands());
    for (Operation &op : llvm::make_early_inc_range(*graph.getBodyBlock())) {
      if (!isLookup(&op))
        continue;
      Operation *table = TableFillings::findTable(op.getOperand(0));
      if (!table)
        continue;
      const TableFilling *filling = fillings.find(table);
      if (filling && filling->contents) {
        bakeLookup(&op, *filling->contents);
        continue;
      }
      // One that nothing fills but the model itself is empty at first.
      bool isOwn =
          !filling && isa<MutableHashTableOp, MutableHashTableV2Op>(table);
      if (needed.contains(&op) && !isOwn) {
        (void)reportUnknown(&op, table, filling);
        signalPassFailure();
      }
    }
  }
}

} // namespace firn::tfg
