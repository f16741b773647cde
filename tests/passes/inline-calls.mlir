// RUN: firn-opt %s --split-input-file --tfg-inline-calls --verify-diagnostics | FileCheck %s
// RUN: not firn-opt %s --split-input-file --tfg-inline-calls=max-depth=1 2>&1 | FileCheck %s --check-prefix=DEPTH
// RUN: not firn-opt %s --split-input-file --tfg-inline-calls=max-nodes=5 2>&1 | FileCheck %s --check-prefix=NODES

// DEPTH: calls are nested more than 1 deep (the limit max-depth)
// NODES: inlining its calls makes more than 5 nodes (the limit max-nodes)

// A call gives way to the body of its function, and that of what the function calls;
// names go into the scope of the call and stay unique; a device propagates.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[X:.*]] = tfg.Placeholder
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %taken = tfg.node "Op"(%x) : (tensor<f32>) -> tensor<f32> name("call/inner/a")
  // CHECK: %[[A:.*]] = tfg.node "A"(%[[X]]) {tfg.device = "/cpu:0"} {{.*}} name("call/inner/a_1")
  // CHECK: %[[B:.*]] = tfg.node "B"(%[[A]]) {_class = ["loc:@call/inner/a_1", "loc:@elsewhere"], tfg.device = "/cpu:1"} {{.*}} name("call/b")
  %y:2 = tfg.PartitionedCall(%x) {f = #tfg.func<@outer, {}>, tfg.device = "/cpu:0"} : (tensor<f32>) -> (tensor<f32>, tensor<f32>) name("call")
  // CHECK: tfg.fetch %[[B]], %[[X]]
  tfg.fetch %y#0, %y#1 ["y", "z"] : tensor<f32>, tensor<f32>
}
tfg.func @outer(%arg: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %0 = tfg.StatefulPartitionedCall(%arg) {f = #tfg.func<@inner, {}>} : (tensor<f32>) -> tensor<f32> name("inner")
  %1 = tfg.node "B"(%0) {_class = ["loc:@inner/a", "loc:@elsewhere"], tfg.device = "/cpu:1"} : (tensor<f32>) -> tensor<f32> name("b")
  tfg.return %1, %arg : tensor<f32>, tensor<f32>
}
tfg.func @inner(%arg: tensor<f32>) -> tensor<f32> {
  %0 = tfg.node "A"(%arg) : (tensor<f32>) -> tensor<f32> name("a")
  tfg.return %0 : tensor<f32>
}
}

// -----

// What waits for the call waits for the function's control results and its outputs;
// what the call waits for, its nodes with effects and those without inputs wait for.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK-DAG: %[[X:.*]] = tfg.Placeholder
  // CHECK-DAG: %[[G1:.*]] = tfg.node "First"
  // CHECK-DAG: %[[G2:.*]] = tfg.node "Second"
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %g1 = tfg.node "First"() : () -> !tfg.control name("first")
  %g2 = tfg.node "Second"() : () -> !tfg.control name("second")
  // CHECK: %[[GATE:.*]] = tfg.NoOp() [%[[G1]], %[[G2]]] : () -> !tfg.control name("call/input_control_node")
  // The body of a loop of TF1: its frame is the call's own.
  // CHECK: tfg.Enter(%[[X]]) {frame_name = "call/loop"} {{.*}} name("call/enter")
  // CHECK: tfg.node "Const"() [%[[GATE]]] {{.*}} name("call/c")
  // CHECK: %[[SAVE:.*]] = tfg.node "Save"(%{{.*}}) [%[[GATE]]] {{.*}} name("call/save")
  // CHECK: tfg.Identity({{.*}}) : {{.*}} name("call/pure")
  // CHECK: %[[DONE:.*]] = tfg.NoOp() [%[[GATE]], %[[SAVE]], %{{.*}}] {{.*}} name("call/output_control_node")
  %y = tfg.StatefulPartitionedCall(%x) [%g1, %g2] {f = #tfg.func<@effects, {}>} : (tensor<f32>) -> tensor<f32> name("call")
  %done = tfg.control %y : tensor<f32>
  // CHECK: tfg.node "After"() [%[[DONE]]]
  %after = tfg.node "After"() [%done] : () -> !tfg.control name("after")
}
tfg.func @effects(%arg: tensor<f32>) -> tensor<f32> {
  %e = tfg.Enter(%arg) {frame_name = "loop"} : (tensor<f32>) -> tensor<f32> name("enter")
  %c = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("c")
  %s = tfg.node "Save"(%c) : (tensor<f32>) -> !tfg.control name("save")
  %p = tfg.Identity(%c) : (tensor<f32>) -> tensor<f32> name("pure")
  tfg.return %p, %s : tensor<f32>, !tfg.control {control_names = ["save"]}
}
}

// -----

