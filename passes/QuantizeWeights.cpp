//===- QuantizeWeights.cpp - large weights in eight bits ------------------===//
//
// Bytes on disk only: a Dequantize gives the floats back, by the arithmetic of
// its mode MIN_FIRST. A byte q stands for
//
//   round(min / step) * step + q * step,  step = (max - min) / 255
//
// so that 0 is one of the values, and stays exact.
//
//===----------------------------------------------------------------------===//

#include "passes/ConstantValues.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"

#include <cmath>

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_QUANTIZEWEIGHTSPASS
#include "passes/Passes.h.inc"

namespace {

struct QuantizeWeightsPass
    : impl::QuantizeWeightsPassBase<QuantizeWeightsPass> {
  using QuantizeWeightsPassBase::QuantizeWeightsPassBase;
  void runOnOperation() override;

private:
  bool quantize(Operation *op, NodeNames &names);
};

struct Range {
  float min = 0.0f, max = 0.0f;
};

/// The range of the values and 0, not empty; nullopt if a value is not finite.
std::optional<Range> findRange(ArrayRef<float> values) {
  Range range;
  for (float value : values) {
    if (!std::isfinite(value))
      return std::nullopt;
    range.min = std::min(range.min, value);
    range.max = std::max(range.max, value);
  }
  if (range.min == range.max)
    range.max = 1.0f;
  if (!std::isfinite(range.max - range.min))
    return std::nullopt;
  return range;
}

std::vector<char> toBytes(ArrayRef<float> values, Range range) {
  double scale = 255.0 / (double(range.max) - double(range.min));
  double lowest = std::round(range.min * scale);
  std::vector<char> bytes;
  bytes.reserve(values.size());
  for (float value : values) {
    double level = std::round(value * scale) - lowest;
    bytes.push_back(
        static_cast<char>(static_cast<uint8_t>(std::clamp(level, 0.0, 255.0))));
  }
  return bytes;
}

} // namespace

bool QuantizeWeightsPass::quantize(Operation *op, NodeNames &names) {
  ElementsAttr attr = getConstantValue(op->getResult(0));
  std::optional<std::vector<float>> values = readFloats(attr);
  std::optional<Range> range = values ? findRange(*values) : std::nullopt;
  if (!range)
    return false;
  MLIRContext *context = op->getContext();
  OpBuilder builder(op);
  std::string name = getNodeName(op->getLoc()).str();
  auto add = [&](StringRef suffix, ElementsAttr value) -> Value {
    return ConstOp::create(builder, names.makeLoc((name + suffix).str()),
                           cast<TypedAttr>(value));
  };
  auto type = RankedTensorType::get(attr.getShapedType().getShape(),
                                    QUInt8Type::get(context));
  SmallVector<Value> operands{
      add("_quantized_const", makeConstant(type, toBytes(*values, *range))),
      add("_quantized_min", makeFloat(context, range->min)),
      add("_quantized_max", makeFloat(context, range->max))};
  llvm::append_range(operands, getControlOperands(op));
  replaceNode(op, "Dequantize", operands, op->getResultTypes(),
              builder.getNamedAttr("mode", builder.getStringAttr("MIN_FIRST")));
  return true;
}

void QuantizeWeightsPass::runOnOperation() {
  forEachBody(getOperation(), [&](Block &body) {
    SmallVector<Operation *> constants;
    for (auto node : body.getOps<NodeOpInterface>()) {
      if (node.getTFOpName() != "Const")
        continue;
      ElementsAttr attr = getConstantValue(node->getResult(0));
      if (attr && attr.getElementType().isF32() &&
          attr.getNumElements() >= minimumSize)
        constants.push_back(node);
    }
    if (constants.empty())
      return;
    NodeNames names(body);
    for (Operation *op : constants)
      numQuantized += quantize(op, names);
  });
}

} // namespace firn::tfg
