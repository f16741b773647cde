// RUN: split-file %s %t
// RUN: firn-opt %t/resource.mlir --tfg-freeze-variables | FileCheck %t/resource.mlir
// RUN: firn-opt %t/resource.mlir --tfg-freeze-variables=deny=w,b | FileCheck %t/resource.mlir --check-prefix=DENY
// RUN: firn-opt %t/resource.mlir --tfg-freeze-variables=allow=b | FileCheck %t/resource.mlir --check-prefix=ALLOW
// RUN: firn-opt %t/reference.mlir --tfg-freeze-variables | FileCheck %t/reference.mlir
// RUN: firn-opt %t/fetched.mlir --tfg-freeze-variables | FileCheck %t/fetched.mlir
// RUN: firn-opt %t/functions.mlir --tfg-freeze-variables | FileCheck %t/functions.mlir
// RUN: firn-opt %t/holes.mlir --tfg-freeze-variables | FileCheck %t/holes.mlir
// RUN: firn-opt %t/chains.mlir --tfg-freeze-variables | FileCheck %t/chains.mlir
// RUN: firn-opt %t/shared.mlir --tfg-freeze-variables=deny=kept | FileCheck %t/shared.mlir
// RUN: firn-opt %t/errors.mlir --split-input-file --tfg-freeze-variables --verify-diagnostics
// RUN: firn-opt %t/written.mlir --tfg-freeze-variables=keep-written 2>&1 | FileCheck %t/written.mlir

