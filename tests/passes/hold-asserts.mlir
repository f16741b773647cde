// RUN: firn-opt %s --split-input-file --tfg-hold-asserts | FileCheck %s -enable-var-scope

// What a fetched node waits for is held; an Assert that nothing fetched waits for is not.
// CHECK-LABEL: tfg.graph
// CHECK: %[[OK:.*]] = tfg.Assert({{.*}}name("ok")
// CHECK: %[[Y:.*]] = tfg.Neg
// CHECK: tfg.fetch %[[Y]], %[[OK]] ["y"] : tensor<f32>, !tfg.control
tfg.graph {
  %p = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<i1> name("p")
  %x = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<f32> name("x")
  %ok = tfg.Assert(%p, %x) : (tensor<i1>, tensor<f32>) -> !tfg.control name("ok")
  %other = tfg.Assert(%p, %x) : (tensor<i1>, tensor<f32>) -> !tfg.control name("other")
  %wait = tfg.NoOp() [%ok] : () -> !tfg.control name("wait")
  %y = tfg.Neg(%x) [%wait] : (tensor<f32>) -> tensor<f32> name("y")
  tfg.fetch %y ["y"] : tensor<f32>
}

// -----

// The branch of TF1 that fails becomes an Assert of the predicate itself. What only the branch computes is not told.
// CHECK-LABEL: tfg.graph
// CHECK: %[[P:.*]] = tfg.Placeholder{{.*}}name("p")
// CHECK: %[[X:.*]] = tfg.Placeholder{{.*}}name("x")
// CHECK: %[[TEXT:.*]] = tfg.Const(){{.*}}name("text_1")
// CHECK: %[[HELD:.*]] = tfg.Assert(%[[P]], %[[TEXT]], %[[X]]) {{.*}}name("ok_1")
// CHECK: tfg.fetch %{{.*}}, %[[HELD]] ["y"]
tfg.graph {
  %p = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<i1> name("p")
  %x = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<f32> name("x")
  %id = tfg.Identity(%p) : (tensor<i1>) -> tensor<i1> name("id")
  %f, %t = tfg.Switch(%p, %id) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i1>) name("f")
  %xf, %xt = tfg.Switch(%x, %id) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("xf")
  %off = tfg.control %f : tensor<i1>
  %text = tfg.node "Const"() [%off] {value = dense<["negative"]> : tensor<1x!tfg.string>} : () -> tensor<1x!tfg.string> name("text")
  %neg = tfg.Neg(%xf) : (tensor<f32>) -> tensor<f32> name("neg")
  %ok = tfg.Assert(%f, %text, %xf, %neg) : (tensor<i1>, tensor<1x!tfg.string>, tensor<f32>, tensor<f32>) -> !tfg.control name("ok")
  %failed = tfg.Identity(%f) [%ok] : (tensor<i1>) -> tensor<i1> name("failed")
  %m, %i = tfg.Merge(%failed, %t) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i32>) name("m")
  %wait = tfg.control %m : tensor<i1>
  %y = tfg.Neg(%x) [%wait] : (tensor<f32>) -> tensor<f32> name("y")
  tfg.fetch %y ["y"] : tensor<f32>
}

// -----

// Another Assert in a branch: true where the other branch runs.
// CHECK-LABEL: tfg.graph
// CHECK: %[[Q:.*]], %{{.*}} = tfg.Switch({{.*}}name("f")
// CHECK: %[[YES:.*]] = tfg.Const() {value = dense<true>{{.*}}name("ok/true")
// CHECK: %{{.*}}, %[[OTHER:.*]] = tfg.Switch(%[[YES]], %{{.*}}name("ok/other")
// CHECK: %[[HOLDS:.*]], %{{.*}} = tfg.Merge(%[[Q]], %[[OTHER]]) {{.*}}name("ok/holds")
// CHECK: %[[HELD:.*]] = tfg.Assert(%[[HOLDS]], %{{.*}}) {{.*}}name("ok_1")
// CHECK: tfg.fetch %{{[^ ,]*}}, %[[HELD]] ["y"]
tfg.graph {
  %p = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<i1> name("p")
  %q = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<i1> name("q")
  %f, %t = tfg.Switch(%q, %p) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i1>) name("f")
  %ok = tfg.Assert(%f, %q) : (tensor<i1>, tensor<i1>) -> !tfg.control name("ok")
  %failed = tfg.Identity(%f) [%ok] : (tensor<i1>) -> tensor<i1> name("failed")
  %m, %i = tfg.Merge(%failed, %t) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i32>) name("m")
  tfg.fetch %m ["y"] : tensor<i1>
}

// -----

// One in a branch within a branch is not held.
// CHECK-LABEL: tfg.graph
// CHECK: tfg.fetch %{{[^ ,]*}} ["y"]
tfg.graph {
  %p = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<i1> name("p")
  %q = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<i1> name("q")
  %f, %t = tfg.Switch(%q, %p) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i1>) name("f")
  %g, %u = tfg.Switch(%f, %f) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i1>) name("g")
  %ok = tfg.Assert(%g, %g) : (tensor<i1>, tensor<i1>) -> !tfg.control name("ok")
  %failed = tfg.Identity(%g) [%ok] : (tensor<i1>) -> tensor<i1> name("failed")
  %m, %i = tfg.Merge(%failed, %u) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i32>) name("m")
  %n, %j = tfg.Merge(%m, %t) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i32>) name("n")
  tfg.fetch %n ["y"] : tensor<i1>
}

// -----

// A branch whose functions call one with an Assert; the branch without stays free.
// CHECK-LABEL: tfg.graph
// CHECK: %[[IF:.*]] = tfg.If({{.*}}name("if")
// CHECK: %[[HELD:.*]] = tfg.control %[[IF]]
// CHECK: tfg.fetch %{{[^ ,]*}}, %{{[^ ,]*}} ["y"]
tfg.graph {
  %p = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<i1> name("p")
  %if = tfg.If(%p, %p) {then_branch = #tfg.func<@outer, {}>, else_branch = #tfg.func<@plain, {}>} : (tensor<i1>, tensor<i1>) -> tensor<i1> name("if")
  %plain = tfg.If(%p, %p) {then_branch = #tfg.func<@plain, {}>, else_branch = #tfg.func<@plain, {}>} : (tensor<i1>, tensor<i1>) -> tensor<i1> name("plain")
  %c0 = tfg.control %if : tensor<i1>
  %c1 = tfg.control %plain : tensor<i1>
  %y = tfg.LogicalNot(%p) [%c0, %c1] : (tensor<i1>) -> tensor<i1> name("y")
  tfg.fetch %y ["y"] : tensor<i1>
}
tfg.func @outer(%a: tensor<i1>) -> tensor<i1> {
  %y = tfg.StatefulPartitionedCall(%a) {f = #tfg.func<@inner, {}>} : (tensor<i1>) -> tensor<i1> name("y")
  tfg.return %y : tensor<i1>
}
tfg.func @inner(%a: tensor<i1>) -> tensor<i1> {
  %ok = tfg.Assert(%a) : (tensor<i1>) -> !tfg.control name("ok")
  %y = tfg.Identity(%a) [%ok] : (tensor<i1>) -> tensor<i1> name("y")
  tfg.return %y : tensor<i1>
}
tfg.func @plain(%a: tensor<i1>) -> tensor<i1> {
  tfg.return %a : tensor<i1>
}
