// The named pipelines over a small model: freezing keeps names, compiling makes the
// form that is lowered.
// RUN: firn-opt %s --firn-freeze --verify-each | FileCheck %s --check-prefix=FREEZE
// RUN: firn-opt %s --firn-freeze="keep-functions keep-devices" | FileCheck %s --check-prefix=KEEP
// RUN: firn-opt %s --firn-compile=input-shapes=x=2,3 --verify-each | FileCheck %s --check-prefix=COMPILE
// RUN: not firn-opt %s --firn-freeze=fetches=nothing 2>&1 | FileCheck %s --check-prefix=ERROR

// FREEZE: %[[X:.*]] = tfg.Placeholder() {{{.*}}tfg.feed_index = 0 : i64, tfg.feed_name = "x"}
// FREEZE: %[[W:.*]] = tfg.Const() {value = dense<5.000000e-01> : tensor<3xf32>} {{.*}} name("w")
// FREEZE: %[[READ:.*]] = tfg.Identity(%[[W]]) {{.*}} name("call/read")
// FREEZE: %[[OUT:.*]] = tfg.node "Custom"(%[[X]], %[[READ]]) {{.*}} name("call/out")
// FREEZE: tfg.fetch %[[OUT]] ["y"] {{.*}}tensors = ["call:0"]
// FREEZE-NOT: tfg.func
// FREEZE-NOT: tfg.variable
// FREEZE-NOT: tfg.signature

// KEEP: tfg.StatefulPartitionedCall({{.*}}) {{.*}}tfg.device = "/cpu:0"
// KEEP: tfg.func @f

// COMPILE: %[[W:.*]] = tfg.Const() {value = dense<5.000000e-01>
// COMPILE: %[[X:.*]] = tfg.Placeholder() {{.*}} -> tensor<2x3xf32>
// COMPILE-NEXT: tfg.node "Custom"(%[[X]], %[[W]])

// ERROR: the graph has no node 'nothing'

module {
tfg.graph {
  %x = tfg.Placeholder() {shape = #tfg.shape<[?,3]>} : () -> tensor<*xf32> name("x")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[3]>} : () -> tensor<!tfg.resource> name("w")
  %y = tfg.StatefulPartitionedCall(%x, %w) {f = #tfg.func<@f, {}>, tfg.device = "/cpu:0"} : (tensor<*xf32>, tensor<!tfg.resource>) -> tensor<*xf32> name("call")
  // What training needs is not there after pruning, so this write is no error.
  %a = tfg.AssignVariableOp(%w, %x) : (tensor<!tfg.resource>, tensor<*xf32>) -> !tfg.control name("assign")
}
tfg.func @f(%x: tensor<*xf32>, %w: tensor<!tfg.resource>) -> tensor<*xf32> {
  %r = tfg.ReadVariableOp(%w) : (tensor<!tfg.resource>) -> tensor<*xf32> name("read")
  %o = tfg.node "Custom"(%x, %r) : (tensor<*xf32>, tensor<*xf32>) -> tensor<*xf32> name("out")
  tfg.return %o : tensor<*xf32>
}
tfg.signature @serving_default method "tensorflow/serving/predict"
  inputs [{key = "x", tensor = "x:0", type = tensor<?x3xf32>}]
  outputs [{key = "y", tensor = "call:0", type = tensor<*xf32>}]
tfg.variable @w = dense<0.5> : tensor<3xf32>
}