//--- resource.mlir
// Every read of a handle; names stay.
// DENY-COUNT-2: tfg.VarHandleOp
// DENY: tfg.variable @w
// ALLOW: tfg.VarHandleOp() {{.*}} name("w")
// ALLOW-NOT: tfg.VarHandleOp
// ALLOW: name("b/read")
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[I:.*]] = tfg.Placeholder
  %i = tfg.Placeholder() : () -> tensor<5xi32> name("i")
  // CHECK: %[[W:.*]] = tfg.Const() {tfg.device = "/cpu:0", value = dense<5.000000e-01> : tensor<2x3xf32>} : () -> tensor<2x3xf32> name("w")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[2,3]>, tfg.device = "/cpu:0"} : () -> tensor<!tfg.resource> name("w")
  // CHECK: tfg.Identity(%[[W]]) {_class = ["loc:@w"]} : (tensor<2x3xf32>) -> tensor<2x3xf32> name("w/read")
  %r = tfg.ReadVariableOp(%w) {_class = ["loc:@w"]} : (tensor<!tfg.resource>) -> tensor<*xf32> name("w/read")
  // CHECK: %[[ZERO:.*]] = tfg.Const() {value = dense<0> : tensor<i32>} {{.*}} name("gather/axis")
  // CHECK: {{(tfg.|")GatherV2"?}}(%[[W]], %[[I]], %[[ZERO]]) : {{.*}} name("gather")
  %g = tfg.ResourceGather(%w, %i) : (tensor<!tfg.resource>, tensor<5xi32>) -> tensor<5x3xf32> name("gather")
  // CHECK: %[[ONE:.*]] = tfg.Const() {value = dense<1> : tensor<i32>}
  // CHECK: {{(tfg.|")GatherV2"?}}(%[[W]], %[[I]], %[[ONE]]) {batch_dims = 1 : i64}
  %gb = tfg.ResourceGather(%w, %i) {batch_dims = 1 : i64} : (tensor<!tfg.resource>, tensor<5xi32>) -> tensor<5x3xf32> name("batched")
  // CHECK: {{(tfg.|")GatherNd"?}}(%[[W]], %[[I]])
  %gn = tfg.ResourceGatherNd(%w, %i) : (tensor<!tfg.resource>, tensor<5xi32>) -> tensor<5xf32> name("nd")
  // CHECK: {{(tfg.|")Shape"?}}(%[[W]])
  %s = tfg.VariableShape(%w) : (tensor<!tfg.resource>) -> tensor<2xi32> name("shape")
  // CHECK: tfg.Const() {value = dense<true> : tensor<i1>} {{.*}} name("yes")
  %yes = tfg.VarIsInitializedOp(%w) : (tensor<!tfg.resource>) -> tensor<i1> name("yes")
  // A large value lies in a blob that stays where it is.
  // CHECK: %[[B:.*]] = tfg.Const() {value = dense_resource<blob> : tensor<3xf32>}
  %b = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[3]>} : () -> tensor<!tfg.resource> name("b")
  // A handle through TF1 control flow.
  // CHECK: %[[ENTER:.*]] = tfg.Enter(%[[B]]) {{.*}} -> tensor<3xf32>
  %enter = tfg.Enter(%b) {frame_name = "f"} : (tensor<!tfg.resource>) -> tensor<!tfg.resource> name("enter")
  // CHECK: %{{.*}}, %[[TRUE:.*]] = tfg.Switch(%[[ENTER]], %{{.*}}) : (tensor<3xf32>, tensor<i1>) -> (tensor<3xf32>, tensor<3xf32>)
  %sw:2 = tfg.Switch(%enter, %yes) : (tensor<!tfg.resource>, tensor<i1>) -> (tensor<!tfg.resource>, tensor<!tfg.resource>) name("switch")
  // CHECK: tfg.Identity(%[[TRUE]]) : (tensor<3xf32>) -> tensor<3xf32> name("b/read")
  %rb = tfg.ReadVariableOp(%sw#1) : (tensor<!tfg.resource>) -> tensor<*xf32> name("b/read")
}
// CHECK-NOT: tfg.variable
tfg.variable @w = dense<0.5> : tensor<2x3xf32>
tfg.variable @b = dense_resource<blob> : tensor<3xf32>
{-# dialect_resources: { builtin: { blob: "0x04000000000000000000803f00000040" } } #-}

//--- reference.mlir
// A variable of TF1: what takes a value out of the reference does so still.
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[W:.*]] = tfg.Const() {{.*}} -> tensor<2xf32> name("w")
  %w = tfg.VariableV2() {shape = #tfg.shape<[2]>} : () -> tensor<2x!tfg.ref<f32>> name("w")
  // CHECK: tfg.Identity(%[[W]]) : (tensor<2xf32>) -> tensor<2xf32> name("w/read")
  %r = tfg.Identity(%w) : (tensor<2x!tfg.ref<f32>>) -> tensor<2xf32> name("w/read")
  // CHECK: tfg.node "MatMul"(%[[W]], %[[W]]) : (tensor<2xf32>, tensor<2xf32>)
  %m = tfg.node "MatMul"(%w, %w) : (tensor<2x!tfg.ref<f32>>, tensor<2x!tfg.ref<f32>>) -> tensor<2xf32> name("m")
  // Forms for references become the plain ones.
  // CHECK: %[[E:.*]] = tfg.Enter(%[[W]]) {frame_name = "loop"} : (tensor<2xf32>) -> tensor<2xf32> name("enter")
  %e = tfg.RefEnter(%w) {frame_name = "loop"} : (tensor<2x!tfg.ref<f32>>) -> tensor<2x!tfg.ref<f32>> name("enter")
  // CHECK: tfg.Merge(%[[E]], %[[E]]) : (tensor<2xf32>, tensor<2xf32>) -> (tensor<2xf32>, tensor<i32>)
  %merge:2 = tfg.RefMerge(%e, %e) : (tensor<2x!tfg.ref<f32>>, tensor<2x!tfg.ref<f32>>) -> (tensor<2x!tfg.ref<f32>>, tensor<i32>) name("merge")
}
tfg.variable @w = dense<0.5> : tensor<2xf32>

//--- fetched.mlir
// Who fetches a variable gets its value, be it a handle or a reference.
tfg.variable @w = dense<1.0> : tensor<2xf32>
tfg.variable @v = dense<2.0> : tensor<3xf32>
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[W:.*]] = tfg.Const() {value = dense<1.000000e+00> : tensor<2xf32>} : {{.*}} name("w")
  // CHECK: %[[V:.*]] = tfg.Const() {value = dense<2.000000e+00> : tensor<3xf32>} : {{.*}} name("v")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[2]>} : () -> tensor<!tfg.resource> name("w")
  %v = tfg.VariableV2() {shape = #tfg.shape<[3]>} : () -> tensor<3x!tfg.ref<f32>> name("v")
  // CHECK: tfg.fetch %[[W]], %[[V]] ["w", "v"] : tensor<2xf32>, tensor<3xf32>
  tfg.fetch %w, %v ["w", "v"] : tensor<!tfg.resource>, tensor<3x!tfg.ref<f32>>
}

