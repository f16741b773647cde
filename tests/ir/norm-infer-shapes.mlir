// Shapes of normalisations: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_1x8x8x3xf32 = tfg.Placeholder() : () -> tensor<1x8x8x3xf32> name("in_1x8x8x3xf32")
  %in_3xf32 = tfg.Placeholder() : () -> tensor<3xf32> name("in_3xf32")
  %in_nx8x8x3xf32 = tfg.Placeholder() : () -> tensor<?x8x8x3xf32> name("in_nx8x8x3xf32")
  %in_1x8x8x3xf16 = tfg.Placeholder() : () -> tensor<1x8x8x3xf16> name("in_1x8x8x3xf16")
  %in_nx8x8x3xf16 = tfg.Placeholder() : () -> tensor<?x8x8x3xf16> name("in_nx8x8x3xf16")
  %in_1x8x8x96xf32 = tfg.Placeholder() : () -> tensor<1x8x8x96xf32> name("in_1x8x8x96xf32")
  %in_nx8x8x96xf32 = tfg.Placeholder() : () -> tensor<?x8x8x96xf32> name("in_nx8x8x96xf32")

  // CHECK: tfg.FusedBatchNorm{{.*}} -> (tensor<1x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) name("FusedBatchNorm")
  %FusedBatchNorm:5 = tfg.FusedBatchNorm(%in_1x8x8x3xf32, %in_3xf32, %in_3xf32, %in_3xf32, %in_3xf32) {is_training = false} : (tensor<1x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) name("FusedBatchNorm")
  // CHECK: tfg.FusedBatchNorm{{.*}} -> (tensor<?x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) name("FusedBatchNorm_unknown")
  %FusedBatchNorm_unknown:5 = tfg.FusedBatchNorm(%in_nx8x8x3xf32, %in_3xf32, %in_3xf32, %in_3xf32, %in_3xf32) {is_training = false} : (tensor<?x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) name("FusedBatchNorm_unknown")
  // CHECK: tfg.FusedBatchNormV2{{.*}} -> (tensor<1x8x8x3xf16>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) name("FusedBatchNormV2")
  %FusedBatchNormV2:5 = tfg.FusedBatchNormV2(%in_1x8x8x3xf16, %in_3xf32, %in_3xf32, %in_3xf32, %in_3xf32) {is_training = false} : (tensor<1x8x8x3xf16>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<*xf16>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) name("FusedBatchNormV2")
  // CHECK: tfg.FusedBatchNormV2{{.*}} -> (tensor<?x8x8x3xf16>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) name("FusedBatchNormV2_unknown")
  %FusedBatchNormV2_unknown:5 = tfg.FusedBatchNormV2(%in_nx8x8x3xf16, %in_3xf32, %in_3xf32, %in_3xf32, %in_3xf32) {is_training = false} : (tensor<?x8x8x3xf16>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<*xf16>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) name("FusedBatchNormV2_unknown")
  // CHECK: tfg.FusedBatchNormV3{{.*}} -> (tensor<1x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<f32>) name("FusedBatchNormV3")
  %FusedBatchNormV3:6 = tfg.FusedBatchNormV3(%in_1x8x8x3xf32, %in_3xf32, %in_3xf32, %in_3xf32, %in_3xf32) {is_training = false} : (tensor<1x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) name("FusedBatchNormV3")
  // CHECK: tfg.FusedBatchNormV3{{.*}} -> (tensor<?x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<f32>) name("FusedBatchNormV3_unknown")
  %FusedBatchNormV3_unknown:6 = tfg.FusedBatchNormV3(%in_nx8x8x3xf32, %in_3xf32, %in_3xf32, %in_3xf32, %in_3xf32) {is_training = false} : (tensor<?x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) name("FusedBatchNormV3_unknown")
  // CHECK: tfg.LRN{{.*}} -> tensor<1x8x8x96xf32> name("LRN")
  %LRN = tfg.LRN(%in_1x8x8x96xf32) {alpha = 1.000000e-04 : f32, beta = 7.500000e-01 : f32} : (tensor<1x8x8x96xf32>) -> tensor<*xf32> name("LRN")
  // CHECK: tfg.LRN{{.*}} -> tensor<?x8x8x96xf32> name("LRN_unknown")
  %LRN_unknown = tfg.LRN(%in_nx8x8x96xf32) {alpha = 1.000000e-04 : f32, beta = 7.500000e-01 : f32} : (tensor<?x8x8x96xf32>) -> tensor<*xf32> name("LRN_unknown")
}
