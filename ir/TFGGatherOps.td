//===- TFGGatherOps.td - elements picked and rearranged ------------------===//
//
// Ops that move elements without computing with them, and scans along an axis.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGGATHEROPS_TD
#define FIRN_IR_TFGGATHEROPS_TD

include "ir/TFGBase.td"

//===----------------------------------------------------------------------===//
// Elements rearranged
//===----------------------------------------------------------------------===//

def TFG_TransposeOp : TFG_Node<"Transpose", [Pure, TFG_InferShapes]> {
  let summary = "dimensions in another order";
  let description = [{
    Dimension i of the output is dimension `perm[i]` of the input.

    ```mlir
    %y = tfg.Transpose(%x, %perm) : (tensor<2x3xf32>, tensor<2xi32>) -> tensor<3x2xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$perm, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$y);
  let hasFolder = 1;
}

def TFG_ConjugateTransposeOp : TFG_Node<"ConjugateTranspose", [Pure, TFG_InferShapes]> {
  let summary = "dimensions in another order, complex numbers conjugated";
  let description = [{
    ```mlir
    %y = tfg.ConjugateTranspose(%x, %perm) : (tensor<2x3xcomplex<f32>>, tensor<2xi32>) -> tensor<3x2xcomplex<f32>>
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$perm, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$y);
}

def TFG_TileOp : TFG_Node<"Tile", [Pure, TFG_InferShapes]> {
  let summary = "repeated along each dimension";
  let description = [{
    ```mlir
    %y = tfg.Tile(%x, %n) : (tensor<2x3xf32>, tensor<2xi32>) -> tensor<4x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$multiples,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_ReverseV2Op : TFG_Node<"ReverseV2", [Pure, TFG_InferShapes]> {
  let summary = "reversed along axes";
  let description = [{
    ```mlir
    %y = tfg.ReverseV2(%x, %axes) : (tensor<2x3xf32>, tensor<1xi32>) -> tensor<2x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$tensor, TFG_Tensor:$axis, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_ReverseOp : TFG_Node<"Reverse", [Pure, TFG_InferShapes]> {
  let summary = "reversed along the dimensions that a mask says";
  let description = [{
    ```mlir
    %y = tfg.Reverse(%x, %dims) : (tensor<2x3xf32>, tensor<2xi1>) -> tensor<2x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$tensor, TFG_Tensor:$dims, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_RollOp : TFG_Node<"Roll", [Pure, TFG_InferShapes]> {
  let summary = "shifted along axes, what leaves at one end comes in at the other";
  let description = [{
    ```mlir
    %y = tfg.Roll(%x, %shift, %axis) : (tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$shift, TFG_Tensor:$axis,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Elements by index
//===----------------------------------------------------------------------===//

def TFG_GatherOp : TFG_Node<"Gather", [Pure, TFG_InferShapes]> {
  let summary = "slices of the first dimension, by index (old form)";
  let description = [{
    An index out of range is an error of the call; the position is in its text.

    ```mlir
    %y = tfg.Gather(%x, %i) : (tensor<9x3xf32>, tensor<5xi32>) -> tensor<5x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$params, TFG_Tensor:$indices,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"true">:$validate_indices);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_GatherV2Op : TFG_Node<"GatherV2", [Pure, TFG_InferShapes]> {
  let summary = "slices along an axis, by index";
  let description = [{
    The output has the dimensions of `params` before the axis, those of `indices`
    after the first `batch_dims`, then the others of `params`. An index out of
    range is an error of the call; the position is in its text.

    ```mlir
    %y = tfg.GatherV2(%x, %i, %axis) : (tensor<9x3xf32>, tensor<5xi32>, tensor<i32>) -> tensor<5x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$params, TFG_Tensor:$indices, TFG_Tensor:$axis,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultInt<"0">:$batch_dims);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_GatherNdOp : TFG_Node<"GatherNd", [Pure, TFG_InferShapes]> {
  let summary = "slices by index vectors";
  let description = [{
    The last dimension of `indices` holds the indices of the first dimensions of `params`.

    ```mlir
    %y = tfg.GatherNd(%x, %i) : (tensor<9x3xf32>, tensor<5x2xi32>) -> tensor<5xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$params, TFG_Tensor:$indices,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultStr<"\"\"">:$bad_indices_policy);
  let results = (outs TFG_Tensor:$output);
}

def TFG_MatrixBandPartOp : TFG_Node<"MatrixBandPart", [Pure, TFG_InferShapes]> {
  let summary = "a band around the diagonal, zeros elsewhere";
  let description = [{
    Element (i, j) stays if `i - j <= num_lower` and `j - i <= num_upper`; a negative number is no limit.

    ```mlir
    %y = tfg.MatrixBandPart(%x, %l, %u) : (tensor<4x4xf32>, tensor<i64>, tensor<i64>) -> tensor<4x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$num_lower, TFG_Tensor:$num_upper,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$band);
}

//===----------------------------------------------------------------------===//
// Along an axis
//===----------------------------------------------------------------------===//

def TFG_CumsumOp : TFG_Node<"Cumsum", [Pure, TFG_InferShapes]> {
  let summary = "sums of all elements up to each one";
  let description = [{
    `exclusive` leaves the element itself out, `reverse` starts at the end.

    ```mlir
    %y = tfg.Cumsum(%x, %axis) {exclusive = true} : (tensor<4xf32>, tensor<i32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$axis, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$exclusive,
                       TFG_DefaultBool<"false">:$reverse);
  let results = (outs TFG_Tensor:$out);
}

def TFG_CumprodOp : TFG_Node<"Cumprod", [Pure, TFG_InferShapes]> {
  let summary = "products of all elements up to each one";
  let description = [{
    `exclusive` leaves the element itself out, `reverse` starts at the end.

    ```mlir
    %y = tfg.Cumprod(%x, %axis) {exclusive = true} : (tensor<4xf32>, tensor<i32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$axis, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$exclusive,
                       TFG_DefaultBool<"false">:$reverse);
  let results = (outs TFG_Tensor:$out);
}

def TFG_TopKV2Op : TFG_Node<"TopKV2", [Pure, TFG_InferShapes]> {
  let summary = "the largest elements of the last dimension, with their indices";
  let description = [{
    Of equal elements the one with the lower index comes first.

    ```mlir
    %v, %i = tfg.TopKV2(%x, %k) : (tensor<4x9xf32>, tensor<i32>) -> (tensor<4x3xf32>, tensor<4x3xi32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$k, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"true">:$sorted);
  let results = (outs TFG_Tensor:$values, TFG_Tensor:$indices);
}

#endif // FIRN_IR_TFGGATHEROPS_TD