//--- functions.mlir
// Handles as arguments of branches and loops; a handle made in a function is found by
// its shared name. Functions of which one form is left keep their names.
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[W:.*]] = tfg.Const
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>, shared_name = "shared"} : () -> tensor<!tfg.resource> name("w")
  %c = tfg.Placeholder() : () -> tensor<i1> name("c")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  // CHECK: tfg.If(%{{.*}}, %[[W]]) {else_branch = #tfg.func<@read, {}>, then_branch = #tfg.func<@read, {}>} : (tensor<i1>, tensor<f32>) -> tensor<f32>
  %y = tfg.If(%c, %w) {then_branch = #tfg.func<@read, {}>, else_branch = #tfg.func<@read, {}>} : (tensor<i1>, tensor<!tfg.resource>) -> tensor<f32> name("if")
  // CHECK: tfg.While(%[[W]], %{{.*}}) {body = #tfg.func<@body, {}>, cond = #tfg.func<@cond, {}>} : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
  %z:2 = tfg.While(%w, %x) {body = #tfg.func<@body, {}>, cond = #tfg.func<@cond, {}>} : (tensor<!tfg.resource>, tensor<f32>) -> (tensor<!tfg.resource>, tensor<f32>) name("while")
  // CHECK: tfg.Identity(%{{.*}}#0) : (tensor<f32>) -> tensor<f32> name("after")
  %after = tfg.ReadVariableOp(%z#0) : (tensor<!tfg.resource>) -> tensor<f32> name("after")
  %own = tfg.If(%c) {then_branch = #tfg.func<@makes_handle, {}>, else_branch = #tfg.func<@makes_handle, {}>} : (tensor<i1>) -> tensor<f32> name("own")
}
// CHECK-LABEL: tfg.func @read(
// CHECK-SAME: tensor<f32>) -> tensor<f32>
tfg.func @read(%h: tensor<!tfg.resource>) -> tensor<f32> {
  // CHECK: tfg.Identity(%arg0) : (tensor<f32>) -> tensor<f32> name("r")
  %r = tfg.ReadVariableOp(%h) : (tensor<!tfg.resource>) -> tensor<f32> name("r")
  tfg.return %r : tensor<f32>
}
// CHECK-LABEL: tfg.func @body(
// CHECK-SAME: %arg0: tensor<f32>, %arg1: tensor<f32>) -> (tensor<f32>, tensor<f32>)
tfg.func @body(%h: tensor<!tfg.resource>, %x: tensor<f32>) -> (tensor<!tfg.resource>, tensor<f32>) {
  %r = tfg.If(%x, %h) {then_branch = #tfg.func<@read, {}>, else_branch = #tfg.func<@read, {}>} : (tensor<f32>, tensor<!tfg.resource>) -> tensor<f32> name("if")
  %i = tfg.Identity(%h) : (tensor<!tfg.resource>) -> tensor<!tfg.resource> name("i")
  // CHECK: tfg.return %{{.*}}, %{{.*}} : tensor<f32>, tensor<f32>
  tfg.return %i, %r : tensor<!tfg.resource>, tensor<f32>
}
// CHECK-LABEL: tfg.func @cond(
// CHECK-SAME: tensor<f32>, %arg1: tensor<f32>) -> tensor<i1>
tfg.func @cond(%h: tensor<!tfg.resource>, %x: tensor<f32>) -> tensor<i1> {
  %r = tfg.node "Less"(%x) : (tensor<f32>) -> tensor<i1> name("less")
  tfg.return %r : tensor<i1>
}
// CHECK-LABEL: tfg.func @makes_handle
tfg.func @makes_handle() -> tensor<f32> {
  // CHECK: tfg.Const() {{.*}} name("handle")
  %h = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>, shared_name = "shared"} : () -> tensor<!tfg.resource> name("handle")
  %r = tfg.ReadVariableOp(%h) : (tensor<!tfg.resource>) -> tensor<f32> name("r")
  tfg.return %r : tensor<f32>
}
tfg.variable @w = dense<0.5> : tensor<f32>

//--- holes.mlir
// What TensorFlow's own freezing leaves out: Case and StatelessCase, calls, gathers in
// functions, with batch dimensions too, and handles through Switch and Merge.
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[W:.*]] = tfg.Const() {{.*}} name("w")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[3,2]>} : () -> tensor<!tfg.resource> name("w")
  %b = tfg.Placeholder() : () -> tensor<i32> name("b")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %i = tfg.Placeholder() : () -> tensor<3x1xi32> name("i")
  // CHECK: tfg.StatelessCase(%{{.*}}, %[[W]], %{{.*}}) {branches = [#tfg.func<@gather, {}>, #tfg.func<@gather_nd, {}>]} : (tensor<i32>, tensor<3x2xf32>, tensor<3x1xi32>)
  %s = tfg.StatelessCase(%b, %w, %i) {branches = [#tfg.func<@gather, {}>, #tfg.func<@gather_nd, {}>]} : (tensor<i32>, tensor<!tfg.resource>, tensor<3x1xi32>) -> tensor<*xf32> name("stateless_case")
  // CHECK: tfg.Case(%{{.*}}, %[[W]], %{{.*}}) {{.*}} : (tensor<i32>, tensor<3x2xf32>, tensor<3x1xi32>)
  %c = tfg.Case(%b, %w, %i) {branches = [#tfg.func<@gather, {}>, #tfg.func<@gather_nd, {}>]} : (tensor<i32>, tensor<!tfg.resource>, tensor<3x1xi32>) -> tensor<*xf32> name("case")
  // CHECK: tfg.StatelessIf(%{{.*}}, %[[W]], %{{.*}}) {{.*}} : (tensor<i1>, tensor<3x2xf32>, tensor<3x1xi32>)
  %f = tfg.StatelessIf(%p, %w, %i) {then_branch = #tfg.func<@gather, {}>, else_branch = #tfg.func<@gather_nd, {}>} : (tensor<i1>, tensor<!tfg.resource>, tensor<3x1xi32>) -> tensor<*xf32> name("stateless_if")
  // CHECK: tfg.StatefulPartitionedCall(%[[W]], %{{.*}}) {{.*}} : (tensor<3x2xf32>, tensor<3x1xi32>)
  %k = tfg.StatefulPartitionedCall(%w, %i) {f = #tfg.func<@gather, {}>} : (tensor<!tfg.resource>, tensor<3x1xi32>) -> tensor<*xf32> name("call")
  // CHECK: %[[S:.*]], %[[T:.*]] = tfg.Switch(%[[W]], %{{.*}}) : (tensor<3x2xf32>, tensor<i1>) -> (tensor<3x2xf32>, tensor<3x2xf32>)
  %t:2 = tfg.Switch(%w, %p) : (tensor<!tfg.resource>, tensor<i1>) -> (tensor<!tfg.resource>, tensor<!tfg.resource>) name("switch")
  // CHECK: %[[M:.*]], %{{.*}} = tfg.Merge(%[[S]], %[[T]]) : (tensor<3x2xf32>, tensor<3x2xf32>) -> (tensor<3x2xf32>, tensor<i32>)
  %m:2 = tfg.Merge(%t#0, %t#1) : (tensor<!tfg.resource>, tensor<!tfg.resource>) -> (tensor<!tfg.resource>, tensor<i32>) name("merge")
  // CHECK: tfg.Identity(%[[M]]) : (tensor<3x2xf32>) -> tensor<3x2xf32> name("read")
  %r = tfg.ReadVariableOp(%m#0) : (tensor<!tfg.resource>) -> tensor<3x2xf32> name("read")
}
// CHECK-LABEL: tfg.func @gather(
// CHECK-SAME: tensor<3x2xf32>
tfg.func @gather(%h: tensor<!tfg.resource>, %i: tensor<3x1xi32>) -> tensor<*xf32> {
  // CHECK: GatherV2{{.*}}(%arg0, %arg1, %{{.*}}) {batch_dims = 1 : i64}
  %g = tfg.ResourceGather(%h, %i) {batch_dims = 1 : i64} : (tensor<!tfg.resource>, tensor<3x1xi32>) -> tensor<*xf32> name("g")
  tfg.return %g : tensor<*xf32>
}
// CHECK-LABEL: tfg.func @gather_nd(
// CHECK-SAME: tensor<3x2xf32>
tfg.func @gather_nd(%h: tensor<!tfg.resource>, %i: tensor<3x1xi32>) -> tensor<*xf32> {
  // CHECK: GatherNd{{.*}}(%arg0, %arg1)
  %g = tfg.ResourceGatherNd(%h, %i) : (tensor<!tfg.resource>, tensor<3x1xi32>) -> tensor<*xf32> name("g")
  tfg.return %g : tensor<*xf32>
}
tfg.variable @w = dense<0.5> : tensor<3x2xf32>

//--- chains.mlir
// Handles through chains of identities, all ops of a TF1 loop, _SwitchN, a stateless loop, and
// calls within calls. What was stated of a handle's shape is not stated of the value.
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[W:.*]] = tfg.Const() {{.*}} name("w")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[2]>} : () -> tensor<!tfg.resource> name("w")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %n = tfg.Placeholder() : () -> tensor<i32> name("n")
  // CHECK: %[[A:.*]] = tfg.Identity(%[[W]]) : (tensor<2xf32>) -> tensor<2xf32> name("a")
  %a = tfg.Identity(%w) {_output_shapes = [#tfg.shape<[]>]} : (tensor<!tfg.resource>) -> tensor<!tfg.resource> name("a")
  // CHECK: %[[B:.*]] = tfg.Identity(%[[A]]) : (tensor<2xf32>) -> tensor<2xf32> name("b")
  %b = tfg.Identity(%a) : (tensor<!tfg.resource>) -> tensor<!tfg.resource> name("b")
  // CHECK: tfg.Identity(%[[B]]) : (tensor<2xf32>) -> tensor<2xf32> name("r")
  %r = tfg.ReadVariableOp(%b) : (tensor<!tfg.resource>) -> tensor<2xf32> name("r")
  // CHECK: %[[E:.*]] = tfg.Enter(%[[B]]) {{.*}} -> tensor<2xf32> name("e")
  %e = tfg.Enter(%b) {frame_name = "f"} : (tensor<!tfg.resource>) -> tensor<!tfg.resource> name("e")
  // CHECK: %[[M:.*]], %{{.*}} = tfg.Merge(%[[E]], %[[X:.*]]) : (tensor<2xf32>, tensor<2xf32>) -> (tensor<2xf32>, tensor<i32>) name("m")
  %m, %i = tfg.Merge(%e, %x) : (tensor<!tfg.resource>, tensor<!tfg.resource>) -> (tensor<!tfg.resource>, tensor<i32>) name("m")
  %c = tfg.LoopCond(%p) : (tensor<i1>) -> tensor<i1> name("c")
  // CHECK: %[[F:.*]], %[[T:.*]] = tfg.Switch(%[[M]], %{{.*}}) : {{.*}} -> (tensor<2xf32>, tensor<2xf32>) name("s")
  %f, %t = tfg.Switch(%m, %c) : (tensor<!tfg.resource>, tensor<i1>) -> (tensor<!tfg.resource>, tensor<!tfg.resource>) name("s")
  // CHECK: %[[X]] = tfg.NextIteration(%[[T]]) : (tensor<2xf32>) -> tensor<2xf32> name("x")
  %x = tfg.NextIteration(%t) : (tensor<!tfg.resource>) -> tensor<!tfg.resource> name("x")
  // CHECK: %[[O:.*]] = tfg.Exit(%[[F]]) : (tensor<2xf32>) -> tensor<2xf32> name("o")
  %o = tfg.Exit(%f) : (tensor<!tfg.resource>) -> tensor<!tfg.resource> name("o")
  // CHECK: tfg.Identity(%[[O]]) : (tensor<2xf32>) -> tensor<2xf32> name("q")
  %q = tfg.ReadVariableOp(%o) : (tensor<!tfg.resource>) -> tensor<2xf32> name("q")
  // CHECK: %[[N:.*]]:3 = tfg.node "_SwitchN"(%[[B]], %{{.*}}) {{.*}} -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>)
  %sn:3 = tfg.node "_SwitchN"(%b, %n) {num_outs = 3 : i64} : (tensor<!tfg.resource>, tensor<i32>) -> (tensor<!tfg.resource>, tensor<!tfg.resource>, tensor<!tfg.resource>) name("sn")
  // CHECK: tfg.Identity(%[[N]]#2) : (tensor<2xf32>) -> tensor<2xf32> name("z")
  %z = tfg.ReadVariableOp(%sn#2) : (tensor<!tfg.resource>) -> tensor<2xf32> name("z")
  // CHECK: tfg.StatelessWhile(%[[W]], %{{.*}}) {{.*}}output_shapes = [#tfg.shape<[2]>, #tfg.shape<[]>]} : (tensor<2xf32>, tensor<i32>) -> (tensor<2xf32>, tensor<i32>)
  %l:2 = tfg.StatelessWhile(%w, %n) {body = #tfg.func<@body, {}>, cond = #tfg.func<@cond, {}>, output_shapes = [#tfg.shape<[]>, #tfg.shape<[]>]} : (tensor<!tfg.resource>, tensor<i32>) -> (tensor<!tfg.resource>, tensor<i32>) name("l")
  // CHECK: tfg.PartitionedCall(%[[W]]) {f = #tfg.func<@outer, {}>} : (tensor<2xf32>) -> tensor<2xf32>
  %k = tfg.PartitionedCall(%w) {f = #tfg.func<@outer, {}>} : (tensor<!tfg.resource>) -> tensor<2xf32> name("k")
}
// CHECK-LABEL: tfg.func @cond(
// CHECK-SAME: %arg0: tensor<2xf32>, %arg1: tensor<i32>) -> tensor<i1>
tfg.func @cond(%h: tensor<!tfg.resource>, %n: tensor<i32>) -> tensor<i1> {
  %0 = tfg.node "Less"(%n, %n) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("less")
  tfg.return %0 : tensor<i1>
}
// CHECK-LABEL: tfg.func @body(
// CHECK-SAME: %arg0: tensor<2xf32>, %arg1: tensor<i32>) -> (tensor<2xf32>, tensor<i32>)
tfg.func @body(%h: tensor<!tfg.resource>, %n: tensor<i32>) -> (tensor<!tfg.resource>, tensor<i32>) {
  tfg.return %h, %n : tensor<!tfg.resource>, tensor<i32>
}
// CHECK-LABEL: tfg.func @outer(
// CHECK-SAME: %arg0: tensor<2xf32> {tfg.attrs = {_user = 1 : i64}}) -> tensor<2xf32> {
tfg.func @outer(%h: tensor<!tfg.resource> {tfg.attrs = {_output_shapes = [#tfg.shape<[]>], _user = 1 : i64}}) -> tensor<2xf32> attributes {_input_shapes = [#tfg.shape<[]>]} {
  // CHECK: tfg.StatefulPartitionedCall(%arg0) {{.*}} : (tensor<2xf32>) -> tensor<2xf32>
  %0 = tfg.StatefulPartitionedCall(%h) {f = #tfg.func<@inner, {}>} : (tensor<!tfg.resource>) -> tensor<2xf32> name("inner")
  tfg.return %0 : tensor<2xf32>
}
// CHECK-LABEL: tfg.func @inner(
// CHECK-SAME: tensor<2xf32>) -> tensor<2xf32>
tfg.func @inner(%h: tensor<!tfg.resource>) -> tensor<2xf32> {
  // CHECK: tfg.Identity(%arg0) {{.*}} name("read")
  %0 = tfg.ReadVariableOp(%h) : (tensor<!tfg.resource>) -> tensor<2xf32> name("read")
  tfg.return %0 : tensor<2xf32>
}
tfg.variable @w = dense<0.5> : tensor<2xf32>

//--- shared.mlir
// A function run with a frozen variable and with one that is kept gets a second form.
// CHECK-LABEL: tfg.graph
tfg.graph {
  %c = tfg.Placeholder() : () -> tensor<i1> name("c")
  %f = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("frozen")
  // CHECK: %[[K:.*]] = tfg.VarHandleOp() {{.*}} name("kept")
  %k = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("kept")
  // CHECK: then_branch = #tfg.func<@read_frozen, {}>
  %y = tfg.If(%c, %f) {then_branch = #tfg.func<@read, {}>, else_branch = #tfg.func<@read, {}>} : (tensor<i1>, tensor<!tfg.resource>) -> tensor<f32> name("a")
  // CHECK: then_branch = #tfg.func<@read, {}>
  %z = tfg.If(%c, %k) {then_branch = #tfg.func<@read, {}>, else_branch = #tfg.func<@read, {}>} : (tensor<i1>, tensor<!tfg.resource>) -> tensor<f32> name("b")
}
// CHECK: tfg.func @read(%arg0: tensor<!tfg.resource>
// CHECK: tfg.func @read_frozen(%arg0: tensor<f32>
tfg.func @read(%h: tensor<!tfg.resource>) -> tensor<f32> {
  %r = tfg.ReadVariableOp(%h) : (tensor<!tfg.resource>) -> tensor<f32> name("r")
  tfg.return %r : tensor<f32>
}
// CHECK-NOT: tfg.variable @frozen
// CHECK: tfg.variable @kept
tfg.variable @frozen = dense<0.5> : tensor<f32>
tfg.variable @kept = dense<0.5> : tensor<f32>

//--- written.mlir
// A variable that is written to may be kept.
// CHECK: warning: {{.*}}variable 'w' stays a variable: node 'assign' (AssignVariableOp) writes to it
// CHECK: tfg.VarHandleOp() {{.*}} name("w")
tfg.graph {
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %a = tfg.AssignVariableOp(%w, %x) : (tensor<!tfg.resource>, tensor<f32>) -> !tfg.control name("assign")
}
tfg.variable @w = dense<0.5> : tensor<f32>

//--- errors.mlir
// All variables without a value are listed at once; unused ones do not count.
// expected-error @+1 {{2 variables have no value: 'a', 'b'; a checkpoint must hold them}}
module {
tfg.graph {
  %a = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("a")
  %b = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("b")
  %unused = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("unused")
  %ra = tfg.ReadVariableOp(%a) : (tensor<!tfg.resource>) -> tensor<f32> name("ra")
  %rb = tfg.ReadVariableOp(%b) : (tensor<!tfg.resource>) -> tensor<f32> name("rb")
}
}

// -----

// What is written is not known.
// expected-error @+1 {{2 variables cannot become constants: of variable 'w', node 'assign' (AssignVariableOp) writes to it; of variable 'v', node 'scatter' (ScatterAdd) writes to it}}
module {
tfg.graph {
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %a = tfg.AssignVariableOp(%w, %x) : (tensor<!tfg.resource>, tensor<f32>) -> !tfg.control name("assign")
  %v = tfg.VariableV2() {shape = #tfg.shape<[2]>} : () -> tensor<2x!tfg.ref<f32>> name("v")
  %s = tfg.node "ScatterAdd"(%v, %x) : (tensor<2x!tfg.ref<f32>>, tensor<f32>) -> tensor<2x!tfg.ref<f32>> name("scatter")
}
tfg.variable @w = dense<0.5> : tensor<f32>
tfg.variable @v = dense<0.5> : tensor<2xf32>
}

// -----

// The checkpoint is of another model.
tfg.graph {
  // expected-error @unknown {{variable 'w' is declared as 'f32' of shape #tfg.shape<[2, 3]>, but its value is 'tensor<3x2xf32>'}}
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[2,3]>} : () -> tensor<!tfg.resource> name("w")
  %r = tfg.ReadVariableOp(%w) : (tensor<!tfg.resource>) -> tensor<*xf32> name("r")
}
tfg.variable @w = dense<0.5> : tensor<3x2xf32>

// -----

// A read of another type than the variable's.
tfg.graph {
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  // expected-error @unknown {{node 'r' (ReadVariableOp) reads the variable as 'f64', but its value is 'tensor<f32>'}}
  %r = tfg.ReadVariableOp(%w) : (tensor<!tfg.resource>) -> tensor<f64> name("r")
}
tfg.variable @w = dense<0.5> : tensor<f32>

// -----

// One of two handles that meet is kept.
tfg.graph {
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  %t = tfg.node "HashTableV2"() : () -> tensor<!tfg.resource> name("t")
  // expected-error @unknown {{node 'm' merges a variable that is frozen with one that is not}}
  %m:2 = tfg.Merge(%w, %t) : (tensor<!tfg.resource>, tensor<!tfg.resource>) -> (tensor<!tfg.resource>, tensor<i32>) name("m")
  %r = tfg.ReadVariableOp(%m#0) : (tensor<!tfg.resource>) -> tensor<f32> name("r")
}
tfg.variable @w = dense<0.5> : tensor<f32>

// -----

// A node that runs functions in a way that is not known may write.
tfg.graph {
  // expected-error @unknown {{variable 'remote' cannot become a constant: node 'call' (RemoteCall) writes to it}}
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("remote")
  %t = tfg.node "Target"() : () -> tensor<!tfg.string> name("target")
  %r = tfg.node "RemoteCall"(%t, %w) {f = #tfg.func<@f, {}>} : (tensor<!tfg.string>, tensor<!tfg.resource>) -> tensor<f32> name("call")
}
tfg.variable @remote = dense<0.5> : tensor<f32>
