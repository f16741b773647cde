//===- TFGDiagonalOps.td - diagonals of matrices --------------------------===//
//
// Diagonal 0 is the main one, those above it are positive. `k` is one diagonal or the
// lowest and the highest of several, which then are rows, the highest first.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGDIAGONALOPS_TD
#define FIRN_IR_TFGDIAGONALOPS_TD

include "ir/TFGBase.td"

def TFG_MatrixDiagOp : TFG_Node<"MatrixDiag", [Pure, TFG_InferShapes]> {
  let summary = "matrices with a diagonal, zeros elsewhere";
  let description = [{
    ```mlir
    %y = tfg.MatrixDiag(%d) : (tensor<2x3xf32>) -> tensor<2x3x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$diagonal, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_MatrixDiagV2Op : TFG_Node<"MatrixDiagV2", [Pure, TFG_InferShapes]> {
  let summary = "matrices with diagonals, a value elsewhere";
  let description = [{
    ```mlir
    %y = tfg.MatrixDiagV2(%d, %k, %rows, %cols, %pad) : (tensor<3xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<f32>) -> tensor<3x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$diagonal, TFG_Tensor:$k, TFG_Tensor:$num_rows,
                       TFG_Tensor:$num_cols, TFG_Tensor:$padding_value,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_MatrixDiagV3Op : TFG_Node<"MatrixDiagV3", [Pure, TFG_InferShapes]> {
  let summary = "matrices with diagonals, a value elsewhere";
  let description = [{
    `align` says at which side shorter diagonals stand: its first word is for those above
    the main one, its second for those below.

    ```mlir
    %y = tfg.MatrixDiagV3(%d, %k, %rows, %cols, %pad) : (tensor<3xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<f32>) -> tensor<3x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$diagonal, TFG_Tensor:$k, TFG_Tensor:$num_rows,
                       TFG_Tensor:$num_cols, TFG_Tensor:$padding_value,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultStr<"\"RIGHT_LEFT\"">:$align);
  let results = (outs TFG_Tensor:$output);
}

def TFG_MatrixDiagPartOp : TFG_Node<"MatrixDiagPart", [Pure, TFG_InferShapes]> {
  let summary = "the diagonals of matrices";
  let description = [{
    ```mlir
    %y = tfg.MatrixDiagPart(%x) : (tensor<2x3x3xf32>) -> tensor<2x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$diagonal);
}

def TFG_MatrixDiagPartV2Op : TFG_Node<"MatrixDiagPartV2", [Pure, TFG_InferShapes]> {
  let summary = "some diagonals of matrices";
  let description = [{
    ```mlir
    %y = tfg.MatrixDiagPartV2(%x, %k, %pad) : (tensor<3x3xf32>, tensor<2xi32>, tensor<f32>) -> tensor<2x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$k, TFG_Tensor:$padding_value,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$diagonal);
}

def TFG_MatrixDiagPartV3Op : TFG_Node<"MatrixDiagPartV3", [Pure, TFG_InferShapes]> {
  let summary = "some diagonals of matrices";
  let description = [{
    `align` says at which side shorter diagonals stand: its first word is for those above
    the main one, its second for those below.

    ```mlir
    %y = tfg.MatrixDiagPartV3(%x, %k, %pad) : (tensor<3x3xf32>, tensor<2xi32>, tensor<f32>) -> tensor<2x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$k, TFG_Tensor:$padding_value,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultStr<"\"RIGHT_LEFT\"">:$align);
  let results = (outs TFG_Tensor:$diagonal);
}

def TFG_MatrixSetDiagOp : TFG_Node<"MatrixSetDiag", [Pure, TFG_InferShapes]> {
  let summary = "matrices with another diagonal";
  let description = [{
    ```mlir
    %y = tfg.MatrixSetDiag(%x, %d) : (tensor<2x3x3xf32>, tensor<2x3xf32>) -> tensor<2x3x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$diagonal,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_MatrixSetDiagV2Op : TFG_Node<"MatrixSetDiagV2", [Pure, TFG_InferShapes]> {
  let summary = "matrices with other diagonals";
  let description = [{
    ```mlir
    %y = tfg.MatrixSetDiagV2(%x, %d, %k) : (tensor<3x3xf32>, tensor<3xf32>, tensor<i32>) -> tensor<3x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$diagonal, TFG_Tensor:$k,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_MatrixSetDiagV3Op : TFG_Node<"MatrixSetDiagV3", [Pure, TFG_InferShapes]> {
  let summary = "matrices with other diagonals";
  let description = [{
    `align` says at which side shorter diagonals stand: its first word is for those above
    the main one, its second for those below.

    ```mlir
    %y = tfg.MatrixSetDiagV3(%x, %d, %k) : (tensor<3x3xf32>, tensor<3xf32>, tensor<i32>) -> tensor<3x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$diagonal, TFG_Tensor:$k,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultStr<"\"RIGHT_LEFT\"">:$align);
  let results = (outs TFG_Tensor:$output);
}

def TFG_DiagOp : TFG_Node<"Diag", [Pure, TFG_InferShapes]> {
  let summary = "a tensor on the diagonal of one of twice its rank";
  let description = [{
    ```mlir
    %y = tfg.Diag(%d) : (tensor<3xf32>) -> tensor<3x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$diagonal, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_DiagPartOp : TFG_Node<"DiagPart", [Pure, TFG_InferShapes]> {
  let summary = "the diagonal of a tensor whose shape is one shape twice";
  let description = [{
    ```mlir
    %y = tfg.DiagPart(%x) : (tensor<3x3xf32>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$diagonal);
}

#endif // FIRN_IR_TFGDIAGONALOPS_TD
