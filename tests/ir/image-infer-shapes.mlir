// Shapes of resized images: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_1x32x32x3xf32 = tfg.Placeholder() : () -> tensor<1x32x32x3xf32> name("in_1x32x32x3xf32")
  %c_64_2xi32 = tfg.Const() {value = dense<64> : tensor<2xi32>} : () -> tensor<2xi32> name("c_64_2xi32")
  %in_2xi32 = tfg.Placeholder() : () -> tensor<2xi32> name("in_2xi32")
  %in_1x64x64x3xf32 = tfg.Placeholder() : () -> tensor<1x64x64x3xf32> name("in_1x64x64x3xf32")
  %c_32_2xi32 = tfg.Const() {value = dense<32> : tensor<2xi32>} : () -> tensor<2xi32> name("c_32_2xi32")
  %in_5x4xf32 = tfg.Placeholder() : () -> tensor<5x4xf32> name("in_5x4xf32")
  %in_5xi32 = tfg.Placeholder() : () -> tensor<5xi32> name("in_5xi32")
  %c_14_2xi32 = tfg.Const() {value = dense<14> : tensor<2xi32>} : () -> tensor<2xi32> name("c_14_2xi32")

  // CHECK: tfg.ResizeBilinear{{.*}} -> tensor<1x64x64x3xf32> name("ResizeBilinear")
  %ResizeBilinear = tfg.ResizeBilinear(%in_1x32x32x3xf32, %c_64_2xi32) {half_pixel_centers = true} : (tensor<1x32x32x3xf32>, tensor<2xi32>) -> tensor<*xf32> name("ResizeBilinear")
  // CHECK: tfg.ResizeBilinear{{.*}} -> tensor<1x?x?x3xf32> name("ResizeBilinear_fed")
  %ResizeBilinear_fed = tfg.ResizeBilinear(%in_1x32x32x3xf32, %in_2xi32) {half_pixel_centers = true} : (tensor<1x32x32x3xf32>, tensor<2xi32>) -> tensor<*xf32> name("ResizeBilinear_fed")
  // CHECK: tfg.ResizeNearestNeighbor{{.*}} -> tensor<1x64x64x3xf32> name("ResizeNearestNeighbor")
  %ResizeNearestNeighbor = tfg.ResizeNearestNeighbor(%in_1x32x32x3xf32, %c_64_2xi32) : (tensor<1x32x32x3xf32>, tensor<2xi32>) -> tensor<*xf32> name("ResizeNearestNeighbor")
  // CHECK: tfg.ResizeNearestNeighbor{{.*}} -> tensor<1x?x?x3xf32> name("ResizeNearestNeighbor_fed")
  %ResizeNearestNeighbor_fed = tfg.ResizeNearestNeighbor(%in_1x32x32x3xf32, %in_2xi32) : (tensor<1x32x32x3xf32>, tensor<2xi32>) -> tensor<*xf32> name("ResizeNearestNeighbor_fed")
  // CHECK: tfg.ResizeBicubic{{.*}} -> tensor<1x64x64x3xf32> name("ResizeBicubic")
  %ResizeBicubic = tfg.ResizeBicubic(%in_1x32x32x3xf32, %c_64_2xi32) {half_pixel_centers = true} : (tensor<1x32x32x3xf32>, tensor<2xi32>) -> tensor<*xf32> name("ResizeBicubic")
  // CHECK: tfg.ResizeBicubic{{.*}} -> tensor<1x?x?x3xf32> name("ResizeBicubic_fed")
  %ResizeBicubic_fed = tfg.ResizeBicubic(%in_1x32x32x3xf32, %in_2xi32) {half_pixel_centers = true} : (tensor<1x32x32x3xf32>, tensor<2xi32>) -> tensor<*xf32> name("ResizeBicubic_fed")
  // CHECK: tfg.ResizeArea{{.*}} -> tensor<1x32x32x3xf32> name("ResizeArea")
  %ResizeArea = tfg.ResizeArea(%in_1x64x64x3xf32, %c_32_2xi32) : (tensor<1x64x64x3xf32>, tensor<2xi32>) -> tensor<*xf32> name("ResizeArea")
  // CHECK: tfg.ResizeArea{{.*}} -> tensor<1x?x?x3xf32> name("ResizeArea_fed")
  %ResizeArea_fed = tfg.ResizeArea(%in_1x64x64x3xf32, %in_2xi32) : (tensor<1x64x64x3xf32>, tensor<2xi32>) -> tensor<*xf32> name("ResizeArea_fed")
  // CHECK: tfg.CropAndResize{{.*}} -> tensor<5x14x14x3xf32> name("CropAndResize")
  %CropAndResize = tfg.CropAndResize(%in_1x32x32x3xf32, %in_5x4xf32, %in_5xi32, %c_14_2xi32) : (tensor<1x32x32x3xf32>, tensor<5x4xf32>, tensor<5xi32>, tensor<2xi32>) -> tensor<*xf32> name("CropAndResize")
  // CHECK: tfg.CropAndResize{{.*}} -> tensor<5x?x?x3xf32> name("CropAndResize_fed")
  %CropAndResize_fed = tfg.CropAndResize(%in_1x32x32x3xf32, %in_5x4xf32, %in_5xi32, %in_2xi32) : (tensor<1x32x32x3xf32>, tensor<5x4xf32>, tensor<5xi32>, tensor<2xi32>) -> tensor<*xf32> name("CropAndResize_fed")
}
