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

