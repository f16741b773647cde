//===- TFGFusedOps.td - ops that stand for several ------------------------===//
//
// What TensorFlow's graph optimiser and older tools made of several nodes. They
// are taken apart again (tfg-decompose-fused-ops): shapes and kernels are those
// of the parts.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGFUSEDOPS_TD
#define FIRN_IR_TFGFUSEDOPS_TD

include "ir/TFGBase.td"

class TFG_Fused<string name, dag inputs, dag attributes> : TFG_Node<name, [Pure]> {
  let arguments = !con(inputs, attributes);
  let results = (outs TFG_Tensor:$output);
}

//===----------------------------------------------------------------------===//
// Of the graph optimiser
//===----------------------------------------------------------------------===//

// The inputs of the first op, then those of `fused_ops`, in order: a bias for
// BiasAdd; scale, offset, mean, variance for FusedBatchNorm; a tensor for Add.
defvar Epilogue = (ins OptionalAttr<TFG_StringListAttr>:$fused_ops,
                       TFG_DefaultFloat<"0.0001f">:$epsilon,
                       TFG_DefaultFloat<"0.2f">:$leakyrelu_alpha);
defvar ListArgs = (ins Variadic<TFG_TensorOrControl>:$args);
defvar Window = (ins TFG_IntListAttr:$strides, StrAttr:$padding,
                     OptionalAttr<TFG_IntListAttr>:$explicit_paddings,
                     TFG_DefaultStr<"\"NHWC\"">:$data_format,
                     OptionalAttr<TFG_IntListAttr>:$dilations);

def TFG_FusedConv2DOp : TFG_Fused<"_FusedConv2D", ListArgs,
    !con(Window, (ins TFG_DefaultBool<"true">:$use_cudnn_on_gpu), Epilogue)> {
  let summary = "a Conv2D and what follows it";
  let description = [{
    `fused_ops` are BiasAdd, FusedBatchNorm, Add, and activations, in order.

    ```mlir
    %y = tfg._FusedConv2D(%x, %filter, %bias)
         {fused_ops = ["BiasAdd", "Relu"], padding = "SAME", strides = [1, 1, 1, 1]} : (…) -> tensor<1x8x8x4xf32>
    ```
  }];
}
def TFG_FusedDepthwiseConv2dNativeOp : TFG_Fused<"_FusedDepthwiseConv2dNative", ListArgs,
    !con(Window, Epilogue)> {
  let summary = "a DepthwiseConv2dNative and what follows it";
  let description = [{
    ```mlir
    %y = tfg._FusedDepthwiseConv2dNative(%x, %filter, %bias)
         {fused_ops = ["BiasAdd", "Relu6"], padding = "SAME", strides = [1, 1, 1, 1]} : (…) -> tensor<1x8x8x4xf32>
    ```
  }];
}
def TFG_FusedMatMulOp : TFG_Fused<"_FusedMatMul", ListArgs,
    !con((ins TFG_DefaultBool<"false">:$transpose_a, TFG_DefaultBool<"false">:$transpose_b),
         Epilogue)> {
  let summary = "a MatMul and what follows it";
  let description = [{
    ```mlir
    %y = tfg._FusedMatMul(%a, %b, %bias) {fused_ops = ["BiasAdd", "Tanh"]} : (…) -> tensor<2x4xf32>
    ```
  }];
}

def TFG_FusedBatchNormExOp : TFG_Node<"_FusedBatchNormEx", [Pure]> {
  let summary = "a FusedBatchNormV3, a sum and a Relu";
  let description = [{
    The inputs of FusedBatchNormV3, then at most one that is added; the
    `activation_mode` is Identity or Relu.

    ```mlir
    %y:6 = tfg._FusedBatchNormEx(%x, %scale, %offset, %mean, %variance, %z) {activation_mode = "Relu", is_training = false}
           : (…) -> (…)
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args, TFG_DefaultFloat<"0.0001f">:$epsilon,
                       TFG_DefaultFloat<"1.0f">:$exponential_avg_factor,
                       TFG_DefaultStr<"\"Identity\"">:$activation_mode,
                       TFG_DefaultStr<"\"NHWC\"">:$data_format,
                       TFG_DefaultBool<"true">:$is_training);
  let results = (outs TFG_Tensor:$y, TFG_Tensor:$batch_mean, TFG_Tensor:$batch_variance,
                      TFG_Tensor:$reserve_space_1, TFG_Tensor:$reserve_space_2,
                      TFG_Tensor:$reserve_space_3);
}

//===----------------------------------------------------------------------===//
// Of older tools
//===----------------------------------------------------------------------===//

def TFG_FusedPadConv2DOp : TFG_Fused<"FusedPadConv2D",
    (ins TFG_Tensor:$input, TFG_Tensor:$paddings, TFG_Tensor:$filter, Variadic<TFG_Control>:$ctls),
    (ins StrAttr:$mode, TFG_IntListAttr:$strides, StrAttr:$padding)> {
  let summary = "a MirrorPad and a Conv2D";
  let description = [{
    ```mlir
    %y = tfg.FusedPadConv2D(%x, %paddings, %filter) {mode = "REFLECT", padding = "VALID", strides = [1, 1, 1, 1]}
         : (…) -> tensor<1x8x8x4xf32>
    ```
  }];
}
def TFG_FusedResizeAndPadConv2DOp : TFG_Fused<"FusedResizeAndPadConv2D",
    (ins TFG_Tensor:$input, TFG_Tensor:$size, TFG_Tensor:$paddings, TFG_Tensor:$filter,
         Variadic<TFG_Control>:$ctls),
    (ins TFG_DefaultBool<"false">:$resize_align_corners, StrAttr:$mode,
         TFG_IntListAttr:$strides, StrAttr:$padding)> {
  let summary = "a ResizeBilinear, a MirrorPad and a Conv2D";
  let description = [{
    ```mlir
    %y = tfg.FusedResizeAndPadConv2D(%x, %size, %paddings, %filter)
         {mode = "REFLECT", padding = "VALID", strides = [1, 1, 1, 1]} : (…) -> tensor<1x8x8x4xf32>
    ```
  }];
}

def TFG_BatchNormWithGlobalNormalizationOp : TFG_Fused<"BatchNormWithGlobalNormalization",
    (ins TFG_Tensor:$t, TFG_Tensor:$m, TFG_Tensor:$v, TFG_Tensor:$beta, TFG_Tensor:$gamma,
         Variadic<TFG_Control>:$ctls),
    (ins F32Attr:$variance_epsilon, BoolAttr:$scale_after_normalization)> {
  let summary = "a batch norm with given mean and variance";
  let description = [{
    `(t - m) / sqrt(v + variance_epsilon)`, times `gamma` if
    `scale_after_normalization`, plus `beta`.

    ```mlir
    %y = tfg.BatchNormWithGlobalNormalization(%t, %m, %v, %beta, %gamma)
         {scale_after_normalization = true, variance_epsilon = 1.0e-3 : f32} : (…) -> tensor<1x8x8x4xf32>
    ```
  }];
}

#endif // FIRN_IR_TFGFUSEDOPS_TD
