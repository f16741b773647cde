//===- TFGImageWarpOps.td - images through transforms, boxes on images ----===//
//
// Computed by routines (backend/runtime/routines/ProjectionRoutines.cpp,
// ScalingRoutines.cpp, DrawingRoutines.cpp).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGIMAGEWARPOPS_TD
#define FIRN_IR_TFGIMAGEWARPOPS_TD

include "ir/TFGTensorKinds.td"

class TFG_ImageWarp<string name, dag inputs, dag attributes>
    : TFG_Node<name, [Pure, TFG_InferShapes]> {
  let arguments = !con(inputs, (ins Variadic<TFG_Control>:$ctls), attributes);
  let results = (outs TFG_Tensor:$output);
}

class TFG_ProjectiveTransform<string name, dag inputs>
    : TFG_ImageWarp<name, !con((ins TFG_Tensor:$images, TFG_FloatTensor:$transforms,
                                    TFG_Int32Tensor:$output_shape), inputs),
                    (ins StrAttr:$interpolation, TFG_DefaultStr<"\"CONSTANT\"">:$fill_mode)> {
  let summary = "images through projective transforms";
  let description = [{
    Output pixel (x, y) is what the image has at
    `((a x + b y + c) / k, (d x + e y + f) / k)` with `k = g x + h y + 1`, for a
    transform `[a, b, c, d, e, f, g, h]` of all images or of each. `interpolation`
    is NEAREST or BILINEAR; outside of the image is what `fill_mode` says:
    CONSTANT (a value), REFLECT, WRAP or NEAREST.

    ```mlir
    %y = tfg.ImageProjectiveTransformV3(%x, %t, %size, %fill) {interpolation = "BILINEAR"}
         : (tensor<1x8x8x3xf32>, tensor<1x8xf32>, tensor<2xi32>, tensor<f32>) -> tensor<1x4x4x3xf32> name("y")
    ```
  }];
}
def TFG_ImageProjectiveTransformV2Op : TFG_ProjectiveTransform<"ImageProjectiveTransformV2", (ins)>;
def TFG_ImageProjectiveTransformV3Op : TFG_ProjectiveTransform<"ImageProjectiveTransformV3",
    (ins TFG_FloatTensor:$fill_value)>;

def TFG_ScaleAndTranslateOp : TFG_ImageWarp<"ScaleAndTranslate",
    (ins TFG_Tensor:$images, TFG_Int32Tensor:$size, TFG_FloatTensor:$scale,
         TFG_FloatTensor:$translation),
    (ins TFG_DefaultStr<"\"lanczos3\"">:$kernel_type, TFG_DefaultBool<"true">:$antialias)> {
  let summary = "images scaled and moved, through a kernel";
  let description = [{
    Scale and translation are for rows and columns. Kernels: lanczos1, lanczos3,
    lanczos5, gaussian, box, triangle, keyscubic, mitchellcubic. With
    `antialias` the kernel widens where the image shrinks.

    ```mlir
    %y = tfg.ScaleAndTranslate(%x, %size, %scale, %translation) {kernel_type = "triangle"}
         : (tensor<1x8x8x3xf32>, tensor<2xi32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x4x4x3xf32> name("y")
    ```
  }];
}

class TFG_DrawBoxes<string name, dag inputs>
    : TFG_ImageWarp<name, !con((ins TFG_Tensor:$images, TFG_FloatTensor:$boxes), inputs), (ins)> {
  let summary = "images with the outlines of boxes";
  let description = [{
    Boxes are `[y_min, x_min, y_max, x_max]` in parts of the image; they take the
    colours in turn.

    ```mlir
    %y = tfg.DrawBoundingBoxesV2(%x, %boxes, %colours)
         : (tensor<1x8x8x3xf32>, tensor<1x2x4xf32>, tensor<2x3xf32>) -> tensor<1x8x8x3xf32> name("y")
    ```
  }];
}
def TFG_DrawBoundingBoxesOp : TFG_DrawBoxes<"DrawBoundingBoxes", (ins)>;
def TFG_DrawBoundingBoxesV2Op : TFG_DrawBoxes<"DrawBoundingBoxesV2",
    (ins TFG_FloatTensor:$colors)>;

#endif // FIRN_IR_TFGIMAGEWARPOPS_TD
