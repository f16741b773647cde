// Shapes of space and depth: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_1x6x6x3xf32 = tfg.Placeholder() : () -> tensor<1x6x6x3xf32> name("in_1x6x6x3xf32")
  %c_2_2xi32 = tfg.Const() {value = dense<2> : tensor<2xi32>} : () -> tensor<2xi32> name("c_2_2xi32")
  %c_0_2x2xi32 = tfg.Const() {value = dense<0> : tensor<2x2xi32>} : () -> tensor<2x2xi32> name("c_0_2x2xi32")
  %in_2xi32 = tfg.Placeholder() : () -> tensor<2xi32> name("in_2xi32")
  %in_2x2xi32 = tfg.Placeholder() : () -> tensor<2x2xi32> name("in_2x2xi32")
  %in_4x3x3x3xf32 = tfg.Placeholder() : () -> tensor<4x3x3x3xf32> name("in_4x3x3x3xf32")
  %in_1x4x4x12xf32 = tfg.Placeholder() : () -> tensor<1x4x4x12xf32> name("in_1x4x4x12xf32")
  %in_nx4x4x12xf32 = tfg.Placeholder() : () -> tensor<?x4x4x12xf32> name("in_nx4x4x12xf32")
  %in_1x8x8x3xf32 = tfg.Placeholder() : () -> tensor<1x8x8x3xf32> name("in_1x8x8x3xf32")
  %in_nx8x8x3xf32 = tfg.Placeholder() : () -> tensor<?x8x8x3xf32> name("in_nx8x8x3xf32")

  // CHECK: tfg.SpaceToBatchND{{.*}} -> tensor<4x3x3x3xf32> name("SpaceToBatchND")
  %SpaceToBatchND = tfg.SpaceToBatchND(%in_1x6x6x3xf32, %c_2_2xi32, %c_0_2x2xi32) : (tensor<1x6x6x3xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<*xf32> name("SpaceToBatchND")
  // CHECK: tfg.SpaceToBatchND{{.*}} -> tensor<?x?x?x?xf32> name("SpaceToBatchND_fed")
  %SpaceToBatchND_fed = tfg.SpaceToBatchND(%in_1x6x6x3xf32, %in_2xi32, %in_2x2xi32) : (tensor<1x6x6x3xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<*xf32> name("SpaceToBatchND_fed")
  // CHECK: tfg.BatchToSpaceND{{.*}} -> tensor<1x6x6x3xf32> name("BatchToSpaceND")
  %BatchToSpaceND = tfg.BatchToSpaceND(%in_4x3x3x3xf32, %c_2_2xi32, %c_0_2x2xi32) : (tensor<4x3x3x3xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<*xf32> name("BatchToSpaceND")
  // CHECK: tfg.BatchToSpaceND{{.*}} -> tensor<?x?x?x?xf32> name("BatchToSpaceND_fed")
  %BatchToSpaceND_fed = tfg.BatchToSpaceND(%in_4x3x3x3xf32, %in_2xi32, %in_2x2xi32) : (tensor<4x3x3x3xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<*xf32> name("BatchToSpaceND_fed")
  // CHECK: tfg.SpaceToBatch{{.*}} -> tensor<4x3x3x3xf32> name("SpaceToBatch")
  %SpaceToBatch = tfg.SpaceToBatch(%in_1x6x6x3xf32, %c_0_2x2xi32) {block_size = 2} : (tensor<1x6x6x3xf32>, tensor<2x2xi32>) -> tensor<*xf32> name("SpaceToBatch")
  // CHECK: tfg.SpaceToBatch{{.*}} -> tensor<?x?x?x?xf32> name("SpaceToBatch_fed")
  %SpaceToBatch_fed = tfg.SpaceToBatch(%in_1x6x6x3xf32, %in_2x2xi32) {block_size = 2} : (tensor<1x6x6x3xf32>, tensor<2x2xi32>) -> tensor<*xf32> name("SpaceToBatch_fed")
  // CHECK: tfg.BatchToSpace{{.*}} -> tensor<1x6x6x3xf32> name("BatchToSpace")
  %BatchToSpace = tfg.BatchToSpace(%in_4x3x3x3xf32, %c_0_2x2xi32) {block_size = 2} : (tensor<4x3x3x3xf32>, tensor<2x2xi32>) -> tensor<*xf32> name("BatchToSpace")
  // CHECK: tfg.BatchToSpace{{.*}} -> tensor<?x?x?x?xf32> name("BatchToSpace_fed")
  %BatchToSpace_fed = tfg.BatchToSpace(%in_4x3x3x3xf32, %in_2x2xi32) {block_size = 2} : (tensor<4x3x3x3xf32>, tensor<2x2xi32>) -> tensor<*xf32> name("BatchToSpace_fed")
  // CHECK: tfg.DepthToSpace{{.*}} -> tensor<1x8x8x3xf32> name("DepthToSpace")
  %DepthToSpace = tfg.DepthToSpace(%in_1x4x4x12xf32) {block_size = 2} : (tensor<1x4x4x12xf32>) -> tensor<*xf32> name("DepthToSpace")
  // CHECK: tfg.DepthToSpace{{.*}} -> tensor<?x8x8x3xf32> name("DepthToSpace_unknown")
  %DepthToSpace_unknown = tfg.DepthToSpace(%in_nx4x4x12xf32) {block_size = 2} : (tensor<?x4x4x12xf32>) -> tensor<*xf32> name("DepthToSpace_unknown")
  // CHECK: tfg.SpaceToDepth{{.*}} -> tensor<1x4x4x12xf32> name("SpaceToDepth")
  %SpaceToDepth = tfg.SpaceToDepth(%in_1x8x8x3xf32) {block_size = 2} : (tensor<1x8x8x3xf32>) -> tensor<*xf32> name("SpaceToDepth")
  // CHECK: tfg.SpaceToDepth{{.*}} -> tensor<?x4x4x12xf32> name("SpaceToDepth_unknown")
  %SpaceToDepth_unknown = tfg.SpaceToDepth(%in_nx8x8x3xf32) {block_size = 2} : (tensor<?x8x8x3xf32>) -> tensor<*xf32> name("SpaceToDepth_unknown")
}
