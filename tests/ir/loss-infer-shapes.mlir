// Shapes of losses: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_2x3xf32 = tfg.Placeholder() : () -> tensor<2x3xf32> name("in_2x3xf32")
  %in_nx3xf32 = tfg.Placeholder() : () -> tensor<?x3xf32> name("in_nx3xf32")
  %in_2xi64 = tfg.Placeholder() : () -> tensor<2xi64> name("in_2xi64")
  %in_4xf32 = tfg.Placeholder() : () -> tensor<4xf32> name("in_4xf32")
  %in_nxf32 = tfg.Placeholder() : () -> tensor<?xf32> name("in_nxf32")
  %in_2x4xf32 = tfg.Placeholder() : () -> tensor<2x4xf32> name("in_2x4xf32")
  %in_f32 = tfg.Placeholder() : () -> tensor<f32> name("in_f32")
  %in_nx4xf32 = tfg.Placeholder() : () -> tensor<?x4xf32> name("in_nx4xf32")

  // CHECK: tfg.SoftmaxCrossEntropyWithLogits{{.*}} -> (tensor<2xf32>, tensor<2x3xf32>) name("SoftmaxCrossEntropyWithLogits")
  %SoftmaxCrossEntropyWithLogits:2 = tfg.SoftmaxCrossEntropyWithLogits(%in_2x3xf32, %in_2x3xf32) : (tensor<2x3xf32>, tensor<2x3xf32>) -> (tensor<*xf32>, tensor<*xf32>) name("SoftmaxCrossEntropyWithLogits")
  // CHECK: tfg.SparseSoftmaxCrossEntropyWithLogits{{.*}} -> (tensor<2xf32>, tensor<2x3xf32>) name("SparseSoftmaxCrossEntropyWithLogits")
  %SparseSoftmaxCrossEntropyWithLogits:2 = tfg.SparseSoftmaxCrossEntropyWithLogits(%in_2x3xf32, %in_2xi64) : (tensor<2x3xf32>, tensor<2xi64>) -> (tensor<*xf32>, tensor<*xf32>) name("SparseSoftmaxCrossEntropyWithLogits")
  // CHECK: tfg.SparseSoftmaxCrossEntropyWithLogits{{.*}} -> (tensor<?xf32>, tensor<?x3xf32>) name("SparseSoftmaxCrossEntropyWithLogits_unknown")
  %SparseSoftmaxCrossEntropyWithLogits_unknown:2 = tfg.SparseSoftmaxCrossEntropyWithLogits(%in_nx3xf32, %in_2xi64) : (tensor<?x3xf32>, tensor<2xi64>) -> (tensor<*xf32>, tensor<*xf32>) name("SparseSoftmaxCrossEntropyWithLogits_unknown")
  // CHECK: tfg.FakeQuantWithMinMaxArgs{{.*}} -> tensor<4xf32> name("FakeQuantWithMinMaxArgs")
  %FakeQuantWithMinMaxArgs = tfg.FakeQuantWithMinMaxArgs(%in_4xf32) {max = 1.000000e+00 : f32, min = 0.000000e+00 : f32} : (tensor<4xf32>) -> tensor<*xf32> name("FakeQuantWithMinMaxArgs")
  // CHECK: tfg.FakeQuantWithMinMaxArgs{{.*}} -> tensor<?xf32> name("FakeQuantWithMinMaxArgs_unknown")
  %FakeQuantWithMinMaxArgs_unknown = tfg.FakeQuantWithMinMaxArgs(%in_nxf32) {max = 1.000000e+00 : f32, min = 0.000000e+00 : f32} : (tensor<?xf32>) -> tensor<*xf32> name("FakeQuantWithMinMaxArgs_unknown")
  // CHECK: tfg.FakeQuantWithMinMaxVars{{.*}} -> tensor<2x4xf32> name("FakeQuantWithMinMaxVars")
  %FakeQuantWithMinMaxVars = tfg.FakeQuantWithMinMaxVars(%in_2x4xf32, %in_f32, %in_f32) : (tensor<2x4xf32>, tensor<f32>, tensor<f32>) -> tensor<*xf32> name("FakeQuantWithMinMaxVars")
  // CHECK: tfg.FakeQuantWithMinMaxVars{{.*}} -> tensor<?x4xf32> name("FakeQuantWithMinMaxVars_unknown")
  %FakeQuantWithMinMaxVars_unknown = tfg.FakeQuantWithMinMaxVars(%in_nx4xf32, %in_f32, %in_f32) : (tensor<?x4xf32>, tensor<f32>, tensor<f32>) -> tensor<*xf32> name("FakeQuantWithMinMaxVars_unknown")
  // CHECK: tfg.FakeQuantWithMinMaxVarsPerChannel{{.*}} -> tensor<2x4xf32> name("FakeQuantWithMinMaxVarsPerChannel")
  %FakeQuantWithMinMaxVarsPerChannel = tfg.FakeQuantWithMinMaxVarsPerChannel(%in_2x4xf32, %in_4xf32, %in_4xf32) : (tensor<2x4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<*xf32> name("FakeQuantWithMinMaxVarsPerChannel")
  // CHECK: tfg.FakeQuantWithMinMaxVarsPerChannel{{.*}} -> tensor<?x4xf32> name("FakeQuantWithMinMaxVarsPerChannel_unknown")
  %FakeQuantWithMinMaxVarsPerChannel_unknown = tfg.FakeQuantWithMinMaxVarsPerChannel(%in_nx4xf32, %in_4xf32, %in_4xf32) : (tensor<?x4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<*xf32> name("FakeQuantWithMinMaxVarsPerChannel_unknown")
}
