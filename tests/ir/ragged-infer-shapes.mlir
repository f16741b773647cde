// Shapes of ragged tensors: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_3xi32 = tfg.Placeholder() : () -> tensor<3xi32> name("in_3xi32")
  %in_i32 = tfg.Placeholder() : () -> tensor<i32> name("in_i32")
  %in_4xi64 = tfg.Placeholder() : () -> tensor<4xi64> name("in_4xi64")
  %in_9xf32 = tfg.Placeholder() : () -> tensor<9xf32> name("in_9xf32")

  // CHECK: tfg.RaggedRange{{.*}} -> (tensor<4xi64>, tensor<?xi32>) name("RaggedRange")
  %RaggedRange:2 = tfg.RaggedRange(%in_3xi32, %in_3xi32, %in_i32) : (tensor<3xi32>, tensor<3xi32>, tensor<i32>) -> (tensor<*xi64>, tensor<*xi32>) name("RaggedRange")
  // CHECK: tfg.RaggedTensorToSparse{{.*}} -> (tensor<9x2xi64>, tensor<9xf32>, tensor<2xi64>) name("RaggedTensorToSparse")
  %RaggedTensorToSparse:3 = tfg.RaggedTensorToSparse(%in_4xi64, %in_9xf32) : (tensor<4xi64>, tensor<9xf32>) -> (tensor<*xi64>, tensor<*xf32>, tensor<*xi64>) name("RaggedTensorToSparse")
}
