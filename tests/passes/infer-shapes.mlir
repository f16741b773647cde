// RUN: split-file %s %t
// RUN: firn-opt %t/graph.mlir --tfg-infer-shapes="input-shapes=x=2,3" | FileCheck %t/graph.mlir
// RUN: firn-opt %t/functions.mlir --tfg-infer-shapes | FileCheck %t/functions.mlir
// RUN: firn-opt %t/old.mlir --tfg-infer-shapes | FileCheck %t/old.mlir
// RUN: firn-opt %t/new.mlir --tfg-infer-shapes | FileCheck %t/new.mlir
// RUN: not firn-opt %t/graph.mlir --tfg-infer-shapes="input-shapes=x=2,4" 2>&1 | FileCheck %s --check-prefix=CONTRADICTION
// RUN: not firn-opt %t/graph.mlir --tfg-infer-shapes="input-shapes=xx=2,3" 2>&1 | FileCheck %s --check-prefix=NOINPUT
// RUN: not firn-opt %t/graph.mlir --tfg-infer-shapes="input-shapes=x=2,b" 2>&1 | FileCheck %s --check-prefix=NODIM
// RUN: not firn-opt %t/cycle.mlir --tfg-infer-shapes 2>&1 | FileCheck %s --check-prefix=CYCLE

// CONTRADICTION: input 'x' is 'tensor<?x3xf32>' and cannot have the shape [2,4]
// NOINPUT: there is no input 'xx' to give a shape to; did you mean 'x'?
// NODIM: the shape of input 'x' has the size 'b', which is neither a number nor ?
// CYCLE: the graph has a cycle that no loop makes: 'b' -> 'a' -> 'b'

