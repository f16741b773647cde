// Shapes of detections: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_9x4xf32 = tfg.Placeholder() : () -> tensor<9x4xf32> name("in_9x4xf32")
  %in_9xf32 = tfg.Placeholder() : () -> tensor<9xf32> name("in_9xf32")
  %in_i32 = tfg.Placeholder() : () -> tensor<i32> name("in_i32")
  %in_f32 = tfg.Placeholder() : () -> tensor<f32> name("in_f32")
  %in_9x9xf32 = tfg.Placeholder() : () -> tensor<9x9xf32> name("in_9x9xf32")
  %in_2x9x1x4xf32 = tfg.Placeholder() : () -> tensor<2x9x1x4xf32> name("in_2x9x1x4xf32")
  %in_2x9x3xf32 = tfg.Placeholder() : () -> tensor<2x9x3xf32> name("in_2x9x3xf32")
  %c_3 = tfg.Const() {value = dense<3> : tensor<i32>} : () -> tensor<i32> name("c_3")
  %c_5 = tfg.Const() {value = dense<5> : tensor<i32>} : () -> tensor<i32> name("c_5")

  // CHECK: tfg.NonMaxSuppression{{.*}} -> tensor<?xi32> name("NonMaxSuppression")
  %NonMaxSuppression = tfg.NonMaxSuppression(%in_9x4xf32, %in_9xf32, %in_i32) : (tensor<9x4xf32>, tensor<9xf32>, tensor<i32>) -> tensor<*xi32> name("NonMaxSuppression")
  // CHECK: tfg.NonMaxSuppressionV2{{.*}} -> tensor<?xi32> name("NonMaxSuppressionV2")
  %NonMaxSuppressionV2 = tfg.NonMaxSuppressionV2(%in_9x4xf32, %in_9xf32, %in_i32, %in_f32) : (tensor<9x4xf32>, tensor<9xf32>, tensor<i32>, tensor<f32>) -> tensor<*xi32> name("NonMaxSuppressionV2")
  // CHECK: tfg.NonMaxSuppressionV3{{.*}} -> tensor<?xi32> name("NonMaxSuppressionV3")
  %NonMaxSuppressionV3 = tfg.NonMaxSuppressionV3(%in_9x4xf32, %in_9xf32, %in_i32, %in_f32, %in_f32) : (tensor<9x4xf32>, tensor<9xf32>, tensor<i32>, tensor<f32>, tensor<f32>) -> tensor<*xi32> name("NonMaxSuppressionV3")
  // CHECK: tfg.NonMaxSuppressionV4{{.*}} -> (tensor<?xi32>, tensor<i32>) name("NonMaxSuppressionV4")
  %NonMaxSuppressionV4:2 = tfg.NonMaxSuppressionV4(%in_9x4xf32, %in_9xf32, %in_i32, %in_f32, %in_f32) : (tensor<9x4xf32>, tensor<9xf32>, tensor<i32>, tensor<f32>, tensor<f32>) -> (tensor<*xi32>, tensor<*xi32>) name("NonMaxSuppressionV4")
  // CHECK: tfg.NonMaxSuppressionV5{{.*}} -> (tensor<?xi32>, tensor<?xf32>, tensor<i32>) name("NonMaxSuppressionV5")
  %NonMaxSuppressionV5:3 = tfg.NonMaxSuppressionV5(%in_9x4xf32, %in_9xf32, %in_i32, %in_f32, %in_f32, %in_f32) : (tensor<9x4xf32>, tensor<9xf32>, tensor<i32>, tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<*xi32>, tensor<*xf32>, tensor<*xi32>) name("NonMaxSuppressionV5")
  // CHECK: tfg.NonMaxSuppressionWithOverlaps{{.*}} -> tensor<?xi32> name("NonMaxSuppressionWithOverlaps")
  %NonMaxSuppressionWithOverlaps = tfg.NonMaxSuppressionWithOverlaps(%in_9x9xf32, %in_9xf32, %in_i32, %in_f32, %in_f32) : (tensor<9x9xf32>, tensor<9xf32>, tensor<i32>, tensor<f32>, tensor<f32>) -> tensor<*xi32> name("NonMaxSuppressionWithOverlaps")
  // CHECK: tfg.CombinedNonMaxSuppression{{.*}} -> (tensor<2x5x4xf32>, tensor<2x5xf32>, tensor<2x5xf32>, tensor<2xi32>) name("CombinedNonMaxSuppression")
  %CombinedNonMaxSuppression:4 = tfg.CombinedNonMaxSuppression(%in_2x9x1x4xf32, %in_2x9x3xf32, %c_3, %c_5, %in_f32, %in_f32) : (tensor<2x9x1x4xf32>, tensor<2x9x3xf32>, tensor<i32>, tensor<i32>, tensor<f32>, tensor<f32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xi32>) name("CombinedNonMaxSuppression")
  // CHECK: tfg.CombinedNonMaxSuppression{{.*}} -> (tensor<2x?x4xf32>, tensor<2x?xf32>, tensor<2x?xf32>, tensor<2xi32>) name("CombinedNonMaxSuppression_fed")
  %CombinedNonMaxSuppression_fed:4 = tfg.CombinedNonMaxSuppression(%in_2x9x1x4xf32, %in_2x9x3xf32, %in_i32, %in_i32, %in_f32, %in_f32) : (tensor<2x9x1x4xf32>, tensor<2x9x3xf32>, tensor<i32>, tensor<i32>, tensor<f32>, tensor<f32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xi32>) name("CombinedNonMaxSuppression_fed")
}
