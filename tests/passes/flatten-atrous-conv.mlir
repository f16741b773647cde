// RUN: firn-opt %s --tfg-flatten-atrous-conv | FileCheck %s
// RUN: firn-opt %s --tfg-flatten-atrous-conv=dilations=true | FileCheck %s --check-prefix=DILATED

// A filter of three elements with blocks of two: zeros between them. Padded by 2
// on either side the result is as large as the input: SAME.
// CHECK-LABEL: tfg.func @same
// DILATED-LABEL: tfg.func @same
tfg.func @same(%x: tensor<1x1x6x1xf32>) -> tensor<1x1x6x1xf32> {
  %w = tfg.Const() {value = dense<[[[[1.0]], [[2.0]], [[3.0]]]]> : tensor<1x3x1x1xf32>} : () -> tensor<1x3x1x1xf32> name("w")
  %b = tfg.Const() {value = dense<[1, 2]> : tensor<2xi32>} : () -> tensor<2xi32> name("b")
  %p = tfg.Const() {value = dense<[[0, 0], [2, 2]]> : tensor<2x2xi32>} : () -> tensor<2x2xi32> name("p")
  %c = tfg.Const() {value = dense<0> : tensor<2x2xi32>} : () -> tensor<2x2xi32> name("c")
  // CHECK-NOT: SpaceToBatchND
  // CHECK: %[[W:.*]] = tfg.Const() {value = dense<{{\[\[\[\[}}1.000000e+00{{.*}}0.000000e+00{{.*}}2.000000e+00{{.*}}0.000000e+00{{.*}}3.000000e+00{{.*}} : tensor<1x5x1x1xf32>
  // CHECK: %[[Y:.*]] = tfg.Conv2D(%arg0, %[[W]]) {padding = "SAME", strides = [1, 1, 1, 1]} : {{.*}} name("y")
  // CHECK-NOT: BatchToSpaceND
  // CHECK: tfg.return %[[Y]]
  // DILATED: tfg.Conv2D(%arg0, %{{.*}}) {dilations = [1, 1, 2, 1], padding = "SAME", strides = [1, 1, 1, 1]} : (tensor<1x1x6x1xf32>, tensor<1x3x1x1xf32>)
  %s = tfg.SpaceToBatchND(%x, %b, %p) : (tensor<1x1x6x1xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<2x1x5x1xf32> name("s")
  %v = tfg.Conv2D(%s, %w) {padding = "VALID", strides = [1, 1, 1, 1]} : (tensor<2x1x5x1xf32>, tensor<1x3x1x1xf32>) -> tensor<2x1x3x1xf32> name("v")
  %y = tfg.BatchToSpaceND(%v, %b, %c) : (tensor<2x1x3x1xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<1x1x6x1xf32> name("y")
  tfg.return %y : tensor<1x1x6x1xf32>
}

// What crops cut off at the end was padded there; a depthwise convolution, and
// padding that no word says.
// CHECK-LABEL: tfg.func @explicit
tfg.func @explicit(%x: tensor<1x1x5x1xf32>) -> tensor<1x1x4x1xf32> {
  %w = tfg.Const() {value = dense<1.0> : tensor<1x2x1x1xf32>} : () -> tensor<1x2x1x1xf32> name("w")
  %b = tfg.Const() {value = dense<[1, 2]> : tensor<2xi32>} : () -> tensor<2xi32> name("b")
  %p = tfg.Const() {value = dense<[[0, 0], [1, 2]]> : tensor<2x2xi32>} : () -> tensor<2x2xi32> name("p")
  %c = tfg.Const() {value = dense<[[0, 0], [0, 2]]> : tensor<2x2xi32>} : () -> tensor<2x2xi32> name("c")
  // CHECK: tfg.DepthwiseConv2dNative(%arg0, %{{.*}}) {explicit_paddings = [0, 0, 0, 0, 1, 0, 0, 0], padding = "EXPLICIT", strides = [1, 1, 1, 1]} : (tensor<1x1x5x1xf32>, tensor<1x3x1x1xf32>)
  %s = tfg.SpaceToBatchND(%x, %b, %p) : (tensor<1x1x5x1xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<2x1x4x1xf32> name("s")
  %v = tfg.DepthwiseConv2dNative(%s, %w) {padding = "VALID", strides = [1, 1, 1, 1]} : (tensor<2x1x4x1xf32>, tensor<1x2x1x1xf32>) -> tensor<2x1x3x1xf32> name("v")
  %y = tfg.BatchToSpaceND(%v, %b, %c) : (tensor<2x1x3x1xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<1x1x4x1xf32> name("y")
  tfg.return %y : tensor<1x1x4x1xf32>
}

// Not with a stride, nor if somebody sees the blocks.
// CHECK-LABEL: tfg.func @near_misses
tfg.func @near_misses(%x: tensor<1x1x6x1xf32>) -> (tensor<1x1x4x1xf32>, tensor<1x1x6x1xf32>, tensor<2x1x5x1xf32>) {
  %w = tfg.Const() {value = dense<1.0> : tensor<1x3x1x1xf32>} : () -> tensor<1x3x1x1xf32> name("w")
  %b = tfg.Const() {value = dense<[1, 2]> : tensor<2xi32>} : () -> tensor<2xi32> name("b")
  %p = tfg.Const() {value = dense<[[0, 0], [2, 2]]> : tensor<2x2xi32>} : () -> tensor<2x2xi32> name("p")
  %c = tfg.Const() {value = dense<0> : tensor<2x2xi32>} : () -> tensor<2x2xi32> name("c")
  // CHECK: tfg.SpaceToBatchND
  %s = tfg.SpaceToBatchND(%x, %b, %p) : (tensor<1x1x6x1xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<2x1x5x1xf32> name("s")
  %v = tfg.Conv2D(%s, %w) {padding = "VALID", strides = [1, 1, 2, 1]} : (tensor<2x1x5x1xf32>, tensor<1x3x1x1xf32>) -> tensor<2x1x2x1xf32> name("v")
  %y = tfg.BatchToSpaceND(%v, %b, %c) : (tensor<2x1x2x1xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<1x1x4x1xf32> name("y")
  // CHECK: tfg.SpaceToBatchND
  %s2 = tfg.SpaceToBatchND(%x, %b, %p) : (tensor<1x1x6x1xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<2x1x5x1xf32> name("s2")
  %v2 = tfg.Conv2D(%s2, %w) {padding = "VALID", strides = [1, 1, 1, 1]} : (tensor<2x1x5x1xf32>, tensor<1x3x1x1xf32>) -> tensor<2x1x3x1xf32> name("v2")
  %y2 = tfg.BatchToSpaceND(%v2, %b, %c) : (tensor<2x1x3x1xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<1x1x6x1xf32> name("y2")
  tfg.return %y, %y2, %s2 : tensor<1x1x4x1xf32>, tensor<1x1x6x1xf32>, tensor<2x1x5x1xf32>
}
