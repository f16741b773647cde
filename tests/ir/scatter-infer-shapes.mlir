// Shapes of scattering: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_4x1xi32 = tfg.Placeholder() : () -> tensor<4x1xi32> name("in_4x1xi32")
  %in_4xf32 = tfg.Placeholder() : () -> tensor<4xf32> name("in_4xf32")
  %c_8_1xi32 = tfg.Const() {value = dense<8> : tensor<1xi32>} : () -> tensor<1xi32> name("c_8_1xi32")
  %in_1xi32 = tfg.Placeholder() : () -> tensor<1xi32> name("in_1xi32")
  %in_8xf32 = tfg.Placeholder() : () -> tensor<8xf32> name("in_8xf32")
  %in_nxf32 = tfg.Placeholder() : () -> tensor<?xf32> name("in_nxf32")

  // CHECK: tfg.ScatterNd{{.*}} -> tensor<8xf32> name("ScatterNd")
  %ScatterNd = tfg.ScatterNd(%in_4x1xi32, %in_4xf32, %c_8_1xi32) : (tensor<4x1xi32>, tensor<4xf32>, tensor<1xi32>) -> tensor<*xf32> name("ScatterNd")
  // CHECK: tfg.ScatterNd{{.*}} -> tensor<?xf32> name("ScatterNd_fed")
  %ScatterNd_fed = tfg.ScatterNd(%in_4x1xi32, %in_4xf32, %in_1xi32) : (tensor<4x1xi32>, tensor<4xf32>, tensor<1xi32>) -> tensor<*xf32> name("ScatterNd_fed")
  // CHECK: tfg.TensorScatterUpdate{{.*}} -> tensor<8xf32> name("TensorScatterUpdate")
  %TensorScatterUpdate = tfg.TensorScatterUpdate(%in_8xf32, %in_4x1xi32, %in_4xf32) : (tensor<8xf32>, tensor<4x1xi32>, tensor<4xf32>) -> tensor<*xf32> name("TensorScatterUpdate")
  // CHECK: tfg.TensorScatterUpdate{{.*}} -> tensor<?xf32> name("TensorScatterUpdate_unknown")
  %TensorScatterUpdate_unknown = tfg.TensorScatterUpdate(%in_nxf32, %in_4x1xi32, %in_4xf32) : (tensor<?xf32>, tensor<4x1xi32>, tensor<4xf32>) -> tensor<*xf32> name("TensorScatterUpdate_unknown")
  // CHECK: tfg.TensorScatterAdd{{.*}} -> tensor<8xf32> name("TensorScatterAdd")
  %TensorScatterAdd = tfg.TensorScatterAdd(%in_8xf32, %in_4x1xi32, %in_4xf32) : (tensor<8xf32>, tensor<4x1xi32>, tensor<4xf32>) -> tensor<*xf32> name("TensorScatterAdd")
  // CHECK: tfg.TensorScatterAdd{{.*}} -> tensor<?xf32> name("TensorScatterAdd_unknown")
  %TensorScatterAdd_unknown = tfg.TensorScatterAdd(%in_nxf32, %in_4x1xi32, %in_4xf32) : (tensor<?xf32>, tensor<4x1xi32>, tensor<4xf32>) -> tensor<*xf32> name("TensorScatterAdd_unknown")
  // CHECK: tfg.TensorScatterSub{{.*}} -> tensor<8xf32> name("TensorScatterSub")
  %TensorScatterSub = tfg.TensorScatterSub(%in_8xf32, %in_4x1xi32, %in_4xf32) : (tensor<8xf32>, tensor<4x1xi32>, tensor<4xf32>) -> tensor<*xf32> name("TensorScatterSub")
  // CHECK: tfg.TensorScatterSub{{.*}} -> tensor<?xf32> name("TensorScatterSub_unknown")
  %TensorScatterSub_unknown = tfg.TensorScatterSub(%in_nxf32, %in_4x1xi32, %in_4xf32) : (tensor<?xf32>, tensor<4x1xi32>, tensor<4xf32>) -> tensor<*xf32> name("TensorScatterSub_unknown")
  // CHECK: tfg.TensorScatterMax{{.*}} -> tensor<8xf32> name("TensorScatterMax")
  %TensorScatterMax = tfg.TensorScatterMax(%in_8xf32, %in_4x1xi32, %in_4xf32) : (tensor<8xf32>, tensor<4x1xi32>, tensor<4xf32>) -> tensor<*xf32> name("TensorScatterMax")
  // CHECK: tfg.TensorScatterMax{{.*}} -> tensor<?xf32> name("TensorScatterMax_unknown")
  %TensorScatterMax_unknown = tfg.TensorScatterMax(%in_nxf32, %in_4x1xi32, %in_4xf32) : (tensor<?xf32>, tensor<4x1xi32>, tensor<4xf32>) -> tensor<*xf32> name("TensorScatterMax_unknown")
  // CHECK: tfg.TensorScatterMin{{.*}} -> tensor<8xf32> name("TensorScatterMin")
  %TensorScatterMin = tfg.TensorScatterMin(%in_8xf32, %in_4x1xi32, %in_4xf32) : (tensor<8xf32>, tensor<4x1xi32>, tensor<4xf32>) -> tensor<*xf32> name("TensorScatterMin")
  // CHECK: tfg.TensorScatterMin{{.*}} -> tensor<?xf32> name("TensorScatterMin_unknown")
  %TensorScatterMin_unknown = tfg.TensorScatterMin(%in_nxf32, %in_4x1xi32, %in_4xf32) : (tensor<?xf32>, tensor<4x1xi32>, tensor<4xf32>) -> tensor<*xf32> name("TensorScatterMin_unknown")
}
