//===- TFGLossOps.td - losses and simulated quantisation ------------------===//
//
// Ops of training and evaluation graphs that the runtime's routines compute.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGLOSSOPS_TD
#define FIRN_IR_TFGLOSSOPS_TD

include "ir/TFGBase.td"

def TFG_SoftmaxCrossEntropyWithLogitsOp : TFG_Node<"SoftmaxCrossEntropyWithLogits", [Pure, TFG_InferShapes]> {
  let summary = "cross entropy of softmax and labels, and its gradient";
  let description = [{
    Logits and labels broadcast.

    ```mlir
    %l, %g = tfg.SoftmaxCrossEntropyWithLogits(%x, %t) : (tensor<2x3xf32>, tensor<2x3xf32>) -> (tensor<2xf32>, tensor<2x3xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$features, TFG_Tensor:$labels,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$loss, TFG_Tensor:$backprop);
}

def TFG_SparseSoftmaxCrossEntropyWithLogitsOp : TFG_Node<"SparseSoftmaxCrossEntropyWithLogits", [Pure, TFG_InferShapes]> {
  let summary = "cross entropy of softmax and class numbers, and its gradient";
  let description = [{
    A label out of range is an error of the call.

    ```mlir
    %l, %g = tfg.SparseSoftmaxCrossEntropyWithLogits(%x, %t) : (tensor<2x3xf32>, tensor<2xi64>) -> (tensor<2xf32>, tensor<2x3xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$features, TFG_Tensor:$labels,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$loss, TFG_Tensor:$backprop);
}

def TFG_FakeQuantWithMinMaxArgsOp : TFG_Node<"FakeQuantWithMinMaxArgs", [Pure, TFG_InferShapes]> {
  let summary = "rounded to the steps of a quantised type with a range";
  let description = [{
    ```mlir
    %y = tfg.FakeQuantWithMinMaxArgs(%x) {max = 1.000000e+00 : f32, min = 0.000000e+00 : f32} : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$inputs, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultFloat<"-6.0f">:$min, TFG_DefaultFloat<"6.0f">:$max,
                       TFG_DefaultInt<"8">:$num_bits,
                       TFG_DefaultBool<"false">:$narrow_range);
  let results = (outs TFG_Tensor:$output);
}

def TFG_FakeQuantWithMinMaxVarsOp : TFG_Node<"FakeQuantWithMinMaxVars", [Pure, TFG_InferShapes]> {
  let summary = "rounded to the steps of a quantised type, the range as inputs";
  let description = [{
    ```mlir
    %y = tfg.FakeQuantWithMinMaxVars(%x, %min, %max) : (tensor<2x4xf32>, tensor<f32>, tensor<f32>) -> tensor<2x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$inputs, TFG_Tensor:$min, TFG_Tensor:$max,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultInt<"8">:$num_bits,
                       TFG_DefaultBool<"false">:$narrow_range);
  let results = (outs TFG_Tensor:$output);
}

def TFG_FakeQuantWithMinMaxVarsPerChannelOp : TFG_Node<"FakeQuantWithMinMaxVarsPerChannel", [Pure, TFG_InferShapes]> {
  let summary = "rounded to the steps of a quantised type, a range for each channel";
  let description = [{
    ```mlir
    %y = tfg.FakeQuantWithMinMaxVarsPerChannel(%x, %min, %max) : (tensor<2x4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<2x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$inputs, TFG_Tensor:$min, TFG_Tensor:$max,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultInt<"8">:$num_bits,
                       TFG_DefaultBool<"false">:$narrow_range);
  let results = (outs TFG_Tensor:$output);
}

#endif // FIRN_IR_TFGLOSSOPS_TD
