// RUN: firn-opt %s --split-input-file --tfg-functionalize-control-flow --verify-diagnostics | FileCheck %s

// A Merge of the two sides of one predicate is an If; what a branch uses from outside
// is an argument, a constant is copied, and the pivots that only held it go.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK-DAG: %[[X:.*]] = tfg.Placeholder() {{.*}} name("x")
  // CHECK-DAG: %[[P:.*]] = tfg.Placeholder() {{.*}} name("p")
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %id = tfg.Identity(%p) : (tensor<i1>) -> tensor<i1> name("cond/pred_id")
  %pf, %pt = tfg.Switch(%p, %p) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i1>) name("cond/Switch")
  %st = tfg.Identity(%pt) : (tensor<i1>) -> tensor<i1> name("cond/switch_t")
  %pivot = tfg.control %st : tensor<i1>
  %two = tfg.node "Const"() [%pivot] {value = dense<2.0> : tensor<f32>} : () -> tensor<f32> name("cond/two")
  %xf, %xt = tfg.Switch(%x, %id) : (tensor<4xf32>, tensor<i1>) -> (tensor<4xf32>, tensor<4xf32>) name("cond/mul/Switch")
  %mul = tfg.Mul(%xt, %two) : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32> name("cond/mul")
  %y, %i = tfg.Merge(%xf, %mul) : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<i32>) name("cond/Merge")
  // CHECK-NOT: tfg.Switch
  // CHECK: %[[Y:.*]] = tfg.StatelessIf(%[[P]], %[[X]]) {else_branch = #tfg.func<@cond_false, {}>, then_branch = #tfg.func<@cond_true, {}>} : (tensor<i1>, tensor<4xf32>) -> tensor<4xf32> name("cond")
  // CHECK-NEXT: tfg.fetch %[[Y]]
  tfg.fetch %y ["y"] : tensor<4xf32>
}
// CHECK: tfg.func @cond_true(%[[A:.*]]: tensor<4xf32> {tfg.name = "arg0"}) -> (tensor<4xf32> {tfg.name = "out0"})
// CHECK-DAG: %[[TWO:.*]] = tfg.Const() {value = dense<2.0
// CHECK-DAG: %[[MUL:.*]] = tfg.Mul(%[[A]], %[[TWO]])
// CHECK: tfg.return %[[MUL]]
// CHECK: tfg.func @cond_false(%[[A:.*]]: tensor<4xf32>
// CHECK-NEXT: tfg.return %[[A]]
}

// -----

// All Merges of one predicate that do not depend on each other are one node; one that
// depends on another is a second node, and so is one of another predicate.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  // CHECK-DAG: %[[P:.*]] = tfg.Placeholder() {{.*}} name("p")
  // CHECK-DAG: %[[Q:.*]] = tfg.Placeholder() {{.*}} name("q")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %q = tfg.Placeholder() : () -> tensor<i1> name("q")
  %xf, %xt = tfg.Switch(%x, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("s")
  %neg = tfg.Neg(%xt) : (tensor<f32>) -> tensor<f32> name("a/neg")
  %abs = tfg.Abs(%xf) : (tensor<f32>) -> tensor<f32> name("a/abs")
  // CHECK-DAG: %[[A:.*]]:2 = tfg.StatelessIf(%[[P]], %{{.*}}) {{.*}} name("a")
  %a, %ai = tfg.Merge(%xf, %neg) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("a/m")
  %b, %bi = tfg.Merge(%abs, %xt) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("b/m")
  %sum = tfg.AddV2(%a, %b) : (tensor<f32>, tensor<f32>) -> tensor<f32> name("sum")
  // CHECK-DAG: %[[SUM:.*]] = tfg.AddV2(%[[A]]#0, %[[A]]#1)
  %sf, %st = tfg.Switch(%sum, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("s2")
  %sq = tfg.Square(%st) : (tensor<f32>) -> tensor<f32> name("c/sq")
  // CHECK-DAG: %[[C:.*]] = tfg.StatelessIf(%[[P]], %[[SUM]]) {{.*}} name("c")
  %c, %ci = tfg.Merge(%sf, %sq) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("c/m")
  %qf, %qt = tfg.Switch(%x, %q) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("s3")
  %sqrt = tfg.Sqrt(%qt) : (tensor<f32>) -> tensor<f32> name("d/sqrt")
  // CHECK-DAG: %[[D:.*]] = tfg.StatelessIf(%[[Q]], %{{.*}}) {{.*}} name("d")
  %d, %di = tfg.Merge(%qf, %sqrt) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("d/m")
  // CHECK: tfg.fetch %[[C]], %[[D]]
  tfg.fetch %c, %d ["c", "d"] : tensor<f32>, tensor<f32>
}
}

