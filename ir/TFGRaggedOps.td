//===- TFGRaggedOps.td - ragged tensors -----------------------------------===//
//
// A ragged tensor is its values and, for each ragged dimension, the positions where its
// rows begin (splits), outermost first. The runtime computes these ops
// (backend/runtime/routines).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGRAGGEDOPS_TD
#define FIRN_IR_TFGRAGGEDOPS_TD

include "ir/TFGBase.td"

//===----------------------------------------------------------------------===//
// Ragged tensors
//===----------------------------------------------------------------------===//

def TFG_RaggedRangeOp : TFG_Node<"RaggedRange", [Pure, TFG_InferShapes]> {
  let summary = "numbers from each start up to each limit";
  let description = [{
    Operands are vectors of one length, or scalars.

    ```mlir
    %r:2 = tfg.RaggedRange(%starts, %limits, %deltas) : (tensor<3xi32>, tensor<3xi32>, tensor<i32>) -> (tensor<4xi64>, tensor<?xi32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$starts, TFG_Tensor:$limits, TFG_Tensor:$deltas,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$rt_nested_splits, TFG_Tensor:$rt_dense_values);
}

def TFG_RaggedTensorToSparseOp : TFG_Node<"RaggedTensorToSparse", [Pure, TFG_InferShapes]> {
  let summary = "the same elements as a sparse tensor";
  let description = [{
    First the splits, then the values.

    ```mlir
    %r:3 = tfg.RaggedTensorToSparse(%x0, %x1) : (tensor<4xi64>, tensor<9xf32>) -> (tensor<9x2xi64>, tensor<9xf32>, tensor<2xi64>)
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args);
  let results = (outs TFG_Tensor:$sparse_indices, TFG_Tensor:$sparse_values,
                      TFG_Tensor:$sparse_dense_shape);
  let hasVerifier = 1;
}

def TFG_RaggedGatherOp : TFG_Node<"RaggedGather", [Pure, TFG_InferShapes]> {
  let summary = "rows picked by index";
  let description = [{
    First the splits, then the values, then the indices.

    ```mlir
    %r:2 = tfg.RaggedGather(%x0, %x1, %x2) : (tensor<4xi64>, tensor<9xf32>, tensor<2xi32>) -> (tensor<3xi64>, tensor<?xf32>)
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args);
  let results = (outs Variadic<TFG_Tensor>:$outs);
  let hasVerifier = 1;
}

def TFG_RaggedTensorToTensorOp : TFG_Node<"RaggedTensorToTensor", [Pure, TFG_InferShapes]> {
  let summary = "rows cut or filled up to one length";
  let description = [{
    First the wanted shape (-1: as long as the longest row), the values and what
    fills rows up, then a tensor for each of `row_partition_types`:
    `FIRST_DIM_SIZE` at most at the beginning, then `ROW_SPLITS` or
    `VALUE_ROWIDS` for each ragged dimension.

    ```mlir
    %y = tfg.RaggedTensorToTensor(%shape, %values, %default, %splits) {row_partition_types = ["ROW_SPLITS"]}
         : (tensor<2xi64>, tensor<9xf32>, tensor<f32>, tensor<4xi64>) -> tensor<3x?xf32>
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args,
                       TFG_StringListAttr:$row_partition_types);
  let results = (outs TFG_Tensor:$result);
  let hasVerifier = 1;
}

#endif // FIRN_IR_TFGRAGGEDOPS_TD
