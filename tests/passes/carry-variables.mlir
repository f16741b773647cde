// RUN: firn-opt %s --split-input-file --tfg-carry-variables --verify-diagnostics | FileCheck %s

// The value goes in behind the feeds and comes out behind the fetches; control
// edges say that one read comes before the write and one after it.
// CHECK-LABEL: tfg.graph
tfg.variable @w = dense<1.0> : tensor<f32>
tfg.graph {
  // CHECK: %[[W:.*]] = tfg.Placeholder() {shape = #tfg.shape<[]>, tfg.feed_index = 1 : i64, tfg.feed_name = "w", tfg.variable = "w"} : () -> tensor<f32> name("w/value")
  // CHECK: %[[X:.*]] = tfg.Placeholder
  %x = tfg.Placeholder() {shape = #tfg.shape<[]>, tfg.feed_index = 0 : i64} : () -> tensor<f32> name("x")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  // CHECK: %[[A:.*]] = tfg.AddV2(%[[W]], %[[X]])
  // CHECK-SAME: name("add")
  %a = tfg.AssignAddVariableOp(%w, %x) [%c] : (tensor<!tfg.resource>, tensor<f32>) -> !tfg.control name("add")
  // CHECK: %[[R:.*]] = tfg.Identity(%[[A]])
  // CHECK-SAME: name("after")
  %r = tfg.ReadVariableOp(%w) [%a] : (tensor<!tfg.resource>) -> tensor<f32> name("after")
  // CHECK: %[[B:.*]] = tfg.Identity(%[[W]]) : {{.*}} name("before")
  %b = tfg.ReadVariableOp(%w) : (tensor<!tfg.resource>) -> tensor<f32> name("before")
  %c = tfg.control %b : tensor<f32>
  // CHECK: %[[NEXT:.*]] = tfg.EnsureShape(%[[A]]) {shape = #tfg.shape<[]>} : {{.*}} name("w/next")
  // CHECK: tfg.fetch %[[R]], %[[B]], %[[NEXT]] ["r", "b", "w"] {tfg.variables = ["w"]}
  tfg.fetch %r, %b ["r", "b"] : tensor<f32>, tensor<f32>
}

// -----

// A reference is the variable wherever it was handed on; what nothing orders
// reads before it writes, and a fetched reference is what there is in the end.
// CHECK-LABEL: tfg.graph
tfg.variable @v = dense<1.0> : tensor<2xf32>
tfg.graph {
  // CHECK: %[[V:.*]] = tfg.Placeholder
  %x = tfg.Const() {value = dense<2.0> : tensor<2xf32>} : () -> tensor<2xf32> name("x")
  %v = tfg.VariableV2() {shape = #tfg.shape<[2]>} : () -> tensor<2x!tfg.ref<f32>> name("v")
  // CHECK: %[[A:.*]] = tfg.EnsureShape
  %a = tfg.Assign(%v, %x) : (tensor<2x!tfg.ref<f32>>, tensor<2xf32>) -> tensor<2x!tfg.ref<f32>> name("a")
  // CHECK: %[[S:.*]] = tfg.Sub(%[[A]], %{{.*}}) {{.*}} name("s")
  %s = tfg.AssignSub(%a, %x) : (tensor<2x!tfg.ref<f32>>, tensor<2xf32>) -> tensor<2x!tfg.ref<f32>> name("s")
  // CHECK: %[[NEG:.*]] = tfg.Neg(%[[V]])
  %n = tfg.Neg(%v) : (tensor<2x!tfg.ref<f32>>) -> tensor<2xf32> name("n")
  // CHECK: %[[NEXT:.*]] = tfg.EnsureShape(%[[S]])
  // CHECK: tfg.fetch %[[NEG]], %[[S]], %[[S]], %[[NEXT]] ["n", "s", "v", "v"]
  tfg.fetch %n, %s, %v ["n", "s", "v"] : tensor<2xf32>, tensor<2x!tfg.ref<f32>>, tensor<2x!tfg.ref<f32>>
}

// -----

// A variable that is only read here goes in, and does not come out.
// CHECK-LABEL: tfg.graph
tfg.variable @w = dense<1.0> : tensor<f32>
tfg.graph {
  // CHECK: %[[W:.*]] = tfg.Placeholder
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  // CHECK: %[[R:.*]] = tfg.Identity(%[[W]])
  %r = tfg.ReadVariableOp(%w) : (tensor<!tfg.resource>) -> tensor<f32> name("r")
  // CHECK: tfg.fetch %[[R]] ["r"] {tfg.variables = []} : tensor<f32>
  tfg.fetch %r ["r"] : tensor<f32>
}

// -----

// A branch gives back what it writes; one that only reads gives the old value.
tfg.variable @w = dense<1.0> : tensor<f32>
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[W:.*]] = tfg.Placeholder() {{.*}} name("w/value")
  %p = tfg.Placeholder() {shape = #tfg.shape<[]>, tfg.feed_index = 0 : i64} : () -> tensor<i1> name("p")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  // CHECK: %[[IF:.*]]:2 = tfg.If(%{{.*}}, %[[W]]) {else_branch = #tfg.func<@[[OLD:.*]], {}>, then_branch = #tfg.func<@[[NEW:.*]], {}>}
  %y = tfg.If(%p, %w) {then_branch = #tfg.func<@count, {}>, else_branch = #tfg.func<@look, {}>}
       : (tensor<i1>, tensor<!tfg.resource>) -> tensor<f32> name("if")
  // CHECK: tfg.EnsureShape(%[[IF]]#1)
  tfg.fetch %y ["y"] : tensor<f32>
}
tfg.func @count(%h: tensor<!tfg.resource>) -> tensor<f32> {
  %one = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("one")
  %a = tfg.AssignAddVariableOp(%h, %one) : (tensor<!tfg.resource>, tensor<f32>) -> !tfg.control name("a")
  %r = tfg.ReadVariableOp(%h) [%a] : (tensor<!tfg.resource>) -> tensor<f32> name("r")
  tfg.return %r : tensor<f32>
}
tfg.func @look(%h: tensor<!tfg.resource>) -> tensor<f32> {
  %r = tfg.ReadVariableOp(%h) : (tensor<!tfg.resource>) -> tensor<f32> name("r")
  tfg.return %r : tensor<f32>
}
// CHECK: tfg.func @[[NEW]](%[[IN:.*]]: tensor<f32>) -> (tensor<{{.*}}f32>, tensor<{{.*}}f32>)
// CHECK: %[[SUM:.*]] = tfg.AddV2(%[[IN]]
// CHECK: %[[READ:.*]] = tfg.Identity(%[[SUM]])
// CHECK: tfg.return %[[READ]], %[[SUM]]
// CHECK: tfg.func @[[OLD]](%[[OLDIN:.*]]: tensor<f32>) -> (tensor<f32>, tensor<f32>)
// CHECK: tfg.return %{{.*}}, %[[OLDIN]]

// -----

// A loop carries the value where it carried the handle.
tfg.variable @w = dense<1.0> : tensor<f32>
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[W:.*]] = tfg.Placeholder() {{.*}} name("w/value")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  // CHECK: %[[L:.*]] = tfg.While(%[[W]])
  %l = tfg.While(%w) {cond = #tfg.func<@small, {}>, body = #tfg.func<@double, {}>}
       : (tensor<!tfg.resource>) -> tensor<!tfg.resource> name("loop")
  // CHECK: tfg.Identity(%[[L]])
  %r = tfg.ReadVariableOp(%l) : (tensor<!tfg.resource>) -> tensor<f32> name("r")
  // CHECK: tfg.EnsureShape(%[[L]])
  tfg.fetch %r ["r"] : tensor<f32>
}
tfg.func @small(%h: tensor<!tfg.resource>) -> tensor<i1> {
  %ten = tfg.Const() {value = dense<10.0> : tensor<f32>} : () -> tensor<f32> name("ten")
  %r = tfg.ReadVariableOp(%h) : (tensor<!tfg.resource>) -> tensor<f32> name("r")
  %b = tfg.Less(%r, %ten) : (tensor<f32>, tensor<f32>) -> tensor<i1> name("b")
  tfg.return %b : tensor<i1>
}
tfg.func @double(%h: tensor<!tfg.resource>) -> tensor<!tfg.resource> {
  %r = tfg.ReadVariableOp(%h) : (tensor<!tfg.resource>) -> tensor<f32> name("r")
  %a = tfg.AssignAddVariableOp(%h, %r) : (tensor<!tfg.resource>, tensor<f32>) -> !tfg.control name("a")
  %i = tfg.Identity(%h) [%a] : (tensor<!tfg.resource>) -> tensor<!tfg.resource> name("i")
  tfg.return %i : tensor<!tfg.resource>
}
// CHECK: tfg.func @double_0(%[[IN:.*]]: tensor<f32>)
// CHECK: %[[SUM:.*]] = tfg.AddV2(%[[IN]], %{{.*}})
// CHECK: tfg.return %[[SUM]]

// -----

// A write in a branch of TF1 happens if the branch is taken.
tfg.variable @w = dense<1.0> : tensor<f32>
// CHECK-LABEL: tfg.graph
tfg.graph {
  %p = tfg.Placeholder() {shape = #tfg.shape<[]>, tfg.feed_index = 0 : i64} : () -> tensor<i1> name("p")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  %one = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("one")
  %f, %t = tfg.Switch(%w, %p) : (tensor<!tfg.resource>, tensor<i1>) -> (tensor<!tfg.resource>, tensor<!tfg.resource>) name("cond/Switch")
  %a = tfg.AssignAddVariableOp(%t, %one) : (tensor<!tfg.resource>, tensor<f32>) -> !tfg.control name("cond/add")
  %new = tfg.ReadVariableOp(%t) [%a] : (tensor<!tfg.resource>) -> tensor<f32> name("cond/new")
  %old = tfg.ReadVariableOp(%f) : (tensor<!tfg.resource>) -> tensor<f32> name("cond/old")
  // CHECK: tfg.If
  %y, %i = tfg.Merge(%old, %new) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("cond/Merge")
  // CHECK: tfg.fetch {{.*}} ["y", "w"]
  tfg.fetch %y ["y"] : tensor<f32>
}

// -----

// A graph without variables stays as it is.
// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() {shape = #tfg.shape<[]>, tfg.feed_index = 0 : i64} : () -> tensor<f32> name("x")
  // CHECK: tfg.fetch %{{.*}} ["x"] : tensor<f32>
  tfg.fetch %x ["x"] : tensor<f32>
}

// -----

tfg.variable @w = dense<1.0> : tensor<f32>
tfg.graph {
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  // expected-error @unknown {{node 'apply' (ResourceApplyAdaMax) uses a variable in a way that is not known}}
  %a = tfg.node "ResourceApplyAdaMax"(%w) : (tensor<!tfg.resource>) -> !tfg.control name("apply")
  %r = tfg.ReadVariableOp(%w) [%a] : (tensor<!tfg.resource>) -> tensor<f32> name("r")
  tfg.fetch %r ["r"] : tensor<f32>
}

// -----

tfg.graph {
  // expected-error @unknown {{variable 'w' is written, has no value, and does not say its shape}}
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[?]>} : () -> tensor<!tfg.resource> name("w")
  %x = tfg.Const() {value = dense<1.0> : tensor<2xf32>} : () -> tensor<2xf32> name("x")
  %a = tfg.AssignVariableOp(%w, %x) : (tensor<!tfg.resource>, tensor<2xf32>) -> !tfg.control name("a")
  %r = tfg.ReadVariableOp(%w) [%a] : (tensor<!tfg.resource>) -> tensor<?xf32> name("r")
  tfg.fetch %r ["r"] : tensor<?xf32>
}

