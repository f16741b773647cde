//===- TFGArrayOps.td - constants, placeholders, identities, new tensors --===//
//
// What a graph starts from, and what hands its input on. Ops that compute with
// shapes: TFGShapeOps.td; that cut and join tensors: TFGSliceOps.td; that pick
// and rearrange elements: TFGGatherOps.td.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGARRAYOPS_TD
#define FIRN_IR_TFGARRAYOPS_TD

include "ir/TFGBase.td"

def TFG_ConstOp : TFG_Node<"Const", [Pure, ConstantLike, TFG_InferShapes]> {
  let summary = "a constant tensor";
  let description = [{
    Upstream's folding asks that a constant has no operands, so a Const with
    control inputs is `tfg.node "Const"` until a pass has dropped them.

    ```mlir
    %y = tfg.Const() {value = dense<[1, 2]> : tensor<2xi32>} : () -> tensor<2xi32> name("axes")
    ```
  }];
  let arguments = (ins TFG_TensorValue:$value);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
  let hasVerifier = 1;
  let builders = [OpBuilder<(ins "::mlir::TypedAttr":$value), [{
    build($_builder, $_state, value.getType(), value);
  }]>];
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

def TFG_PlaceholderOp : TFG_Node<"Placeholder", [TFG_InferShapes]> {
  let summary = "a value that the caller feeds";
  let description = [{
    ```mlir
    %x = tfg.Placeholder() {shape = #tfg.shape<[?,4]>} : () -> tensor<?x4xf32> name("x")
    ```
  }];
  let arguments = (ins Variadic<TFG_Control>:$ctls, OptionalAttr<TFG_Shape>:$shape);
  let results = (outs TFG_Tensor:$output);
}

def TFG_PlaceholderV2Op : TFG_Node<"PlaceholderV2", [TFG_InferShapes]> {
  let summary = "a value that the caller feeds (old form)";
  let description = [{
    ```mlir
    %x = tfg.PlaceholderV2() {shape = #tfg.shape<[2,4]>} : () -> tensor<2x4xf32> name("x")
    ```
  }];
  let arguments = (ins Variadic<TFG_Control>:$ctls, TFG_Shape:$shape);
  let results = (outs TFG_Tensor:$output);
}

def TFG_PlaceholderWithDefaultOp : TFG_Node<"PlaceholderWithDefault", [TFG_InferShapes]> {
  let summary = "a value that the caller may feed, else its input";
  let description = [{
    Never folds: it may be fed. Once the feeds are chosen, one that is not fed
    is an Identity.

    ```mlir
    %x = tfg.PlaceholderWithDefault(%d) {shape = #tfg.shape<[?]>} : (tensor<1xf32>) -> tensor<?xf32> name("x")
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls, TFG_Shape:$shape);
  let results = (outs TFG_Tensor:$output);
}

//===----------------------------------------------------------------------===//
// The input, unchanged
//===----------------------------------------------------------------------===//

class TFG_Forward<string mnemonic, list<Trait> traits = [Pure]>
    : TFG_Node<mnemonic, !listconcat([TFG_InferShapes], traits)> {
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_IdentityOp : TFG_Forward<"Identity"> {
  let summary = "its input, unchanged";
  let description = [{
    Folds to its input, unless it reads a reference or waits for other nodes.

    ```mlir
    %y = tfg.Identity(%x) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
}
def TFG_StopGradientOp : TFG_Forward<"StopGradient"> {
  let summary = "its input, unchanged; gradients end here";
  let description = [{
    ```mlir
    %y = tfg.StopGradient(%x) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
}
def TFG_PreventGradientOp : TFG_Forward<"PreventGradient"> {
  let summary = "its input, unchanged; asking for gradients is an error";
  let description = [{
    ```mlir
    %y = tfg.PreventGradient(%x) {message = "no"} : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultStr<"\"\"">:$message);
}
def TFG_SnapshotOp : TFG_Forward<"Snapshot"> {
  let summary = "a copy of its input";
  let description = [{
    ```mlir
    %y = tfg.Snapshot(%x) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
}
def TFG_GuaranteeConstOp : TFG_Forward<"GuaranteeConst"> {
  let summary = "its input, which the user promises not to change";
  let description = [{
    ```mlir
    %y = tfg.GuaranteeConst(%x) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
}

def TFG_IdentityNOp : TFG_Node<"IdentityN", [Pure, TFG_InferShapes]> {
  let summary = "its inputs, unchanged";
  let description = [{
    ```mlir
    %a, %b = tfg.IdentityN(%x, %y) : (tensor<4xf32>, tensor<i32>) -> (tensor<4xf32>, tensor<i32>)
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args);
  let results = (outs Variadic<TFG_TensorOrControl>:$outs);
  let hasFolder = 1;
  let hasVerifier = 1;
}

def TFG_CheckNumericsOp : TFG_Node<"CheckNumerics", [TFG_InferShapes]> {
  let summary = "its input, which must hold neither NaN nor infinity";
  let description = [{
    ```mlir
    %y = tfg.CheckNumerics(%x) {message = "loss"} : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$tensor, Variadic<TFG_Control>:$ctls, StrAttr:$message);
  let results = (outs TFG_Tensor:$output);
}

def TFG_AssertOp : TFG_Node<"Assert"> {
  let summary = "an error unless its condition holds";
  let description = [{
    ```mlir
    %c = tfg.Assert(%ok, %text) : (tensor<i1>, tensor<!tfg.string>) -> !tfg.control
    ```
  }];
  let arguments = (ins TFG_Tensor:$condition, Variadic<TFG_TensorOrControl>:$args,
                       TFG_DefaultInt<"3">:$summarize);
  let results = (outs TFG_Control:$ctl);
}

def TFG_NoOp : TFG_Node<"NoOp"> {
  let summary = "nothing; joins control edges";
  let description = [{
    ```mlir
    %c = tfg.NoOp() [%a, %b] : () -> !tfg.control
    ```
  }];
  let arguments = (ins Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Control:$ctl);
}

//===----------------------------------------------------------------------===//
// Tensors from nothing
//===----------------------------------------------------------------------===//

class TFG_ArrayNode<string mnemonic> : TFG_Node<mnemonic, [Pure, TFG_InferShapes]> {
  let hasFolder = 1;
}

def TFG_FillOp : TFG_ArrayNode<"Fill"> {
  let summary = "a tensor of one value";
  let description = [{
    Of a constant it is a splat, whatever its size.

    ```mlir
    %y = tfg.Fill(%dims, %x) : (tensor<2xi32>, tensor<f32>) -> tensor<2x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$dims, TFG_Tensor:$value, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_ZerosLikeOp : TFG_ArrayNode<"ZerosLike"> {
  let summary = "zeros of its input's shape";
  let description = [{
    ```mlir
    %y = tfg.ZerosLike(%x) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$y);
}
def TFG_OnesLikeOp : TFG_ArrayNode<"OnesLike"> {
  let summary = "ones of its input's shape";
  let description = [{
    ```mlir
    %y = tfg.OnesLike(%x) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$y);
}

def TFG_RangeOp : TFG_ArrayNode<"Range"> {
  let summary = "numbers at equal distance, without the limit";
  let description = [{
    Element i is `start` with `delta` added i times.

    ```mlir
    %y = tfg.Range(%start, %limit, %delta) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<5xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$start, TFG_Tensor:$limit, TFG_Tensor:$delta,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_LinSpaceOp : TFG_ArrayNode<"LinSpace"> {
  let summary = "a number of values at equal distance, with both ends";
  let description = [{
    ```mlir
    %y = tfg.LinSpace(%start, %stop, %num) : (tensor<f32>, tensor<f32>, tensor<i32>) -> tensor<5xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$start, TFG_Tensor:$stop, TFG_Tensor:$num,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_OneHotOp : TFG_Node<"OneHot", [Pure, TFG_InferShapes]> {
  let summary = "a vector for each index: one value there, another elsewhere";
  let description = [{
    The new dimension of size `depth` stands at `axis`. An index out of range
    gives a vector of `off_value`.

    ```mlir
    %y = tfg.OneHot(%i, %depth, %on, %off) : (tensor<4xi32>, tensor<i32>, tensor<f32>, tensor<f32>) -> tensor<4x10xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$indices, TFG_Tensor:$depth, TFG_Tensor:$on_value,
                       TFG_Tensor:$off_value, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"-1">:$axis);
  let results = (outs TFG_Tensor:$output);
}

#endif // FIRN_IR_TFGARRAYOPS_TD
