// TF1 control flow in the pipelines: what a constant decides is gone before variables are
// frozen, guards of asserts are gone with them, and a condition that folds once shapes are
// known leaves no branch. Freezing keeps the nodes unless it is asked not to.
// RUN: firn-opt %s --firn-compile --verify-each | FileCheck %s
// RUN: not firn-opt %s --firn-freeze 2>&1 | FileCheck %s --check-prefix=WRITTEN
// RUN: firn-opt %s --firn-freeze=take-constant-branches | FileCheck %s --check-prefix=TAKEN
// RUN: firn-opt %s --firn-freeze="take-constant-branches functionalize" | FileCheck %s --check-prefix=FUNCTIONS

// CHECK: %[[X:.*]] = tfg.Placeholder
// CHECK: %[[NEG:.*]] = tfg.Neg(%[[X]])
// CHECK-NEXT: %[[OUT:.*]] = tfg.node "Custom"(%[[NEG]])
// CHECK-NEXT: tfg.fetch %[[OUT]]
// CHECK-NOT: tfg.func

// WRITTEN: variable 'w' cannot become a constant: node 'train/assign'

// TAKEN-NOT: AssignVariableOp
// TAKEN: tfg.Merge
// TAKEN: tfg.fetch

// FUNCTIONS-NOT: tfg.Merge
// FUNCTIONS: tfg.StatelessIf
// FUNCTIONS: tfg.fetch
module {
tfg.graph {
  %x = tfg.Placeholder() {shape = #tfg.shape<[2,3]>} : () -> tensor<*xf32> name("x")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  %training = tfg.Const() {value = dense<false> : tensor<i1>} : () -> tensor<i1> name("training")
  // The branch that trains writes.
  %wf, %wt = tfg.Switch(%w, %training) : (tensor<!tfg.resource>, tensor<i1>) -> (tensor<!tfg.resource>, tensor<!tfg.resource>) name("train/w")
  %xf, %xt = tfg.Switch(%x, %training) : (tensor<*xf32>, tensor<i1>) -> (tensor<*xf32>, tensor<*xf32>) name("train/x")
  %assign = tfg.AssignVariableOp(%wt, %xt) : (tensor<!tfg.resource>, tensor<*xf32>) -> !tfg.control name("train/assign")
  %trained = tfg.Identity(%xt) [%assign] : (tensor<*xf32>) -> tensor<*xf32> name("train/done")
  %m, %mi = tfg.Merge(%xf, %trained) : (tensor<*xf32>, tensor<*xf32>) -> (tensor<*xf32>, tensor<i32>) name("train/Merge")
  // The guard of an assert.
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %pf, %pt = tfg.Switch(%p, %p) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i1>) name("guard/Switch")
  %st = tfg.Identity(%pt) : (tensor<i1>) -> tensor<i1> name("guard/switch_t")
  %sf = tfg.Identity(%pf) : (tensor<i1>) -> tensor<i1> name("guard/switch_f")
  %assert = tfg.node "Assert"(%pf, %pf) : (tensor<i1>, tensor<i1>) -> !tfg.control name("guard/Assert")
  %df = tfg.Identity(%sf) [%assert] : (tensor<i1>) -> tensor<i1> name("guard/df")
  %g, %gi = tfg.Merge(%df, %st) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i32>) name("guard/Merge")
  %ok = tfg.control %g : tensor<i1>
  %checked = tfg.Identity(%m) [%ok] : (tensor<*xf32>) -> tensor<*xf32> name("checked")
  // A condition on a shape.
  %rank = tfg.Rank(%checked) : (tensor<*xf32>) -> tensor<i32> name("rank")
  %two = tfg.Const() {value = dense<2> : tensor<i32>} : () -> tensor<i32> name("two")
  %is = tfg.Equal(%rank, %two) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("is")
  %af, %at = tfg.Switch(%checked, %is) : (tensor<*xf32>, tensor<i1>) -> (tensor<*xf32>, tensor<*xf32>) name("shape/Switch")
  %neg = tfg.Neg(%at) : (tensor<*xf32>) -> tensor<*xf32> name("shape/neg")
  %y, %yi = tfg.Merge(%af, %neg) : (tensor<*xf32>, tensor<*xf32>) -> (tensor<*xf32>, tensor<i32>) name("shape/Merge")
  %z = tfg.node "Custom"(%y) : (tensor<*xf32>) -> tensor<*xf32> name("z")
}
tfg.signature @serving_default method "m"
  inputs [{key = "p", tensor = "p:0", type = tensor<i1>}, {key = "x", tensor = "x:0", type = tensor<*xf32>}]
  outputs [{key = "y", tensor = "z:0", type = tensor<*xf32>}]
tfg.variable @w = dense<0.5> : tensor<f32>
}
