//===- BackportTensorArray.cpp - say TensorArrayV3 as the older V2 --------===//
//
// A handle that was a resource is a string afterwards, all along the edges that
// carry it. All arrays of a body are looked at before any is rewritten, so that
// an error leaves the module as it was.
//
//===----------------------------------------------------------------------===//

#include "passes/ConstantValues.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"
#include "passes/VariableUses.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_BACKPORTTENSORARRAYPASS
#include "passes/Passes.h.inc"

namespace {

struct BackportTensorArrayPass
    : impl::BackportTensorArrayPassBase<BackportTensorArrayPass> {
  void runOnOperation() override;
};

/// The ops that V2 has too, without their version.
std::optional<StringRef> findFamily(Operation *op) {
  StringRef name = getTFOpName(op);
  if (!name.consume_back("V3") || !name.consume_front("TensorArray"))
    return std::nullopt;
  static constexpr StringLiteral known[] = {
      "",     "Close",   "Concat", "Gather", "Grad",
      "Read", "Scatter", "Size",   "Split",  "Write"};
  return llvm::is_contained(known, name) ? std::optional(name) : std::nullopt;
}

bool makesArray(Operation *op) {
  std::optional<StringRef> family = findFamily(op);
  return family && (family->empty() || *family == "Grad");
}

/// The arrays of a body: what carries their handles, and what uses them.
struct Arrays {
  llvm::SetVector<Value> handles;
  llvm::SetVector<Operation *> users;
};

LogicalResult collect(Operation *maker, Arrays &arrays) {
  SmallVector<Value> worklist{maker->getResult(0)};
  while (!worklist.empty()) {
    Value handle = worklist.pop_back_val();
    if (!arrays.handles.insert(handle))
      continue;
    for (OpOperand &use : handle.getUses()) {
      Operation *user = use.getOwner();
      if (findFamily(user)) {
        arrays.users.insert(user);
        continue;
      }
      HandleUse kind = classifyHandleUse(use);
      if (kind == HandleUse::Forward)
        llvm::append_range(worklist, getForwarded(use));
      else if (kind != HandleUse::Control)
        return user->emitError("node '")
               << getNodeName(user->getLoc()) << "' (" << getTFOpName(user)
               << ") takes the array of node '" << getNodeName(maker->getLoc())
               << "', and has no form for one of TensorArrayV2; lower control "
                  "flow and inline calls first";
    }
  }
  arrays.users.insert(maker);
  return success();
}

/// The node in its older form. What makes an array gives no flow there.
void rewrite(Operation *op, StringRef family, NodeNames &names) {
  OpBuilder builder(op);
  SmallVector<NamedAttribute> attrs;
  for (NamedAttribute attr : op->getAttrs())
    if (attr.getName() != "op" && attr.getName() != "identical_element_shapes")
      attrs.push_back(attr);
  std::string name = ("TensorArray" + family + "V2").str();
  if (!makesArray(op)) {
    replaceNode(op, name, op->getOperands(), op->getResultTypes(), attrs);
    return;
  }
  Operation *array = createNode(builder, op->getLoc(), name, op->getOperands(),
                                op->getResult(0).getType(), attrs);
  Operation *flow = nullptr;
  if (!op->getResult(1).use_empty()) {
    std::string nodeName = getNodeName(op->getLoc()).str() + "/flow";
    ElementsAttr zero = makeFloat(op->getContext(), 0.0f);
    flow = createNode(builder, names.makeLoc(nodeName), "Const",
                      createControl(builder, array), zero.getType(),
                      builder.getNamedAttr("value", zero));
    op->getResult(1).replaceAllUsesWith(flow->getResult(0));
  }
  op->getResult(0).replaceAllUsesWith(array->getResult(0));
  op->erase();
}

} // namespace

void BackportTensorArrayPass::runOnOperation() {
  bool ok = true;
  SmallVector<std::pair<Block *, Arrays>> found;
  forEachBody(getOperation(), [&](Block &body) {
    Arrays arrays;
    for (Operation &op : body)
      if (makesArray(&op))
        ok &= succeeded(collect(&op, arrays));
    if (!arrays.users.empty())
      found.push_back({&body, std::move(arrays)});
  });
  if (!ok)
    return signalPassFailure();
  for (auto &[body, arrays] : found) {
    NodeNames names(*body);
    for (Value handle : arrays.handles)
      handle.setType(cast<TensorType>(handle.getType())
                         .clone(StringType::get(&getContext())));
    for (Operation *user : arrays.users) {
      numArrays += makesArray(user);
      rewrite(user, *findFamily(user), names);
    }
  }
}

} // namespace firn::tfg