// -----

// A stack is a list, empty when the run begins; it goes neither in nor out.
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[X:.*]] = tfg.Placeholder
  %x = tfg.Placeholder() {shape = #tfg.shape<[2]>, tfg.feed_index = 0 : i64} : () -> tensor<2xf32> name("x")
  %n = tfg.Const() {value = dense<-1> : tensor<i32>} : () -> tensor<i32> name("n")
  // CHECK: %[[EMPTY:.*]] = tfg.EmptyTensorList({{.*}}) {element_dtype = f32} : {{.*}} name("s/empty")
  %s = tfg.StackV2(%n) {elem_type = f32} : (tensor<i32>) -> tensor<2x!tfg.resource> name("s")
  // CHECK: %[[FULL:.*]] = tfg.TensorListPushBack(%[[EMPTY]], %[[X]])
  %p = tfg.StackPushV2(%s, %x) : (tensor<2x!tfg.resource>, tensor<2xf32>) -> tensor<2xf32> name("push")
  %c = tfg.control %p : tensor<2xf32>
  // CHECK: %{{.*}}, %[[POP:.*]] = tfg.TensorListPopBack(%[[FULL]], %{{.*}})
  %y = tfg.StackPopV2(%s) [%c] : (tensor<2x!tfg.resource>) -> tensor<2xf32> name("pop")
  %d = tfg.control %y : tensor<2xf32>
  // CHECK: tfg.NoOp() {{.*}} name("close")
  %e = tfg.StackCloseV2(%s) [%d] : (tensor<2x!tfg.resource>) -> !tfg.control name("close")
  // CHECK: tfg.fetch %[[X]], %[[POP]] ["p", "y"] : tensor<2xf32>, tensor<2xf32>
  tfg.fetch %p, %y ["p", "y"] : tensor<2xf32>, tensor<2xf32>
}

// -----

// The function of a branch or loop that makes a stack must not give it away.
tfg.graph {
  tfg.fetch []
}
tfg.func @f() -> tensor<2x!tfg.resource> {
  %n = tfg.Const() {value = dense<-1> : tensor<i32>} : () -> tensor<i32> name("n")
  %s = tfg.StackV2(%n) {elem_type = f32} : (tensor<i32>) -> tensor<2x!tfg.resource> name("s")
  // expected-error @+1 {{function 'f' returns a stack that it makes}}
  tfg.return %s : tensor<2x!tfg.resource>
}
