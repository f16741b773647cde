// RUN: firn-opt %s --tfg-quantize-weights=minimum-size=4 | FileCheck %s

// CHECK-LABEL: tfg.graph
tfg.graph {
  // The range is [-1, 4]; a step is 5/255. The bytes are in the resource below.
  // CHECK: %[[Q:.*]] = tfg.Const() {value = dense_resource<[[BLOB:.*]]> : tensor<4x!tfg.quint8>} : {{.*}} name("w_quantized_const")
  // CHECK: %[[MIN:.*]] = tfg.Const() {value = dense<-1.000000e+00> : tensor<f32>} : {{.*}} name("w_quantized_min")
  // CHECK: %[[MAX:.*]] = tfg.Const() {value = dense<4.000000e+00> : tensor<f32>} : {{.*}} name("w_quantized_max")
  // CHECK: tfg.Dequantize(%[[Q]], %[[MIN]], %[[MAX]]) {mode = "MIN_FIRST"} : (tensor<4x!tfg.quint8>, tensor<f32>, tensor<f32>) -> tensor<4xf32> name("w")
  %w = tfg.Const() {value = dense<[-1.0, 0.0, 1.0, 4.0]> : tensor<4xf32>} : () -> tensor<4xf32> name("w")
  // Too small, of another type, not finite: they stay.
  // CHECK: tfg.Const() {value = dense<[1.000000e+00, 2.000000e+00, 3.000000e+00]> : tensor<3xf32>} : () -> tensor<3xf32> name("small")
  %small = tfg.Const() {value = dense<[1.0, 2.0, 3.0]> : tensor<3xf32>} : () -> tensor<3xf32> name("small")
  // CHECK: name("ints")
  %ints = tfg.Const() {value = dense<[1, 2, 3, 4]> : tensor<4xi32>} : () -> tensor<4xi32> name("ints")
  // CHECK: tfg.Const() {{.*}} name("infinite")
  %infinite = tfg.Const() {value = dense<[1.0, 2.0, 3.0, 0x7F800000]> : tensor<4xf32>} : () -> tensor<4xf32> name("infinite")
}
// 0, 51, 102, 255.
// CHECK: [[BLOB]]: "0x{{.*}}003366FF"
