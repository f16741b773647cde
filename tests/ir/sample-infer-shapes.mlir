// Shapes of sampled classes: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_1x8x8x3xf32 = tfg.Placeholder() : () -> tensor<1x8x8x3xf32> name("in_1x8x8x3xf32")
  %in_nx8x8x3xf32 = tfg.Placeholder() : () -> tensor<?x8x8x3xf32> name("in_nx8x8x3xf32")
  %in_f32 = tfg.Placeholder() : () -> tensor<f32> name("in_f32")
  %in_8x8x3xf32 = tfg.Placeholder() : () -> tensor<8x8x3xf32> name("in_8x8x3xf32")
  %in_nx8x3xf32 = tfg.Placeholder() : () -> tensor<?x8x3xf32> name("in_nx8x3xf32")

  // CHECK: tfg.ExtractImagePatches{{.*}} -> tensor<1x4x4x12xf32> name("ExtractImagePatches")
  %ExtractImagePatches = tfg.ExtractImagePatches(%in_1x8x8x3xf32) {ksizes = [1, 2, 2, 1], padding = "VALID", rates = [1, 1, 1, 1], strides = [1, 2, 2, 1]} : (tensor<1x8x8x3xf32>) -> tensor<*xf32> name("ExtractImagePatches")
  // CHECK: tfg.ExtractImagePatches{{.*}} -> tensor<?x4x4x12xf32> name("ExtractImagePatches_unknown")
  %ExtractImagePatches_unknown = tfg.ExtractImagePatches(%in_nx8x8x3xf32) {ksizes = [1, 2, 2, 1], padding = "VALID", rates = [1, 1, 1, 1], strides = [1, 2, 2, 1]} : (tensor<?x8x8x3xf32>) -> tensor<*xf32> name("ExtractImagePatches_unknown")
  // CHECK: tfg.MaxPoolWithArgmax{{.*}} -> (tensor<1x4x4x3xf32>, tensor<1x4x4x3xi64>) name("MaxPoolWithArgmax")
  %MaxPoolWithArgmax:2 = tfg.MaxPoolWithArgmax(%in_1x8x8x3xf32) {ksize = [1, 2, 2, 1], padding = "VALID", strides = [1, 2, 2, 1]} : (tensor<1x8x8x3xf32>) -> (tensor<*xf32>, tensor<*xi64>) name("MaxPoolWithArgmax")
  // CHECK: tfg.MaxPoolWithArgmax{{.*}} -> (tensor<?x4x4x3xf32>, tensor<?x4x4x3xi64>) name("MaxPoolWithArgmax_unknown")
  %MaxPoolWithArgmax_unknown:2 = tfg.MaxPoolWithArgmax(%in_nx8x8x3xf32) {ksize = [1, 2, 2, 1], padding = "VALID", strides = [1, 2, 2, 1]} : (tensor<?x8x8x3xf32>) -> (tensor<*xf32>, tensor<*xi64>) name("MaxPoolWithArgmax_unknown")
  // CHECK: tfg.AdjustContrastv2{{.*}} -> tensor<1x8x8x3xf32> name("AdjustContrastv2")
  %AdjustContrastv2 = tfg.AdjustContrastv2(%in_1x8x8x3xf32, %in_f32) : (tensor<1x8x8x3xf32>, tensor<f32>) -> tensor<*xf32> name("AdjustContrastv2")
  // CHECK: tfg.AdjustContrastv2{{.*}} -> tensor<?x8x8x3xf32> name("AdjustContrastv2_unknown")
  %AdjustContrastv2_unknown = tfg.AdjustContrastv2(%in_nx8x8x3xf32, %in_f32) : (tensor<?x8x8x3xf32>, tensor<f32>) -> tensor<*xf32> name("AdjustContrastv2_unknown")
  // CHECK: tfg.AdjustHue{{.*}} -> tensor<1x8x8x3xf32> name("AdjustHue")
  %AdjustHue = tfg.AdjustHue(%in_1x8x8x3xf32, %in_f32) : (tensor<1x8x8x3xf32>, tensor<f32>) -> tensor<*xf32> name("AdjustHue")
  // CHECK: tfg.AdjustHue{{.*}} -> tensor<?x8x8x3xf32> name("AdjustHue_unknown")
  %AdjustHue_unknown = tfg.AdjustHue(%in_nx8x8x3xf32, %in_f32) : (tensor<?x8x8x3xf32>, tensor<f32>) -> tensor<*xf32> name("AdjustHue_unknown")
  // CHECK: tfg.AdjustSaturation{{.*}} -> tensor<1x8x8x3xf32> name("AdjustSaturation")
  %AdjustSaturation = tfg.AdjustSaturation(%in_1x8x8x3xf32, %in_f32) : (tensor<1x8x8x3xf32>, tensor<f32>) -> tensor<*xf32> name("AdjustSaturation")
  // CHECK: tfg.AdjustSaturation{{.*}} -> tensor<?x8x8x3xf32> name("AdjustSaturation_unknown")
  %AdjustSaturation_unknown = tfg.AdjustSaturation(%in_nx8x8x3xf32, %in_f32) : (tensor<?x8x8x3xf32>, tensor<f32>) -> tensor<*xf32> name("AdjustSaturation_unknown")
  // CHECK: tfg.RGBToHSV{{.*}} -> tensor<8x8x3xf32> name("RGBToHSV")
  %RGBToHSV = tfg.RGBToHSV(%in_8x8x3xf32) : (tensor<8x8x3xf32>) -> tensor<*xf32> name("RGBToHSV")
  // CHECK: tfg.RGBToHSV{{.*}} -> tensor<?x8x3xf32> name("RGBToHSV_unknown")
  %RGBToHSV_unknown = tfg.RGBToHSV(%in_nx8x3xf32) : (tensor<?x8x3xf32>) -> tensor<*xf32> name("RGBToHSV_unknown")
  // CHECK: tfg.HSVToRGB{{.*}} -> tensor<8x8x3xf32> name("HSVToRGB")
  %HSVToRGB = tfg.HSVToRGB(%in_8x8x3xf32) : (tensor<8x8x3xf32>) -> tensor<*xf32> name("HSVToRGB")
  // CHECK: tfg.HSVToRGB{{.*}} -> tensor<?x8x3xf32> name("HSVToRGB_unknown")
  %HSVToRGB_unknown = tfg.HSVToRGB(%in_nx8x3xf32) : (tensor<?x8x3xf32>) -> tensor<*xf32> name("HSVToRGB_unknown")
}
