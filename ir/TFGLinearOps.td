//===- TFGLinearOps.td - matrix products and biases ------------------------===//

#ifndef FIRN_IR_TFGLINEAROPS_TD
#define FIRN_IR_TFGLINEAROPS_TD

include "ir/TFGElementwise.td"

def TFG_MatMulOp : TFG_Node<"MatMul", [Pure, TFG_InferShapes, TFG_SameElementType]> {
  let summary = "the product of two matrices";
  let description = [{
    Either may be read transposed.

    ```mlir
    %y = tfg.MatMul(%a, %b) {transpose_b = true} : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$a, TFG_Tensor:$b, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$transpose_a,
                       TFG_DefaultBool<"false">:$transpose_b);
  let results = (outs TFG_Tensor:$product);
}

// Products of the matrices of the last two dimensions.
class TFG_BatchMatMul<string name, list<Trait> traits> : TFG_Node<name,
    !listconcat([Pure, TFG_InferShapes], traits)> {
  let summary = "products of matrices, batch by batch";
  let description = [{
    The last two dimensions are the matrices, which `adj_x` and `adj_y` read as
    adjoints (transposed, and conjugated if complex); those before are batches,
    broadcast in V2 and V3.

    ```mlir
    %z = tfg.}] # name # [{(%x, %y) {adj_y = true} : (tensor<8x2x3xf32>, tensor<8x4x3xf32>) -> tensor<8x2x4xf32> name("z")
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$y, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$adj_x, TFG_DefaultBool<"false">:$adj_y);
  let results = (outs TFG_Tensor:$output);
}
def TFG_BatchMatMulOp : TFG_BatchMatMul<"BatchMatMul", [TFG_SameElementType]>;
def TFG_BatchMatMulV2Op : TFG_BatchMatMul<"BatchMatMulV2", [TFG_SameElementType]>;
def TFG_BatchMatMulV3Op : TFG_BatchMatMul<"BatchMatMulV3", []>;

def TFG_EinsumOp : TFG_Node<"Einsum", [Pure, TFG_InferShapes, TFG_SameElementType]> {
  let summary = "sums of products over named dimensions";
  let description = [{
    Labels that the output lacks are summed over; `...` stands for dimensions
    that are broadcast.

    ```mlir
    %z = tfg.Einsum(%x, %y) {equation = "bij,bjk->bik"} : (tensor<8x2x3xf32>, tensor<8x3x4xf32>) -> tensor<8x2x4xf32> name("z")
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args, StrAttr:$equation);
  let results = (outs TFG_Tensor:$output);
}

class TFG_BiasAddBase<string name, dag attributes> : TFG_Node<name,
    [Pure, TFG_InferShapes, TFG_SameElementType]> {
  let summary = "a vector added along the channel dimension";
  let description = [{
    The channels are the last dimension, or the second of `NCHW`.

    ```mlir
    %y = tfg.}] # name # [{(%x, %b) : (tensor<2x8x8x3xf32>, tensor<3xf32>) -> tensor<2x8x8x3xf32> name("y")
    ```
  }];
  let arguments = !con((ins TFG_Tensor:$value, TFG_Tensor:$bias, Variadic<TFG_Control>:$ctls),
                       attributes);
  let results = (outs TFG_Tensor:$output);
}
def TFG_BiasAddOp : TFG_BiasAddBase<"BiasAdd", (ins TFG_DefaultStr<"\"NHWC\"">:$data_format)> {
  let hasVerifier = 1;
}
def TFG_BiasAddV1Op : TFG_BiasAddBase<"BiasAddV1", (ins)>;

#endif // FIRN_IR_TFGLINEAROPS_TD
