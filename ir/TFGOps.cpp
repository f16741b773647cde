//===- TFGOps.cpp - structure ops -----------------------------------------===//

#include "ir/TFGOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/FunctionImplementation.h"

using namespace mlir;
using namespace firn::tfg;

#include "ir/TFGInterfaces.cpp.inc"

//===----------------------------------------------------------------------===//
// graph
//===----------------------------------------------------------------------===//

void GraphOp::build(OpBuilder &builder, OperationState &state) {
  state.addRegion()->emplaceBlock();
}

FetchOp GraphOp::getFetch() {
  auto fetches = getBodyBlock()->getOps<FetchOp>();
  return fetches.empty() ? FetchOp() : *fetches.begin();
}

//===----------------------------------------------------------------------===//
// func
//===----------------------------------------------------------------------===//

void FuncOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                   FunctionType type) {
  state.addAttribute(SymbolTable::getSymbolAttrName(),
                     builder.getStringAttr(name));
  state.addAttribute(getFunctionTypeAttrName(state.name), TypeAttr::get(type));
  Block &body = state.addRegion()->emplaceBlock();
  for (Type argument : type.getInputs())
    body.addArgument(argument, state.location);
}

ParseResult FuncOp::parse(OpAsmParser &parser, OperationState &state) {
  auto makeType = [](Builder &builder, ArrayRef<Type> arguments,
                     ArrayRef<Type> results,
                     function_interface_impl::VariadicFlag, std::string &) {
    return builder.getFunctionType(arguments, results);
  };
  return function_interface_impl::parseFunctionOp(
      parser, state, /*allowVariadic=*/false,
      getFunctionTypeAttrName(state.name), makeType,
      getArgAttrsAttrName(state.name), getResAttrsAttrName(state.name));
}

void FuncOp::print(OpAsmPrinter &printer) {
  function_interface_impl::printFunctionOp(
      printer, *this, /*isVariadic=*/false, getFunctionTypeAttrName(),
      getArgAttrsAttrName(), getResAttrsAttrName());
}

ReturnOp FuncOp::getReturn() {
  return cast<ReturnOp>(getBodyBlock()->getTerminator());
}

StringRef FuncOp::getArgName(unsigned index) {
  auto name = getArgAttrOfType<StringAttr>(index, "tfg.name");
  return name ? name.getValue() : StringRef();
}

StringRef FuncOp::getResultName(unsigned index) {
  auto name = getResultAttrOfType<StringAttr>(index, "tfg.name");
  return name ? name.getValue() : StringRef();
}

//===----------------------------------------------------------------------===//
// fetch
//===----------------------------------------------------------------------===//

/// Control edges behind the operands with names are of nodes that have to run
/// beside: Asserts.
LogicalResult FetchOp::verify() {
  size_t numNamed = getArgs().size();
  while (numNamed > getNames().size() &&
         isa<ControlType>(getArgs()[numNamed - 1].getType()))
    --numNamed;
  if (getNames().size() != numNamed)
    return emitOpError("expects one name per value, but has ")
           << getNames().size() << " names for " << numNamed << " values";
  if (getTensors() && getTensors()->size() != numNamed)
    return emitOpError("expects one tensor name per value");
  return success();
}

#define GET_OP_CLASSES
#include "ir/TFGOps.cpp.inc"
