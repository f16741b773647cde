// RUN: firn-opt --tfg-to-linalg --split-input-file %s | FileCheck %s

// A mean is a sum divided by the number of elements; keep_dims adds the size 1.
// CHECK-LABEL: func.func @main
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "reduction"]
// CHECK: arith.addf
// CHECK: tensor.expand_shape {{.*}} into tensor<4x1xf32>
// CHECK: %[[COUNT:.*]] = arith.constant 5.0
// CHECK: arith.divf %{{.*}}, %[[COUNT]]
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4x5xf32> name("x")
  %axes = tfg.Const() {value = dense<[-1]> : tensor<1xi32>} : () -> tensor<1xi32> name("axes")
  %y = tfg.Mean(%x, %axes) {keep_dims = true} : (tensor<4x5xf32>, tensor<1xi32>) -> tensor<4x1xf32> name("y")
  tfg.fetch %y ["y"] : tensor<4x1xf32>
}

// -----

// ArgMax keeps the first of equal elements: only a larger one replaces it.
// CHECK-LABEL: func.func @main
// CHECK: linalg.generic {{.*}}iterator_types = ["reduction", "parallel"]
// CHECK: ^bb0(%[[X:.*]]: f32, %[[BEST:.*]]: f32, %{{.*}}: i64):
// CHECK: arith.cmpf olt, %[[BEST]], %[[X]]
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4x5xf32> name("x")
  %axis = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("axis")
  %y = tfg.ArgMax(%x, %axis) : (tensor<4x5xf32>, tensor<i32>) -> tensor<5xi64> name("y")
  tfg.fetch %y ["y"] : tensor<5xi64>
}
