//===- InsertLogging.cpp - print what nodes compute -----------------------===//
//
// A Print hands its first input on, so it stands between the node and all that
// use its first output; further outputs are printed with it.
//
//===----------------------------------------------------------------------===//

#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_INSERTLOGGINGPASS
#include "passes/Passes.h.inc"

namespace {

struct InsertLoggingPass : impl::InsertLoggingPassBase<InsertLoggingPass> {
  using InsertLoggingPassBase::InsertLoggingPassBase;
  void runOnOperation() override;

private:
  bool isMeant(NodeOpInterface node);
  void insertPrint(NodeOpInterface node, NodeNames &names);
};

} // namespace

bool InsertLoggingPass::isMeant(NodeOpInterface node) {
  // Handles, references and variants have no values to print.
  if (node.getOutputs().empty() ||
      llvm::any_of(node.getOutputs().getTypes(), [](Type type) {
        return isa<ResourceType, VariantType, RefType, UnknownType,
                   TypeParamType>(cast<TensorType>(type).getElementType());
      }))
    return false;
  return llvm::is_contained(ops, node.getTFOpName()) ||
         llvm::any_of(prefixes, [&](const std::string &prefix) {
           return node.getNodeName().starts_with(prefix);
         });
}

void InsertLoggingPass::insertPrint(NodeOpInterface node, NodeNames &names) {
  // As the Graph Transform Tool writes it: what reads its logs finds the name.
  Location loc = names.makeLoc((node.getNodeName() + "__print__").str());
  std::string text;
  if (showOp)
    text += ";" + node.getTFOpName().str();
  if (showName)
    text += ";" + getNodeName(loc).str();
  text += (text.empty() ? "" : ";") + message;
  OpBuilder builder(node->getContext());
  builder.setInsertionPointAfter(node);
  Value value = node->getResult(0);
  SmallVector<Value> operands{value};
  llvm::append_range(operands, node.getOutputs());
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : value.getUses())
    if (!isa<ControlOp>(use.getOwner()))
      uses.push_back(&use);
  Operation *print = createNode(
      builder, loc, "Print", operands, value.getType(),
      {builder.getNamedAttr("first_n", builder.getI64IntegerAttr(firstN)),
       builder.getNamedAttr("message", builder.getStringAttr(text)),
       builder.getNamedAttr("summarize",
                            builder.getI64IntegerAttr(summarize))});
  for (OpOperand *use : uses)
    use->set(print->getResult(0));
  ++numPrints;
}

void InsertLoggingPass::runOnOperation() {
  forEachBody(getOperation(), [&](Block &body) {
    SmallVector<NodeOpInterface> nodes;
    for (auto node : body.getOps<NodeOpInterface>())
      if (isMeant(node))
        nodes.push_back(node);
    if (nodes.empty())
      return;
    NodeNames names(body);
    for (NodeOpInterface node : nodes)
      insertPrint(node, names);
  });
}

} // namespace firn::tfg
