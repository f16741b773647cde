//===- SortNodes.cpp - write nodes after what they need -------------------===//
//
// Graphs are graph regions: the order of nodes means nothing here, but readers
// that run node after node need one.
//
//===----------------------------------------------------------------------===//

#include "passes/GraphTraversal.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_SORTNODESPASS
#include "passes/Passes.h.inc"

namespace {

struct SortNodesPass : impl::SortNodesPassBase<SortNodesPass> {
  void runOnOperation() override {
    bool ok = true;
    forEachBody(getOperation(), [&](Block &body) {
      SmallVector<Operation *> sorted = sortTopologically(body);
      if (failed(verifyAcyclic(body, sorted))) {
        ok = false;
        return;
      }
      Operation *last = nullptr;
      for (Operation *op : sorted) {
        if (isa<ReturnOp>(op))
          continue;
        if (last)
          op->moveAfter(last);
        else
          op->moveBefore(&body, body.begin());
        last = op;
      }
    });
    if (!ok)
      signalPassFailure();
  }
};

} // namespace

} // namespace firn::tfg