// -----

// Branches in branches; a Switch by the negated predicate; a Merge of three; its
// value_index.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK-DAG: %[[X:.*]] = tfg.Placeholder() {{.*}} name("x")
  // CHECK-DAG: %[[P:.*]] = tfg.Placeholder() {{.*}} name("p")
  // CHECK-DAG: %[[Q:.*]] = tfg.Placeholder() {{.*}} name("q")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %q = tfg.Placeholder() : () -> tensor<i1> name("q")
  %np = tfg.LogicalNot(%p) : (tensor<i1>) -> tensor<i1> name("not")
  %xf, %xt = tfg.Switch(%x, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("sx")
  %qt, %qf = tfg.Switch(%q, %np) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i1>) name("sq")
  %xtf, %xtt = tfg.Switch(%xt, %qt) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("sxt")
  %neg = tfg.Neg(%xtt) : (tensor<f32>) -> tensor<f32> name("neg")
  // CHECK: %[[Y:.*]]:2 = tfg.StatelessIf(%[[P]], %[[Q]], %[[X]]) {else_branch = #tfg.func<@[[F:.*]], {}>, then_branch = #tfg.func<@[[T:.*]], {}>} {{.*}} name("o_1")
  %y, %i = tfg.Merge(%xf, %xtf, %neg) : (tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("o/m")
  // CHECK: tfg.fetch %[[Y]]#0, %[[Y]]#1
  tfg.fetch %y, %i ["y", "i"] : tensor<f32>, tensor<i32>
}
// CHECK: tfg.func @o_true(%[[A:.*]]: tensor<f32>
// CHECK-DAG: %[[N:.*]] = tfg.Neg(%[[A]])
// CHECK-DAG: %[[TWO:.*]] = tfg.Const() {value = dense<2> : tensor<i32>}
// CHECK: tfg.return %[[N]], %[[TWO]]
// CHECK: tfg.func @o_false(%[[A:.*]]: tensor<f32>
// CHECK: %[[ONE:.*]] = tfg.Const() {value = dense<1> : tensor<i32>}
// CHECK: tfg.return %[[A]], %[[ONE]]
// CHECK: tfg.func @[[T]](%[[Q:.*]]: tensor<i1> {{.*}}, %[[A:.*]]: tensor<f32>
// CHECK: %[[R:.*]]:2 = tfg.StatelessIf(%[[Q]], %[[A]])
// CHECK: tfg.return %[[R]]#0, %[[R]]#1
// CHECK: tfg.func @[[F]](%{{.*}}: tensor<i1> {{.*}}, %[[A:.*]]: tensor<f32>
// CHECK: %[[ZERO:.*]] = tfg.Const() {value = dense<0> : tensor<i32>}
// CHECK: tfg.return %[[A]], %[[ZERO]]
}

// -----

