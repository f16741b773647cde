// A variable that is written to may be kept.
// CHECK: warning: {{.*}}variable 'w' stays a variable: node 'assign' (AssignVariableOp) writes to it
// CHECK: tfg.VarHandleOp() {{.*}} name("w")
tfg.graph {
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %a = tfg.AssignVariableOp(%w, %x) : (tensor<!tfg.resource>, tensor<f32>) -> !tfg.control name("assign")
}
tfg.variable @w = dense<0.5> : tensor<f32>

