// RUN: firn-opt %s --tfg-fold-batch-norm | FileCheck %s

// Scale 2, variance 4, epsilon 0: factor 1 for channel 0 (scale 2); factor 2 for
// channel 1 (scale 4). Bias: offset - mean * factor.
// CHECK-LABEL: tfg.func @conv
tfg.func @conv(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x2xf32> {
  %w = tfg.Const() {value = dense<[[[[1.0, 3.0]]]]> : tensor<1x1x1x2xf32>} : () -> tensor<1x1x1x2xf32> name("w")
  %scale = tfg.Const() {value = dense<[2.0, 4.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("scale")
  %offset = tfg.Const() {value = dense<[10.0, 20.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("offset")
  %mean = tfg.Const() {value = dense<[1.0, 2.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("mean")
  %var = tfg.Const() {value = dense<4.0> : tensor<2xf32>} : () -> tensor<2xf32> name("var")
  // CHECK: %[[W:.*]] = tfg.Const() {value = dense<{{\[\[\[\[}}1.000000e+00, 6.000000e+00]]]]> : {{.*}} name("c_weights")
  // CHECK: %[[C:.*]] = tfg.Conv2D(%arg0, %[[W]])
  %c = tfg.Conv2D(%x, %w) {strides = [1, 1, 1, 1], padding = "SAME"} : (tensor<1x4x4x1xf32>, tensor<1x1x1x2xf32>) -> tensor<1x4x4x2xf32> name("c")
  // CHECK: %[[B:.*]] = tfg.Const() {value = dense<[9.000000e+00, 1.600000e+01]> : {{.*}} name("c_bn_offset")
  // CHECK: %[[Y:.*]] = {{tfg.BiasAdd|tfg.node "BiasAdd"}}(%[[C]], %[[B]]) : {{.*}} name("bn")
  %y:6 = tfg.FusedBatchNormV3(%c, %scale, %offset, %mean, %var) {is_training = false, epsilon = 0.0 : f32} : (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<*xf32>) name("bn")
  // CHECK: tfg.return %[[Y]]
  tfg.return %y#0 : tensor<1x4x4x2xf32>
}

// Through a BiasAdd: its bias is scaled, too. A depthwise filter's channels are input
// times multiplier. NCHW.
// CHECK-LABEL: tfg.func @depthwise_bias
tfg.func @depthwise_bias(%x: tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %w = tfg.Const() {value = dense<[[[[1.0], [3.0]]]]> : tensor<1x1x2x1xf32>} : () -> tensor<1x1x2x1xf32> name("w")
  %b = tfg.Const() {value = dense<[1.0, 1.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("b")
  %scale = tfg.Const() {value = dense<[2.0, 4.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("scale")
  %offset = tfg.Const() {value = dense<0.0> : tensor<2xf32>} : () -> tensor<2xf32> name("offset")
  %var = tfg.Const() {value = dense<4.0> : tensor<2xf32>} : () -> tensor<2xf32> name("var")
  // CHECK: %[[W:.*]] = tfg.Const() {value = dense<{{\[\[\[\[}}1.000000e+00], [6.000000e+00]]]]>
  // CHECK: %[[C:.*]] = tfg.DepthwiseConv2dNative(%arg0, %[[W]])
  %c = tfg.DepthwiseConv2dNative(%x, %w) {strides = [1, 1, 1, 1], padding = "SAME", data_format = "NCHW"} : (tensor<1x2x4x4xf32>, tensor<1x1x2x1xf32>) -> tensor<1x2x4x4xf32> name("c")
  %d = tfg.node "BiasAdd"(%c, %b) {data_format = "NCHW"} : (tensor<1x2x4x4xf32>, tensor<2xf32>) -> tensor<1x2x4x4xf32> name("d")
  // CHECK: %[[B:.*]] = tfg.Const() {value = dense<[1.000000e+00, 2.000000e+00]>
  // CHECK-NEXT: {{tfg.BiasAdd|tfg.node "BiasAdd"}}(%[[C]], %[[B]]) {data_format = "NCHW"} : {{.*}} name("bn")
  %y:6 = tfg.FusedBatchNormV3(%d, %scale, %offset, %offset, %var) {is_training = false, epsilon = 0.0 : f32, data_format = "NCHW"} : (tensor<1x2x4x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<1x2x4x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<*xf32>) name("bn")
  tfg.return %y#0 : tensor<1x2x4x4xf32>
}

// Not in training (the default), and not if another node sees the convolution.
// CHECK-LABEL: tfg.func @near_misses
tfg.func @near_misses(%x: tensor<1x4x4x1xf32>) -> (tensor<1x4x4x2xf32>, tensor<1x4x4x2xf32>, tensor<1x4x4x2xf32>) {
  %w = tfg.Const() {value = dense<1.0> : tensor<1x1x1x2xf32>} : () -> tensor<1x1x1x2xf32> name("w")
  %v = tfg.Const() {value = dense<2.0> : tensor<2xf32>} : () -> tensor<2xf32> name("v")
  %c = tfg.Conv2D(%x, %w) {strides = [1, 1, 1, 1], padding = "SAME"} : (tensor<1x4x4x1xf32>, tensor<1x1x1x2xf32>) -> tensor<1x4x4x2xf32> name("c")
  // CHECK: tfg.FusedBatchNormV3
  %y:6 = tfg.FusedBatchNormV3(%c, %v, %v, %v, %v) : (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<*xf32>) name("training")
  %d = tfg.Conv2D(%x, %w) {strides = [1, 1, 1, 1], padding = "SAME"} : (tensor<1x4x4x1xf32>, tensor<1x1x1x2xf32>) -> tensor<1x4x4x2xf32> name("d")
  // CHECK: tfg.FusedBatchNormV3
  %z:6 = tfg.FusedBatchNormV3(%d, %v, %v, %v, %v) {is_training = false} : (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<*xf32>) name("seen")
  tfg.return %y#0, %z#0, %d : tensor<1x4x4x2xf32>, tensor<1x4x4x2xf32>, tensor<1x4x4x2xf32>
}
