//===- TFGInterfaces.td - what passes ask of any node ---------------------===//

#ifndef FIRN_IR_TFGINTERFACES_TD
#define FIRN_IR_TFGINTERFACES_TD

include "mlir/IR/OpBase.td"

def TFG_NodeOpInterface : OpInterface<"NodeOpInterface"> {
  let description = [{
    A node of a TensorFlow graph. Its operands are the data inputs, then the
    control inputs (`!tfg.control`); its results are the op's outputs, or one
    `!tfg.control` if the op has none. Its location holds its name.
  }];
  let cppNamespace = "::firn::tfg";
  let verify = [{ return ::firn::tfg::detail::verifyNode($_op); }];
  let methods = [
    InterfaceMethod<"TensorFlow's name of the op, e.g. \"MatMul\".",
      "::llvm::StringRef", "getTFOpName", (ins), "", [{
        return $_op->getName().stripDialect();
      }]>,
    InterfaceMethod<"The name of the node; empty if it has none yet.",
      "::llvm::StringRef", "getNodeName", (ins), "", [{
        return ::firn::tfg::getNodeName($_op->getLoc());
      }]>,
    InterfaceMethod<"The operands before the control inputs.",
      "::mlir::OperandRange", "getDataOperands", (ins), "", [{
        return ::firn::tfg::getDataOperands($_op.getOperation());
      }]>,
    InterfaceMethod<"The control inputs.",
      "::mlir::OperandRange", "getControlOperands", (ins), "", [{
        return ::firn::tfg::getControlOperands($_op.getOperation());
      }]>,
    InterfaceMethod<"The outputs of the op, without a control result.",
      "::mlir::ResultRange", "getOutputs", (ins), "", [{
        return ::firn::tfg::getOutputs($_op.getOperation());
      }]>,
    InterfaceMethod<"The device the node is placed on; empty if none.",
      "::llvm::StringRef", "getDevice", (ins), "", [{
        auto device = $_op->template getAttrOfType<::mlir::StringAttr>(
            "tfg.device");
        return device ? device.getValue() : ::llvm::StringRef();
      }]>,
  ];
}

def TFG_InferShapesOpInterface : OpInterface<"InferShapesOpInterface"> {
  let description = [{
    A node that can say its outputs' shapes from its operands' types and from
    the values of those operands that are known.
  }];
  let cppNamespace = "::firn::tfg";
  let methods = [
    InterfaceMethod<[{
        Appends one type per output: the element type it has, with the shape
        that follows from the operands (as much of it as is known). A model
        error (shapes that cannot go together) is reported on the op.
      }],
      "::llvm::LogicalResult", "inferShapes",
      (ins "const ::firn::tfg::ShapeInference &":$context,
           "::llvm::SmallVectorImpl<::mlir::Type> &":$results)>,
  ];
}

def TFG_CallLikeOpInterface : OpInterface<"CallLikeOpInterface"> {
  let description = [{
    A node that runs functions of the library: a call, a branch, a loop. Every
    callee takes the operands that `getCalleeOperands` gives, in order. The
    results of a callee that `returnsResultsOf` names are the node's outputs.
  }];
  let cppNamespace = "::firn::tfg";
  let methods = [
    InterfaceMethod<[{
        Gives every function attribute of the node to `callback`, in the order
        of the attributes' names, and stores what it returns in its place.
      }],
      "void", "updateCallees",
      (ins "::llvm::function_ref<::firn::tfg::FuncAttr(::firn::tfg::FuncAttr)>":$callback),
      [{ ::firn::tfg::detail::updateCallees($_op, callback); }]>,
    InterfaceMethod<"The functions that the node may run, in the same order.",
      "::llvm::SmallVector<::firn::tfg::FuncAttr>", "getCallees", (ins),
      [{ return ::firn::tfg::detail::getCallees($_op); }]>,
    InterfaceMethod<"The data operands that are passed to every callee.",
      "::mlir::OperandRange", "getCalleeOperands", (ins)>,
    InterfaceMethod<[{
        Whether the outputs of callee `index` are the outputs of the node: true
        but for the condition of a loop.
      }],
      "bool", "returnsResultsOf", (ins "unsigned":$index), "",
      [{ return true; }]>,
  ];
}

#endif // FIRN_IR_TFGINTERFACES_TD
