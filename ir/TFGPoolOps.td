//===- TFGPoolOps.td - poolings -------------------------------------------===//

#ifndef FIRN_IR_TFGPOOLOPS_TD
#define FIRN_IR_TFGPOOLOPS_TD

include "ir/TFGBase.td"

// A pooling whose window is an attribute. What the attributes say is read by
// getWindowAttrs (ir/WindowGeometry.h).
class TFG_PoolNode<string mnemonic, string format, dag extra = (ins)>
    : TFG_Node<mnemonic, [Pure, TFG_InferShapes]> {
  let arguments = !con((ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls,
      TFG_IntListAttr:$ksize, TFG_IntListAttr:$strides, StrAttr:$padding,
      TFG_DefaultStr<format>:$data_format), extra);
  let results = (outs TFG_Tensor:$output);
  let hasVerifier = 1;
}

def TFG_MaxPoolOp : TFG_PoolNode<"MaxPool", "\"NHWC\"",
    (ins OptionalAttr<TFG_IntListAttr>:$explicit_paddings)> {
  let summary = "maximum in a window, over two spatial dimensions";
  let description = [{
    Padding does not count. As in TensorFlow on the CPU, a NaN is passed over:
    the maximum is of the other elements, or the lowest finite value.

    ```mlir
    %y = tfg.MaxPool(%x) {ksize = [1, 3, 3, 1], padding = "SAME", strides = [1, 2, 2, 1]}
         : (tensor<1x112x112x64xf32>) -> tensor<1x56x56x64xf32>
    ```
  }];
}

def TFG_MaxPoolV2Op : TFG_Node<"MaxPoolV2", [Pure, TFG_InferShapes]> {
  let summary = "MaxPool with its window as inputs";
  let description = [{
    `ksize` and `strides` have to be constant where the graph is compiled.

    ```mlir
    %y = tfg.MaxPoolV2(%x, %ksize, %strides) {padding = "VALID"}
         : (tensor<1x8x8x3xf32>, tensor<4xi32>, tensor<4xi32>) -> tensor<1x4x4x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$ksize, TFG_Tensor:$strides,
                       Variadic<TFG_Control>:$ctls, StrAttr:$padding,
                       TFG_DefaultStr<"\"NHWC\"">:$data_format);
  let results = (outs TFG_Tensor:$output);
  let hasVerifier = 1;
}

def TFG_AvgPoolOp : TFG_PoolNode<"AvgPool", "\"NHWC\""> {
  let summary = "mean in a window, over two spatial dimensions";
  let description = [{
    Padding does not count: where the window reaches over the border, the mean
    is of the elements inside the image.

    ```mlir
    %y = tfg.AvgPool(%x) {ksize = [1, 7, 7, 1], padding = "VALID", strides = [1, 1, 1, 1]}
         : (tensor<1x7x7x1024xf32>) -> tensor<1x1x1x1024xf32>
    ```
  }];
}

def TFG_MaxPool3DOp : TFG_PoolNode<"MaxPool3D", "\"NDHWC\""> {
  let summary = "maximum in a window, over three spatial dimensions";
  let description = [{
    ```mlir
    %y = tfg.MaxPool3D(%x) {ksize = [1, 2, 2, 2, 1], padding = "SAME", strides = [1, 2, 2, 2, 1]}
         : (tensor<1x8x8x8x3xf32>) -> tensor<1x4x4x4x3xf32>
    ```
  }];
}

def TFG_AvgPool3DOp : TFG_PoolNode<"AvgPool3D", "\"NDHWC\""> {
  let summary = "mean in a window, over three spatial dimensions";
  let description = [{
    Padding does not count, as in AvgPool.

    ```mlir
    %y = tfg.AvgPool3D(%x) {ksize = [1, 2, 2, 2, 1], padding = "SAME", strides = [1, 2, 2, 2, 1]}
         : (tensor<1x8x8x8x3xf32>) -> tensor<1x4x4x4x3xf32>
    ```
  }];
}

#endif // FIRN_IR_TFGPOOLOPS_TD