// What only a control edge runs: with an effect it goes into the branch, which makes the
// node stateful, and nodes after the Merge wait for the node.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK-DAG: %[[P:.*]] = tfg.Placeholder() {{.*}} name("p")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %pf, %pt = tfg.Switch(%p, %p) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i1>) name("guard/Switch")
  %sf = tfg.Identity(%pf) : (tensor<i1>) -> tensor<i1> name("guard/switch_f")
  %st = tfg.Identity(%pt) : (tensor<i1>) -> tensor<i1> name("guard/switch_t")
  %cf = tfg.control %sf : tensor<i1>
  %text = tfg.node "Const"() [%cf] {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("guard/text")
  %assert = tfg.node "Log"(%sf, %text) : (tensor<i1>, tensor<i32>) -> !tfg.control name("guard/Log")
  %df = tfg.Identity(%sf) [%assert] : (tensor<i1>) -> tensor<i1> name("guard/df")
  // CHECK-DAG: %[[G:.*]] = tfg.If(%[[P]], %[[P]]) {{.*}} name("guard")
  %m, %mi = tfg.Merge(%df, %st) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i32>) name("guard/Merge")
  // CHECK-DAG: %[[DONE:.*]] = tfg.control %[[G]]
  %done = tfg.control %m : tensor<i1>
  // CHECK-DAG: %[[Y:.*]] = tfg.Identity(%{{.*}}) [%[[DONE]]]
  %y = tfg.Identity(%x) [%done] : (tensor<f32>) -> tensor<f32> name("y")
  // CHECK: tfg.fetch %[[Y]]
  tfg.fetch %y ["y"] : tensor<f32>
}
// CHECK: tfg.func @guard_true(%[[A:.*]]: tensor<i1>
// CHECK: tfg.func @guard_false
// CHECK: %[[ASSERT:.*]] = tfg.node "Log"
// CHECK: %[[D:.*]] = tfg.Identity(%{{.*}}) [%[[ASSERT]]]
// CHECK: tfg.return %[[D]]
}

// -----

// A node that waits for a Switch, and not for one of its sides, always runs: it waits for
// what the Switch passes on.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK-DAG: %[[X:.*]] = tfg.Placeholder() {{.*}} name("x")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  // CHECK-DAG: %[[READ:.*]] = tfg.node "Read"
  %read = tfg.node "Read"() : () -> tensor<f32> name("read")
  %f, %t = tfg.Switch(%read, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("s")
  // CHECK-DAG: %[[C:.*]] = tfg.control %[[READ]]
  %c = tfg.control %f : tensor<f32>
  %y, %i = tfg.Merge(%f, %t) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("m")
  // CHECK-DAG: %[[Z:.*]] = tfg.Identity(%[[X]]) [%[[C]]]
  %z = tfg.Identity(%x) [%c] : (tensor<f32>) -> tensor<f32> name("z")
  // CHECK: tfg.fetch %{{.*}}, %[[Z]]
  tfg.fetch %y, %z ["y", "z"] : tensor<f32>, tensor<f32>
}
}

// -----

