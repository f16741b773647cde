//===- TFGSampleOps.td - windows of images, colours ------------------------===//
//
// Ops on images [batch, height, width, depth] that the runtime's routines compute.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGSAMPLEOPS_TD
#define FIRN_IR_TFGSAMPLEOPS_TD

include "ir/TFGBase.td"

def TFG_ExtractImagePatchesOp : TFG_Node<"ExtractImagePatches", [Pure, TFG_InferShapes]> {
  let summary = "the elements of each window, along the depth";
  let description = [{
    ```mlir
    %y = tfg.ExtractImagePatches(%x) {ksizes = [1, 2, 2, 1], padding = "VALID", rates = [1, 1, 1, 1], strides = [1, 2, 2, 1]}
         : (tensor<1x8x8x3xf32>) -> tensor<1x4x4x12xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$images, Variadic<TFG_Control>:$ctls,
                       TFG_IntListAttr:$ksizes, TFG_IntListAttr:$strides,
                       TFG_IntListAttr:$rates, StrAttr:$padding);
  let results = (outs TFG_Tensor:$patches);
}

def TFG_MaxPoolWithArgmaxOp : TFG_Node<"MaxPoolWithArgmax", [Pure, TFG_InferShapes]> {
  let summary = "maximum in a window, and where it is";
  let description = [{
    The position is that in the flat image, with `include_batch_in_index` in the batch.

    ```mlir
    %y, %i = tfg.MaxPoolWithArgmax(%x) {ksize = [1, 2, 2, 1], padding = "VALID", strides = [1, 2, 2, 1]}
         : (tensor<1x8x8x3xf32>) -> (tensor<1x4x4x3xf32>, tensor<1x4x4x3xi64>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls,
                       TFG_IntListAttr:$ksize, TFG_IntListAttr:$strides, StrAttr:$padding,
                       TFG_DefaultBool<"false">:$include_batch_in_index);
  let results = (outs TFG_Tensor:$output, TFG_Tensor:$argmax);
}

def TFG_AdjustContrastv2Op : TFG_Node<"AdjustContrastv2", [Pure, TFG_InferShapes]> {
  let summary = "images with their distance from the channel's mean scaled";
  let description = [{
    ```mlir
    %y = tfg.AdjustContrastv2(%x, %a) : (tensor<1x8x8x3xf32>, tensor<f32>) -> tensor<1x8x8x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$images, TFG_Tensor:$contrast_factor,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_AdjustHueOp : TFG_Node<"AdjustHue", [Pure, TFG_InferShapes]> {
  let summary = "images with their hue turned";
  let description = [{
    ```mlir
    %y = tfg.AdjustHue(%x, %a) : (tensor<1x8x8x3xf32>, tensor<f32>) -> tensor<1x8x8x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$images, TFG_Tensor:$delta,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_AdjustSaturationOp : TFG_Node<"AdjustSaturation", [Pure, TFG_InferShapes]> {
  let summary = "images with their saturation scaled";
  let description = [{
    ```mlir
    %y = tfg.AdjustSaturation(%x, %a) : (tensor<1x8x8x3xf32>, tensor<f32>) -> tensor<1x8x8x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$images, TFG_Tensor:$scale,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_RGBToHSVOp : TFG_Node<"RGBToHSV", [Pure, TFG_InferShapes]> {
  let summary = "hue, saturation and value from red, green and blue";
  let description = [{
    ```mlir
    %y = tfg.RGBToHSV(%x) : (tensor<8x8x3xf32>) -> tensor<8x8x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$images, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_HSVToRGBOp : TFG_Node<"HSVToRGB", [Pure, TFG_InferShapes]> {
  let summary = "red, green and blue from hue, saturation and value";
  let description = [{
    ```mlir
    %y = tfg.HSVToRGB(%x) : (tensor<8x8x3xf32>) -> tensor<8x8x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$images, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

#endif // FIRN_IR_TFGSAMPLEOPS_TD
