// Shapes of poolings: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_1x112x112x64xf32 = tfg.Placeholder() : () -> tensor<1x112x112x64xf32> name("in_1x112x112x64xf32")
  %in_nx112x112x64xf32 = tfg.Placeholder() : () -> tensor<?x112x112x64xf32> name("in_nx112x112x64xf32")
  %in_1x8x8x3xf32 = tfg.Placeholder() : () -> tensor<1x8x8x3xf32> name("in_1x8x8x3xf32")
  %c_1_2_2_1_4xi32 = tfg.Const() {value = dense<[1, 2, 2, 1]> : tensor<4xi32>} : () -> tensor<4xi32> name("c_1_2_2_1_4xi32")
  %in_4xi32 = tfg.Placeholder() : () -> tensor<4xi32> name("in_4xi32")
  %in_1x7x7x1024xf32 = tfg.Placeholder() : () -> tensor<1x7x7x1024xf32> name("in_1x7x7x1024xf32")
  %in_nx7x7x1024xf32 = tfg.Placeholder() : () -> tensor<?x7x7x1024xf32> name("in_nx7x7x1024xf32")
  %in_1x8x8x8x3xf32 = tfg.Placeholder() : () -> tensor<1x8x8x8x3xf32> name("in_1x8x8x8x3xf32")
  %in_nx8x8x8x3xf32 = tfg.Placeholder() : () -> tensor<?x8x8x8x3xf32> name("in_nx8x8x8x3xf32")

  // CHECK: tfg.MaxPool{{.*}} -> tensor<1x56x56x64xf32> name("MaxPool")
  %MaxPool = tfg.MaxPool(%in_1x112x112x64xf32) {ksize = [1, 3, 3, 1], padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<1x112x112x64xf32>) -> tensor<*xf32> name("MaxPool")
  // CHECK: tfg.MaxPool{{.*}} -> tensor<?x56x56x64xf32> name("MaxPool_unknown")
  %MaxPool_unknown = tfg.MaxPool(%in_nx112x112x64xf32) {ksize = [1, 3, 3, 1], padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<?x112x112x64xf32>) -> tensor<*xf32> name("MaxPool_unknown")
  // CHECK: tfg.MaxPoolV2{{.*}} -> tensor<1x4x4x3xf32> name("MaxPoolV2")
  %MaxPoolV2 = tfg.MaxPoolV2(%in_1x8x8x3xf32, %c_1_2_2_1_4xi32, %c_1_2_2_1_4xi32) {padding = "VALID"} : (tensor<1x8x8x3xf32>, tensor<4xi32>, tensor<4xi32>) -> tensor<*xf32> name("MaxPoolV2")
  // CHECK: tfg.MaxPoolV2{{.*}} -> tensor<1x?x?x?xf32> name("MaxPoolV2_fed")
  %MaxPoolV2_fed = tfg.MaxPoolV2(%in_1x8x8x3xf32, %in_4xi32, %in_4xi32) {padding = "VALID"} : (tensor<1x8x8x3xf32>, tensor<4xi32>, tensor<4xi32>) -> tensor<*xf32> name("MaxPoolV2_fed")
  // CHECK: tfg.AvgPool{{.*}} -> tensor<1x1x1x1024xf32> name("AvgPool")
  %AvgPool = tfg.AvgPool(%in_1x7x7x1024xf32) {ksize = [1, 7, 7, 1], padding = "VALID", strides = [1, 1, 1, 1]} : (tensor<1x7x7x1024xf32>) -> tensor<*xf32> name("AvgPool")
  // CHECK: tfg.AvgPool{{.*}} -> tensor<?x1x1x1024xf32> name("AvgPool_unknown")
  %AvgPool_unknown = tfg.AvgPool(%in_nx7x7x1024xf32) {ksize = [1, 7, 7, 1], padding = "VALID", strides = [1, 1, 1, 1]} : (tensor<?x7x7x1024xf32>) -> tensor<*xf32> name("AvgPool_unknown")
  // CHECK: tfg.MaxPool3D{{.*}} -> tensor<1x4x4x4x3xf32> name("MaxPool3D")
  %MaxPool3D = tfg.MaxPool3D(%in_1x8x8x8x3xf32) {ksize = [1, 2, 2, 2, 1], padding = "SAME", strides = [1, 2, 2, 2, 1]} : (tensor<1x8x8x8x3xf32>) -> tensor<*xf32> name("MaxPool3D")
  // CHECK: tfg.MaxPool3D{{.*}} -> tensor<?x4x4x4x3xf32> name("MaxPool3D_unknown")
  %MaxPool3D_unknown = tfg.MaxPool3D(%in_nx8x8x8x3xf32) {ksize = [1, 2, 2, 2, 1], padding = "SAME", strides = [1, 2, 2, 2, 1]} : (tensor<?x8x8x8x3xf32>) -> tensor<*xf32> name("MaxPool3D_unknown")
  // CHECK: tfg.AvgPool3D{{.*}} -> tensor<1x4x4x4x3xf32> name("AvgPool3D")
  %AvgPool3D = tfg.AvgPool3D(%in_1x8x8x8x3xf32) {ksize = [1, 2, 2, 2, 1], padding = "SAME", strides = [1, 2, 2, 2, 1]} : (tensor<1x8x8x8x3xf32>) -> tensor<*xf32> name("AvgPool3D")
  // CHECK: tfg.AvgPool3D{{.*}} -> tensor<?x4x4x4x3xf32> name("AvgPool3D_unknown")
  %AvgPool3D_unknown = tfg.AvgPool3D(%in_nx8x8x8x3xf32) {ksize = [1, 2, 2, 2, 1], padding = "SAME", strides = [1, 2, 2, 2, 1]} : (tensor<?x8x8x8x3xf32>) -> tensor<*xf32> name("AvgPool3D_unknown")
}
