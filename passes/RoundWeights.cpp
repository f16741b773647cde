//===- RoundWeights.cpp - weights of few values ---------------------------===//
//
// For compression of the file afterwards: equal values repeat their bytes.
//
//===----------------------------------------------------------------------===//

#include "passes/ConstantValues.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"

#include <algorithm>
#include <cmath>

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_ROUNDWEIGHTSPASS
#include "passes/Passes.h.inc"

namespace {

/// Smaller constants are biases and parameters, which gain nothing.
constexpr int64_t kMinElements = 16;

struct RoundWeightsPass : impl::RoundWeightsPassBase<RoundWeightsPass> {
  using RoundWeightsPassBase::RoundWeightsPassBase;

  void runOnOperation() override {
    if (numSteps < 1) {
      getOperation().emitError("weights cannot be rounded to ")
          << numSteps.getValue() << " steps";
      return signalPassFailure();
    }
    getOperation().walk([&](NodeOpInterface node) {
      if (node.getTFOpName() == "Const")
        numRounded += round(node);
    });
  }

private:
  bool round(Operation *op) {
    ElementsAttr attr = getConstantValue(op->getResult(0));
    std::optional<std::vector<float>> values = readFloats(attr);
    if (!values || attr.getNumElements() < kMinElements)
      return false;
    auto [least, most] = std::minmax_element(values->begin(), values->end());
    double min = *least, width = (double(*most) - min) / numSteps;
    // Not of equal values, nor of values that are not finite.
    if (!(width > 0) || !std::isfinite(width) ||
        !llvm::all_of(*values,
                      [](float value) { return std::isfinite(value); }))
      return false;
    for (float &value : *values) {
      double step = std::floor((value - min) / width);
      step = std::min(step, double(numSteps - 1));
      value = static_cast<float>(min + (step + 0.5) * width);
    }
    op->setAttr("value",
                makeFloats(cast<RankedTensorType>(attr.getType()), *values));
    return true;
  }
};

} // namespace

} // namespace firn::tfg
