// RUN: firn-opt %s --split-input-file --verify-diagnostics --tfg-backport-tensor-array | FileCheck %s

// The handle is a string, also behind what carries it; the flow is a constant.
// CHECK-LABEL: tfg.graph
tfg.graph {
  %n = tfg.Const() {value = dense<2> : tensor<i32>} : () -> tensor<i32> name("n")
  %i = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("i")
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  // CHECK: %[[A:.*]] = tfg.node "TensorArrayV2"(%{{.*}}) {dtype = f32{{.*}}} : (tensor<i32>) -> tensor<2x!tfg.string> name("a")
  // CHECK: %[[C:.*]] = tfg.control %[[A]]
  // CHECK: %[[F:.*]] = tfg.node "Const"() [%[[C]]] {value = dense<0.000000e+00> : tensor<f32>} : {{.*}} name("a/flow")
  %a:2 = tfg.TensorArrayV3(%n) {dtype = f32, identical_element_shapes = true} : (tensor<i32>) -> (tensor<2x!tfg.resource>, tensor<f32>) name("a")
  // CHECK: %[[E:.*]] = tfg.{{.*}}Enter{{.*}}(%[[A]]) {{.*}} -> tensor<2x!tfg.string> name("e")
  %e = tfg.Enter(%a#0) {frame_name = "f", is_constant = true} : (tensor<2x!tfg.resource>) -> tensor<2x!tfg.resource> name("e")
  // CHECK: %[[W:.*]] = tfg.node "TensorArrayWriteV2"(%[[A]], %{{.*}}, %{{.*}}, %[[F]]) : {{.*}} name("w")
  %w = tfg.TensorArrayWriteV3(%a#0, %i, %x, %a#1) : (tensor<2x!tfg.resource>, tensor<i32>, tensor<4xf32>, tensor<f32>) -> tensor<f32> name("w")
  // CHECK: tfg.node "TensorArrayReadV2"(%[[E]], %{{.*}}, %[[W]]) {dtype = f32} : {{.*}} name("r")
  %r = tfg.TensorArrayReadV3(%e, %i, %w) {dtype = f32} : (tensor<2x!tfg.resource>, tensor<i32>, tensor<f32>) -> tensor<4xf32> name("r")
  // Concat has two outputs, as before.
  // CHECK: tfg.node "TensorArrayConcatV2"(%[[A]], %[[W]]) {dtype = f32} : (tensor<2x!tfg.string>, tensor<f32>) -> (tensor<?xf32>, tensor<?xi64>) name("c")
  %c:2 = tfg.TensorArrayConcatV3(%a#0, %w) {dtype = f32} : (tensor<2x!tfg.resource>, tensor<f32>) -> (tensor<?xf32>, tensor<?xi64>) name("c")
}

// -----

// A handle of another kind is none of an array.
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: tfg.VarHandleOp() {{.*}} -> tensor<!tfg.resource> name("v")
  // CHECK: tfg.Identity({{.*}}) : (tensor<!tfg.resource>) -> tensor<!tfg.resource>
  %v = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("v")
  %u = tfg.Identity(%v) : (tensor<!tfg.resource>) -> tensor<!tfg.resource> name("u")
}

// -----

// The function's argument would be a string then, and its body another.
tfg.func @body(%h: tensor<2x!tfg.resource>) -> tensor<2x!tfg.resource> {
  tfg.return %h : tensor<2x!tfg.resource>
}
tfg.graph {
  %n = tfg.Const() {value = dense<2> : tensor<i32>} : () -> tensor<i32> name("n")
  %a:2 = tfg.TensorArrayV3(%n) {dtype = f32} : (tensor<i32>) -> (tensor<2x!tfg.resource>, tensor<f32>) name("a")
  // expected-error @unknown {{node 'call' (PartitionedCall) takes the array of node 'a', and has no form for one of TensorArrayV2; lower control flow and inline calls first}}
  %c = tfg.PartitionedCall(%a#0) {f = #tfg.func<@body, {}>} : (tensor<2x!tfg.resource>) -> tensor<2x!tfg.resource> name("call")
}
