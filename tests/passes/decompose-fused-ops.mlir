// RUN: firn-opt %s --tfg-decompose-fused-ops | FileCheck %s

// The parts in their order, with the attributes that are theirs.
// CHECK-LABEL: tfg.func @conv
tfg.func @conv(%x: tensor<1x4x4x2xf32>, %w: tensor<3x3x2x4xf32>, %b: tensor<4xf32>, %z: tensor<1x2x2x4xf32>) -> tensor<1x2x2x4xf32> {
  // CHECK: %[[C:.*]] = tfg.Conv2D(%arg0, %arg1) {{.*}}padding = "SAME", strides = [1, 2, 2, 1]{{.*}} name("y")
  // CHECK: %[[B:.*]] = tfg.BiasAdd(%[[C]], %arg2)
  // CHECK: %[[A:.*]] = tfg.AddV2(%[[B]], %arg3)
  // CHECK: %[[Y:.*]] = tfg.LeakyRelu(%[[A]]) {alpha = 3.000000e-01 : f32} : (tensor<*xf32>) -> tensor<1x2x2x4xf32> name("y")
  // CHECK: tfg.return %[[Y]]
  %y = tfg._FusedConv2D(%x, %w, %b, %z) {fused_ops = ["BiasAdd", "Add", "LeakyRelu"], leakyrelu_alpha = 0.3 : f32, padding = "SAME", strides = [1, 2, 2, 1]}
       : (tensor<1x4x4x2xf32>, tensor<3x3x2x4xf32>, tensor<4xf32>, tensor<1x2x2x4xf32>) -> tensor<1x2x2x4xf32> name("y")
  tfg.return %y : tensor<1x2x2x4xf32>
}

// CHECK-LABEL: tfg.func @matmul
tfg.func @matmul(%a: tensor<2x3xf32>, %b: tensor<4x3xf32>, %c: tensor<4xf32>) -> tensor<2x4xf32> {
  // CHECK: %[[M:.*]] = tfg.MatMul(%arg0, %arg1) {transpose_b = true}
  // CHECK: %[[B:.*]] = tfg.BiasAdd(%[[M]], %arg2)
  // CHECK: tfg.Tanh(%[[B]])
  %y = tfg._FusedMatMul(%a, %b, %c) {fused_ops = ["BiasAdd", "Tanh"], transpose_b = true} : (tensor<2x3xf32>, tensor<4x3xf32>, tensor<4xf32>) -> tensor<2x4xf32> name("y")
  tfg.return %y : tensor<2x4xf32>
}

// The parameters of a batch norm are the four inputs.
// CHECK-LABEL: tfg.func @depthwise
tfg.func @depthwise(%x: tensor<1x4x4x2xf32>, %w: tensor<3x3x2x1xf32>, %s: tensor<2xf32>) -> tensor<1x4x4x2xf32> {
  // CHECK: %[[C:.*]] = tfg.DepthwiseConv2dNative(%arg0, %arg1)
  // CHECK: %[[N:.*]], %batch_mean, {{.*}} = tfg.FusedBatchNormV3(%[[C]], %arg2, %arg2, %arg2, %arg2) {epsilon = 9.99999974E-5 : f32, is_training = false}
  // CHECK: tfg.Relu6(%[[N]])
  %y = tfg._FusedDepthwiseConv2dNative(%x, %w, %s, %s, %s, %s) {fused_ops = ["FusedBatchNorm", "Relu6"], padding = "SAME", strides = [1, 1, 1, 1]}
       : (tensor<1x4x4x2xf32>, tensor<3x3x2x1xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x4x4x2xf32> name("y")
  tfg.return %y : tensor<1x4x4x2xf32>
}

// CHECK-LABEL: tfg.func @batch_norm_ex
tfg.func @batch_norm_ex(%x: tensor<1x4x4x2xf32>, %s: tensor<2xf32>) -> tensor<1x4x4x2xf32> {
  // CHECK: %[[N:.*]], %batch_mean, {{.*}} = tfg.FusedBatchNormV3
  // CHECK: %[[A:.*]] = tfg.AddV2(%[[N]], %arg0)
  // CHECK: tfg.Relu(%[[A]])
  %y:6 = tfg._FusedBatchNormEx(%x, %s, %s, %s, %s, %x) {activation_mode = "Relu", is_training = false}
       : (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<1x4x4x2xf32>)
       -> (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<*xf32>) name("y")
  tfg.return %y#0 : tensor<1x4x4x2xf32>
}

// CHECK-LABEL: tfg.func @resize_pad_conv
tfg.func @resize_pad_conv(%x: tensor<1x4x4x2xf32>, %size: tensor<2xi32>, %p: tensor<4x2xi32>, %w: tensor<3x3x2x4xf32>) -> tensor<*xf32> {
  // CHECK: %[[R:.*]] = tfg.ResizeBilinear(%arg0, %arg1) {align_corners = true}
  // CHECK: %[[P:.*]] = tfg.MirrorPad(%[[R]], %arg2) {mode = "REFLECT"}
  // CHECK: tfg.Conv2D(%[[P]], %arg3) {padding = "VALID", strides = [1, 1, 1, 1]}
  %y = tfg.FusedResizeAndPadConv2D(%x, %size, %p, %w) {mode = "REFLECT", padding = "VALID", resize_align_corners = true, strides = [1, 1, 1, 1]}
       : (tensor<1x4x4x2xf32>, tensor<2xi32>, tensor<4x2xi32>, tensor<3x3x2x4xf32>) -> tensor<*xf32> name("y")
  tfg.return %y : tensor<*xf32>
}

// A form that folds into a convolution's weights, without the scale.
// CHECK-LABEL: tfg.func @global_normalization
tfg.func @global_normalization(%x: tensor<1x4x4x2xf32>, %m: tensor<2xf32>, %v: tensor<2xf32>, %b: tensor<2xf32>, %g: tensor<2xf32>) -> tensor<1x4x4x2xf32> {
  // CHECK: %[[ONES:.*]] = tfg.OnesLike(%arg4)
  // CHECK: tfg.FusedBatchNormV3(%arg0, %[[ONES]], %arg3, %arg1, %arg2) {epsilon = 1.000000e-03 : f32, is_training = false}
  %y = tfg.BatchNormWithGlobalNormalization(%x, %m, %v, %b, %g) {scale_after_normalization = false, variance_epsilon = 1.000000e-03 : f32}
       : (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x4x4x2xf32> name("y")
  tfg.return %y : tensor<1x4x4x2xf32>
}

// An activation that is not known, and an input too few.
// CHECK-LABEL: tfg.func @near_miss
tfg.func @near_miss(%a: tensor<2x3xf32>, %b: tensor<3x4xf32>) -> (tensor<2x4xf32>, tensor<2x4xf32>) {
  // CHECK: tfg._FusedMatMul
  %y = tfg._FusedMatMul(%a, %b) {fused_ops = ["Mystery"]} : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32> name("y")
  // CHECK: tfg._FusedMatMul
  %z = tfg._FusedMatMul(%a, %b) {fused_ops = ["BiasAdd"]} : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32> name("z")
  tfg.return %y, %z : tensor<2x4xf32>, tensor<2x4xf32>
}
