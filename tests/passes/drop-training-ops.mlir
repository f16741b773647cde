// RUN: firn-opt %s --tfg-drop-training-ops | FileCheck %s
// RUN: firn-opt %s --tfg-drop-training-ops=drop-asserts | FileCheck %s --check-prefix=ASSERTS

// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[X:.*]] = tfg.Placeholder
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  // CHECK: %[[ASSERT:.*]] = tfg.node "Assert"(%[[X]])
  // Only those in branches of TF1 go.
  // ASSERTS: tfg.node "Assert"({{.*}}name("assert")
  %assert = tfg.node "Assert"(%x) : (tensor<f32>) -> !tfg.control name("assert")
  // A chain of them goes.
  // CHECK-NOT: name("stop")
  // CHECK-NOT: name("check")
  %stop = tfg.node "StopGradient"(%x) : (tensor<f32>) -> tensor<f32> name("stop")
  %check = tfg.node "CheckNumerics"(%stop) {message = "nan"} : (tensor<f32>) -> tensor<f32> name("check")
  %print = tfg.node "Print"(%check, %check) : (tensor<f32>, tensor<f32>) -> tensor<f32> name("print")
  // One that waits for another node stays.
  // CHECK: %[[WAITS:.*]] = tfg.Identity(%[[X]]) [%[[ASSERT]]]
  %waits = tfg.Identity(%print) [%assert] : (tensor<f32>) -> tensor<f32> name("waits")
  // So does the pivot of a branch, which its input's node cannot stand for.
  // CHECK: tfg.Identity({{.*}}) : (tensor<i1>) -> tensor<i1> name("pivot")
  %pred = tfg.Placeholder() : () -> tensor<i1> name("pred")
  %f, %t = tfg.Switch(%pred, %pred) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i1>) name("switch")
  %pivot = tfg.Identity(%t) : (tensor<i1>) -> tensor<i1> name("pivot")
  %edge = tfg.control %pivot : tensor<i1>
  %in = tfg.node "Const"() [%edge] {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("in_branch")
  // The read of a reference is no identity.
  // CHECK: tfg.Identity({{.*}}) : (tensor<!tfg.ref<f32>>) -> tensor<f32> name("read")
  %v = tfg.VariableV2() {shape = #tfg.shape<[]>} : () -> tensor<!tfg.ref<f32>> name("v")
  %read = tfg.Identity(%v) : (tensor<!tfg.ref<f32>>) -> tensor<f32> name("read")
  // A fetched node keeps its name.
  // CHECK: %[[OUT:.*]] = tfg.Identity(%[[WAITS]]) {{.*}} name("out")
  %out = tfg.Identity(%waits) : (tensor<f32>) -> tensor<f32> name("out")
  // CHECK: tfg.fetch %[[OUT]]
  tfg.fetch %out, %read, %in ["out", "read", "in"] : tensor<f32>, tensor<f32>, tensor<f32>
}
