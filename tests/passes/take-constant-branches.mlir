// RUN: firn-opt %s --split-input-file --tfg-take-constant-branches | FileCheck %s

// The side that is taken stays, the other goes with its effects; value_index is a
// constant; a control edge out of the Merge comes from what it gave way to.
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK-DAG: %[[X:.*]] = tfg.Placeholder() {{.*}} name("x")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %c = tfg.Const() {value = dense<true> : tensor<i1>} : () -> tensor<i1> name("c")
  %not = tfg.LogicalNot(%c) : (tensor<i1>) -> tensor<i1> name("not")
  %p = tfg.Identity(%not) : (tensor<i1>) -> tensor<i1> name("p")
  // CHECK-NOT: tfg.Switch
  %xf, %xt = tfg.Switch(%x, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("s")
  // CHECK-NOT: tfg.node "Write"
  %w = tfg.node "Write"(%xt) : (tensor<f32>) -> tensor<f32> name("write")
  // CHECK-DAG: %[[NEG:.*]] = tfg.Neg(%[[X]])
  %neg = tfg.Neg(%xf) : (tensor<f32>) -> tensor<f32> name("neg")
  // CHECK-DAG: %[[I:.*]] = tfg.Const() {value = dense<1> : tensor<i32>}
  %y, %i = tfg.Merge(%w, %neg) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("m")
  // CHECK-DAG: %[[CTL:.*]] = tfg.control %[[NEG]]
  %done = tfg.control %y : tensor<f32>
  // CHECK-DAG: %[[Z:.*]] = tfg.Identity(%[[X]]) [%[[CTL]]]
  %z = tfg.Identity(%x) [%done] : (tensor<f32>) -> tensor<f32> name("z")
  // CHECK: tfg.fetch %[[NEG]], %[[I]], %[[Z]]
  tfg.fetch %y, %i, %z ["y", "i", "z"] : tensor<f32>, tensor<i32>, tensor<f32>
}

// -----

// Near miss: a predicate that may be fed.
// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %c = tfg.Const() {value = dense<true> : tensor<i1>} : () -> tensor<i1> name("c")
  %p = tfg.PlaceholderWithDefault(%c) {shape = #tfg.shape<[]>} : (tensor<i1>) -> tensor<i1> name("p")
  // CHECK: tfg.Switch
  %xf, %xt = tfg.Switch(%x, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("s")
  %neg = tfg.Neg(%xf) : (tensor<f32>) -> tensor<f32> name("neg")
  // CHECK: %[[Y:.*]], %{{.*}} = tfg.Merge
  %y, %i = tfg.Merge(%xt, %neg) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("m")
  // CHECK: tfg.fetch %[[Y]]
  tfg.fetch %y ["y"] : tensor<f32>
}

// -----

// A dead loop goes though its back edge never ends; a Merge that still has two inputs
// keeps them; what is dead but an output stays.
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[X:.*]] = tfg.Placeholder() {{.*}} name("x")
  %x = tfg.Placeholder() : () -> tensor<i32> name("x")
  %q = tfg.Placeholder() : () -> tensor<i1> name("q")
  %p = tfg.Const() {value = dense<false> : tensor<i1>} : () -> tensor<i1> name("p")
  %xf, %xt = tfg.Switch(%x, %p) : (tensor<i32>, tensor<i1>) -> (tensor<i32>, tensor<i32>) name("s")
  // CHECK-NOT: tfg.Enter
  %e = tfg.Enter(%xt) {frame_name = "f"} : (tensor<i32>) -> tensor<i32> name("e")
  %m, %mi = tfg.Merge(%e, %next) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("m")
  %l = tfg.Less(%m, %m) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("l")
  %c = tfg.LoopCond(%l) : (tensor<i1>) -> tensor<i1> name("c")
  %sf, %st = tfg.Switch(%m, %c) : (tensor<i32>, tensor<i1>) -> (tensor<i32>, tensor<i32>) name("ls")
  %next = tfg.NextIteration(%st) : (tensor<i32>) -> tensor<i32> name("next")
  %exit = tfg.Exit(%sf) : (tensor<i32>) -> tensor<i32> name("exit")
  // CHECK: %[[QF:.*]], %[[QT:.*]] = tfg.Switch(%[[X]], %{{.*}}) {{.*}} name("t")
  %qf, %qt = tfg.Switch(%xf, %q) : (tensor<i32>, tensor<i1>) -> (tensor<i32>, tensor<i32>) name("t")
  // CHECK: %[[Y:.*]], %{{.*}} = tfg.Merge(%[[QF]], %[[QT]])
  %y, %yi = tfg.Merge(%qf, %exit, %qt) : (tensor<i32>, tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("y")
  // CHECK: %[[DEAD:.*]] = tfg.Neg
  %dead = tfg.Neg(%xt) : (tensor<i32>) -> tensor<i32> name("dead")
  // CHECK: tfg.fetch %[[Y]], %[[DEAD]]
  tfg.fetch %y, %dead ["y", "dead"] : tensor<i32>, tensor<i32>
}
