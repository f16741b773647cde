//===- NodeOrder.cpp - the nodes that values need, in order ---------------===//

#include "backend/jit/lowering/NodeOrder.h"
#include "ir/TFGOps.h"

using namespace mlir;

namespace firn {

StringRef opNameOf(Operation *op) {
  auto node = dyn_cast<tfg::NodeOpInterface>(op);
  return node ? node.getTFOpName() : op->getName().stripDialect();
}

FailureOr<SmallVector<Operation *>> sortNeededNodes(ValueRange roots) {
  enum class State { Open, Done };
  llvm::DenseMap<Operation *, State> states;
  SmallVector<std::pair<Operation *, unsigned>> stack;
  SmallVector<Operation *> order;
  auto enter = [&](Value value) -> LogicalResult {
    Operation *op = value.getDefiningOp();
    if (!op)
      return success();
    auto [it, isNew] = states.try_emplace(op, State::Open);
    if (isNew)
      stack.push_back({op, 0});
    else if (it->second == State::Open)
      return op->emitError("unsupported op: ")
             << opNameOf(op) << " (node '" << tfg::getNodeName(op->getLoc())
             << "' depends on itself, in a loop of TensorFlow 1)";
    return success();
  };
  for (Value root : roots) {
    if (failed(enter(root)))
      return failure();
    while (!stack.empty()) {
      auto &[op, next] = stack.back();
      if (next < op->getNumOperands()) {
        if (failed(enter(op->getOperand(next++))))
          return failure();
        continue;
      }
      states[op] = State::Done;
      order.push_back(op);
      stack.pop_back();
    }
  }
  return order;
}

LogicalResult checkRanks(ArrayRef<Operation *> order) {
  constexpr unsigned kMaxErrors = 20;
  unsigned numErrors = 0;
  for (Operation *op : order) {
    auto node = dyn_cast<tfg::NodeOpInterface>(op);
    if (!node || !isa<tfg::InferShapesOpInterface>(op) ||
        isa<tfg::PlaceholderOp>(op) ||
        !llvm::all_of(node.getDataOperands().getTypes(),
                      llvm::IsaPred<RankedTensorType>))
      continue;
    for (Value output : node.getOutputs()) {
      if (isa<RankedTensorType>(output.getType()) ||
          isa<tfg::ResourceType, tfg::VariantType, tfg::RefType>(
              tfg::getElementType(output)))
        continue;
      op->emitError("node '")
          << node.getNodeName() << "' (" << node.getTFOpName()
          << ") has an output of unknown rank: " << output.getType()
          << "; give the inputs' shapes";
      if (++numErrors == kMaxErrors)
        return failure();
    }
  }
  return success(numErrors == 0);
}

} // namespace firn
