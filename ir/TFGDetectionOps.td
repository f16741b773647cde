//===- TFGDetectionOps.td - boxes -----------------------------------------===//
//
// Which of many overlapping boxes stay. The runtime computes it
// (backend/runtime/routines). Boxes are two opposite corners each, (y1, x1, y2, x2).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGDETECTIONOPS_TD
#define FIRN_IR_TFGDETECTIONOPS_TD

include "ir/TFGBase.td"

//===----------------------------------------------------------------------===//
// Non-maximum suppression
//===----------------------------------------------------------------------===//

def TFG_NonMaxSuppressionOp : TFG_Node<"NonMaxSuppression", [Pure, TFG_InferShapes]> {
  let summary = "the best of overlapping boxes";
  let description = [{
    Boxes that overlap a better one by more than the threshold go.

    ```mlir
    %r = tfg.NonMaxSuppression(%boxes, %scores, %max_output_size) : (tensor<9x4xf32>, tensor<9xf32>, tensor<i32>) -> tensor<?xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$boxes, TFG_Tensor:$scores, TFG_Tensor:$max_output_size,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultFloat<"0.5f">:$iou_threshold);
  let results = (outs TFG_Tensor:$selected_indices);
}

def TFG_NonMaxSuppressionV2Op : TFG_Node<"NonMaxSuppressionV2", [Pure, TFG_InferShapes]> {
  let summary = "the best of overlapping boxes";
  let description = [{
    As NonMaxSuppression, with the threshold as an operand.

    ```mlir
    %r = tfg.NonMaxSuppressionV2(%boxes, %scores, %max_output_size, %iou_threshold) : (tensor<9x4xf32>, tensor<9xf32>, tensor<i32>, tensor<f32>) -> tensor<?xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$boxes, TFG_Tensor:$scores, TFG_Tensor:$max_output_size,
                       TFG_Tensor:$iou_threshold, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$selected_indices);
}

def TFG_NonMaxSuppressionV3Op : TFG_Node<"NonMaxSuppressionV3", [Pure, TFG_InferShapes]> {
  let summary = "the best of overlapping boxes above a score";
  let description = [{
    ```mlir
    %r = tfg.NonMaxSuppressionV3(%boxes, %scores, %max_output_size, %iou_threshold, %score_threshold) : (tensor<9x4xf32>, tensor<9xf32>, tensor<i32>, tensor<f32>, tensor<f32>) -> tensor<?xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$boxes, TFG_Tensor:$scores, TFG_Tensor:$max_output_size,
                       TFG_Tensor:$iou_threshold, TFG_Tensor:$score_threshold,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$selected_indices);
}

def TFG_NonMaxSuppressionV4Op : TFG_Node<"NonMaxSuppressionV4", [Pure, TFG_InferShapes]> {
  let summary = "the best of overlapping boxes above a score, and their number";
  let description = [{
    With `pad_to_max_output_size`, zeros follow.

    ```mlir
    %r:2 = tfg.NonMaxSuppressionV4(%boxes, %scores, %max_output_size, %iou_threshold, %score_threshold) : (tensor<9x4xf32>, tensor<9xf32>, tensor<i32>, tensor<f32>, tensor<f32>) -> (tensor<?xi32>, tensor<i32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$boxes, TFG_Tensor:$scores, TFG_Tensor:$max_output_size,
                       TFG_Tensor:$iou_threshold, TFG_Tensor:$score_threshold,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$pad_to_max_output_size);
  let results = (outs TFG_Tensor:$selected_indices, TFG_Tensor:$valid_outputs);
}

def TFG_NonMaxSuppressionV5Op : TFG_Node<"NonMaxSuppressionV5", [Pure, TFG_InferShapes]> {
  let summary = "the best of overlapping boxes, with soft suppression";
  let description = [{
    A sigma above zero lowers the scores of boxes that overlap instead of dropping them.

    ```mlir
    %r:3 = tfg.NonMaxSuppressionV5(%boxes, %scores, %max_output_size, %iou_threshold, %score_threshold, %soft_nms_sigma) : (tensor<9x4xf32>, tensor<9xf32>, tensor<i32>, tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<?xi32>, tensor<?xf32>, tensor<i32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$boxes, TFG_Tensor:$scores, TFG_Tensor:$max_output_size,
                       TFG_Tensor:$iou_threshold, TFG_Tensor:$score_threshold,
                       TFG_Tensor:$soft_nms_sigma, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$pad_to_max_output_size);
  let results = (outs TFG_Tensor:$selected_indices, TFG_Tensor:$selected_scores,
                      TFG_Tensor:$valid_outputs);
}

def TFG_NonMaxSuppressionWithOverlapsOp : TFG_Node<"NonMaxSuppressionWithOverlaps", [Pure, TFG_InferShapes]> {
  let summary = "the best of boxes whose overlaps are given";
  let description = [{
    ```mlir
    %r = tfg.NonMaxSuppressionWithOverlaps(%overlaps, %scores, %max_output_size, %overlap_threshold, %score_threshold) : (tensor<9x9xf32>, tensor<9xf32>, tensor<i32>, tensor<f32>, tensor<f32>) -> tensor<?xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$overlaps, TFG_Tensor:$scores,
                       TFG_Tensor:$max_output_size, TFG_Tensor:$overlap_threshold,
                       TFG_Tensor:$score_threshold, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$selected_indices);
}

def TFG_CombinedNonMaxSuppressionOp : TFG_Node<"CombinedNonMaxSuppression", [Pure, TFG_InferShapes]> {
  let summary = "non-maximum suppression by class, the best of all classes";
  let description = [{
    `boxes` are [batch, n, 1 or classes, 4], `scores` [batch, n, classes].

    ```mlir
    %r:4 = tfg.CombinedNonMaxSuppression(%boxes, %scores, %max_output_size_per_class, %max_total_size, %iou_threshold, %score_threshold) : (tensor<2x9x1x4xf32>, tensor<2x9x3xf32>, tensor<i32>, tensor<i32>, tensor<f32>, tensor<f32>) -> (tensor<2x5x4xf32>, tensor<2x5xf32>, tensor<2x5xf32>, tensor<2xi32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$boxes, TFG_Tensor:$scores,
                       TFG_Tensor:$max_output_size_per_class, TFG_Tensor:$max_total_size,
                       TFG_Tensor:$iou_threshold, TFG_Tensor:$score_threshold,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultBool<"false">:$pad_per_class,
                       TFG_DefaultBool<"true">:$clip_boxes);
  let results = (outs TFG_Tensor:$nmsed_boxes, TFG_Tensor:$nmsed_scores,
                      TFG_Tensor:$nmsed_classes, TFG_Tensor:$valid_detections);
}

#endif // FIRN_IR_TFGDETECTIONOPS_TD
