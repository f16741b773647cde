//===- BakeTables.cpp - lookups in tables become lookups in constants -----===//
//
// A table is filled once, by an initialiser that runs before anything else: it
// is a constant as much as a variable of a frozen graph is. The initialisers of
// the graph are read (their keys and values are constants, or the lines of an
// asset, whose text the module holds), and every lookup gets them as operands.
// Tables that nothing known fills are left alone.
//
//===----------------------------------------------------------------------===//

#include "ir/Identities.h"
#include "ir/TFGStateOps.h"
#include "ir/TFGTableOps.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"
#include "passes/TableFile.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_BAKETABLESPASS
#include "passes/Passes.h.inc"

namespace {

bool isTable(Operation *op) {
  return isa_and_present<HashTableOp, HashTableV2Op, MutableHashTableOp,
                         MutableHashTableV2Op>(op) &&
         op->getAttrOfType<TypeAttr>("key_dtype") &&
         op->getAttrOfType<TypeAttr>("value_dtype");
}

ElementsAttr constantOf(Value value) {
  auto constant = skipIdentities(value).getDefiningOp<ConstOp>();
  return constant ? dyn_cast<ElementsAttr>(constant.getValue())
                  : ElementsAttr();
}

struct BakeTablesPass : impl::BakeTablesPassBase<BakeTablesPass> {
  void runOnOperation() override;

private:
  Operation *findTable(Value handle);
  std::string nameOf(Operation *table);
  LogicalResult readInitializer(Operation *op);
  LogicalResult readFile(Operation *op, Operation *table);
  StringAttr textOf(Value fileName);
  void bakeLookup(Operation *op);
  Value makeConst(Operation *before, ElementsAttr value, const Twine &suffix);

  // By the name that tables share.
  llvm::StringMap<TableContents> tables;
};

} // namespace

Operation *BakeTablesPass::findTable(Value handle) {
  Operation *table = skipIdentities(handle).getDefiningOp();
  return isTable(table) ? table : nullptr;
}

/// Nodes with one shared name in one container are one table.
std::string BakeTablesPass::nameOf(Operation *table) {
  auto text = [&](StringRef attribute) {
    auto attr = table->getAttrOfType<StringAttr>(attribute);
    return attr ? attr.getValue() : StringRef();
  };
  StringRef shared = text("shared_name");
  if (shared.empty())
    shared = getNodeName(table->getLoc());
  return (text("container") + "/" + shared).str();
}

/// What a variable is set to, if `value` reads one that is set once (TF2 keeps
/// the path of an asset in a variable); else `value` itself.
static Value skipVariable(Value value) {
  auto read = value.getDefiningOp<ReadVariableOp>();
  if (!read)
    return value;
  Value written;
  for (Operation *user : skipIdentities(read.getResource()).getUsers()) {
    auto assign = dyn_cast<AssignVariableOp>(user);
    if (!assign)
      continue;
    if (written)
      return value;
    written = assign.getValue();
  }
  return written ? skipIdentities(written) : value;
}

/// The text of the asset that a file name stands for; null if it is none.
StringAttr BakeTablesPass::textOf(Value fileName) {
  Operation *node = skipVariable(skipIdentities(fileName)).getDefiningOp();
  auto assets = getOperation()->getAttrOfType<ArrayAttr>("tfg.assets");
  if (!node || !assets)
    return {};
  std::string tensor = (getNodeName(node->getLoc()) + ":0").str();
  for (Attribute attr : assets) {
    auto asset = dyn_cast<DictionaryAttr>(attr);
    auto name = asset ? asset.getAs<StringAttr>("tensor") : StringAttr();
    if (name && name.getValue() == tensor)
      return asset.getAs<StringAttr>("text");
  }
  return {};
}

LogicalResult BakeTablesPass::readFile(Operation *op, Operation *table) {
  StringAttr text = textOf(op->getOperand(1));
  if (!text)
    return success();
  auto integer = [&](StringRef name, int64_t fallback) {
    auto attr = op->getAttrOfType<IntegerAttr>(name);
    return attr ? attr.getInt() : fallback;
  };
  auto delimiter = op->getAttrOfType<StringAttr>("delimiter");
  TableFileFormat format{
      table->getAttrOfType<TypeAttr>("key_dtype").getValue(),
      table->getAttrOfType<TypeAttr>("value_dtype").getValue(),
      integer("key_index", -2),
      integer("value_index", -1),
      integer("vocab_size", -1),
      integer("offset", 0),
      delimiter ? delimiter.getValue() : "\t"};
  FailureOr<TableContents> contents = readTableFile(op, text, format);
  if (failed(contents))
    return failure();
  tables.try_emplace(nameOf(table), *contents);
  return success();
}

LogicalResult BakeTablesPass::readInitializer(Operation *op) {
  bool isFile =
      isa<InitializeTableFromTextFileOp, InitializeTableFromTextFileV2Op>(op);
  if (!isFile && !isa<InitializeTableOp, InitializeTableV2Op,
                      LookupTableImportOp, LookupTableImportV2Op>(op))
    return success();
  Operation *table = findTable(op->getOperand(0));
  if (!table)
    return success();
  if (isFile)
    return readFile(op, table);
  ElementsAttr keys = constantOf(op->getOperand(1));
  ElementsAttr values = constantOf(op->getOperand(2));
  if (!keys || !values)
    return success();
  if (keys.getShapedType().getElementType() !=
          table->getAttrOfType<TypeAttr>("key_dtype").getValue() ||
      values.getShapedType().getElementType() !=
          table->getAttrOfType<TypeAttr>("value_dtype").getValue())
    return op->emitOpError("expects keys and values of the table's types, but "
                           "got ")
           << keys.getShapedType() << " and " << values.getShapedType();
  tables.try_emplace(nameOf(table), TableContents{keys, values});
  return success();
}

Value BakeTablesPass::makeConst(Operation *before, ElementsAttr value,
                                const Twine &suffix) {
  OpBuilder builder(before);
  Location loc =
      getNodeLoc(&getContext(), (getNodeName(before->getLoc()) + suffix).str());
  return ConstOp::create(builder, loc, cast<TypedAttr>(value)).getResult();
}

void BakeTablesPass::bakeLookup(Operation *op) {
  bool isSize = isa<LookupTableSizeOp, LookupTableSizeV2Op>(op);
  if (!isSize && !isa<LookupTableFindOp, LookupTableFindV2Op>(op))
    return;
  Operation *table = findTable(op->getOperand(0));
  auto contents = table ? tables.find(nameOf(table)) : tables.end();
  if (contents == tables.end())
    return;
  const TableContents &baked = contents->second;
  ++numLookups;
  if (isSize) {
    Type type = IntegerType::get(&getContext(), 64);
    Value size = makeConst(op, makeIntScalar(type, baked.keys.getNumElements()),
                           "/size");
    replaceNode(op, "Identity", size, op->getResultTypes());
    return;
  }
  SmallVector<Value> operands{op->getOperand(1), op->getOperand(2),
                              makeConst(op, baked.keys, "/table_keys"),
                              makeConst(op, baked.values, "/table_values")};
  llvm::append_range(operands, getControlOperands(op));
  replaceNode(op, "_TableFind", operands, op->getResultTypes());
}

void BakeTablesPass::runOnOperation() {
  for (auto graph : getOperation().getOps<GraphOp>()) {
    tables.clear();
    for (Operation &op : *graph.getBodyBlock())
      if (failed(readInitializer(&op)))
        return signalPassFailure();
    for (Operation &op : llvm::make_early_inc_range(*graph.getBodyBlock()))
      bakeLookup(&op);
  }
}

} // namespace firn::tfg
