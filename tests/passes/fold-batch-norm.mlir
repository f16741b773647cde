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

// A batch norm written out: a Mul and an Add of constants. The Mul goes into the
// filter, the Add is what is left.
// CHECK-LABEL: tfg.func @decomposed
tfg.func @decomposed(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x2xf32> {
  %w = tfg.Const() {value = dense<[[[[1.0, 3.0]]]]> : tensor<1x1x1x2xf32>} : () -> tensor<1x1x1x2xf32> name("w")
  %s = tfg.Const() {value = dense<[2.0, 4.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("s")
  %t = tfg.Const() {value = dense<[5.0, 6.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("t")
  // CHECK: %[[W:.*]] = tfg.Const() {value = dense<{{\[\[\[\[}}2.000000e+00, 1.200000e+01]]]]>
  // CHECK: %[[C:.*]] = tfg.Conv2D(%arg0, %[[W]]) {{.*}} name("m")
  // CHECK-NEXT: %[[Y:.*]] = tfg.AddV2(%[[C]], %{{.*}}) : {{.*}} name("y")
  // CHECK: tfg.return %[[Y]]
  %c = tfg.Conv2D(%x, %w) {strides = [1, 1, 1, 1], padding = "SAME"} : (tensor<1x4x4x1xf32>, tensor<1x1x1x2xf32>) -> tensor<1x4x4x2xf32> name("c")
  %m = tfg.Mul(%s, %c) : (tensor<2xf32>, tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32> name("m")
  %y = tfg.AddV2(%m, %t) : (tensor<1x4x4x2xf32>, tensor<2xf32>) -> tensor<1x4x4x2xf32> name("y")
  tfg.return %y : tensor<1x4x4x2xf32>
}

// The other form: the mean is subtracted first. (x·w − mean) · s, of a matrix product
// with a transposed filter, divided at last.
// CHECK-LABEL: tfg.func @matmul
tfg.func @matmul(%x: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %w = tfg.Const() {value = dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>} : () -> tensor<2x2xf32> name("w")
  %mean = tfg.Const() {value = dense<[1.0, 2.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("mean")
  %s = tfg.Const() {value = dense<[2.0, 4.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("s")
  %half = tfg.Const() {value = dense<2.0> : tensor<f32>} : () -> tensor<f32> name("half")
  // CHECK: dense<{{\[\[}}1.000000e+00, 2.000000e+00], [6.000000e+00, 8.000000e+00]]>
  // CHECK: %[[M:.*]] = tfg.MatMul
  // CHECK: %[[B:.*]] = tfg.Const() {value = dense<[-1.000000e+00, -4.000000e+00]>
  // CHECK-NEXT: %[[Y:.*]] = {{tfg.BiasAdd|tfg.node "BiasAdd"}}(%[[M]], %[[B]]) : {{.*}} name("y")
  // CHECK: tfg.return %[[Y]]
  %p = tfg.MatMul(%x, %w) {transpose_b = true} : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32> name("p")
  %d = tfg.Sub(%p, %mean) : (tensor<3x2xf32>, tensor<2xf32>) -> tensor<3x2xf32> name("d")
  %m = tfg.Mul(%d, %s) : (tensor<3x2xf32>, tensor<2xf32>) -> tensor<3x2xf32> name("m")
  %y = tfg.RealDiv(%m, %half) : (tensor<3x2xf32>, tensor<f32>) -> tensor<3x2xf32> name("y")
  tfg.return %y : tensor<3x2xf32>
}

// The oldest batch norm op has its parameters in another order.
// CHECK-LABEL: tfg.func @global_normalization
tfg.func @global_normalization(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x2xf32> {
  %w = tfg.Const() {value = dense<[[[[1.0, 3.0]]]]> : tensor<1x1x1x2xf32>} : () -> tensor<1x1x1x2xf32> name("w")
  %mean = tfg.Const() {value = dense<[1.0, 2.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("mean")
  %var = tfg.Const() {value = dense<4.0> : tensor<2xf32>} : () -> tensor<2xf32> name("var")
  %beta = tfg.Const() {value = dense<[10.0, 20.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("beta")
  %gamma = tfg.Const() {value = dense<[2.0, 4.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("gamma")
  // CHECK: dense<{{\[\[\[\[}}1.000000e+00, 6.000000e+00]]]]>
  // CHECK: dense<[9.000000e+00, 1.600000e+01]>
  // CHECK-NEXT: {{BiasAdd.*}} name("y")
  %c = tfg.Conv2D(%x, %w) {strides = [1, 1, 1, 1], padding = "SAME"} : (tensor<1x4x4x1xf32>, tensor<1x1x1x2xf32>) -> tensor<1x4x4x2xf32> name("c")
  %y = tfg.node "BatchNormWithGlobalNormalization"(%c, %mean, %var, %beta, %gamma) {scale_after_normalization = true, variance_epsilon = 0.0 : f32} : (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x4x4x2xf32> name("y")
  tfg.return %y : tensor<1x4x4x2xf32>
}

// A factor for each pixel is none for channels; and what another node sees stays.
// CHECK-LABEL: tfg.func @no_channels
tfg.func @no_channels(%x: tensor<1x2x2x1xf32>) -> (tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>) {
  %w = tfg.Const() {value = dense<1.0> : tensor<1x1x1x2xf32>} : () -> tensor<1x1x1x2xf32> name("w")
  %s = tfg.Const() {value = dense<[[[2.0], [4.0]]]> : tensor<1x2x1xf32>} : () -> tensor<1x2x1xf32> name("s")
  %two = tfg.Const() {value = dense<2.0> : tensor<f32>} : () -> tensor<f32> name("two")
  // CHECK: tfg.Mul
  %c = tfg.Conv2D(%x, %w) {strides = [1, 1, 1, 1], padding = "SAME"} : (tensor<1x2x2x1xf32>, tensor<1x1x1x2xf32>) -> tensor<1x2x2x2xf32> name("c")
  %y = tfg.Mul(%c, %s) : (tensor<1x2x2x2xf32>, tensor<1x2x1xf32>) -> tensor<1x2x2x2xf32> name("y")
  // CHECK: tfg.Mul
  %d = tfg.Conv2D(%x, %w) {strides = [1, 1, 1, 1], padding = "SAME"} : (tensor<1x2x2x1xf32>, tensor<1x1x1x2xf32>) -> tensor<1x2x2x2xf32> name("d")
  %z = tfg.Mul(%d, %two) : (tensor<1x2x2x2xf32>, tensor<f32>) -> tensor<1x2x2x2xf32> name("z")
  tfg.return %y, %z, %d : tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>
}

// Through a concatenation of channels: each input gets its part.
// CHECK-LABEL: tfg.func @concat
tfg.func @concat(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x2xf32> {
  %v = tfg.Const() {value = dense<1.0> : tensor<1x1x1x1xf32>} : () -> tensor<1x1x1x1xf32> name("v")
  %w = tfg.Const() {value = dense<3.0> : tensor<1x1x1x1xf32>} : () -> tensor<1x1x1x1xf32> name("w")
  %axis = tfg.Const() {value = dense<3> : tensor<i32>} : () -> tensor<i32> name("axis")
  %scale = tfg.Const() {value = dense<[2.0, 4.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("scale")
  %offset = tfg.Const() {value = dense<[10.0, 20.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("offset")
  %mean = tfg.Const() {value = dense<[1.0, 2.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("mean")
  %var = tfg.Const() {value = dense<4.0> : tensor<2xf32>} : () -> tensor<2xf32> name("var")
  // CHECK: %[[A:.*]] = tfg.Conv2D({{.*}} name("a")
  // CHECK: %[[B:.*]] = tfg.Conv2D({{.*}} name("b")
  %a = tfg.Conv2D(%x, %v) {strides = [1, 1, 1, 1], padding = "SAME"} : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>) -> tensor<1x4x4x1xf32> name("a")
  %b = tfg.Conv2D(%x, %w) {strides = [1, 1, 1, 1], padding = "SAME"} : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>) -> tensor<1x4x4x1xf32> name("b")
  // CHECK: %[[OA:.*]] = tfg.Const() {value = dense<9.000000e+00> : tensor<1xf32>} : {{.*}} name("a_bn_offset")
  // CHECK: %[[YA:.*]] = tfg.BiasAdd(%[[A]], %[[OA]]) : {{.*}} name("bn_0")
  // CHECK: %[[OB:.*]] = tfg.Const() {value = dense<1.600000e+01> : tensor<1xf32>} : {{.*}} name("b_bn_offset")
  // CHECK: %[[YB:.*]] = tfg.BiasAdd(%[[B]], %[[OB]]) : {{.*}} name("bn_1")
  // CHECK: %[[Y:.*]] = tfg.ConcatV2(%[[YA]], %[[YB]], %{{.*}} name("bn")
  %c = tfg.ConcatV2(%a, %b, %axis) : (tensor<1x4x4x1xf32>, tensor<1x4x4x1xf32>, tensor<i32>) -> tensor<1x4x4x2xf32> name("c")
  %y:6 = tfg.FusedBatchNormV3(%c, %scale, %offset, %mean, %var) {is_training = false, epsilon = 0.0 : f32} : (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<*xf32>) name("bn")
  // CHECK: tfg.return %[[Y]]
  tfg.return %y#0 : tensor<1x4x4x2xf32>
}

// Not if one input is no linear op: its part would be no cheaper than the whole.
// CHECK-LABEL: tfg.func @concat_of_other
tfg.func @concat_of_other(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x2xf32> {
  %v = tfg.Const() {value = dense<1.0> : tensor<1x1x1x1xf32>} : () -> tensor<1x1x1x1xf32> name("v")
  %axis = tfg.Const() {value = dense<3> : tensor<i32>} : () -> tensor<i32> name("axis")
  %one = tfg.Const() {value = dense<1.0> : tensor<2xf32>} : () -> tensor<2xf32> name("one")
  %a = tfg.Conv2D(%x, %v) {strides = [1, 1, 1, 1], padding = "SAME"} : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>) -> tensor<1x4x4x1xf32> name("a")
  %b = tfg.Relu(%x) : (tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32> name("b")
  // CHECK: %[[C:.*]] = tfg.ConcatV2({{.*}} name("c")
  // CHECK: tfg.FusedBatchNormV3(%[[C]]
  %c = tfg.ConcatV2(%a, %b, %axis) : (tensor<1x4x4x1xf32>, tensor<1x4x4x1xf32>, tensor<i32>) -> tensor<1x4x4x2xf32> name("c")
  %y:6 = tfg.FusedBatchNormV3(%c, %one, %one, %one, %one) {is_training = false, epsilon = 0.0 : f32} : (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<*xf32>) name("bn")
  tfg.return %y#0 : tensor<1x4x4x2xf32>
}
