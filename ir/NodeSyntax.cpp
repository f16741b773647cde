//===- NodeSyntax.cpp - the one form that all nodes are written in --------===//

#include "ir/NodeSyntax.h"
#include "ir/TFGOps.h"

using namespace mlir;

namespace firn::tfg {

llvm::StringRef getNodeName(Location loc) {
  if (auto name = dyn_cast<NameLoc>(loc))
    return name.getName();
  if (auto fused = dyn_cast<FusedLoc>(loc))
    for (Location part : fused.getLocations())
      if (auto name = dyn_cast<NameLoc>(part))
        return name.getName();
  return {};
}

Location getNodeLoc(MLIRContext *context, llvm::StringRef name) {
  return NameLoc::get(StringAttr::get(context, name));
}

static unsigned numDataOperands(Operation *op) {
  unsigned count = op->getNumOperands();
  while (count && isa<ControlType>(op->getOperand(count - 1).getType()))
    --count;
  return count;
}

OperandRange getDataOperands(Operation *op) {
  return op->getOperands().take_front(numDataOperands(op));
}

OperandRange getControlOperands(Operation *op) {
  return op->getOperands().drop_front(numDataOperands(op));
}

ResultRange getOutputs(Operation *op) {
  ResultRange results = op->getResults();
  if (op->getNumResults() == 1 && isa<ControlType>(results[0].getType()))
    return results.drop_back();
  return results;
}

Value getControlSource(Operation *op) {
  return op->getNumResults() ? Value(op->getResult(0)) : Value();
}

/// `[%a, %b]`, all of type !tfg.control, appended to the operands.
static ParseResult parseControls(OpAsmParser &parser, OperationState &state) {
  SmallVector<OpAsmParser::UnresolvedOperand> controls;
  if (parser.parseOperandList(controls, OpAsmParser::Delimiter::OptionalSquare))
    return failure();
  auto type = ControlType::get(parser.getContext());
  for (const OpAsmParser::UnresolvedOperand &control : controls)
    if (parser.resolveOperand(control, type, state.operands))
      return failure();
  return success();
}

/// `: (operand types) -> result types`, with the data operands resolved.
static ParseResult parseTypes(OpAsmParser &parser, OperationState &state,
                              ArrayRef<OpAsmParser::UnresolvedOperand> operands,
                              SMLoc loc) {
  FunctionType type;
  if (parser.parseColonType(type))
    return failure();
  state.addTypes(type.getResults());
  return parser.resolveOperands(operands, type.getInputs(), loc,
                                state.operands);
}

/// `name("x")`, which becomes the location.
static ParseResult parseOptionalName(OpAsmParser &parser,
                                     OperationState &state) {
  if (failed(parser.parseOptionalKeyword("name")))
    return success();
  std::string name;
  if (parser.parseLParen() || parser.parseString(&name) || parser.parseRParen())
    return failure();
  state.location = getNodeLoc(parser.getContext(), name);
  return success();
}

ParseResult parseNode(OpAsmParser &parser, OperationState &state) {
  // Only tfg.node names its op.
  if (state.name.getStringRef() == NodeOp::getOperationName()) {
    StringAttr op;
    if (parser.parseAttribute(op, "op", state.attributes))
      return failure();
  }
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  SMLoc loc = parser.getCurrentLocation();
  OperationState controls(state.location, state.name);
  if (parser.parseOperandList(operands, OpAsmParser::Delimiter::Paren) ||
      parseControls(parser, controls) ||
      parser.parseOptionalAttrDict(state.attributes) ||
      parseTypes(parser, state, operands, loc) ||
      parseOptionalName(parser, state))
    return failure();
  state.operands.append(controls.operands);
  return success();
}

void printNode(Operation *op, OpAsmPrinter &printer) {
  SmallVector<StringRef> elided;
  if (auto node = dyn_cast<NodeOp>(op)) {
    printer << ' ' << node.getOpAttr();
    elided.push_back("op");
  }
  OperandRange data = getDataOperands(op), controls = getControlOperands(op);
  printer << '(' << data << ')';
  if (!controls.empty())
    printer << " [" << controls << ']';
  printer.printOptionalAttrDict(op->getAttrs(), elided);
  printer << " : ";
  printer.printFunctionalType(data.getTypes(), op->getResultTypes());
  if (StringRef name = getNodeName(op->getLoc()); !name.empty()) {
    printer << " name(";
    printer.printString(name);
    printer << ')';
  }
}

LogicalResult detail::verifyNode(Operation *op) {
  for (Value operand : getDataOperands(op))
    if (isa<ControlType>(operand.getType()))
      return op->emitOpError("expects control inputs after all data inputs");
  unsigned numControls = llvm::count_if(
      op->getResultTypes(), [](Type type) { return isa<ControlType>(type); });
  if (numControls && op->getNumResults() != 1)
    return op->emitOpError(
        "expects outputs, or a single control result if it has none");
  return success();
}

} // namespace firn::tfg
