//===- TFGSparseOps.td - sparse tensors -----------------------------------===//
//
// A sparse tensor is three values: indices [n, rank], values [n] and shape [rank]. The
// runtime computes these ops (backend/runtime/routines).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGSPARSEOPS_TD
#define FIRN_IR_TFGSPARSEOPS_TD

include "ir/TFGBase.td"

//===----------------------------------------------------------------------===//
// How they are stored
//===----------------------------------------------------------------------===//

def TFG_SparseToDenseOp : TFG_Node<"SparseToDense", [Pure, TFG_InferShapes]> {
  let summary = "a dense tensor of indices and values";
  let description = [{
    All other elements have the default value. With `validate_indices`, indices out of
    order or repeated are an error.

    ```mlir
    %r = tfg.SparseToDense(%sparse_indices, %output_shape, %sparse_values, %default_value) : (tensor<5x2xi64>, tensor<2xi64>, tensor<5xf32>, tensor<f32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$sparse_indices, TFG_Tensor:$output_shape,
                       TFG_Tensor:$sparse_values, TFG_Tensor:$default_value,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"true">:$validate_indices);
  let results = (outs TFG_Tensor:$dense);
}

def TFG_SparseReshapeOp : TFG_Node<"SparseReshape", [Pure, TFG_InferShapes]> {
  let summary = "the same elements in another shape";
  let description = [{
    One size may be -1: it follows from the others.

    ```mlir
    %r:2 = tfg.SparseReshape(%input_indices, %input_shape, %new_shape) : (tensor<5x2xi64>, tensor<2xi64>, tensor<3xi64>) -> (tensor<5x3xi64>, tensor<3xi64>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_indices, TFG_Tensor:$input_shape,
                       TFG_Tensor:$new_shape, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_indices, TFG_Tensor:$output_shape);
}

def TFG_SparseFillEmptyRowsOp : TFG_Node<"SparseFillEmptyRows", [Pure, TFG_InferShapes]> {
  let summary = "every row has an element: a default if it had none";
  let description = [{
    Also says which rows were empty and where each element went.

    ```mlir
    %r:4 = tfg.SparseFillEmptyRows(%indices, %values, %dense_shape, %default_value) : (tensor<5x2xi64>, tensor<5xf32>, tensor<2xi64>, tensor<f32>) -> (tensor<?x2xi64>, tensor<?xf32>, tensor<3xi1>, tensor<5xi64>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$indices, TFG_Tensor:$values, TFG_Tensor:$dense_shape,
                       TFG_Tensor:$default_value, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_indices, TFG_Tensor:$output_values,
                      TFG_Tensor:$empty_row_indicator, TFG_Tensor:$reverse_index_map);
}

def TFG_SparseReorderOp : TFG_Node<"SparseReorder", [Pure, TFG_InferShapes]> {
  let summary = "elements in lexical order of their indices";
  let description = [{
    ```mlir
    %r:2 = tfg.SparseReorder(%input_indices, %input_values, %input_shape) : (tensor<5x2xi64>, tensor<5xf32>, tensor<2xi64>) -> (tensor<5x2xi64>, tensor<5xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_indices, TFG_Tensor:$input_values,
                       TFG_Tensor:$input_shape, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_indices, TFG_Tensor:$output_values);
}

def TFG_SparseConcatOp : TFG_Node<"SparseConcat", [Pure, TFG_InferShapes]> {
  let summary = "sparse tensors joined along a dimension";
  let description = [{
    First all indices, then all values, then all shapes.

    ```mlir
    %r:3 = tfg.SparseConcat(%x0, %x1, %x2, %x3, %x4, %x5) {concat_dim = 0} : (tensor<5x2xi64>, tensor<6x2xi64>, tensor<5xf32>, tensor<6xf32>, tensor<2xi64>, tensor<2xi64>) -> (tensor<11x2xi64>, tensor<11xf32>, tensor<2xi64>)
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args, I64Attr:$concat_dim);
  let results = (outs TFG_Tensor:$output_indices, TFG_Tensor:$output_values,
                      TFG_Tensor:$output_shape);
  let hasVerifier = 1;
}

def TFG_SparseSliceOp : TFG_Node<"SparseSlice", [Pure, TFG_InferShapes]> {
  let summary = "a part of a sparse tensor";
  let description = [{
    ```mlir
    %r:3 = tfg.SparseSlice(%indices, %values, %shape, %start, %size) : (tensor<5x2xi64>, tensor<5xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> (tensor<?x2xi64>, tensor<?xf32>, tensor<2xi64>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$indices, TFG_Tensor:$values, TFG_Tensor:$shape,
                       TFG_Tensor:$start, TFG_Tensor:$size, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_indices, TFG_Tensor:$output_values,
                      TFG_Tensor:$output_shape);
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

def TFG_SparseTensorDenseAddOp : TFG_Node<"SparseTensorDenseAdd", [Pure, TFG_InferShapes]> {
  let summary = "a sparse and a dense tensor added up";
  let description = [{
    ```mlir
    %r = tfg.SparseTensorDenseAdd(%a_indices, %a_values, %a_shape, %b) : (tensor<5x2xi64>, tensor<5xf32>, tensor<2xi64>, tensor<3x4xf32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$a_indices, TFG_Tensor:$a_values, TFG_Tensor:$a_shape,
                       TFG_Tensor:$b, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SparseTensorDenseMatMulOp : TFG_Node<"SparseTensorDenseMatMul", [Pure, TFG_InferShapes]> {
  let summary = "a sparse matrix times a dense one";
  let description = [{
    ```mlir
    %r = tfg.SparseTensorDenseMatMul(%a_indices, %a_values, %a_shape, %b) : (tensor<5x2xi64>, tensor<5xf32>, tensor<2xi64>, tensor<4x6xf32>) -> tensor<3x6xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$a_indices, TFG_Tensor:$a_values, TFG_Tensor:$a_shape,
                       TFG_Tensor:$b, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$adjoint_a,
                       TFG_DefaultBool<"false">:$adjoint_b);
  let results = (outs TFG_Tensor:$product);
}

def TFG_SparseReduceSumOp : TFG_Node<"SparseReduceSum", [Pure, TFG_InferShapes]> {
  let summary = "sums over dimensions, as a dense tensor";
  let description = [{
    Without axes, over all dimensions.

    ```mlir
    %r = tfg.SparseReduceSum(%input_indices, %input_values, %input_shape, %reduction_axes) : (tensor<5x2xi64>, tensor<5xf32>, tensor<2xi64>, tensor<1xi32>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_indices, TFG_Tensor:$input_values,
                       TFG_Tensor:$input_shape, TFG_Tensor:$reduction_axes,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultBool<"false">:$keep_dims);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SparseReduceMaxOp : TFG_Node<"SparseReduceMax", [Pure, TFG_InferShapes]> {
  let summary = "maxima over dimensions, as a dense tensor";
  let description = [{
    Zero where there is no element. Without axes, over all dimensions.

    ```mlir
    %r = tfg.SparseReduceMax(%input_indices, %input_values, %input_shape, %reduction_axes) : (tensor<5x2xi64>, tensor<5xf32>, tensor<2xi64>, tensor<1xi32>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_indices, TFG_Tensor:$input_values,
                       TFG_Tensor:$input_shape, TFG_Tensor:$reduction_axes,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultBool<"false">:$keep_dims);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SparseSoftmaxOp : TFG_Node<"SparseSoftmax", [Pure, TFG_InferShapes]> {
  let summary = "softmax over the elements of each row";
  let description = [{
    Gives the values; elements that are not there have no part in it.

    ```mlir
    %r = tfg.SparseSoftmax(%sp_indices, %sp_values, %sp_shape) : (tensor<5x2xi64>, tensor<5xf32>, tensor<2xi64>) -> tensor<5xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$sp_indices, TFG_Tensor:$sp_values, TFG_Tensor:$sp_shape,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SparseMatMulOp : TFG_Node<"SparseMatMul", [Pure, TFG_InferShapes]> {
  let summary = "a product of dense matrices that may hold many zeros";
  let description = [{
    ```mlir
    %r = tfg.SparseMatMul(%a, %b) : (tensor<3x4xf32>, tensor<4x6xf32>) -> tensor<3x6xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$a, TFG_Tensor:$b, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$transpose_a,
                       TFG_DefaultBool<"false">:$transpose_b,
                       TFG_DefaultBool<"false">:$a_is_sparse,
                       TFG_DefaultBool<"false">:$b_is_sparse);
  let results = (outs TFG_Tensor:$product);
}

//===----------------------------------------------------------------------===//
// Sets in rows
//===----------------------------------------------------------------------===//

def TFG_DenseToDenseSetOperationOp : TFG_Node<"DenseToDenseSetOperation", [Pure, TFG_InferShapes]> {
  let summary = "a set operation on the rows of two tensors";
  let description = [{
    `set_operation` is a-b, b-a, intersection or union.

    ```mlir
    %r:3 = tfg.DenseToDenseSetOperation(%set1, %set2) {set_operation = "union"} : (tensor<2x3xi32>, tensor<2x4xi32>) -> (tensor<?x2xi64>, tensor<?xi32>, tensor<2xi64>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$set1, TFG_Tensor:$set2, Variadic<TFG_Control>:$ctls,
                       StrAttr:$set_operation, TFG_DefaultBool<"true">:$validate_indices);
  let results = (outs TFG_Tensor:$result_indices, TFG_Tensor:$result_values,
                      TFG_Tensor:$result_shape);
}

def TFG_DenseToSparseSetOperationOp : TFG_Node<"DenseToSparseSetOperation", [Pure, TFG_InferShapes]> {
  let summary = "a set operation on the rows of two tensors";
  let description = [{
    As DenseToDenseSetOperation, the second being sparse.

    ```mlir
    %r:3 = tfg.DenseToSparseSetOperation(%set1, %set2_indices, %set2_values, %set2_shape) {set_operation = "union"} : (tensor<2x3xi32>, tensor<5x2xi64>, tensor<5xi32>, tensor<2xi64>) -> (tensor<?x2xi64>, tensor<?xi32>, tensor<2xi64>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$set1, TFG_Tensor:$set2_indices, TFG_Tensor:$set2_values,
                       TFG_Tensor:$set2_shape, Variadic<TFG_Control>:$ctls,
                       StrAttr:$set_operation, TFG_DefaultBool<"true">:$validate_indices);
  let results = (outs TFG_Tensor:$result_indices, TFG_Tensor:$result_values,
                      TFG_Tensor:$result_shape);
}

def TFG_SparseToSparseSetOperationOp : TFG_Node<"SparseToSparseSetOperation", [Pure, TFG_InferShapes]> {
  let summary = "a set operation on the rows of two sparse tensors";
  let description = [{
    ```mlir
    %r:3 = tfg.SparseToSparseSetOperation(%set1_indices, %set1_values, %set1_shape, %set2_indices, %set2_values, %set2_shape) {set_operation = "union"} : (tensor<5x2xi64>, tensor<5xi32>, tensor<2xi64>, tensor<6x2xi64>, tensor<6xi32>, tensor<2xi64>) -> (tensor<?x2xi64>, tensor<?xi32>, tensor<2xi64>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$set1_indices, TFG_Tensor:$set1_values,
                       TFG_Tensor:$set1_shape, TFG_Tensor:$set2_indices,
                       TFG_Tensor:$set2_values, TFG_Tensor:$set2_shape,
                       Variadic<TFG_Control>:$ctls, StrAttr:$set_operation,
                       TFG_DefaultBool<"true">:$validate_indices);
  let results = (outs TFG_Tensor:$result_indices, TFG_Tensor:$result_values,
                      TFG_Tensor:$result_shape);
}

def TFG_EditDistanceOp : TFG_Node<"EditDistance", [Pure, TFG_InferShapes]> {
  let summary = "how many edits make one sequence the other";
  let description = [{
    Levenshtein's distance between the sequences along the last dimension of two
    sparse tensors; with `normalize` divided by the length of the truth
    (infinite for one without elements).

    ```mlir
    %d = tfg.EditDistance(%hi, %hv, %hs, %ti, %tv, %ts) : (tensor<3x2xi64>, tensor<3xi32>, tensor<2xi64>, tensor<4x2xi64>, tensor<4xi32>, tensor<2xi64>) -> tensor<?xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$hypothesis_indices, TFG_Tensor:$hypothesis_values,
                       TFG_Tensor:$hypothesis_shape, TFG_Tensor:$truth_indices,
                       TFG_Tensor:$truth_values, TFG_Tensor:$truth_shape,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultBool<"true">:$normalize);
  let results = (outs TFG_Tensor:$output);
}

#endif // FIRN_IR_TFGSPARSEOPS_TD