//--- graph.mlir
// CHECK-LABEL: tfg.graph
tfg.graph attributes {producer = 100 : i32} {
  // Nodes in any order.
  // CHECK: tfg.Identity({{.*}}) : (tensor<2x3xf32>) -> tensor<2x3xf32> name("z")
  %z = tfg.Identity(%y) : (tensor<*xf32>) -> tensor<*xf32> name("z")
  // CHECK: tfg.Identity({{.*}}) : (tensor<2x3xf32>) -> tensor<2x3xf32> name("y")
  %y = tfg.Identity(%x) : (tensor<?x3xf32>) -> tensor<*xf32> name("y")
  // CHECK: tfg.Placeholder() {{.*}} -> tensor<2x3xf32> name("x")
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"} : () -> tensor<?x3xf32> name("x")
  // A placeholder that is not fed a shape has the one it declares.
  // CHECK: -> tensor<?x7xi32> name("p")
  %p = tfg.Placeholder() {shape = #tfg.shape<[?,7]>} : () -> tensor<*xi32> name("p")
  // A node that has no rule keeps what it has, and so does what follows.
  // CHECK: tfg.node "Custom"({{.*}}) : (tensor<2x3xf32>) -> tensor<*xf32>
  %u = tfg.node "Custom"(%y) : (tensor<*xf32>) -> tensor<*xf32> name("u")
  // CHECK: tfg.Identity({{.*}}) : (tensor<*xf32>) -> tensor<*xf32> name("v")
  %v = tfg.Identity(%u) : (tensor<*xf32>) -> tensor<*xf32> name("v")
  // A loop of TF1 does not hang.
  // CHECK: tfg.Merge
  %m:2 = tfg.Merge(%y, %n) : (tensor<*xf32>, tensor<*xf32>) -> (tensor<*xf32>, tensor<i32>) name("m")
  %n = tfg.NextIteration(%m#0) : (tensor<*xf32>) -> tensor<*xf32> name("n")
}

//--- functions.mlir
// CHECK-LABEL: tfg.graph
tfg.graph {
  %c = tfg.Placeholder() : () -> tensor<i1> name("c")
  %x = tfg.Placeholder() : () -> tensor<2xf32> name("x")
  %y = tfg.Placeholder() : () -> tensor<3xf32> name("y")
  // The second call with other types gets a copy of the function.
  // CHECK: then_branch = #tfg.func<@id, {}>} : {{.*}} -> tensor<2xf32> name("a")
  %a = tfg.If(%c, %x) {then_branch = #tfg.func<@id, {}>, else_branch = #tfg.func<@id, {}>} : (tensor<i1>, tensor<2xf32>) -> tensor<*xf32> name("a")
  // CHECK: then_branch = #tfg.func<@id_0, {}>} : {{.*}} -> tensor<3xf32> name("b")
  %b = tfg.If(%c, %y) {then_branch = #tfg.func<@id, {}>, else_branch = #tfg.func<@id, {}>} : (tensor<i1>, tensor<3xf32>) -> tensor<*xf32> name("b")
  // A loop variable keeps its shape if the body gives it back so; another one, whose
  // shape the body changes, is widened.
  // CHECK: tfg.While{{.*}} -> (tensor<2xf32>, tensor<*xf32>) name("w")
  %w:2 = tfg.While(%x, %y) {body = #tfg.func<@body, {}>, cond = #tfg.func<@cond, {}>} : (tensor<2xf32>, tensor<3xf32>) -> (tensor<*xf32>, tensor<*xf32>) name("w")
}
// CHECK: tfg.func @id(%arg0: tensor<2xf32>) -> tensor<2xf32>
// CHECK: tfg.func @id_0(%arg0: tensor<3xf32>) -> tensor<3xf32>
tfg.func @id(%x: tensor<*xf32>) -> tensor<*xf32> {
  %0 = tfg.Identity(%x) : (tensor<*xf32>) -> tensor<*xf32> name("id")
  tfg.return %0 : tensor<*xf32>
}
// CHECK: tfg.func @body(%arg0: tensor<2xf32>, %arg1: tensor<*xf32>) -> (tensor<2xf32>, tensor<*xf32>)
tfg.func @body(%x: tensor<*xf32>, %y: tensor<*xf32>) -> (tensor<*xf32>, tensor<*xf32>) {
  %0 = tfg.Identity(%x) : (tensor<*xf32>) -> tensor<*xf32> name("i")
  %1 = tfg.node "Grow"(%y) : (tensor<*xf32>) -> tensor<*xf32> name("j")
  tfg.return %0, %1 : tensor<*xf32>, tensor<*xf32>
}
// CHECK: tfg.func @cond(%arg0: tensor<2xf32>, %arg1: tensor<*xf32>) -> tensor<i1>
tfg.func @cond(%x: tensor<*xf32>, %y: tensor<*xf32>) -> tensor<i1> {
  %0 = tfg.node "Less"(%x) : (tensor<*xf32>) -> tensor<i1> name("less")
  tfg.return %0 : tensor<i1>
}

//--- cycle.mlir
tfg.graph {
  %a = tfg.Identity(%b) : (tensor<f32>) -> tensor<f32> name("a")
  %b = tfg.Identity(%a) : (tensor<f32>) -> tensor<f32> name("b")
}

//--- old.mlir
// Before producer 24 a placeholder of shape [] has an unknown one; a graph that does
// not say its version has version 0.
// CHECK: tfg.Identity({{.*}}) : (tensor<*xf32>) -> tensor<*xf32>
tfg.graph {
  %x = tfg.Placeholder() {shape = #tfg.shape<[]>} : () -> tensor<*xf32> name("x")
  %y = tfg.Identity(%x) : (tensor<*xf32>) -> tensor<*xf32> name("y")
}

//--- new.mlir
// From then on it is a scalar.
// CHECK: tfg.Identity({{.*}}) : (tensor<f32>) -> tensor<f32>
tfg.graph attributes {producer = 24 : i32} {
  %x = tfg.Placeholder() {shape = #tfg.shape<[]>} : () -> tensor<*xf32> name("x")
  %y = tfg.Identity(%x) : (tensor<*xf32>) -> tensor<*xf32> name("y")
}
