//===- FakeQuantize.cpp - what products take, rounded ---------------------===//
//
// Which range a tensor is rounded in follows from what computes it. A cycle of
// TF1 has Merge and NextIteration in it, which are not looked through.
//
//===----------------------------------------------------------------------===//

#include "passes/ConstantValues.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSwitch.h"

#include <cmath>

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_FAKEQUANTIZEPASS
#include "passes/Passes.h.inc"

namespace {

struct FakeQuantizePass : impl::FakeQuantizePassBase<FakeQuantizePass> {
  using FakeQuantizePassBase::FakeQuantizePassBase;
  void runOnOperation() override;

private:
  Value round(Value value, NodeNames &names);
};

struct Rounding {
  bool isSigned = true;
  bool isGiven = false;
  float min = 0.0f, max = 0.0f;
};

bool takesRounded(Operation *op) {
  return llvm::StringSwitch<bool>(getTFOpName(op))
      .Cases({"MatMul", "BatchMatMulV2", "Conv2D", "DepthwiseConv2dNative"},
             true)
      .Default(false);
}

/// Of a constant: the range of its values and 0.
std::optional<Rounding> findConstantRange(Value value) {
  std::optional<std::vector<float>> values = readFloats(value);
  if (!values || values->empty())
    return std::nullopt;
  Rounding rounding{true, true};
  for (float element : *values) {
    if (!std::isfinite(element))
      return std::nullopt;
    rounding.min = std::min(rounding.min, element);
    rounding.max = std::max(rounding.max, element);
  }
  return rounding;
}

Rounding findRounding(Value value) {
  if (std::optional<Rounding> constant = findConstantRange(value))
    return *constant;
  Operation *op = value.getDefiningOp();
  llvm::DenseSet<Operation *> seen;
  while (op && seen.insert(op).second &&
         llvm::StringSwitch<bool>(getTFOpName(op))
             .Cases({"Identity", "Reshape", "Squeeze", "ExpandDims",
                     "Transpose", "MaxPool", "AvgPool"},
                    true)
             .Default(false))
    op = op->getOperand(0).getDefiningOp();
  return llvm::StringSwitch<Rounding>(op ? getTFOpName(op) : "")
      .Case("Relu", {false, false})
      .Case("Relu6", {false, true, 0.0f, 6.0f})
      .Cases({"Sigmoid", "Softmax"}, {false, true, 0.0f, 1.0f})
      .Case("Tanh", {true, true, -1.0f, 1.0f})
      .Default(Rounding());
}

} // namespace

Value FakeQuantizePass::round(Value value, NodeNames &names) {
  Rounding rounding = findRounding(value);
  OpBuilder builder(value.getContext());
  if (Operation *op = value.getDefiningOp())
    builder.setInsertionPointAfter(op);
  else
    builder.setInsertionPointToStart(value.getParentBlock());
  std::string name = "argument";
  if (Operation *op = value.getDefiningOp())
    name = getNodeName(op->getLoc()).str();
  auto makeEnd = [&](StringRef suffix, float end) -> Value {
    return ConstOp::create(builder, names.makeLoc((name + suffix).str()),
                           cast<TypedAttr>(makeFloat(&getContext(), end)));
  };
  Value min = makeEnd("/fake_quantize_min", rounding.min);
  Value max = makeEnd("/fake_quantize_max", rounding.max);
  ++numRounded;
  return createNode(
             builder, names.makeLoc(name + "/fake_quantize"),
             "QuantizeAndDequantizeV2", {value, min, max}, value.getType(),
             {builder.getNamedAttr("num_bits",
                                   builder.getI64IntegerAttr(numBits)),
              builder.getNamedAttr("range_given",
                                   builder.getBoolAttr(rounding.isGiven)),
              builder.getNamedAttr("signed_input",
                                   builder.getBoolAttr(rounding.isSigned))})
      ->getResult(0);
}

void FakeQuantizePass::runOnOperation() {
  if (numBits < 1 || numBits > 62) {
    getOperation().emitError("expected 1 to 62 bits, found ")
        << numBits.getValue();
    return signalPassFailure();
  }
  forEachBody(getOperation(), [&](Block &body) {
    llvm::MapVector<Value, SmallVector<OpOperand *>> inputs;
    for (Operation &op : body)
      if (takesRounded(&op))
        for (OpOperand &operand : op.getOpOperands().take_front(2))
          if (auto type = dyn_cast<TensorType>(operand.get().getType());
              type && type.getElementType().isF32())
            inputs[operand.get()].push_back(&operand);
    if (inputs.empty())
      return;
    NodeNames names(body);
    for (auto &[value, operands] : inputs) {
      // A tensor that is rounded already is rounded enough.
      Operation *op = value.getDefiningOp();
      if (op && getTFOpName(op).starts_with("QuantizeAndDequantize"))
        continue;
      Value rounded = round(value, names);
      for (OpOperand *operand : operands)
        operand->set(rounded);
    }
  });
}

} // namespace firn::tfg
