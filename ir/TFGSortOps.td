//===- TFGSortOps.td - elements ordered, found and counted ----------------===//
//
// Ops that compare elements with each other: sorting, sets of values, positions in
// sorted rows, histograms. The runtime computes them (backend/runtime/routines).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGSORTOPS_TD
#define FIRN_IR_TFGSORTOPS_TD

include "ir/TFGBase.td"

//===----------------------------------------------------------------------===//
// The largest, the n-th
//===----------------------------------------------------------------------===//

def TFG_TopKOp : TFG_Node<"TopK", [Pure, TFG_InferShapes]> {
  let summary = "the largest k elements of each row (old form)";
  let description = [{
    From large to small; of equal ones, the one that stands first.

    ```mlir
    %r:2 = tfg.TopK(%input) {k = 2} : (tensor<3x9xf32>) -> (tensor<3x2xf32>, tensor<3x2xi32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls, I64Attr:$k,
                       TFG_DefaultBool<"true">:$sorted);
  let results = (outs TFG_Tensor:$values, TFG_Tensor:$indices);
}

def TFG_NthElementOp : TFG_Node<"NthElement", [Pure, TFG_InferShapes]> {
  let summary = "the n-th smallest element of each row";
  let description = [{
    With `reverse` the n-th largest. n counts from zero.

    ```mlir
    %r = tfg.NthElement(%input, %n) : (tensor<3x9xf32>, tensor<i32>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$n, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$reverse);
  let results = (outs TFG_Tensor:$values);
}

def TFG_InTopKOp : TFG_Node<"InTopK", [Pure, TFG_InferShapes]> {
  let summary = "whether the target is among the k best classes";
  let description = [{
    A row with an infinite or NaN prediction, or a target that is no class, gives false.

    ```mlir
    %r = tfg.InTopK(%predictions, %targets) {k = 2} : (tensor<3x9xf32>, tensor<3xi32>) -> tensor<3xi1>
    ```
  }];
  let arguments = (ins TFG_Tensor:$predictions, TFG_Tensor:$targets,
                       Variadic<TFG_Control>:$ctls, I64Attr:$k);
  let results = (outs TFG_Tensor:$precision);
}

def TFG_InTopKV2Op : TFG_Node<"InTopKV2", [Pure, TFG_InferShapes]> {
  let summary = "whether the target is among the k best classes";
  let description = [{
    As InTopK, with k as an operand.

    ```mlir
    %r = tfg.InTopKV2(%predictions, %targets, %k) : (tensor<3x9xf32>, tensor<3xi32>, tensor<i32>) -> tensor<3xi1>
    ```
  }];
  let arguments = (ins TFG_Tensor:$predictions, TFG_Tensor:$targets, TFG_Tensor:$k,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$precision);
}

//===----------------------------------------------------------------------===//
// Sets of values
//===----------------------------------------------------------------------===//

def TFG_WhereOp : TFG_Node<"Where", [Pure, TFG_InferShapes]> {
  let summary = "where an input is not zero";
  let description = [{
    One row of indices an element, in order of the elements.

    ```mlir
    %r = tfg.Where(%input) : (tensor<3x4xf32>) -> tensor<?x2xi64>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$index);
}

def TFG_UniqueOp : TFG_Node<"Unique", [Pure, TFG_InferShapes]> {
  let summary = "different elements, in order of their first position";
  let description = [{
    `idx` says for each element which one it is.

    ```mlir
    %r:2 = tfg.Unique(%x) : (tensor<9xf32>) -> (tensor<?xf32>, tensor<9xi32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$y, TFG_Tensor:$idx);
}

def TFG_UniqueV2Op : TFG_Node<"UniqueV2", [Pure, TFG_InferShapes]> {
  let summary = "different slices along an axis";
  let description = [{
    An empty axis takes a vector as it is.

    ```mlir
    %r:2 = tfg.UniqueV2(%x, %axis) : (tensor<9x3xf32>, tensor<1xi32>) -> (tensor<?x3xf32>, tensor<9xi32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$axis, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$y, TFG_Tensor:$idx);
}

def TFG_UniqueWithCountsOp : TFG_Node<"UniqueWithCounts", [Pure, TFG_InferShapes]> {
  let summary = "different elements and how often each comes";
  let description = [{
    ```mlir
    %r:3 = tfg.UniqueWithCounts(%x) : (tensor<9xf32>) -> (tensor<?xf32>, tensor<9xi32>, tensor<?xi32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$y, TFG_Tensor:$idx, TFG_Tensor:$count);
}

def TFG_UniqueWithCountsV2Op : TFG_Node<"UniqueWithCountsV2", [Pure, TFG_InferShapes]> {
  let summary = "different slices along an axis and how often each comes";
  let description = [{
    ```mlir
    %r:3 = tfg.UniqueWithCountsV2(%x, %axis) : (tensor<9x3xf32>, tensor<1xi32>) -> (tensor<?x3xf32>, tensor<9xi32>, tensor<?xi32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$axis, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$y, TFG_Tensor:$idx, TFG_Tensor:$count);
}

def TFG_ListDiffOp : TFG_Node<"ListDiff", [Pure, TFG_InferShapes]> {
  let summary = "elements of one list that are not in another";
  let description = [{
    Order and repetitions stay; `idx` holds their positions.

    ```mlir
    %r:2 = tfg.ListDiff(%x, %y) : (tensor<9xf32>, tensor<3xf32>) -> (tensor<?xf32>, tensor<?xi32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$y, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$out, TFG_Tensor:$idx);
}

//===----------------------------------------------------------------------===//
// Positions in sorted rows
//===----------------------------------------------------------------------===//

def TFG_BucketizeOp : TFG_Node<"Bucketize", [Pure, TFG_InferShapes]> {
  let summary = "the number of boundaries up to each element";
  let description = [{
    The boundaries are sorted.

    ```mlir
    %r = tfg.Bucketize(%input) {boundaries = [0.0 : f32, 10.0 : f32]} : (tensor<9xf32>) -> tensor<9xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls,
                       TFG_FloatListAttr:$boundaries);
  let results = (outs TFG_Tensor:$output);
  let hasVerifier = 1;
}

def TFG_LowerBoundOp : TFG_Node<"LowerBound", [Pure, TFG_InferShapes]> {
  let summary = "the first position whose element is not less";
  let description = [{
    One sorted row for each row of values.

    ```mlir
    %r = tfg.LowerBound(%sorted_inputs, %values) : (tensor<3x9xf32>, tensor<3x4xf32>) -> tensor<3x4xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$sorted_inputs, TFG_Tensor:$values,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_UpperBoundOp : TFG_Node<"UpperBound", [Pure, TFG_InferShapes]> {
  let summary = "the first position whose element is greater";
  let description = [{
    One sorted row for each row of values.

    ```mlir
    %r = tfg.UpperBound(%sorted_inputs, %values) : (tensor<3x9xf32>, tensor<3x4xf32>) -> tensor<3x4xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$sorted_inputs, TFG_Tensor:$values,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

//===----------------------------------------------------------------------===//
// Counts
//===----------------------------------------------------------------------===//

def TFG_BincountOp : TFG_Node<"Bincount", [Pure, TFG_InferShapes]> {
  let summary = "how often each number comes, or the sum of its weights";
  let description = [{
    Numbers from `size` on are left out, negative ones are an error. Without elements,
    `weights` are all one.

    ```mlir
    %r = tfg.Bincount(%arr, %size, %weights) : (tensor<9xi32>, tensor<i32>, tensor<9xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$arr, TFG_Tensor:$size, TFG_Tensor:$weights,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$bins);
}

def TFG_DenseBincountOp : TFG_Node<"DenseBincount", [Pure, TFG_InferShapes]> {
  let summary = "how often each number comes, of a vector or each row";
  let description = [{
    As Bincount; with `binary_output` whether it comes at all.

    ```mlir
    %r = tfg.DenseBincount(%input, %size, %weights) : (tensor<3x9xi32>, tensor<i32>, tensor<0xf32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$size, TFG_Tensor:$weights,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$binary_output);
  let results = (outs TFG_Tensor:$output);
}

def TFG_HistogramFixedWidthOp : TFG_Node<"HistogramFixedWidth", [Pure, TFG_InferShapes]> {
  let summary = "a histogram of bins of equal width";
  let description = [{
    Values outside the range count in the first and the last bin.

    ```mlir
    %r = tfg.HistogramFixedWidth(%values, %value_range, %nbins) : (tensor<9xf32>, tensor<2xf32>, tensor<i32>) -> tensor<5xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$values, TFG_Tensor:$value_range, TFG_Tensor:$nbins,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$out);
}

//===----------------------------------------------------------------------===//
// Scans
//===----------------------------------------------------------------------===//

def TFG_CumulativeLogsumexpOp : TFG_Node<"CumulativeLogsumexp", [Pure, TFG_InferShapes]> {
  let summary = "log of the sum of exponentials up to each element";
  let description = [{
    `exclusive` leaves the element itself out, `reverse` starts at the end.

    ```mlir
    %r = tfg.CumulativeLogsumexp(%x, %axis) : (tensor<4xf32>, tensor<i32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$axis, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$exclusive,
                       TFG_DefaultBool<"false">:$reverse);
  let results = (outs TFG_Tensor:$out);
}

#endif // FIRN_IR_TFGSORTOPS_TD
