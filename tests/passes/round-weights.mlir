// RUN: firn-opt %s --tfg-round-weights=num-steps=4 | FileCheck %s

// CHECK-LABEL: tfg.graph
tfg.graph {
  // Four steps of 1 between 0 and 4; the largest value is in the last one.
  // CHECK: dense<[5.000000e-01, 5.000000e-01, 1.500000e+00, 3.500000e+00, 3.500000e+00,
  %w = tfg.Const() {value = dense<[0.0, 0.9, 1.1, 3.9, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]> : tensor<16xf32>} : () -> tensor<16xf32> name("w")
  // Too few elements; all equal.
  // CHECK: dense<[0.000000e+00, 0.899999976]>
  %small = tfg.Const() {value = dense<[0.0, 0.9]> : tensor<2xf32>} : () -> tensor<2xf32> name("small")
  // CHECK: dense<0.899999976> : tensor<16xf32>
  %equal = tfg.Const() {value = dense<0.9> : tensor<16xf32>} : () -> tensor<16xf32> name("equal")
}
