// RUN: firn-opt --tfg-to-linalg --split-input-file %s | FileCheck %s

// Where only the run knows the number of channels, it checks the parameters.
// CHECK-LABEL: func.func @main
// CHECK-COUNT-4: cf.assert %{{.*}}, "node 'norm': expects scale, offset, mean and variance with one element a channel"
// CHECK: linalg.generic
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<1x2x2x3xf32> name("x")
  %p = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<?xf32> name("p")
  %norm:6 = tfg.FusedBatchNormV3(%x, %p, %p, %p, %p) {is_training = false} : (tensor<1x2x2x3xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) -> (tensor<1x2x2x3xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<f32>) name("norm")
  tfg.fetch %norm#0 ["norm"] : tensor<1x2x2x3xf32>
}

// -----

// What is known needs no check.
// CHECK-LABEL: func.func @main
// CHECK-NOT: cf.assert
// CHECK: return
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<1x2x2x3xf32> name("x")
  %p = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<3xf32> name("p")
  %norm:6 = tfg.FusedBatchNormV3(%x, %p, %p, %p, %p) {is_training = false} : (tensor<1x2x2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<1x2x2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<f32>) name("norm")
  tfg.fetch %norm#0 ["norm"] : tensor<1x2x2x3xf32>
}
