// RUN: firn-opt %s --split-input-file --tfg-lower-control-flow --verify-diagnostics | FileCheck %s
// RUN: firn-opt %s --split-input-file --tfg-lower-control-flow --tfg-inline-calls --tfg-prune --tfg-functionalize-control-flow \
// RUN:   --tfg-drop-control-edges --tfg-prune --verify-diagnostics | FileCheck %s --check-prefix=BACK

// Both sides of a branch behind Switches by the condition; each call waits for the pivot
// of its side.
module {
// CHECK-LABEL: tfg.graph
// BACK-LABEL: tfg.graph
tfg.graph {
  // CHECK-DAG: %[[X:.*]] = tfg.Placeholder() {{.*}} name("x")
  // CHECK-DAG: %[[P:.*]] = tfg.Placeholder() {{.*}} name("p")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  // CHECK: %[[PF:.*]], %[[PT:.*]] = tfg.Switch(%[[P]], %[[P]])
  // CHECK: %[[F:.*]] = tfg.Identity(%[[PF]]) {{.*}} name("cond/pivot_f")
  // CHECK: %[[T:.*]] = tfg.Identity(%[[PT]]) {{.*}} name("cond/pivot_t")
  // CHECK: %[[XF:.*]], %[[XT:.*]] = tfg.Switch(%[[X]], %[[P]])
  // CHECK: %[[CT:.*]] = tfg.control %[[T]]
  // CHECK: %[[THEN:.*]] = tfg.StatefulPartitionedCall(%[[XT]]) [%[[CT]]] {f = #tfg.func<@neg, {}>}
  // CHECK: %[[CF:.*]] = tfg.control %[[F]]
  // CHECK: %[[ELSE:.*]] = tfg.StatefulPartitionedCall(%[[XF]]) [%[[CF]]] {f = #tfg.func<@one, {}>}
  // CHECK: %[[Y:.*]], %{{.*}} = tfg.Merge(%[[THEN]], %[[ELSE]])
  // BACK: %[[Y:.*]] = tfg.StatelessIf(%{{.*}}, %{{.*}}) {else_branch = #tfg.func<@cond_false, {}>, then_branch = #tfg.func<@cond_true, {}>}
  %y = tfg.StatelessIf(%p, %x) {then_branch = #tfg.func<@neg, {}>, else_branch = #tfg.func<@one, {}>} : (tensor<i1>, tensor<f32>) -> tensor<f32> name("cond")
  // CHECK: tfg.fetch %[[Y]]
  // BACK: tfg.fetch %[[Y]]
  tfg.fetch %y ["y"] : tensor<f32>
}
tfg.func @neg(%a: tensor<f32> {tfg.name = "a"}) -> (tensor<f32> {tfg.name = "r"}) {
  %r = tfg.Neg(%a) : (tensor<f32>) -> tensor<f32> name("r")
  tfg.return %r : tensor<f32>
}
tfg.func @one(%a: tensor<f32> {tfg.name = "a"}) -> (tensor<f32> {tfg.name = "r"}) {
  %r = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("r")
  tfg.return %r : tensor<f32>
}
// BACK: tfg.func @cond_true(%[[A:.*]]: tensor<f32>
// BACK: %[[R:.*]] = tfg.Neg(%[[A]])
// BACK: tfg.return %[[R]]
// BACK: tfg.func @cond_false
// BACK: %[[R:.*]] = tfg.Const() {value = dense<1.0
// BACK: tfg.return %[[R]]
}

// -----

// A Case asks for one index after the other.
module {
// CHECK-LABEL: tfg.graph
// BACK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  // CHECK: %[[I:.*]] = tfg.Placeholder() {{.*}} name("i")
  %i = tfg.Placeholder() : () -> tensor<i32> name("i")
  // CHECK: %[[ZERO:.*]] = tfg.Const() {value = dense<0> : tensor<i32>}
  // CHECK: %[[P0:.*]] = tfg.Equal(%[[I]], %[[ZERO]])
  // CHECK: %[[REST:.*]], %{{.*}} = tfg.Switch(%[[I]], %[[P0]])
  // CHECK: %[[Y0:.*]] = tfg.StatefulPartitionedCall({{.*}}) {{.*}} {f = #tfg.func<@neg, {}>}
  // CHECK: tfg.Equal(%[[REST]]
  // CHECK: %[[Y1:.*]] = tfg.StatefulPartitionedCall({{.*}}) {{.*}} {f = #tfg.func<@abs, {}>}
  // CHECK: %[[Y2:.*]] = tfg.StatefulPartitionedCall({{.*}}) {{.*}} {f = #tfg.func<@square, {}>}
  // CHECK: %[[Y:.*]], %{{.*}} = tfg.Merge(%[[Y0]], %[[Y1]], %[[Y2]])
  // BACK: %[[Y:.*]] = tfg.StatelessIf
  %y = tfg.StatelessCase(%i, %x) {branches = [#tfg.func<@neg, {}>, #tfg.func<@abs, {}>, #tfg.func<@square, {}>]} : (tensor<i32>, tensor<f32>) -> tensor<f32> name("case")
  // CHECK: tfg.fetch %[[Y]]
  // BACK: tfg.fetch %[[Y]]
  tfg.fetch %y ["y"] : tensor<f32>
}
tfg.func @neg(%a: tensor<f32> {tfg.name = "a"}) -> (tensor<f32> {tfg.name = "r"}) {
  %r = tfg.Neg(%a) : (tensor<f32>) -> tensor<f32> name("r")
  tfg.return %r : tensor<f32>
}
tfg.func @abs(%a: tensor<f32> {tfg.name = "a"}) -> (tensor<f32> {tfg.name = "r"}) {
  %r = tfg.Abs(%a) : (tensor<f32>) -> tensor<f32> name("r")
  tfg.return %r : tensor<f32>
}
tfg.func @square(%a: tensor<f32> {tfg.name = "a"}) -> (tensor<f32> {tfg.name = "r"}) {
  %r = tfg.Square(%a) : (tensor<f32>) -> tensor<f32> name("r")
  tfg.return %r : tensor<f32>
}
}

// -----

// A loop with an argument that the body gives back, and a branch in its body.
module {
// CHECK-LABEL: tfg.graph
// BACK-LABEL: tfg.graph
tfg.graph {
  // CHECK-DAG: %[[I:.*]] = tfg.Placeholder() {{.*}} name("i")
  // CHECK-DAG: %[[N:.*]] = tfg.Placeholder() {{.*}} name("n")
  %i = tfg.Placeholder() : () -> tensor<i32> name("i")
  %n = tfg.Placeholder() : () -> tensor<i32> name("n")
  // CHECK: %[[E:.*]] = tfg.Enter(%[[I]]) {frame_name = "loop"}
  // CHECK: %[[M:.*]], %{{.*}} = tfg.Merge(%[[E]], %[[NEXT:[a-zA-Z0-9_]+]])
  // CHECK: %[[EN:.*]] = tfg.Enter(%[[N]]) {frame_name = "loop", is_constant = true}
  // CHECK: %[[TEST:.*]] = tfg.StatefulPartitionedCall(%[[M]], %[[EN]]) {{.*}} {f = #tfg.func<@less, {}>}
  // CHECK: %[[C:.*]] = tfg.LoopCond(%[[TEST]])
  // CHECK: %[[SF:.*]], %[[ST:.*]] = tfg.Switch(%[[M]], %[[C]])
  // CHECK: %[[ID:.*]] = tfg.Identity(%[[ST]])
  // CHECK: %[[B:.*]]:2 = tfg.StatefulPartitionedCall(%[[ID]], %[[EN]]) {{.*}} {f = #tfg.func<@next, {}>}
  // CHECK: %[[NEXT]] = tfg.NextIteration(%[[B]]#0)
  // CHECK: %[[Y:.*]] = tfg.Exit(%[[SF]])
  // BACK: %[[Y:.*]]:2 = tfg.StatelessWhile
  %y:2 = tfg.StatelessWhile(%i, %n) {cond = #tfg.func<@less, {}>, body = #tfg.func<@next, {}>} : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("loop")
  // CHECK: tfg.fetch %[[Y]], %[[N]]
  // BACK: tfg.fetch %[[Y]]#0
  tfg.fetch %y#0, %y#1 ["y", "n"] : tensor<i32>, tensor<i32>
}
tfg.func @less(%a: tensor<i32> {tfg.name = "a"}, %b: tensor<i32> {tfg.name = "b"}) -> (tensor<i1> {tfg.name = "r"}) {
  %r = tfg.Less(%a, %b) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("r")
  tfg.return %r : tensor<i1>
}
// CHECK: tfg.func @next
// CHECK: tfg.Switch
// CHECK: tfg.Merge
// BACK: tfg.func @loop_body
// BACK: tfg.StatelessIf
tfg.func @next(%a: tensor<i32> {tfg.name = "a"}, %b: tensor<i32> {tfg.name = "b"}) -> (tensor<i32> {tfg.name = "r"}, tensor<i32> {tfg.name = "s"}) {
  %p = tfg.Equal(%a, %b) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("p")
  %r = tfg.StatelessIf(%p, %a) {then_branch = #tfg.func<@double, {}>, else_branch = #tfg.func<@inc, {}>} : (tensor<i1>, tensor<i32>) -> tensor<i32> name("r")
  tfg.return %r, %b : tensor<i32>, tensor<i32>
}
tfg.func @double(%a: tensor<i32> {tfg.name = "a"}) -> (tensor<i32> {tfg.name = "r"}) {
  %r = tfg.AddV2(%a, %a) : (tensor<i32>, tensor<i32>) -> tensor<i32> name("r")
  tfg.return %r : tensor<i32>
}
tfg.func @inc(%a: tensor<i32> {tfg.name = "a"}) -> (tensor<i32> {tfg.name = "r"}) {
  %one = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("one")
  %r = tfg.AddV2(%a, %one) : (tensor<i32>, tensor<i32>) -> tensor<i32> name("r")
  tfg.return %r : tensor<i32>
}
}

// -----

// What waits for a node waits for both sides' ends, of which one is alive; in a loop
// with effects the next iteration waits for this one's.
module {
// CHECK-LABEL: tfg.graph
// BACK-LABEL: tfg.graph
tfg.graph {
  // CHECK-DAG: %[[X:.*]] = tfg.Placeholder() {{.*}} name("x")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  // CHECK: %[[T:.*]] = tfg.StatefulPartitionedCall({{.*}}) {{.*}} {f = #tfg.func<@log, {}>}
  // CHECK: %[[F:.*]] = tfg.StatefulPartitionedCall({{.*}}) {{.*}} {f = #tfg.func<@none, {}>}
  // CHECK-DAG: %[[DT:.*]] = tfg.Identity(%{{.*}}) [%[[T]]] {{.*}} name("cond/done")
  // CHECK-DAG: %[[DF:.*]] = tfg.Identity(%{{.*}}) [%[[F]]] {{.*}} name("cond/done_1")
  // CHECK: %[[D:.*]], %{{.*}} = tfg.Merge(%[[DT]], %[[DF]])
  // CHECK: %[[DONE:.*]] = tfg.control %[[D]]
  // BACK-DAG: %[[IF:.*]] = tfg.If(
  %done = tfg.If(%p, %x) {then_branch = #tfg.func<@log, {}>, else_branch = #tfg.func<@none, {}>} : (tensor<i1>, tensor<f32>) -> !tfg.control name("cond")
  // CHECK: %[[B:.*]] = tfg.StatefulPartitionedCall({{.*}}) {{.*}} {f = #tfg.func<@logged, {}>}
  // CHECK: %[[BD:.*]] = tfg.control %[[B]]
  // CHECK: tfg.NextIteration(%[[B]]) [%[[BD]]]
  // CHECK: %[[L:.*]] = tfg.Exit
  // CHECK: %[[LC:.*]] = tfg.control %[[L]]
  // BACK-DAG: tfg.While(
  %l = tfg.While(%x) {cond = #tfg.func<@positive, {}>, body = #tfg.func<@logged, {}>} : (tensor<f32>) -> tensor<f32> name("loop")
  %lc = tfg.control %l : tensor<f32>
  // CHECK: %[[Y:.*]] = tfg.node "Read"(%[[X]]) [%[[DONE]], %[[LC]]]
  %y = tfg.node "Read"(%x) [%done, %lc] : (tensor<f32>) -> tensor<f32> name("y")
  // CHECK: tfg.fetch %[[Y]]
  tfg.fetch %y ["y"] : tensor<f32>
}
tfg.func @log(%a: tensor<f32> {tfg.name = "a"}) {
  %r = tfg.node "Log"(%a) : (tensor<f32>) -> !tfg.control name("r")
  tfg.return %r : !tfg.control
}
tfg.func @none(%a: tensor<f32> {tfg.name = "a"}) {
  tfg.return
}
tfg.func @positive(%a: tensor<f32> {tfg.name = "a"}) -> (tensor<i1> {tfg.name = "r"}) {
  %zero = tfg.Const() {value = dense<0.0> : tensor<f32>} : () -> tensor<f32> name("zero")
  %r = tfg.Greater(%a, %zero) : (tensor<f32>, tensor<f32>) -> tensor<i1> name("r")
  tfg.return %r : tensor<i1>
}
// BACK: tfg.func @cond_true
// BACK: tfg.node "Log"
// BACK: tfg.func @cond_false
// BACK-NOT: tfg.node "Log"
// BACK: tfg.return
tfg.func @logged(%a: tensor<f32> {tfg.name = "a"}) -> (tensor<f32> {tfg.name = "r"}) {
  %log = tfg.node "Log"(%a) : (tensor<f32>) -> !tfg.control name("log")
  %r = tfg.Neg(%a) : (tensor<f32>) -> tensor<f32> name("r")
  tfg.return %r, %log : tensor<f32>, !tfg.control
}
}

// -----

// A Switch takes no condition of rank one.
module {
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %p = tfg.Placeholder() : () -> tensor<3xi1> name("p")
  // expected-error @unknown {{node 'cond' (StatelessIf) has a condition of type 'tensor<3xi1>', which no Switch takes; expected a scalar number or bool}}
  %y = tfg.StatelessIf(%p, %x) {then_branch = #tfg.func<@id, {}>, else_branch = #tfg.func<@id, {}>} : (tensor<3xi1>, tensor<f32>) -> tensor<f32> name("cond")
  tfg.fetch %y ["y"] : tensor<f32>
}
tfg.func @id(%a: tensor<f32> {tfg.name = "a"}) -> (tensor<f32> {tfg.name = "r"}) {
  tfg.return %a : tensor<f32>
}
}
