//===- FreezeRequantizationRanges.cpp - ranges that were measured ---------===//

#include "passes/ConstantValues.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_FREEZEREQUANTIZATIONRANGESPASS
#include "passes/Passes.h.inc"

namespace {

struct FreezeRequantizationRangesPass
    : impl::FreezeRequantizationRangesPassBase<FreezeRequantizationRangesPass> {
  using FreezeRequantizationRangesPassBase::FreezeRequantizationRangesPassBase;
  void runOnOperation() override;
};

/// Two constants in the place of the node's outputs.
void freezeRange(Operation *op, float min, float max, NodeNames &names) {
  OpBuilder builder(op);
  std::string name = getNodeName(op->getLoc()).str();
  for (auto [index, suffix, value] :
       {std::tuple(0, "/frozen_min", min), std::tuple(1, "/frozen_max", max)}) {
    ElementsAttr attr = makeFloat(op->getContext(), value);
    Value constant = createNode(builder, names.makeLoc(name + suffix), "Const",
                                getControlOperands(op), attr.getType(),
                                builder.getNamedAttr("value", attr))
                         ->getResult(0);
    op->getResult(index).replaceAllUsesWith(constant);
  }
  op->erase();
}

} // namespace

void FreezeRequantizationRangesPass::runOnOperation() {
  if (mins.size() != nodes.size() || maxes.size() != nodes.size()) {
    getOperation().emitError("expected a lower and an upper end for each of ")
        << nodes.size() << " nodes, found " << mins.size() << " and "
        << maxes.size();
    return signalPassFailure();
  }
  llvm::MapVector<StringRef, unsigned> wanted;
  for (auto [i, node] : llvm::enumerate(nodes)) {
    if (!(mins[i] <= maxes[i])) {
      getOperation().emitError("the range of node '")
          << node << "' is [" << mins[i] << ", " << maxes[i]
          << "], which is none";
      return signalPassFailure();
    }
    wanted.insert({node, unsigned(i)});
  }
  forEachBody(getOperation(), [&](Block &body) {
    SmallVector<std::pair<Operation *, unsigned>> ranges;
    for (auto node : body.getOps<NodeOpInterface>())
      if (node.getTFOpName() == "RequantizationRange")
        if (auto it = wanted.find(node.getNodeName()); it != wanted.end())
          ranges.push_back({node, it->second});
    if (ranges.empty())
      return;
    NodeNames names(body);
    for (auto [op, index] : ranges) {
      wanted.erase(getNodeName(op->getLoc()));
      freezeRange(op, static_cast<float>(mins[index]),
                  static_cast<float>(maxes[index]), names);
      ++numFrozen;
    }
  });
  for (auto &[node, index] : wanted)
    getOperation().emitError("the graph has no RequantizationRange '")
        << node << "'";
  if (!wanted.empty())
    signalPassFailure();
}

} // namespace firn::tfg
