//===- NodeBuilder.cpp - making and rewiring nodes by op name -------------===//

#include "passes/NodeBuilder.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace firn::tfg {

/// The registered form, or null if the op has none or it does not fit.
static Operation *createRegistered(OpBuilder &builder, Location loc,
                                   StringRef op, ValueRange operands,
                                   TypeRange results,
                                   ArrayRef<NamedAttribute> attrs) {
  MLIRContext *context = builder.getContext();
  std::string name = ("tfg." + op).str();
  // tfg.node, tfg.func, … are not names of ops of TensorFlow.
  std::optional<RegisteredOperationName> registered =
      RegisteredOperationName::lookup(name, context);
  if (!registered || !registered->hasInterface<NodeOpInterface>() ||
      *registered == OperationName(NodeOp::getOperationName(), context))
    return nullptr;
  OperationState state(loc, *registered);
  state.addOperands(operands);
  state.addTypes(results);
  state.addAttributes(attrs);
  Operation *created = builder.create(state);
  // An attribute of another kind than the op's is dropped on the way.
  bool fits = llvm::all_of(attrs, [&](NamedAttribute attr) {
    return created->getAttr(attr.getName()) == attr.getValue();
  });
  // What the verifier says is no error here: the node stays generic.
  ScopedDiagnosticHandler ignore(context, [](Diagnostic &) {});
  if (fits && succeeded(registered->verifyInvariants(created)))
    return created;
  created->erase();
  return nullptr;
}

Operation *createNode(OpBuilder &builder, Location loc, StringRef op,
                      ValueRange operands, TypeRange results,
                      ArrayRef<NamedAttribute> attrs) {
  SmallVector<Type> types(results);
  if (types.empty())
    types.push_back(ControlType::get(builder.getContext()));
  if (Operation *created =
          createRegistered(builder, loc, op, operands, types, attrs))
    return created;
  OperationState state(loc, NodeOp::getOperationName());
  state.addOperands(operands);
  state.addTypes(types);
  state.addAttributes(attrs);
  state.addAttribute("op", builder.getStringAttr(op));
  return builder.create(state);
}

Operation *replaceNode(Operation *node, StringRef op, ValueRange operands,
                       TypeRange results, ArrayRef<NamedAttribute> attrs) {
  OpBuilder builder(node);
  Operation *created =
      createNode(builder, node->getLoc(), op, operands, results, attrs);
  for (StringRef name : {TFGDialect::kDeviceAttr, TFGDialect::kDebugInfoAttr})
    if (Attribute attr = node->getAttr(name))
      created->setAttr(name, attr);
  node->replaceAllUsesWith(created);
  node->erase();
  return created;
}

Operation *registerNode(NodeOp node) {
  OpBuilder builder(node);
  NamedAttrList attrs(node->getDiscardableAttrDictionary());
  Operation *created =
      createRegistered(builder, node.getLoc(), node.getOp(), node.getOperands(),
                       node.getResultTypes(), attrs);
  if (!created)
    return node;
  node->replaceAllUsesWith(created);
  node.erase();
  return created;
}

Value createControl(OpBuilder &builder, Operation *node) {
  Value source = getControlSource(node);
  if (!source || isa<ControlType>(source.getType()))
    return source;
  return ControlOp::create(builder, node->getLoc(),
                           ControlType::get(builder.getContext()), source);
}

bool isPureNode(Operation *node) {
  // A Const with control inputs has no registered form.
  return isMemoryEffectFree(node) || getTFOpName(node) == "Const";
}

StringRef getTFOpName(Operation *op) {
  auto node = dyn_cast<NodeOpInterface>(op);
  return node ? node.getTFOpName() : StringRef();
}

} // namespace firn::tfg