// A loop: the variables are the Merges; an Enter that is constant is an argument that
// is passed through, or, of a constant, a copy.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK-DAG: %[[X:.*]] = tfg.Placeholder() {{.*}} name("x")
  // CHECK-DAG: %[[N:.*]] = tfg.Placeholder() {{.*}} name("n")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %n = tfg.Placeholder() : () -> tensor<i32> name("n")
  // CHECK-DAG: %[[ZERO:.*]] = tfg.Const() {value = dense<0> : tensor<i32>} {{.*}} name("zero")
  %zero = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("zero")
  %w = tfg.Const() {value = dense<3.0> : tensor<f32>} : () -> tensor<f32> name("w")
  %ei = tfg.Enter(%zero) {frame_name = "while/ctx", parallel_iterations = 32 : i64} : (tensor<i32>) -> tensor<i32> name("while/Enter")
  %ex = tfg.Enter(%x) {frame_name = "while/ctx", parallel_iterations = 32 : i64} : (tensor<f32>) -> tensor<f32> name("while/Enter_1")
  %en = tfg.Enter(%n) {frame_name = "while/ctx", is_constant = true} : (tensor<i32>) -> tensor<i32> name("while/n")
  %ew = tfg.Enter(%w) {frame_name = "while/ctx", is_constant = true} : (tensor<f32>) -> tensor<f32> name("while/w")
  %i, %ii = tfg.Merge(%ei, %ni) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("while/Merge")
  %a, %ai = tfg.Merge(%ex, %na) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("while/Merge_1")
  %less = tfg.Less(%i, %en) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("while/Less")
  %more = tfg.LoopCond(%less) : (tensor<i1>) -> tensor<i1> name("while/LoopCond")
  %if, %it = tfg.Switch(%i, %more) : (tensor<i32>, tensor<i1>) -> (tensor<i32>, tensor<i32>) name("while/Switch")
  %af, %at = tfg.Switch(%a, %more) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("while/Switch_1")
  %id = tfg.Identity(%it) : (tensor<i32>) -> tensor<i32> name("while/Identity")
  %pivot = tfg.control %id : tensor<i32>
  %one = tfg.node "Const"() [%pivot] {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("while/one")
  %inc = tfg.AddV2(%id, %one) : (tensor<i32>, tensor<i32>) -> tensor<i32> name("while/add")
  %mul = tfg.Mul(%at, %ew) : (tensor<f32>, tensor<f32>) -> tensor<f32> name("while/mul")
  %ni = tfg.NextIteration(%inc) : (tensor<i32>) -> tensor<i32> name("while/Next")
  %na = tfg.NextIteration(%mul) : (tensor<f32>) -> tensor<f32> name("while/Next_1")
  %y = tfg.Exit(%af) : (tensor<f32>) -> tensor<f32> name("while/Exit")
  // A value that is computed on the way out is computed behind the loop.
  %neg = tfg.Neg(%if) : (tensor<i32>) -> tensor<i32> name("while/neg")
  %z = tfg.Exit(%neg) : (tensor<i32>) -> tensor<i32> name("while/Exit_1")
  // CHECK: %[[L:.*]]:3 = tfg.StatelessWhile(%[[ZERO]], %[[X]], %[[N]]) {body = #tfg.func<@while_body, {}>, cond = #tfg.func<@while_cond, {}>, parallel_iterations = 32 : i64} {{.*}} name("while")
  // CHECK: %[[NEG:.*]] = tfg.Neg(%[[L]]#0)
  // CHECK: tfg.fetch %[[L]]#1, %[[NEG]]
  tfg.fetch %y, %z ["y", "z"] : tensor<f32>, tensor<i32>
}
// CHECK: tfg.func @while_cond(%[[I:.*]]: tensor<i32> {{.*}}, %{{.*}}: tensor<f32> {{.*}}, %[[N:.*]]: tensor<i32>
// CHECK: %[[LESS:.*]] = tfg.Less(%[[I]], %[[N]])
// CHECK: tfg.return %[[LESS]]
// CHECK: tfg.func @while_body(%[[I:.*]]: tensor<i32> {{.*}}, %[[A:.*]]: tensor<f32> {{.*}}, %[[N:.*]]: tensor<i32>
// CHECK-DAG: %[[W:.*]] = tfg.Const() {value = dense<3.0
// CHECK-DAG: %[[MUL:.*]] = tfg.Mul(%[[A]], %[[W]])
// CHECK-DAG: %[[INC:.*]] = tfg.AddV2(
// CHECK: tfg.return %[[INC]], %[[MUL]], %[[N]]
}

// -----

