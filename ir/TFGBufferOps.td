//===- TFGBufferOps.td - rarer ops about arrays and their shapes ----------===//
//
// Ops that the runtime's routines compute.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGBUFFEROPS_TD
#define FIRN_IR_TFGBUFFEROPS_TD

include "ir/TFGBase.td"

def TFG_EmptyOp : TFG_Node<"Empty", [TFG_InferShapes]> {
  let summary = "a tensor whose elements nobody may rely on";
  let description = [{
    Its elements are zeros, with `init` or without.

    ```mlir
    %y = tfg.Empty(%shape) : (tensor<1xi32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$init);
  let results = (outs TFG_Tensor:$output);
}

def TFG_DeepCopyOp : TFG_Node<"DeepCopy", [TFG_InferShapes]> {
  let summary = "a copy of its input";
  let description = [{
    ```mlir
    %y = tfg.DeepCopy(%x) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$y);
}

def TFG_ParallelConcatOp : TFG_Node<"ParallelConcat", [Pure, TFG_InferShapes]> {
  let summary = "tensors of one row each, one under the other";
  let description = [{
    ```mlir
    %y = tfg.ParallelConcat(%a, %b) {shape = #tfg.shape<[2,4]>} : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<2x4xf32>
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args, TFG_Shape:$shape);
  let results = (outs TFG_Tensor:$output);
}

def TFG_ReverseSequenceOp : TFG_Node<"ReverseSequence", [Pure, TFG_InferShapes]> {
  let summary = "rows with their first elements reversed, as many as lengths say";
  let description = [{
    ```mlir
    %y = tfg.ReverseSequence(%x, %n) {seq_dim = 1 : i64} : (tensor<2x8xf32>, tensor<2xi64>) -> tensor<2x8xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$seq_lengths,
                       Variadic<TFG_Control>:$ctls, I64Attr:$seq_dim,
                       TFG_DefaultInt<"0">:$batch_dim);
  let results = (outs TFG_Tensor:$output);
}

def TFG_BroadcastGradientArgsOp : TFG_Node<"BroadcastGradientArgs", [Pure, TFG_InferShapes]> {
  let summary = "the dimensions that bring a gradient back to two broadcast shapes";
  let description = [{
    ```mlir
    %a, %b = tfg.BroadcastGradientArgs(%s, %t) : (tensor<2xi32>, tensor<2xi32>) -> (tensor<?xi32>, tensor<?xi32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$s0, TFG_Tensor:$s1, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$r0, TFG_Tensor:$r1);
}

def TFG_StridedSliceGradOp : TFG_Node<"StridedSliceGrad", [Pure, TFG_InferShapes]> {
  let summary = "zeros with a tensor where StridedSlice takes elements";
  let description = [{
    The masks are those of StridedSlice.

    ```mlir
    %y = tfg.StridedSliceGrad(%shape, %b, %e, %s, %dy) : (tensor<1xi32>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>, tensor<2xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$begin, TFG_Tensor:$end,
                       TFG_Tensor:$strides, TFG_Tensor:$dy, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"0">:$begin_mask, TFG_DefaultInt<"0">:$end_mask,
                       TFG_DefaultInt<"0">:$ellipsis_mask,
                       TFG_DefaultInt<"0">:$new_axis_mask,
                       TFG_DefaultInt<"0">:$shrink_axis_mask);
  let results = (outs TFG_Tensor:$output);
}

#endif // FIRN_IR_TFGBUFFEROPS_TD
