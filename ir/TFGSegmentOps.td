//===- TFGSegmentOps.td - segments and partitions of rows -----------------===//
//
// Rows that are reduced, dealt out and put together by index. The runtime computes
// it (backend/runtime/routines).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGSEGMENTOPS_TD
#define FIRN_IR_TFGSEGMENTOPS_TD

include "ir/TFGBase.td"

//===----------------------------------------------------------------------===//
// Sorted segments
//===----------------------------------------------------------------------===//

def TFG_SegmentSumOp : TFG_Node<"SegmentSum", [Pure, TFG_InferShapes]> {
  let summary = "the sum of each sorted segment of rows";
  let description = [{
    Segments without rows are zero.

    ```mlir
    %r = tfg.SegmentSum(%data, %segment_ids) : (tensor<9x3xf32>, tensor<9xi32>) -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$segment_ids,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SegmentMeanOp : TFG_Node<"SegmentMean", [Pure, TFG_InferShapes]> {
  let summary = "the mean of each sorted segment of rows";
  let description = [{
    Segments without rows are zero.

    ```mlir
    %r = tfg.SegmentMean(%data, %segment_ids) : (tensor<9x3xf32>, tensor<9xi32>) -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$segment_ids,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SegmentMaxOp : TFG_Node<"SegmentMax", [Pure, TFG_InferShapes]> {
  let summary = "the maximum of each sorted segment of rows";
  let description = [{
    Segments without rows are zero.

    ```mlir
    %r = tfg.SegmentMax(%data, %segment_ids) : (tensor<9x3xf32>, tensor<9xi32>) -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$segment_ids,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SegmentMinOp : TFG_Node<"SegmentMin", [Pure, TFG_InferShapes]> {
  let summary = "the minimum of each sorted segment of rows";
  let description = [{
    Segments without rows are zero.

    ```mlir
    %r = tfg.SegmentMin(%data, %segment_ids) : (tensor<9x3xf32>, tensor<9xi32>) -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$segment_ids,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SegmentProdOp : TFG_Node<"SegmentProd", [Pure, TFG_InferShapes]> {
  let summary = "the product of each sorted segment of rows";
  let description = [{
    Segments without rows are one.

    ```mlir
    %r = tfg.SegmentProd(%data, %segment_ids) : (tensor<9x3xf32>, tensor<9xi32>) -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$segment_ids,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

//===----------------------------------------------------------------------===//
// Segments in any order
//===----------------------------------------------------------------------===//

def TFG_UnsortedSegmentSumOp : TFG_Node<"UnsortedSegmentSum", [Pure, TFG_InferShapes]> {
  let summary = "the sum of each segment of rows, in any order";
  let description = [{
    Rows of a negative id are left out; segments without rows are zero.

    ```mlir
    %r = tfg.UnsortedSegmentSum(%data, %segment_ids, %num_segments) : (tensor<9x3xf32>, tensor<9xi32>, tensor<i32>) -> tensor<4x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$segment_ids, TFG_Tensor:$num_segments,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_UnsortedSegmentMaxOp : TFG_Node<"UnsortedSegmentMax", [Pure, TFG_InferShapes]> {
  let summary = "the maximum of each segment of rows, in any order";
  let description = [{
    Rows of a negative id are left out; segments without rows are the least number.

    ```mlir
    %r = tfg.UnsortedSegmentMax(%data, %segment_ids, %num_segments) : (tensor<9x3xf32>, tensor<9xi32>, tensor<i32>) -> tensor<4x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$segment_ids, TFG_Tensor:$num_segments,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_UnsortedSegmentMinOp : TFG_Node<"UnsortedSegmentMin", [Pure, TFG_InferShapes]> {
  let summary = "the minimum of each segment of rows, in any order";
  let description = [{
    Rows of a negative id are left out; segments without rows are the largest number.

    ```mlir
    %r = tfg.UnsortedSegmentMin(%data, %segment_ids, %num_segments) : (tensor<9x3xf32>, tensor<9xi32>, tensor<i32>) -> tensor<4x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$segment_ids, TFG_Tensor:$num_segments,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_UnsortedSegmentProdOp : TFG_Node<"UnsortedSegmentProd", [Pure, TFG_InferShapes]> {
  let summary = "the product of each segment of rows, in any order";
  let description = [{
    Rows of a negative id are left out; segments without rows are one.

    ```mlir
    %r = tfg.UnsortedSegmentProd(%data, %segment_ids, %num_segments) : (tensor<9x3xf32>, tensor<9xi32>, tensor<i32>) -> tensor<4x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$segment_ids, TFG_Tensor:$num_segments,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

//===----------------------------------------------------------------------===//
// Segments of picked rows
//===----------------------------------------------------------------------===//

def TFG_SparseSegmentSumOp : TFG_Node<"SparseSegmentSum", [Pure, TFG_InferShapes]> {
  let summary = "the sum of each sorted segment of picked rows";
  let description = [{
    `indices` picks the rows of `data`; segments without rows are zero.

    ```mlir
    %r = tfg.SparseSegmentSum(%data, %indices, %segment_ids) : (tensor<9x3xf32>, tensor<5xi32>, tensor<5xi32>) -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$indices, TFG_Tensor:$segment_ids,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$sparse_gradient);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SparseSegmentSumWithNumSegmentsOp : TFG_Node<"SparseSegmentSumWithNumSegments", [Pure, TFG_InferShapes]> {
  let summary = "the sum of each sorted segment of picked rows";
  let description = [{
    As SparseSegmentSum, with the number of segments.

    ```mlir
    %r = tfg.SparseSegmentSumWithNumSegments(%data, %indices, %segment_ids, %num_segments) : (tensor<9x3xf32>, tensor<5xi32>, tensor<5xi32>, tensor<i32>) -> tensor<4x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$indices, TFG_Tensor:$segment_ids,
                       TFG_Tensor:$num_segments, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$sparse_gradient);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SparseSegmentMeanOp : TFG_Node<"SparseSegmentMean", [Pure, TFG_InferShapes]> {
  let summary = "the mean of each sorted segment of picked rows";
  let description = [{
    `indices` picks the rows of `data`; segments without rows are zero.

    ```mlir
    %r = tfg.SparseSegmentMean(%data, %indices, %segment_ids) : (tensor<9x3xf32>, tensor<5xi32>, tensor<5xi32>) -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$indices, TFG_Tensor:$segment_ids,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$sparse_gradient);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SparseSegmentMeanWithNumSegmentsOp : TFG_Node<"SparseSegmentMeanWithNumSegments", [Pure, TFG_InferShapes]> {
  let summary = "the mean of each sorted segment of picked rows";
  let description = [{
    As SparseSegmentMean, with the number of segments.

    ```mlir
    %r = tfg.SparseSegmentMeanWithNumSegments(%data, %indices, %segment_ids, %num_segments) : (tensor<9x3xf32>, tensor<5xi32>, tensor<5xi32>, tensor<i32>) -> tensor<4x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$indices, TFG_Tensor:$segment_ids,
                       TFG_Tensor:$num_segments, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$sparse_gradient);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SparseSegmentSqrtNOp : TFG_Node<"SparseSegmentSqrtN", [Pure, TFG_InferShapes]> {
  let summary = "the sum, divided by the root of the number, of each sorted segment of picked rows";
  let description = [{
    `indices` picks the rows of `data`; segments without rows are zero.

    ```mlir
    %r = tfg.SparseSegmentSqrtN(%data, %indices, %segment_ids) : (tensor<9x3xf32>, tensor<5xi32>, tensor<5xi32>) -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$indices, TFG_Tensor:$segment_ids,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$sparse_gradient);
  let results = (outs TFG_Tensor:$output);
}

def TFG_SparseSegmentSqrtNWithNumSegmentsOp : TFG_Node<"SparseSegmentSqrtNWithNumSegments", [Pure, TFG_InferShapes]> {
  let summary = "the sum, divided by the root of the number, of each sorted segment of picked rows";
  let description = [{
    As SparseSegmentSqrtN, with the number of segments.

    ```mlir
    %r = tfg.SparseSegmentSqrtNWithNumSegments(%data, %indices, %segment_ids, %num_segments) : (tensor<9x3xf32>, tensor<5xi32>, tensor<5xi32>, tensor<i32>) -> tensor<4x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$indices, TFG_Tensor:$segment_ids,
                       TFG_Tensor:$num_segments, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$sparse_gradient);
  let results = (outs TFG_Tensor:$output);
}

//===----------------------------------------------------------------------===//
// Partitions
//===----------------------------------------------------------------------===//

def TFG_DynamicPartitionOp : TFG_Node<"DynamicPartition", [Pure, TFG_InferShapes]> {
  let summary = "rows dealt out to several tensors";
  let description = [{
    `partitions` says for each row which one.

    ```mlir
    %r:2 = tfg.DynamicPartition(%data, %partitions) : (tensor<9x3xf32>, tensor<9xi32>) -> (tensor<?x3xf32>, tensor<?x3xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$partitions,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs Variadic<TFG_Tensor>:$outs);
}

def TFG_DynamicStitchOp : TFG_Node<"DynamicStitch", [Pure, TFG_InferShapes]> {
  let summary = "rows of several tensors put together";
  let description = [{
    First the indices of the rows of each tensor, then the tensors. Of several rows for
    one place, the last stays; a place without a row is zero.

    ```mlir
    %r = tfg.DynamicStitch(%x0, %x1, %x2, %x3) : (tensor<2xi32>, tensor<3xi32>, tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args);
  let results = (outs TFG_Tensor:$merged);
  let hasVerifier = 1;
}

def TFG_ParallelDynamicStitchOp : TFG_Node<"ParallelDynamicStitch", [Pure, TFG_InferShapes]> {
  let summary = "rows of several tensors put together";
  let description = [{
    As DynamicStitch.

    ```mlir
    %r = tfg.ParallelDynamicStitch(%x0, %x1, %x2, %x3) : (tensor<2xi32>, tensor<3xi32>, tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args);
  let results = (outs TFG_Tensor:$merged);
  let hasVerifier = 1;
}

#endif // FIRN_IR_TFGSEGMENTOPS_TD
