//===- TableFillings.cpp - what the initialisers of a graph put in tables -===//

#include "passes/TableFillings.h"
#include "ir/Identities.h"
#include "ir/TFGStateOps.h"
#include "ir/TFGTableOps.h"
#include "passes/NodeBuilder.h"

using namespace mlir;

namespace firn::tfg {

static bool isTable(Operation *op) {
  return isa_and_present<HashTableOp, HashTableV2Op, MutableHashTableOp,
                         MutableHashTableV2Op>(op) &&
         op->getAttrOfType<TypeAttr>("key_dtype") &&
         op->getAttrOfType<TypeAttr>("value_dtype");
}

static ElementsAttr constantOf(Value value) {
  auto constant = skipIdentities(value).getDefiningOp<ConstOp>();
  return constant ? dyn_cast<ElementsAttr>(constant.getValue())
                  : ElementsAttr();
}

Operation *TableFillings::findTable(Value handle) {
  Operation *table = skipIdentities(handle).getDefiningOp();
  return isTable(table) ? table : nullptr;
}

/// Nodes with one shared name in one container are one table.
static StringAttr nameOf(Operation *table) {
  auto text = [&](StringRef attribute) {
    auto attr = table->getAttrOfType<StringAttr>(attribute);
    return attr ? attr.getValue() : StringRef();
  };
  StringRef shared = text("shared_name");
  if (shared.empty())
    shared = getNodeName(table->getLoc());
  return StringAttr::get(table->getContext(), text("container") + "/" + shared);
}

const TableFilling *TableFillings::find(Operation *table) const {
  auto it = fillings.find(nameOf(table));
  return it == fillings.end() ? nullptr : &it->second;
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

/// The asset that a file name stands for; null if it is none.
static DictionaryAttr findAsset(ArrayAttr assets, Operation *fileName) {
  if (!assets)
    return {};
  std::string tensor = (getNodeName(fileName->getLoc()) + ":0").str();
  for (Attribute attr : assets) {
    auto asset = dyn_cast<DictionaryAttr>(attr);
    auto name = asset ? asset.getAs<StringAttr>("tensor") : StringAttr();
    if (name && name.getValue() == tensor)
      return asset;
  }
  return {};
}

LogicalResult TableFillings::readFile(Operation *op, Operation *table,
                                      TableFilling &filling) {
  Operation *name =
      skipVariable(skipIdentities(op->getOperand(1))).getDefiningOp();
  if (!name) {
    filling.problem = "reads a file whose name is not known";
    return success();
  }
  auto nameNode = ("'" + getNodeName(name->getLoc()) + "'").str();
  DictionaryAttr asset = findAsset(assets, name);
  if (!asset) {
    filling.problem = "reads the file that node " + nameNode +
                      " names, which is no asset of the model";
    return success();
  }
  auto text = asset.getAs<StringAttr>("text");
  if (!text) {
    auto file = asset.getAs<StringAttr>("file");
    auto problem = asset.getAs<StringAttr>("problem");
    filling.problem = "reads the asset '" + (file ? file.str() : "") +
                      "', of which the text is not known" +
                      (problem ? " (" + problem.str() + ")" : "");
    return success();
  }
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
  filling.contents = *contents;
  return success();
}

LogicalResult TableFillings::readInitializer(Operation *op) {
  bool isFile =
      isa<InitializeTableFromTextFileOp, InitializeTableFromTextFileV2Op>(op);
  if (!isFile && !isa<InitializeTableOp, InitializeTableV2Op,
                      LookupTableImportOp, LookupTableImportV2Op>(op))
    return success();
  Operation *table = findTable(op->getOperand(0));
  if (!table)
    return success();
  TableFilling filling;
  filling.initializer = op;
  if (isFile) {
    if (failed(readFile(op, table, filling)))
      return failure();
  } else {
    ElementsAttr keys = constantOf(op->getOperand(1));
    ElementsAttr values = constantOf(op->getOperand(2));
    if (!keys || !values) {
      filling.problem = "computes the keys or the values; only constants are "
                        "known before the model runs";
    } else {
      if (keys.getShapedType().getElementType() !=
              table->getAttrOfType<TypeAttr>("key_dtype").getValue() ||
          values.getShapedType().getElementType() !=
              table->getAttrOfType<TypeAttr>("value_dtype").getValue())
        return op->emitOpError("expects keys and values of the table's types, "
                               "but got ")
               << keys.getShapedType() << " and " << values.getShapedType();
      filling.contents = TableContents{keys, values};
    }
  }
  TableFilling &known = fillings[nameOf(table)];
  if (!known.contents && (filling.contents || !known.initializer))
    known = std::move(filling);
  return success();
}

LogicalResult TableFillings::read(GraphOp graph) {
  assets = graph->getParentOfType<ModuleOp>()->getAttrOfType<ArrayAttr>(
      "tfg.assets");
  fillings.clear();
  for (Operation &op : *graph.getBodyBlock())
    if (failed(readInitializer(&op)))
      return failure();
  return success();
}

} // namespace firn::tfg
