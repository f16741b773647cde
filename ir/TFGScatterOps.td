//===- TFGScatterOps.td - slices put by index -----------------------------===//
//
// The last dimension of `indices` holds the indices of the first dimensions of the
// tensor that is written. An index out of range is an error of the call.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGSCATTEROPS_TD
#define FIRN_IR_TFGSCATTEROPS_TD

include "ir/TFGBase.td"

def TFG_ScatterNdOp : TFG_Node<"ScatterNd", [Pure, TFG_InferShapes]> {
  let summary = "slices put by index on zeros; those of one place add up";
  let description = [{
    ```mlir
    %y = tfg.ScatterNd(%i, %u, %shape) : (tensor<4x1xi32>, tensor<4xf32>, tensor<1xi32>) -> tensor<8xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$indices, TFG_Tensor:$updates, TFG_Tensor:$shape,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultStr<"\"\"">:$bad_indices_policy);
  let results = (outs TFG_Tensor:$output);
}

class TFG_TensorScatter<string mnemonic, string what>
    : TFG_Node<mnemonic, [Pure, TFG_InferShapes]> {
  let summary = "a tensor with slices " # what # " by index";
  let description = [{
    Updates are made in the order of the indices.

    ```mlir
    %y = tfg.}] # mnemonic # [{(%x, %i, %u) : (tensor<8xf32>, tensor<4x1xi32>, tensor<4xf32>) -> tensor<8xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$tensor, TFG_Tensor:$indices, TFG_Tensor:$updates,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultStr<"\"\"">:$bad_indices_policy);
  let results = (outs TFG_Tensor:$output);
}

def TFG_TensorScatterUpdateOp : TFG_TensorScatter<"TensorScatterUpdate", "replaced">;
def TFG_TensorScatterAddOp : TFG_TensorScatter<"TensorScatterAdd", "added to">;
def TFG_TensorScatterSubOp : TFG_TensorScatter<"TensorScatterSub", "subtracted from">;
def TFG_TensorScatterMaxOp : TFG_TensorScatter<"TensorScatterMax", "raised">;
def TFG_TensorScatterMinOp : TFG_TensorScatter<"TensorScatterMin", "lowered">;

def TFG_UpdateRowsOp : TFG_Node<"_UpdateRows", [Pure, TFG_InferShapes]> {
  let summary = "a tensor with slices of its first dimension combined with others";
  let description = [{
    Firn's own: what ScatterAdd, ResourceScatterMul and so on are once a variable
    is a value. Slice `indices[i]` becomes the slice `how` `updates[i]`; `how` is
    one of `update`, `add`, `sub`, `mul`, `div`, `min`, `max`. A scalar `updates`
    serves for all. Updates are made in the order of the indices.

    ```mlir
    %y = tfg._UpdateRows(%x, %i, %u) {how = "mul"} : (tensor<8x2xf32>, tensor<4xi32>, tensor<4x2xf32>) -> tensor<8x2xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$tensor, TFG_Tensor:$indices, TFG_Tensor:$updates,
                       Variadic<TFG_Control>:$ctls, StrAttr:$how);
  let results = (outs TFG_Tensor:$output);
  let hasVerifier = 1;
}

#endif // FIRN_IR_TFGSCATTEROPS_TD