// A loop within a loop, and a branch within the inner one. What enters both as a constant
// is copied into the inner one, or is passed through both.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<i32> name("x")
  // CHECK: %[[V:.*]] = tfg.Placeholder() {{.*}} name("v")
  %v = tfg.Placeholder() : () -> tensor<i32> name("v")
  %w = tfg.Const() {value = dense<7> : tensor<i32>} : () -> tensor<i32> name("w")
  %wo = tfg.Enter(%w) {frame_name = "outer", is_constant = true} : (tensor<i32>) -> tensor<i32> name("o/w")
  %wi = tfg.Enter(%wo) {frame_name = "inner", is_constant = true} : (tensor<i32>) -> tensor<i32> name("o/i/w")
  %vo = tfg.Enter(%v) {frame_name = "outer", is_constant = true} : (tensor<i32>) -> tensor<i32> name("o/v")
  %vi = tfg.Enter(%vo) {frame_name = "inner", is_constant = true} : (tensor<i32>) -> tensor<i32> name("o/i/v")
  %eo = tfg.Enter(%x) {frame_name = "outer"} : (tensor<i32>) -> tensor<i32> name("o/Enter")
  %mo, %moi = tfg.Merge(%eo, %no) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("o/Merge")
  %lo = tfg.Less(%mo, %mo) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("o/Less")
  %co = tfg.LoopCond(%lo) : (tensor<i1>) -> tensor<i1> name("o/LoopCond")
  %sof, %sot = tfg.Switch(%mo, %co) : (tensor<i32>, tensor<i1>) -> (tensor<i32>, tensor<i32>) name("o/Switch")
  %ei = tfg.Enter(%sot) {frame_name = "inner"} : (tensor<i32>) -> tensor<i32> name("o/i/Enter")
  %mi, %mii = tfg.Merge(%ei, %ni) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("o/i/Merge")
  %li = tfg.Greater(%mi, %mi) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("o/i/Greater")
  %ci = tfg.LoopCond(%li) : (tensor<i1>) -> tensor<i1> name("o/i/LoopCond")
  %sif, %sit = tfg.Switch(%mi, %ci) : (tensor<i32>, tensor<i1>) -> (tensor<i32>, tensor<i32>) name("o/i/Switch")
  %sum = tfg.AddV2(%wi, %vi) : (tensor<i32>, tensor<i32>) -> tensor<i32> name("o/i/sum")
  %p = tfg.Equal(%sit, %sum) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("o/i/Equal")
  %bf, %bt = tfg.Switch(%sit, %p) : (tensor<i32>, tensor<i1>) -> (tensor<i32>, tensor<i32>) name("o/i/c/Switch")
  %neg = tfg.Neg(%bt) : (tensor<i32>) -> tensor<i32> name("o/i/c/Neg")
  %b, %bi = tfg.Merge(%bf, %neg) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("o/i/c/Merge")
  %ni = tfg.NextIteration(%b) : (tensor<i32>) -> tensor<i32> name("o/i/Next")
  %xi = tfg.Exit(%sif) : (tensor<i32>) -> tensor<i32> name("o/i/Exit")
  %no = tfg.NextIteration(%xi) : (tensor<i32>) -> tensor<i32> name("o/Next")
  %y = tfg.Exit(%sof) : (tensor<i32>) -> tensor<i32> name("o/Exit")
  // CHECK: %[[Y:.*]]:2 = tfg.StatelessWhile(%{{.*}}, %[[V]]) {body = #tfg.func<@o_body, {}>, cond = #tfg.func<@o_cond, {}>}
  // CHECK: tfg.fetch %[[Y]]#0
  tfg.fetch %y ["y"] : tensor<i32>
}
// CHECK: tfg.func @o_i_cond
// CHECK: tfg.func @o_i_body(%{{.*}}: tensor<i32> {{.*}}, %[[V:.*]]: tensor<i32>
// CHECK: %[[W:.*]] = tfg.Const() {value = dense<7>
// CHECK: tfg.AddV2(%[[W]], %[[V]])
// CHECK: %[[P:.*]] = tfg.Equal
// CHECK: tfg.StatelessIf(%[[P]],
// CHECK: tfg.func @o_cond
// CHECK: tfg.func @o_body(%[[A:.*]]: tensor<i32> {{.*}}, %[[V:.*]]: tensor<i32>
// CHECK: %[[R:.*]]:2 = tfg.StatelessWhile(%[[A]], %[[V]]) {body = #tfg.func<@o_i_body, {}>, cond = #tfg.func<@o_i_cond, {}>}
// CHECK: tfg.return %[[R]]#0, %[[V]]
// CHECK: tfg.func @o_i_c_true
}

