// RUN: firn-opt %s --split-input-file --canonicalize | FileCheck %s

// A node whose condition is a constant calls the branch that is taken; a number is true
// if it is not zero.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[X:.*]] = tfg.Placeholder
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %true = tfg.Const() {value = dense<true> : tensor<i1>} : () -> tensor<i1> name("true")
  %zero = tfg.Const() {value = dense<0.0> : tensor<f32>} : () -> tensor<f32> name("zero")
  %five = tfg.Const() {value = dense<5> : tensor<i32>} : () -> tensor<i32> name("five")
  // CHECK: %[[A:.*]] = tfg.PartitionedCall(%[[X]]) {f = #tfg.func<@f, {}>} {{.*}} name("a")
  %a = tfg.If(%true, %x) {then_branch = #tfg.func<@f, {}>, else_branch = #tfg.func<@g, {}>} : (tensor<i1>, tensor<f32>) -> tensor<f32> name("a")
  // CHECK: %[[B:.*]] = tfg.PartitionedCall(%[[X]]) {f = #tfg.func<@g, {}>} {{.*}} name("b")
  %b = tfg.StatelessIf(%zero, %x) {then_branch = #tfg.func<@f, {}>, else_branch = #tfg.func<@g, {}>} : (tensor<f32>, tensor<f32>) -> tensor<f32> name("b")
  // An index out of range takes the last branch.
  // CHECK: %[[C:.*]] = tfg.PartitionedCall(%[[X]]) {f = #tfg.func<@g, {}>} {{.*}} name("c")
  %c = tfg.StatelessCase(%five, %x) {branches = [#tfg.func<@f, {}>, #tfg.func<@g, {}>]} : (tensor<i32>, tensor<f32>) -> tensor<f32> name("c")
  // CHECK: tfg.fetch %[[A]], %[[B]], %[[C]]
  tfg.fetch %a, %b, %c ["a", "b", "c"] : tensor<f32>, tensor<f32>, tensor<f32>
}
tfg.func @f(%a: tensor<f32>) -> tensor<f32> {
  tfg.return %a : tensor<f32>
}
tfg.func @g(%a: tensor<f32>) -> tensor<f32> {
  tfg.return %a : tensor<f32>
}
}

// -----

// Near miss: a condition that is fed.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  // CHECK: %[[Y:.*]] = tfg.StatelessIf
  %y = tfg.StatelessIf(%p, %x) {then_branch = #tfg.func<@f, {}>, else_branch = #tfg.func<@f, {}>} : (tensor<i1>, tensor<f32>) -> tensor<f32> name("y")
  // CHECK: tfg.fetch %[[Y]]
  tfg.fetch %y ["y"] : tensor<f32>
}
tfg.func @f(%a: tensor<f32>) -> tensor<f32> {
  tfg.return %a : tensor<f32>
}
}
