// RUN: firn-opt %s --split-input-file --tfg-prune | FileCheck %s

// Nodes that the fetch needs stay, by data and by control edges, and so do fed
// placeholders; so do the function and the variable that they use, and what that
// function calls. Everything else goes, cycles of unused nodes included.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK-NEXT: tfg.Placeholder() {{.*}} name("unused_input")
  %unused = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "u"} : () -> tensor<f32> name("unused_input")
  %free = tfg.Placeholder() : () -> tensor<f32> name("free")
  // CHECK-NEXT: name("w")
  %w = tfg.node "VariableV2"() : () -> tensor<!tfg.ref<f32>> name("w")
  // CHECK-NEXT: name("init")
  %init = tfg.node "Init"() {f = #tfg.func<@used, {}>} : () -> !tfg.control name("init")
  // The colocation with a removed node goes.
  // CHECK-NEXT: %[[Y:.*]] = tfg.Identity(%{{.*}}) [%{{.*}}] {_class = ["loc:@w"]} {{.*}} name("y")
  %y = tfg.Identity(%w) [%init] {_class = ["loc:@w", "loc:@z"]} : (tensor<!tfg.ref<f32>>) -> tensor<f32> name("y")
  %z = tfg.node "Merge"(%free, %next) {f = #tfg.func<@unused, {}>} : (tensor<f32>, tensor<f32>) -> tensor<f32> name("z")
  %next = tfg.node "NextIteration"(%z) : (tensor<f32>) -> tensor<f32> name("next")
  // CHECK-NEXT: tfg.fetch %[[Y]]
  tfg.fetch %y ["y"] : tensor<f32>
}
// CHECK-LABEL: tfg.func @used
tfg.func @used(%a: tensor<f32>) -> tensor<f32> {
  // A pure node that no result needs goes; one with effects stays with its inputs.
  // CHECK-NEXT: tfg.Const() {{.*}} name("text")
  %text = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("text")
  %dead = tfg.Const() {value = dense<2.0> : tensor<f32>} : () -> tensor<f32> name("dead")
  // CHECK-NEXT: tfg.node "Print"
  %print = tfg.node "Print"(%text) : (tensor<f32>) -> !tfg.control name("print")
  // CHECK-NEXT: tfg.node "legacy"
  %r = tfg.node "legacy"(%a) : (tensor<f32>) -> tensor<f32> name("call")
  // CHECK-NEXT: tfg.return
  tfg.return %r : tensor<f32>
}
// CHECK: tfg.func @legacy
tfg.func @legacy(%a: tensor<f32>) -> tensor<f32> {
  tfg.return %a : tensor<f32>
}
// CHECK-NOT: tfg.func
tfg.func @unused(%a: tensor<f32>) -> tensor<f32> {
  tfg.return %a : tensor<f32>
}
// CHECK: tfg.variable @w
// CHECK-NOT: tfg.variable
// CHECK-NOT: tfg.signature
tfg.variable @w = dense<1.0> : tensor<f32>
tfg.variable @other = dense<1.0> : tensor<f32>
tfg.signature @s method "" inputs [] outputs []
}

// -----

// Without a fetch nothing of the main graph goes, nor its signatures.
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: name("a")
  %a = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("a")
}
// CHECK: tfg.signature @s
tfg.signature @s method "" inputs [] outputs []
// CHECK-NOT: tfg.func @unused
tfg.func @unused() {
  tfg.return
}
