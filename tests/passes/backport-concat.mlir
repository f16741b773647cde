// RUN: firn-opt %s --tfg-backport-concat | FileCheck %s

// CHECK-LABEL: tfg.func @concat
tfg.func @concat(%a: tensor<2xf32>, %b: tensor<3xf32>) -> tensor<5xf32> {
  // CHECK: %[[AXIS:.*]] = tfg.Const
  %axis = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("axis")
  // The axis comes first; name and device stay.
  // CHECK: tfg.Concat(%[[AXIS]], %arg0, %arg1) {tfg.device = "/cpu:0"} : {{.*}} name("y")
  %y = tfg.ConcatV2(%a, %b, %axis) {tfg.device = "/cpu:0"} : (tensor<2xf32>, tensor<3xf32>, tensor<i32>) -> tensor<5xf32> name("y")
  tfg.return %y : tensor<5xf32>
}

// Concat has no axis of i64.
// CHECK-LABEL: tfg.func @near_miss
tfg.func @near_miss(%a: tensor<2xf32>, %axis: tensor<i64>) -> tensor<4xf32> {
  // CHECK: tfg.ConcatV2
  %y = tfg.ConcatV2(%a, %a, %axis) : (tensor<2xf32>, tensor<2xf32>, tensor<i64>) -> tensor<4xf32> name("y")
  tfg.return %y : tensor<4xf32>
}
