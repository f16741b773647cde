//===- TFGMatrixOps.td - matrices solved and taken apart ------------------===//
//
// Linear algebra over the last two dimensions, the others being a batch. The runtime
// computes it (backend/runtime/routines).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGMATRIXOPS_TD
#define FIRN_IR_TFGMATRIXOPS_TD

include "ir/TFGBase.td"

//===----------------------------------------------------------------------===//
// Solving
//===----------------------------------------------------------------------===//

def TFG_CholeskyOp : TFG_Node<"Cholesky", [Pure, TFG_InferShapes]> {
  let summary = "the lower triangular factor of a positive definite matrix";
  let description = [{
    A matrix that is not positive definite is an error.

    ```mlir
    %r = tfg.Cholesky(%input) : (tensor<2x3x3xf32>) -> tensor<2x3x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_MatrixInverseOp : TFG_Node<"MatrixInverse", [Pure, TFG_InferShapes]> {
  let summary = "inverse matrices";
  let description = [{
    With `adjoint`, of the adjoint. A singular matrix is an error.

    ```mlir
    %r = tfg.MatrixInverse(%input) : (tensor<2x3x3xf32>) -> tensor<2x3x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$adjoint);
  let results = (outs TFG_Tensor:$output);
}

def TFG_MatrixDeterminantOp : TFG_Node<"MatrixDeterminant", [Pure, TFG_InferShapes]> {
  let summary = "determinants";
  let description = [{
    ```mlir
    %r = tfg.MatrixDeterminant(%input) : (tensor<2x3x3xf32>) -> tensor<2xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_LogMatrixDeterminantOp : TFG_Node<"LogMatrixDeterminant", [Pure, TFG_InferShapes]> {
  let summary = "sign and logarithm of the absolute value of determinants";
  let description = [{
    Both have the element type of the input.

    ```mlir
    %r:2 = tfg.LogMatrixDeterminant(%input) : (tensor<2x3x3xf32>) -> (tensor<2xf32>, tensor<2xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$sign, TFG_Tensor:$log_abs_determinant);
}

def TFG_MatrixSolveOp : TFG_Node<"MatrixSolve", [Pure, TFG_InferShapes]> {
  let summary = "solves linear systems";
  let description = [{
    A singular matrix is an error. Both batches broadcast.

    ```mlir
    %r = tfg.MatrixSolve(%matrix, %rhs) : (tensor<2x3x3xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$matrix, TFG_Tensor:$rhs, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$adjoint);
  let results = (outs TFG_Tensor:$output);
}

def TFG_MatrixTriangularSolveOp : TFG_Node<"MatrixTriangularSolve", [Pure, TFG_InferShapes]> {
  let summary = "solves linear systems of triangular matrices";
  let description = [{
    The other triangle is not read. Both batches broadcast.

    ```mlir
    %r = tfg.MatrixTriangularSolve(%matrix, %rhs) : (tensor<2x3x3xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$matrix, TFG_Tensor:$rhs, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"true">:$lower, TFG_DefaultBool<"false">:$adjoint);
  let results = (outs TFG_Tensor:$output);
}

def TFG_MatrixSolveLsOp : TFG_Node<"MatrixSolveLs", [Pure, TFG_InferShapes]> {
  let summary = "solves linear systems in the sense of least squares";
  let description = [{
    With `fast` by the normal equations, else by a complete orthogonal decomposition
    that leaves the regularizer out.

    ```mlir
    %r = tfg.MatrixSolveLs(%matrix, %rhs, %l2_regularizer) : (tensor<2x5x3xf32>, tensor<2x5x4xf32>, tensor<f64>) -> tensor<2x3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$matrix, TFG_Tensor:$rhs, TFG_Tensor:$l2_regularizer,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultBool<"true">:$fast);
  let results = (outs TFG_Tensor:$output);
}

def TFG_TridiagonalSolveOp : TFG_Node<"TridiagonalSolve", [Pure, TFG_InferShapes]> {
  let summary = "solves linear systems of tridiagonal matrices";
  let description = [{
    The rows of `diagonals` are above (the last element unused), on and below the
    diagonal (the first unused).

    ```mlir
    %r = tfg.TridiagonalSolve(%diagonals, %rhs) : (tensor<2x3x9xf32>, tensor<2x9x4xf32>) -> tensor<2x9x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$diagonals, TFG_Tensor:$rhs, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"true">:$partial_pivoting,
                       TFG_DefaultBool<"false">:$perturb_singular);
  let results = (outs TFG_Tensor:$output);
}

def TFG_TridiagonalMatMulOp : TFG_Node<"TridiagonalMatMul", [Pure, TFG_InferShapes]> {
  let summary = "a tridiagonal matrix times a matrix";
  let description = [{
    ```mlir
    %r = tfg.TridiagonalMatMul(%superdiag, %maindiag, %subdiag, %rhs) : (tensor<2x1x9xf32>, tensor<2x1x9xf32>, tensor<2x1x9xf32>, tensor<2x9x4xf32>) -> tensor<2x9x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$superdiag, TFG_Tensor:$maindiag, TFG_Tensor:$subdiag,
                       TFG_Tensor:$rhs, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_LuOp : TFG_Node<"Lu", [Pure, TFG_InferShapes]> {
  let summary = "LU factors with row exchanges";
  let description = [{
    Both factors in one matrix, the unit diagonal of L left out. Row i of their product
    is row `p[i]` of the input.

    ```mlir
    %r:2 = tfg.Lu(%input) : (tensor<2x3x3xf32>) -> (tensor<2x3x3xf32>, tensor<2x3xi32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$lu, TFG_Tensor:$p);
}

def TFG_CrossOp : TFG_Node<"Cross", [Pure, TFG_InferShapes]> {
  let summary = "cross products of vectors of three elements";
  let description = [{
    ```mlir
    %r = tfg.Cross(%a, %b) : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$a, TFG_Tensor:$b, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$product);
}

//===----------------------------------------------------------------------===//
// Decompositions
//===----------------------------------------------------------------------===//

def TFG_SvdOp : TFG_Node<"Svd", [Pure, TFG_InferShapes]> {
  let summary = "singular values and vectors";
  let description = [{
    Without `compute_uv`, u and v are vectors without elements.

    ```mlir
    %r:3 = tfg.Svd(%input) : (tensor<2x5x3xf32>) -> (tensor<2x3xf32>, tensor<2x5x3xf32>, tensor<2x3x3xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"true">:$compute_uv,
                       TFG_DefaultBool<"false">:$full_matrices);
  let results = (outs TFG_Tensor:$s, TFG_Tensor:$u, TFG_Tensor:$v);
}

def TFG_QrOp : TFG_Node<"Qr", [Pure, TFG_InferShapes]> {
  let summary = "orthogonal and upper triangular factors";
  let description = [{
    `full_matrices`: q is square.

    ```mlir
    %r:2 = tfg.Qr(%input) : (tensor<2x5x3xf32>) -> (tensor<2x5x3xf32>, tensor<2x3x3xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$full_matrices);
  let results = (outs TFG_Tensor:$q, TFG_Tensor:$r);
}

def TFG_SelfAdjointEigOp : TFG_Node<"SelfAdjointEig", [Pure, TFG_InferShapes]> {
  let summary = "eigenvalues and eigenvectors in one matrix (old form)";
  let description = [{
    The eigenvalues are the first row.

    ```mlir
    %r = tfg.SelfAdjointEig(%input) : (tensor<2x3x3xf32>) -> tensor<2x4x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SelfAdjointEigV2Op : TFG_Node<"SelfAdjointEigV2", [Pure, TFG_InferShapes]> {
  let summary = "eigenvalues and eigenvectors of self-adjoint matrices";
  let description = [{
    In increasing order; the vectors are columns. Reads the lower triangle. Without
    `compute_v`, v is a vector without elements.

    ```mlir
    %r:2 = tfg.SelfAdjointEigV2(%input) : (tensor<2x3x3xf32>) -> (tensor<2x3xf32>, tensor<2x3x3xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"true">:$compute_v);
  let results = (outs TFG_Tensor:$e, TFG_Tensor:$v);
}

#endif // FIRN_IR_TFGMATRIXOPS_TD