// -----

// A loop in a branch; its constant waits for the pivot, and so the loop does.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  %n = tfg.Placeholder() : () -> tensor<i32> name("n")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %nf, %nt = tfg.Switch(%n, %p) : (tensor<i32>, tensor<i1>) -> (tensor<i32>, tensor<i32>) name("c/Switch")
  %st = tfg.Identity(%nt) : (tensor<i32>) -> tensor<i32> name("c/switch_t")
  %pivot = tfg.control %st : tensor<i32>
  %zero = tfg.node "Const"() [%pivot] {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("c/zero")
  %e = tfg.Enter(%zero) {frame_name = "c/w"} : (tensor<i32>) -> tensor<i32> name("c/w/Enter")
  %m, %mi = tfg.Merge(%e, %next) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("c/w/Merge")
  %en = tfg.Enter(%nt) {frame_name = "c/w", is_constant = true} : (tensor<i32>) -> tensor<i32> name("c/w/n")
  %l = tfg.Less(%m, %en) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("c/w/Less")
  %c = tfg.LoopCond(%l) : (tensor<i1>) -> tensor<i1> name("c/w/LoopCond")
  %sf, %t = tfg.Switch(%m, %c) : (tensor<i32>, tensor<i1>) -> (tensor<i32>, tensor<i32>) name("c/w/Switch")
  %d = tfg.AddV2(%t, %t) : (tensor<i32>, tensor<i32>) -> tensor<i32> name("c/w/add")
  %next = tfg.NextIteration(%d) : (tensor<i32>) -> tensor<i32> name("c/w/Next")
  %x = tfg.Exit(%sf) : (tensor<i32>) -> tensor<i32> name("c/w/Exit")
  // CHECK-NOT: While
  // CHECK: %[[Y:.*]] = tfg.StatelessIf
  %y, %yi = tfg.Merge(%nf, %x) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("c/Merge")
  // CHECK: tfg.fetch %[[Y]]
  tfg.fetch %y ["y"] : tensor<i32>
}
// CHECK: tfg.func @c_true(%[[N:.*]]: tensor<i32>
// CHECK: %[[R:.*]]:2 = tfg.StatelessWhile(%{{.*}}, %[[N]])
// CHECK: tfg.return %[[R]]#0
}

// -----

// Predicates that are constants need no functions.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[X:.*]] = tfg.Placeholder
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %c = tfg.Const() {value = dense<false> : tensor<i1>} : () -> tensor<i1> name("c")
  %p = tfg.Identity(%c) : (tensor<i1>) -> tensor<i1> name("p")
  %xf, %xt = tfg.Switch(%x, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("s")
  %drop = tfg.node "Dropout"(%xt) : (tensor<f32>) -> tensor<f32> name("drop")
  %y, %i = tfg.Merge(%xf, %drop) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("m")
  // CHECK: tfg.fetch %[[X]]
  tfg.fetch %y ["y"] : tensor<f32>
}
// CHECK-NOT: tfg.func
}

// -----

// What the fetches do not need may be anything.
module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[X:.*]] = tfg.Placeholder() {{.*}} name("x")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %q = tfg.Placeholder() : () -> tensor<i1> name("q")
  %xf, %xt = tfg.Switch(%x, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("s")
  %yf, %yt = tfg.Switch(%x, %q) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("t")
  // CHECK-NOT: tfg.Merge
  %y, %i = tfg.Merge(%xf, %yt) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("m")
  %e = tfg.Enter(%y) {frame_name = "f"} : (tensor<f32>) -> tensor<f32> name("e")
  // CHECK: tfg.fetch %[[X]]
  tfg.fetch %x ["y"] : tensor<f32>
}
}

