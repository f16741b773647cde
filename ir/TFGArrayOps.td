//===- TFGArrayOps.td - constants, placeholders, shapes and data movement -===//

#ifndef FIRN_IR_TFGARRAYOPS_TD
#define FIRN_IR_TFGARRAYOPS_TD

include "ir/TFGBase.td"

def TFG_ConstOp : TFG_Node<"Const", [Pure, ConstantLike, TFG_InferShapes]> {
  let summary = "a constant tensor";
  let description = [{
    Upstream's folding asks that a constant has no operands, so a Const with
    control inputs is `tfg.node "Const"` until a pass has dropped them.
  }];
  let arguments = (ins TFG_TensorValue:$value);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
  let hasVerifier = 1;
  let builders = [OpBuilder<(ins "::mlir::TypedAttr":$value), [{
    build($_builder, $_state, value.getType(), value);
  }]>];
}

def TFG_PlaceholderOp : TFG_Node<"Placeholder", [TFG_InferShapes]> {
  let summary = "a value that the caller feeds";
  let arguments = (ins Variadic<TFG_Control>:$ctls, OptionalAttr<TFG_Shape>:$shape);
  let results = (outs TFG_Tensor:$output);
}

def TFG_IdentityOp : TFG_Node<"Identity", [Pure, TFG_InferShapes]> {
  let summary = "its input, unchanged";
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_NoOp : TFG_Node<"NoOp"> {
  let summary = "nothing; joins control edges";
  let arguments = (ins Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Control:$ctl);
}

#endif // FIRN_IR_TFGARRAYOPS_TD