// A call under the function's own name, of a polymorphic function: its attributes are
// those of the call, and nodes take their registered form.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<2xi32> name("x")
  // CHECK: tfg.Identity(%{{.*}}) : (tensor<2xi32>) -> tensor<*xi32> name("call/id")
  %y = tfg.node "poly"(%x) {T = i32} : (tensor<2xi32>) -> tensor<*xi32> name("call")
  // CHECK: tfg.node "Generic"(%{{.*}}) {kind = i32}
  %z = tfg.node "Generic"(%y) {kind = i32} : (tensor<*xi32>) -> tensor<*xi32> name("generic")
}
tfg.func @poly(%arg: tensor<*x!tfg.type_param<"T">>) -> tensor<*x!tfg.type_param<"T">> {
  %0 = tfg.node "Identity"(%arg) : (tensor<*x!tfg.type_param<"T">>) -> tensor<*x!tfg.type_param<"T">> name("id")
  tfg.return %0 : tensor<*x!tfg.type_param<"T">>
}
}

// -----

// Calls in the bodies of loops are inlined; the loop itself is no call. A function that
// is held as bytes stays a call.
module {
// CHECK: tfg.While
// CHECK: tfg.node "raw"
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<i32> name("x")
  %y = tfg.While(%x) {body = #tfg.func<@body, {}>, cond = #tfg.func<@cond, {}>} : (tensor<i32>) -> tensor<i32> name("while")
  %r = tfg.node "raw"() : () -> !tfg.control name("r")
}
// CHECK-LABEL: tfg.func @body
tfg.func @body(%i: tensor<i32>) -> tensor<i32> {
  // CHECK-NEXT: tfg.node "Next"({{.*}} name("call/next")
  %0 = tfg.PartitionedCall(%i) {f = #tfg.func<@next, {}>} : (tensor<i32>) -> tensor<i32> name("call")
  tfg.return %0 : tensor<i32>
}
tfg.func @cond(%i: tensor<i32>) -> tensor<i1> {
  %0 = tfg.node "Less"(%i) : (tensor<i32>) -> tensor<i1> name("less")
  tfg.return %0 : tensor<i1>
}
tfg.func @next(%i: tensor<i32>) -> tensor<i32> {
  %0 = tfg.node "Next"(%i) : (tensor<i32>) -> tensor<i32> name("next")
  tfg.return %0 : tensor<i32>
}
tfg.func @raw() attributes {tfg.raw = "bytes"} {
  tfg.return
}
}

// -----

// A function that calls itself through another one.
module {
tfg.func @ping(%a: tensor<f32>) -> tensor<f32> {
  %0 = tfg.PartitionedCall(%a) {f = #tfg.func<@pong, {}>} : (tensor<f32>) -> tensor<f32> name("to_pong")
  tfg.return %0 : tensor<f32>
}
tfg.func @pong(%a: tensor<f32>) -> tensor<f32> {
  // expected-error @unknown {{the call of function 'ping' never ends: 'ping' calls 'pong' calls 'ping'}}
  %0 = tfg.PartitionedCall(%a) {f = #tfg.func<@ping, {}>} : (tensor<f32>) -> tensor<f32> name("to_ping")
  tfg.return %0 : tensor<f32>
}
}

// -----

// A call that does not fit its function.
module {
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  // expected-error @unknown {{the call of function 'none' has 1 inputs and 1 outputs, but the function has 0 and 0}}
  %0 = tfg.node "none"(%x) : (tensor<f32>) -> tensor<f32> name("call")
}
tfg.func @none() {
  tfg.return
}
}

// -----

// What is needed and runs a function that is not there, itself or in another function. Near
// miss: a call that nothing needs.
module {
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  // expected-error @unknown {{PartitionedCall runs the function 'gone', which the model does not have}}
  %y = tfg.PartitionedCall(%x) {f = #tfg.func<@gone, {}>} : (tensor<f32>) -> tensor<f32> name("y")
  %z = tfg.PartitionedCall(%x) {f = #tfg.func<@lost, {}>} : (tensor<f32>) -> tensor<f32> name("z")
  tfg.fetch %y ["y"] : tensor<f32>
}
}

// -----

module {
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %y = tfg.While(%x) {body = #tfg.func<@body, {}>, cond = #tfg.func<@body, {}>} : (tensor<f32>) -> tensor<f32> name("y")
  tfg.fetch %y ["y"] : tensor<f32>
}
tfg.func @body(%a: tensor<f32>) -> tensor<f32> {
  // expected-error @unknown {{StatefulPartitionedCall runs the function 'absent', which the model does not have}}
  %0 = tfg.StatefulPartitionedCall(%a) {f = #tfg.func<@absent, {}>} : (tensor<f32>) -> tensor<f32> name("call")
  tfg.return %0 : tensor<f32>
}
}