// -----

// No predicate says which of two is alive.
module {
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %q = tfg.Placeholder() : () -> tensor<i1> name("q")
  %xf, %xt = tfg.Switch(%x, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("s")
  %yf, %yt = tfg.Switch(%x, %q) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("t")
  // expected-error @unknown {{node 'm' (Merge) joins values that no one predicate chooses between: if 'p' is false; if 'q' is true}}
  %y, %i = tfg.Merge(%xf, %yt) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("m")
  tfg.fetch %y ["y"] : tensor<f32>
}
}

// -----

// An output of one side has no value on the other.
module {
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %xf, %xt = tfg.Switch(%x, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("s")
  // expected-error @unknown {{node 'neg' (Neg) is an output, but is computed only if 'p' is true; take the output of the Merge after it}}
  %neg = tfg.Neg(%xt) : (tensor<f32>) -> tensor<f32> name("neg")
  tfg.fetch %neg ["y"] : tensor<f32>
}
}

// -----

// Nor has a value in a loop.
module {
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<i32> name("x")
  %e = tfg.Enter(%x) {frame_name = "f"} : (tensor<i32>) -> tensor<i32> name("e")
  %m, %mi = tfg.Merge(%e, %next) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("m")
  %l = tfg.Less(%m, %m) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("l")
  %c = tfg.LoopCond(%l) : (tensor<i1>) -> tensor<i1> name("c")
  %sf, %t = tfg.Switch(%m, %c) : (tensor<i32>, tensor<i1>) -> (tensor<i32>, tensor<i32>) name("s")
  %next = tfg.NextIteration(%t) : (tensor<i32>) -> tensor<i32> name("next")
  %x2 = tfg.Exit(%sf) : (tensor<i32>) -> tensor<i32> name("exit")
  // expected-error @unknown {{node 'neg' is in loop 'f' and has a value for every iteration; only what an Exit gives can be an output}}
  %neg = tfg.Neg(%t) : (tensor<i32>) -> tensor<i32> name("neg")
  tfg.fetch %neg, %x2 ["y", "z"] : tensor<i32>, tensor<i32>
}
}

// -----

// A frame without LoopCond is no loop.
module {
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<i32> name("x")
  %e = tfg.Enter(%x) {frame_name = "f"} : (tensor<i32>) -> tensor<i32> name("e")
  // expected-error @unknown {{node 'exit' leaves loop 'f', which has no LoopCond}}
  %y = tfg.Exit(%e) : (tensor<i32>) -> tensor<i32> name("exit")
  tfg.fetch %y ["y"] : tensor<i32>
}
}

// -----

// A predicate may come out of a cycle of Identities; following it ends.
module {
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %e = tfg.Enter(%x) {frame_name = "f"} : (tensor<f32>) -> tensor<f32> name("e")
  %m, %mi = tfg.Merge(%e, %n) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("m")
  %zero = tfg.Const() {value = dense<0.0> : tensor<f32>} : () -> tensor<f32> name("zero")
  %less = tfg.Less(%m, %zero) : (tensor<f32>, tensor<f32>) -> tensor<i1> name("less")
  %c = tfg.LoopCond(%less) : (tensor<i1>) -> tensor<i1> name("c")
  %a = tfg.Identity(%b) : (tensor<i1>) -> tensor<i1> name("a")
  %b = tfg.Identity(%a) : (tensor<i1>) -> tensor<i1> name("b")
  %sf, %st = tfg.Switch(%m, %c) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("s")
  // expected-error @unknown {{node 't' (Switch) is an output, but is computed only if}}
  %tf, %tt = tfg.Switch(%st, %a) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("t")
  %n = tfg.NextIteration(%tt) : (tensor<f32>) -> tensor<f32> name("n")
  %y = tfg.Exit(%sf) : (tensor<f32>) -> tensor<f32> name("y")
  tfg.fetch %y ["y"] : tensor<f32>
}
}
