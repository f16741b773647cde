//===- SparsifyGather.cpp - rows of few weights from a table --------------===//
//
// A lookup of one weight for each of N ids, of which most are zero, becomes a
// lookup in a table of the others. The table is filled by a node that a loader
// has to run, as TensorFlow's transform of this name leaves it.
//
//===----------------------------------------------------------------------===//

#include "ir/Identities.h"
#include "ir/TFGConstants.h"
#include "passes/ConstantValues.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"

#include <cmath>

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_SPARSIFYGATHERPASS
#include "passes/Passes.h.inc"

namespace {

/// Smaller weights count as zero, as in TensorFlow's transform.
constexpr float kLeastWeight = 1e-5f;

struct SparsifyGatherPass : impl::SparsifyGatherPassBase<SparsifyGatherPass> {
  using SparsifyGatherPassBase::SparsifyGatherPassBase;
  void runOnOperation() override;

private:
  void runOnGraph(GraphOp graph);
  Value makeTable(Operation *weights, ArrayRef<float> values, NodeNames &names);
  void addToGroup(GraphOp graph, NodeNames &names);

  llvm::DenseMap<Operation *, Value> tables; // by the constant of the weights
  SmallVector<Operation *> fills;
};

/// Erases the weights and what hands them on, if nothing needs them any more.
void eraseUnused(Value value) {
  while (value && value.use_empty()) {
    Operation *op = value.getDefiningOp();
    value = op->getNumOperands() > 0 ? op->getOperand(0) : Value();
    op->erase();
  }
}

/// The constant of shape [N, 1] that the node looks up in; null if it is
/// another kind of lookup.
Operation *findWeights(Operation *op) {
  StringRef name = getTFOpName(op);
  if (name != "Gather" && name != "GatherV2")
    return nullptr;
  auto batchDims = op->getAttrOfType<IntegerAttr>("batch_dims");
  if (name == "GatherV2") {
    std::optional<SmallVector<int64_t>> axis = readIntegers(op->getOperand(2));
    if (!axis || axis->size() != 1 || axis->front() != 0 ||
        (batchDims && batchDims.getInt() != 0))
      return nullptr;
  }
  Operation *weights = skipIdentities(op->getOperand(0)).getDefiningOp();
  if (!weights || getTFOpName(weights) != "Const" ||
      !getControlOperands(weights).empty())
    return nullptr;
  auto type = dyn_cast<RankedTensorType>(weights->getResult(0).getType());
  return type && type.getElementType().isF32() && type.getRank() == 2 &&
                 type.getDimSize(1) == 1
             ? weights
             : nullptr;
}

Value makeConst(OpBuilder &builder, Location loc, ElementsAttr value) {
  return ConstOp::create(builder, loc, cast<TypedAttr>(value));
}

} // namespace

/// The node that loaders run waits for the tables.
void SparsifyGatherPass::addToGroup(GraphOp graph, NodeNames &names) {
  OpBuilder builder = OpBuilder::atBlockEnd(graph.getBodyBlock());
  if (FetchOp fetch = graph.getFetch())
    builder.setInsertionPoint(fetch);
  SmallVector<Value> operands;
  NodeOpInterface group = names.lookup(groupInitNode);
  if (group)
    operands.append(group->operand_begin(), group->operand_end());
  for (Operation *fill : fills)
    operands.push_back(createControl(builder, fill));
  if (group)
    group->setOperands(operands);
  else
    createNode(builder, names.makeLoc(groupInitNode), "NoOp", operands, {});
}

Value SparsifyGatherPass::makeTable(Operation *weights, ArrayRef<float> values,
                                    NodeNames &names) {
  Value &table = tables[weights];
  if (table)
    return table;
  SmallVector<int64_t> ids;
  SmallVector<float> kept;
  for (auto [id, value] : llvm::enumerate(values))
    if (!(std::abs(value) < kLeastWeight)) {
      ids.push_back(static_cast<int64_t>(id));
      kept.push_back(value);
    }
  // A table has to have something in it.
  if (ids.empty()) {
    ids.push_back(0);
    kept.push_back(0);
  }
  OpBuilder builder(weights);
  MLIRContext *context = weights->getContext();
  std::string name = getNodeName(weights->getLoc()).str();
  auto locOf = [&](StringRef suffix) {
    return names.makeLoc((name + suffix).str());
  };
  auto count = static_cast<int64_t>(ids.size());
  Type i64 = builder.getI64Type(), f32 = builder.getF32Type();
  Value keys = makeConst(builder, locOf("/indices"), makeIntVector(i64, ids));
  Value entries =
      makeConst(builder, locOf("/values"),
                makeFloats(RankedTensorType::get(count, f32), kept));
  Type handle = RankedTensorType::get(
      {}, RefType::get(context, StringType::get(context)));
  table = createNode(builder, locOf("/HashTable"), "HashTable", {}, handle,
                     {builder.getNamedAttr("key_dtype", TypeAttr::get(i64)),
                      builder.getNamedAttr("value_dtype", TypeAttr::get(f32)),
                      builder.getNamedAttr("shared_name",
                                           builder.getStringAttr(name))})
              ->getResult(0);
  fills.push_back(createNode(builder, locOf("/InitializeTable"),
                             "InitializeTable", {table, keys, entries}, {}));
  return table;
}

void SparsifyGatherPass::runOnGraph(GraphOp graph) {
  Block &body = *graph.getBodyBlock();
  SmallVector<Operation *> lookups;
  for (auto node : body.getOps<NodeOpInterface>())
    if (findWeights(node))
      lookups.push_back(node);
  if (lookups.empty())
    return;
  NodeNames names(body);
  for (Operation *op : lookups) {
    Operation *weights = findWeights(op);
    std::optional<std::vector<float>> values =
        readFloats(weights->getResult(0));
    if (!values)
      continue;
    Value table = makeTable(weights, *values, names);
    OpBuilder builder(op);
    std::string name = getNodeName(op->getLoc()).str();
    auto locOf = [&](StringRef suffix) {
      return names.makeLoc((name + suffix).str());
    };
    auto typeLike = [](Value value, Type element) {
      return cast<TensorType>(value.getType()).clone(element);
    };
    Value ids = op->getOperand(1);
    if (!getElementTypeOrSelf(ids).isInteger(64))
      ids = createNode(builder, locOf("/ids"), "Cast", ids,
                       typeLike(ids, builder.getI64Type()))
                ->getResult(0);
    Value zero =
        makeConst(builder, locOf("/Const"), makeFloat(op->getContext(), 0.0f));
    Value found =
        createNode(builder, locOf("/LookupTableFind"), "LookupTableFind",
                   {table, ids, zero}, typeLike(ids, builder.getF32Type()))
            ->getResult(0);
    SmallVector<Value> operands = {
        found, makeConst(builder, locOf("/ExpandDims/Const"),
                         makeIntScalar(builder.getI32Type(), -1))};
    llvm::append_range(operands, getControlOperands(op));
    Value looked = op->getOperand(0);
    replaceNode(op, "ExpandDims", operands, op->getResultTypes());
    eraseUnused(looked);
    ++numSparsified;
  }
  if (!fills.empty())
    addToGroup(graph, names);
  tables.clear();
  fills.clear();
}

void SparsifyGatherPass::runOnOperation() {
  for (auto graph : getOperation().getOps<GraphOp>())
    runOnGraph(graph);
}

} // namespace firn::tfg
