//===- TFGNNOps.td - convolutions -----------------------------------------===//

#ifndef FIRN_IR_TFGNNOPS_TD
#define FIRN_IR_TFGNNOPS_TD

include "ir/TFGBase.td"

// A convolution of an image with two spatial dimensions. What the attributes
// say about the window is read by getWindowAttrs (ir/WindowGeometry.h).
class TFG_Conv2DNode<string mnemonic, dag inputs, list<Trait> traits = []>
    : TFG_Node<mnemonic, !listconcat([Pure, TFG_InferShapes], traits)> {
  let arguments = !con(inputs, (ins Variadic<TFG_Control>:$ctls,
      TFG_IntListAttr:$strides, StrAttr:$padding,
      OptionalAttr<TFG_IntListAttr>:$explicit_paddings,
      TFG_DefaultStr<"\"NHWC\"">:$data_format,
      OptionalAttr<TFG_IntListAttr>:$dilations));
  let results = (outs TFG_Tensor:$output);
  let hasVerifier = 1;
}

def TFG_Conv2DOp : TFG_Conv2DNode<"Conv2D", (ins TFG_Tensor:$input, TFG_Tensor:$filter)> {
  let summary = "2-D convolution";
  let description = [{
    `input` is `[N, H, W, C]` (or `[N, C, H, W]` by `data_format`), `filter`
    `[KH, KW, C / groups, F]`. The number of groups is not an attribute: it is
    the input's channels divided by the filter's.

    ```mlir
    %y = tfg.Conv2D(%x, %w) {padding = "SAME", strides = [1, 2, 2, 1]}
         : (tensor<1x224x224x3xf32>, tensor<7x7x3x64xf32>) -> tensor<1x112x112x64xf32>
    ```
  }];
}

def TFG_DepthwiseConv2dNativeOp
    : TFG_Conv2DNode<"DepthwiseConv2dNative", (ins TFG_Tensor:$input, TFG_Tensor:$filter)> {
  let summary = "2-D convolution of each channel by itself";
  let description = [{
    `filter` is `[KH, KW, C, M]`; output channel `c * M + m` is input channel
    `c` convolved with `filter[:, :, c, m]`.

    ```mlir
    %y = tfg.DepthwiseConv2dNative(%x, %w) {padding = "SAME", strides = [1, 1, 1, 1]}
         : (tensor<1x112x112x32xf32>, tensor<3x3x32x1xf32>) -> tensor<1x112x112x32xf32>
    ```
  }];
}

def TFG_Conv2DBackpropInputOp
    : TFG_Conv2DNode<"Conv2DBackpropInput",
        (ins TFG_Tensor:$input_sizes, TFG_Tensor:$filter, TFG_Tensor:$out_backprop)> {
  let summary = "transposed 2-D convolution";
  let description = [{
    The gradient of Conv2D by its input, which decoders use to enlarge an
    image. `filter` is that of the Conv2D, `[KH, KW, output channels here,
    channels of out_backprop]`; `input_sizes` is the shape of the result (or its
    height and width), and the Conv2D of that shape must give the shape of
    `out_backprop`.

    ```mlir
    %y = tfg.Conv2DBackpropInput(%sizes, %w, %x) {padding = "SAME", strides = [1, 2, 2, 1]}
         : (tensor<4xi32>, tensor<4x4x32x64xf32>, tensor<1x16x16x64xf32>) -> tensor<1x32x32x32xf32>
    ```
  }];
}

class TFG_Conv3DNode<string mnemonic, dag inputs>
    : TFG_Node<mnemonic, [Pure, TFG_InferShapes]> {
  let arguments = !con(inputs, (ins Variadic<TFG_Control>:$ctls,
      TFG_IntListAttr:$strides, StrAttr:$padding,
      TFG_DefaultStr<"\"NDHWC\"">:$data_format,
      OptionalAttr<TFG_IntListAttr>:$dilations));
  let results = (outs TFG_Tensor:$output);
  let hasVerifier = 1;
}

def TFG_Conv3DOp : TFG_Conv3DNode<"Conv3D", (ins TFG_Tensor:$input, TFG_Tensor:$filter)> {
  let summary = "3-D convolution";
  let description = [{
    As Conv2D, with `input` `[N, D, H, W, C]` (or `NCDHW`) and `filter`
    `[KD, KH, KW, C / groups, F]`.

    ```mlir
    %y = tfg.Conv3D(%x, %w) {padding = "VALID", strides = [1, 1, 1, 1, 1]}
         : (tensor<1x8x8x8x3xf32>, tensor<3x3x3x3x4xf32>) -> tensor<1x6x6x6x4xf32>
    ```
  }];
}

def TFG_Conv3DBackpropInputV2Op
    : TFG_Conv3DNode<"Conv3DBackpropInputV2",
        (ins TFG_Tensor:$input_sizes, TFG_Tensor:$filter, TFG_Tensor:$out_backprop)> {
  let summary = "transposed 3-D convolution";
  let description = [{
    As Conv2DBackpropInput, over three spatial dimensions.

    ```mlir
    %y = tfg.Conv3DBackpropInputV2(%sizes, %w, %x) {padding = "SAME", strides = [1, 2, 2, 2, 1]}
         : (tensor<5xi32>, tensor<2x2x2x3x4xf32>, tensor<1x4x4x4x4xf32>) -> tensor<1x8x8x8x3xf32>
    ```
  }];
}

def TFG_Dilation2DOp : TFG_Node<"Dilation2D", [Pure, TFG_InferShapes]> {
  let summary = "greyscale dilation: the maximum of input plus filter in a window";
  let description = [{
    `input` is `[N, H, W, C]`, `filter` `[KH, KW, C]`; places outside the image
    do not count.

    ```mlir
    %y = tfg.Dilation2D(%x, %w) {padding = "SAME", rates = [1, 1, 1, 1], strides = [1, 1, 1, 1]}
         : (tensor<1x8x8x3xf32>, tensor<3x3x3xf32>) -> tensor<1x8x8x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$filter, Variadic<TFG_Control>:$ctls,
                       TFG_IntListAttr:$strides, TFG_IntListAttr:$rates, StrAttr:$padding);
  let results = (outs TFG_Tensor:$output);
  let hasVerifier = 1;
}

#endif // FIRN_IR_TFGNNOPS_TD
