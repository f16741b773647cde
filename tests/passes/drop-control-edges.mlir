// RUN: firn-opt %s --tfg-drop-control-edges | FileCheck %s
// RUN: firn-opt %s --tfg-drop-control-edges=all=true | FileCheck %s --check-prefix=ALL
// With `all`, nodes with effects and in branches lose them as well.
// ALL-NOT: [%

// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  // CHECK: %[[ASSERT:.*]] = tfg.node "Assert"
  %assert = tfg.node "Assert"(%x) : (tensor<f32>) -> !tfg.control name("assert")
  // A pure node loses its control inputs; a Const takes the registered form.
  // CHECK: tfg.Identity(%{{.*}}) : (tensor<f32>)
  %y = tfg.Identity(%x) [%assert] : (tensor<f32>) -> tensor<f32> name("y")
  // CHECK: tfg.Const() {value = dense<1.000000e+00> : tensor<f32>} : () -> tensor<f32> name("c")
  %c = tfg.node "Const"() [%assert] {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("c")
  // A node with effects keeps them.
  // CHECK: tfg.node "Print"(%{{.*}}) [%[[ASSERT]]]
  %print = tfg.node "Print"(%y) [%assert] : (tensor<f32>) -> tensor<f32> name("print")
  // CHECK: tfg.NoOp() [%[[ASSERT]]]
  %group = tfg.NoOp() [%assert] : () -> !tfg.control name("group")
}

// Inside a branch or a loop of TF1 the control edge of a Const holds it there, from
// whatever node of the branch it comes.
// CHECK-LABEL: tfg.func @branch
tfg.func @branch(%pred: tensor<i1>, %a: tensor<f32>) -> tensor<f32> {
  %s:2 = tfg.node "Switch"(%a, %pred) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("s")
  %pivot = tfg.Identity(%s#1) : (tensor<f32>) -> tensor<f32> name("pivot")
  %in_branch = tfg.control %pivot : tensor<f32>
  // CHECK: tfg.node "Const"() [%{{.*}}]
  %c = tfg.node "Const"() [%in_branch] {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("c")
  %after_c = tfg.control %c : tensor<f32>
  // CHECK: tfg.node "Const"() [%{{.*}}]
  %d = tfg.node "Const"() [%after_c] {value = dense<2.0> : tensor<f32>} : () -> tensor<f32> name("d")
  %outside = tfg.control %a : tensor<f32>
  // CHECK: tfg.Const()
  %e = tfg.node "Const"() [%outside] {value = dense<3.0> : tensor<f32>} : () -> tensor<f32> name("e")
  %m = tfg.node "AddN"(%c, %d, %e) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  tfg.return %m : tensor<f32>
}
