//===- TFGImageOps.td - resizing ------------------------------------------===//

#ifndef FIRN_IR_TFGIMAGEOPS_TD
#define FIRN_IR_TFGIMAGEOPS_TD

include "ir/TFGBase.td"

class TFG_ResizeNode<string mnemonic, dag attributes>
    : TFG_Node<mnemonic, [Pure, TFG_InferShapes]> {
  let arguments = !con((ins TFG_Tensor:$images, TFG_Tensor:$size,
                            Variadic<TFG_Control>:$ctls), attributes);
  let results = (outs TFG_Tensor:$resized_images);
  let hasVerifier = 1;
}

def TFG_ResizeBilinearOp : TFG_ResizeNode<"ResizeBilinear",
    (ins TFG_DefaultBool<"false">:$align_corners,
         TFG_DefaultBool<"false">:$half_pixel_centers)> {
  let summary = "images of another size, interpolated between neighbours";
  let description = [{
    The result is f32. Where an output pixel lies in the input is computed in
    f32, as TensorFlow does: `x * in / out`; with `align_corners`
    `x * (in - 1) / (out - 1)`; with `half_pixel_centers`
    `(x + 0.5) * in / out - 0.5`.

    ```mlir
    %y = tfg.ResizeBilinear(%x, %size) {half_pixel_centers = true}
         : (tensor<1x32x32x3xf32>, tensor<2xi32>) -> tensor<1x64x64x3xf32>
    ```
  }];
}

def TFG_ResizeNearestNeighborOp : TFG_ResizeNode<"ResizeNearestNeighbor",
    (ins TFG_DefaultBool<"false">:$align_corners,
         TFG_DefaultBool<"false">:$half_pixel_centers)> {
  let summary = "images of another size, made of the nearest pixels";
  let description = [{
    Pixels are found as in ResizeBilinear (with `half_pixel_centers`
    `(x + 0.5) * in / out`), rounded down, or with `align_corners` to the
    nearest.

    ```mlir
    %y = tfg.ResizeNearestNeighbor(%x, %size)
         : (tensor<1x32x32x3xf32>, tensor<2xi32>) -> tensor<1x64x64x3xf32>
    ```
  }];
}

def TFG_ResizeBicubicOp : TFG_ResizeNode<"ResizeBicubic",
    (ins TFG_DefaultBool<"false">:$align_corners,
         TFG_DefaultBool<"false">:$half_pixel_centers)> {
  let summary = "images of another size, by cubic convolution";
  let description = [{
    The result is f32. Weights are those of Keys' kernel with A = -0.75, or -0.5
    with `half_pixel_centers`, at 1024 places between two pixels, as TensorFlow
    has them.

    ```mlir
    %y = tfg.ResizeBicubic(%x, %size) {half_pixel_centers = true}
         : (tensor<1x32x32x3xf32>, tensor<2xi32>) -> tensor<1x64x64x3xf32>
    ```
  }];
}

def TFG_ResizeAreaOp : TFG_ResizeNode<"ResizeArea",
    (ins TFG_DefaultBool<"false">:$align_corners)> {
  let summary = "images of another size, each pixel the mean of the area it covers";
  let description = [{
    The result is f32.

    ```mlir
    %y = tfg.ResizeArea(%x, %size)
         : (tensor<1x64x64x3xf32>, tensor<2xi32>) -> tensor<1x32x32x3xf32>
    ```
  }];
}

def TFG_CropAndResizeOp : TFG_Node<"CropAndResize", [Pure, TFG_InferShapes]> {
  let summary = "boxes cut out of images and resized";
  let description = [{
    Box `b` is `boxes[b] = [y1, x1, y2, x2]`, in parts of the image
    `box_ind[b]`; what lies outside the image is `extrapolation_value`.

    ```mlir
    %y = tfg.CropAndResize(%image, %boxes, %box_ind, %crop_size)
         : (tensor<1x32x32x3xf32>, tensor<5x4xf32>, tensor<5xi32>, tensor<2xi32>) -> tensor<5x14x14x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$image, TFG_Tensor:$boxes, TFG_Tensor:$box_ind,
                       TFG_Tensor:$crop_size, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultStr<"\"bilinear\"">:$method,
                       TFG_DefaultFloat<"0.0f">:$extrapolation_value);
  let results = (outs TFG_Tensor:$crops);
  let hasVerifier = 1;
}

#endif // FIRN_IR_TFGIMAGEOPS_TD
