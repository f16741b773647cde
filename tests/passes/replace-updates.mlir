// RUN: firn-opt %s --tfg-replace-updates | FileCheck %s

// What was written is the value, and what takes the reference takes that.
// CHECK-LABEL: tfg.func @chain
tfg.func @chain(%w: tensor<2xf32>, %x: tensor<*xf32>, %i: tensor<i32>, %u: tensor<f32>) -> tensor<*xf32> {
  // CHECK: %[[Y:.*]] = tfg.EnsureShape(%arg1) {shape = #tfg.shape<[2]>} : (tensor<*xf32>) -> tensor<2xf32> name("y")
  %y = tfg.Assign(%w, %x) : (tensor<2xf32>, tensor<*xf32>) -> tensor<2x!tfg.ref<f32>> name("y")
  // CHECK: %[[Z:.*]] = tfg._UpdateRows(%[[Y]], %arg2, %arg3) {how = "mul"} : {{.*}} -> tensor<*xf32> name("z")
  %z = tfg.node "ScatterMul"(%y, %i, %u) : (tensor<2x!tfg.ref<f32>>, tensor<i32>, tensor<f32>) -> tensor<*x!tfg.ref<f32>> name("z")
  // CHECK: tfg.AddV2(%[[Z]], %arg0) : {{.*}} name("s")
  %s = tfg.AssignAdd(%z, %w) : (tensor<*x!tfg.ref<f32>>, tensor<2xf32>) -> tensor<*x!tfg.ref<f32>> name("s")
  %r = tfg.Identity(%s) : (tensor<*x!tfg.ref<f32>>) -> tensor<*xf32> name("r")
  tfg.return %r : tensor<*xf32>
}

// Without validation the value may have any shape.
// CHECK-LABEL: tfg.func @not_validated
tfg.func @not_validated(%w: tensor<2xf32>, %x: tensor<3xf32>) -> tensor<3xf32> {
  // CHECK: tfg.Identity(%arg1) : (tensor<3xf32>) -> tensor<3xf32> name("y")
  %y = tfg.Assign(%w, %x) {validate_shape = false} : (tensor<2xf32>, tensor<3xf32>) -> tensor<3x!tfg.ref<f32>> name("y")
  %r = tfg.Identity(%y) : (tensor<3x!tfg.ref<f32>>) -> tensor<3xf32> name("r")
  tfg.return %r : tensor<3xf32>
}

// Index vectors have an op of TensorFlow's.
// CHECK-LABEL: tfg.func @nd
tfg.func @nd(%w: tensor<2xf32>, %i: tensor<1x1xi32>, %u: tensor<1xf32>) -> tensor<2xf32> {
  // CHECK: tfg.TensorScatterSub(%arg0, %arg1, %arg2)
  %y = tfg.node "ScatterNdSub"(%w, %i, %u) : (tensor<2xf32>, tensor<1x1xi32>, tensor<1xf32>) -> tensor<2x!tfg.ref<f32>> name("y")
  %r = tfg.Identity(%y) : (tensor<2x!tfg.ref<f32>>) -> tensor<2xf32> name("r")
  tfg.return %r : tensor<2xf32>
}

// A variable stays one.
// CHECK-LABEL: tfg.func @near_miss
tfg.func @near_miss(%w: tensor<2x!tfg.ref<f32>>, %x: tensor<2xf32>) -> tensor<2xf32> {
  // CHECK: tfg.Assign(%arg0, %arg1)
  %y = tfg.Assign(%w, %x) : (tensor<2x!tfg.ref<f32>>, tensor<2xf32>) -> tensor<2x!tfg.ref<f32>> name("y")
  %r = tfg.Identity(%y) : (tensor<2x!tfg.ref<f32>>) -> tensor<2xf32> name("r")
  tfg.return %r : tensor<2xf32>
}
