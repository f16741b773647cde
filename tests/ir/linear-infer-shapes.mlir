// Shapes of matrix products: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_2x3xf32 = tfg.Placeholder() : () -> tensor<2x3xf32> name("in_2x3xf32")
  %in_4x3xf32 = tfg.Placeholder() : () -> tensor<4x3xf32> name("in_4x3xf32")
  %in_nx3xf32 = tfg.Placeholder() : () -> tensor<?x3xf32> name("in_nx3xf32")
  %in_8x2x3xf32 = tfg.Placeholder() : () -> tensor<8x2x3xf32> name("in_8x2x3xf32")
  %in_8x4x3xf32 = tfg.Placeholder() : () -> tensor<8x4x3xf32> name("in_8x4x3xf32")
  %in_8x3x4xf32 = tfg.Placeholder() : () -> tensor<8x3x4xf32> name("in_8x3x4xf32")
  %in_2x8x8x3xf32 = tfg.Placeholder() : () -> tensor<2x8x8x3xf32> name("in_2x8x8x3xf32")
  %in_3xf32 = tfg.Placeholder() : () -> tensor<3xf32> name("in_3xf32")
  %in_nx8x8x3xf32 = tfg.Placeholder() : () -> tensor<?x8x8x3xf32> name("in_nx8x8x3xf32")

  // CHECK: tfg.MatMul{{.*}} -> tensor<2x4xf32> name("MatMul")
  %MatMul = tfg.MatMul(%in_2x3xf32, %in_4x3xf32) {transpose_b = true} : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<*xf32> name("MatMul")
  // CHECK: tfg.MatMul{{.*}} -> tensor<?x4xf32> name("MatMul_unknown")
  %MatMul_unknown = tfg.MatMul(%in_nx3xf32, %in_4x3xf32) {transpose_b = true} : (tensor<?x3xf32>, tensor<4x3xf32>) -> tensor<*xf32> name("MatMul_unknown")
  // CHECK: tfg.BatchMatMul{{.*}} -> tensor<8x2x4xf32> name("BatchMatMul")
  %BatchMatMul = tfg.BatchMatMul(%in_8x2x3xf32, %in_8x4x3xf32) {adj_y = true} : (tensor<8x2x3xf32>, tensor<8x4x3xf32>) -> tensor<*xf32> name("BatchMatMul")
  // CHECK: tfg.BatchMatMulV2{{.*}} -> tensor<8x2x4xf32> name("BatchMatMulV2")
  %BatchMatMulV2 = tfg.BatchMatMulV2(%in_8x2x3xf32, %in_8x4x3xf32) {adj_y = true} : (tensor<8x2x3xf32>, tensor<8x4x3xf32>) -> tensor<*xf32> name("BatchMatMulV2")
  // CHECK: tfg.BatchMatMulV3{{.*}} -> tensor<8x2x4xf32> name("BatchMatMulV3")
  %BatchMatMulV3 = tfg.BatchMatMulV3(%in_8x2x3xf32, %in_8x4x3xf32) {adj_y = true} : (tensor<8x2x3xf32>, tensor<8x4x3xf32>) -> tensor<*xf32> name("BatchMatMulV3")
  // CHECK: tfg.Einsum{{.*}} -> tensor<8x2x4xf32> name("Einsum")
  %Einsum = tfg.Einsum(%in_8x2x3xf32, %in_8x3x4xf32) {equation = "bij,bjk->bik"} : (tensor<8x2x3xf32>, tensor<8x3x4xf32>) -> tensor<*xf32> name("Einsum")
  // CHECK: tfg.BiasAdd{{.*}} -> tensor<2x8x8x3xf32> name("BiasAdd")
  %BiasAdd = tfg.BiasAdd(%in_2x8x8x3xf32, %in_3xf32) : (tensor<2x8x8x3xf32>, tensor<3xf32>) -> tensor<*xf32> name("BiasAdd")
  // CHECK: tfg.BiasAdd{{.*}} -> tensor<?x8x8x3xf32> name("BiasAdd_unknown")
  %BiasAdd_unknown = tfg.BiasAdd(%in_nx8x8x3xf32, %in_3xf32) : (tensor<?x8x8x3xf32>, tensor<3xf32>) -> tensor<*xf32> name("BiasAdd_unknown")
  // CHECK: tfg.BiasAddV1{{.*}} -> tensor<2x8x8x3xf32> name("BiasAddV1")
  %BiasAddV1 = tfg.BiasAddV1(%in_2x8x8x3xf32, %in_3xf32) : (tensor<2x8x8x3xf32>, tensor<3xf32>) -> tensor<*xf32> name("BiasAddV1")
  // CHECK: tfg.BiasAddV1{{.*}} -> tensor<?x8x8x3xf32> name("BiasAddV1_unknown")
  %BiasAddV1_unknown = tfg.BiasAddV1(%in_nx8x8x3xf32, %in_3xf32) : (tensor<?x8x8x3xf32>, tensor<3xf32>) -> tensor<*xf32> name("BiasAddV1_unknown")
}
