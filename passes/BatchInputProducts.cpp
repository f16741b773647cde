//===- BatchInputProducts.cpp - the input's part of unrolled steps --------===//
//
// An unrolled recurrent network multiplies [x_t, h_t] with the same weights in
// every step, one row at a time: each step reads all weights again. What of it
// does not depend on the step before, x_t times its rows of the weights, is one
// product for all steps.
//
// The steps are found by their weights. A step's part is independent if no
// product of the group reaches it.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGOps.h"
#include "passes/ConstantValues.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_BATCHINPUTPRODUCTSPASS
#include "passes/Passes.h.inc"

namespace {

/// Fewer steps, or smaller weights, are not worth the slices.
constexpr size_t kMinSteps = 4;
constexpr int64_t kMinWeights = 32 * 1024;

/// MatMul(ConcatV2(parts, axis 1), weights) with static shapes.
struct Step {
  Operation *product;
  Value parts[2];
  int64_t rows;
};

struct Group {
  SmallVector<Step> steps;
  int64_t widths[2]; // of the parts
  int64_t columns;
};

RankedTensorType matrixType(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.getRank() == 2 && type.hasStaticShape()
             ? type
             : RankedTensorType();
}

std::optional<Step> matchStep(Operation &op) {
  if (getTFOpName(&op) != "MatMul" || op.getNumOperands() != 2)
    return std::nullopt;
  auto flag = [&](StringRef name) {
    auto attr = op.getAttrOfType<BoolAttr>(name);
    return attr && attr.getValue();
  };
  Operation *concat = op.getOperand(0).getDefiningOp();
  if (flag("transpose_a") || flag("transpose_b") || !concat ||
      getTFOpName(concat) != "ConcatV2" || concat->getNumOperands() != 3 ||
      !getConstantValue(op.getOperand(1)))
    return std::nullopt;
  auto axis = readIntegers(concat->getOperand(2));
  auto first = matrixType(concat->getOperand(0)),
       second = matrixType(concat->getOperand(1)),
       weights = matrixType(op.getOperand(1));
  if (!axis || axis->size() != 1 ||
      (axis->front() != 1 && axis->front() != -1) || !first || !second ||
      !weights || !matrixType(op.getResult(0)) ||
      !isa<FloatType>(weights.getElementType()) ||
      weights.getNumElements() < kMinWeights)
    return std::nullopt;
  return Step{
      &op, {concat->getOperand(0), concat->getOperand(1)}, first.getDimSize(0)};
}

/// All nodes that the products of a group reach.
DenseSet<Operation *> reachedBy(const Group &group) {
  DenseSet<Operation *> reached;
  SmallVector<Operation *> work;
  for (const Step &step : group.steps)
    work.push_back(step.product);
  while (!work.empty())
    for (Operation *user : work.pop_back_val()->getUsers())
      if (reached.insert(user).second)
        work.push_back(user);
  return reached;
}

struct BatchInputProductsPass
    : impl::BatchInputProductsPassBase<BatchInputProductsPass> {
  void runOnOperation() override;
  void batch(const Group &group);
};

/// Nodes with static types, named for the group's first product.
class Builder {
public:
  Builder(Operation *first)
      : b(first), loc(first->getLoc()),
        element(getElementTypeOrSelf(first->getResult(0))) {}

  Value node(StringRef op, ValueRange operands, ArrayRef<int64_t> shape) {
    return createNode(b, loc, op, operands,
                      TypeRange(RankedTensorType::get(shape, element)))
        ->getResult(0);
  }
  Value integers(ArrayRef<int32_t> values) {
    auto type = RankedTensorType::get({int64_t(values.size())}, b.getI32Type());
    return ConstOp::create(b, loc, DenseElementsAttr::get(type, values));
  }
  Value slice(Value value, int64_t row, int64_t rows, int64_t columns) {
    return node("Slice",
                {value, integers({int32_t(row), 0}),
                 integers({int32_t(rows), int32_t(columns)})},
                {rows, columns});
  }
  Value scalar(int32_t value) {
    auto type = RankedTensorType::get({}, b.getI32Type());
    return ConstOp::create(b, loc, DenseElementsAttr::get(type, value));
  }

private:
  OpBuilder b;
  Location loc;
  Type element;
};

void BatchInputProductsPass::batch(const Group &group) {
  DenseSet<Operation *> reached = reachedBy(group);
  auto isIndependent = [&](unsigned part) {
    return llvm::all_of(group.steps, [&](const Step &step) {
      Operation *source = step.parts[part].getDefiningOp();
      return !source || !reached.contains(source);
    });
  };
  // If both parts are, nothing recurs, and one product would do; leave it.
  bool first = isIndependent(0), second = isIndependent(1);
  if (first == second)
    return;
  unsigned input = first ? 0 : 1;

  Builder builder(group.steps.front().product);
  Value weights = group.steps.front().product->getOperand(1);
  int64_t widths[] = {group.widths[0], group.widths[1]};
  Value parts[] = {builder.slice(weights, 0, widths[0], group.columns),
                   builder.slice(weights, widths[0], widths[1], group.columns)};
  SmallVector<Value> rows;
  int64_t count = 0;
  for (const Step &step : group.steps) {
    rows.push_back(step.parts[input]);
    count += step.rows;
  }
  rows.push_back(builder.scalar(0));
  Value all = builder.node("ConcatV2", rows, {count, widths[input]});
  Value products =
      builder.node("MatMul", {all, parts[input]}, {count, group.columns});
  int64_t row = 0;
  for (const Step &step : group.steps) {
    Builder here(step.product);
    Value own = here.slice(products, row, step.rows, group.columns);
    Value rest = here.node("MatMul", {step.parts[1 - input], parts[1 - input]},
                           {step.rows, group.columns});
    replaceNode(step.product, "AddV2", {own, rest},
                TypeRange(step.product->getResultTypes()));
    row += step.rows;
  }
  ++numGroups;
}

void BatchInputProductsPass::runOnOperation() {
  for (GraphOp graph : getOperation().getOps<GraphOp>()) {
    // By the weights and by where they are split.
    llvm::MapVector<std::pair<Value, int64_t>, Group> groups;
    for (Operation &op : *graph.getBodyBlock())
      if (std::optional<Step> step = matchStep(op)) {
        int64_t split = matrixType(step->parts[0]).getDimSize(1);
        Group &group = groups[{op.getOperand(1), split}];
        auto weights = matrixType(op.getOperand(1));
        group.widths[0] = split;
        group.widths[1] = weights.getDimSize(0) - split;
        group.columns = weights.getDimSize(1);
        group.steps.push_back(*step);
      }
    for (auto &[key, group] : groups)
      if (group.steps.size() >= kMinSteps)
        batch(group);
  }
}

} // namespace

} // namespace firn::tfg
