// All variables without a value are listed at once; unused ones do not count.
// expected-error @+1 {{2 variables have no value: 'a', 'b'; the checkpoint must hold them, or keep them variables (deny)}}
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
tfg.graph {
  // expected-error @unknown {{variable 'w' cannot become a constant: node 'assign' (AssignVariableOp) writes to it; fetch something else, or keep it a variable (deny, keep-written)}}
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  %a = tfg.AssignVariableOp(%w, %x) : (tensor<!tfg.resource>, tensor<f32>) -> !tfg.control name("assign")
  // expected-error @unknown {{variable 'v' cannot become a constant: node 'scatter' (ScatterAdd) writes to it; fetch something else, or keep it a variable (deny, keep-written)}}
  %v = tfg.VariableV2() {shape = #tfg.shape<[2]>} : () -> tensor<2x!tfg.ref<f32>> name("v")
  %s = tfg.node "ScatterAdd"(%v, %x) : (tensor<2x!tfg.ref<f32>>, tensor<f32>) -> tensor<2x!tfg.ref<f32>> name("scatter")
}
tfg.variable @w = dense<0.5> : tensor<f32>
tfg.variable @v = dense<0.5> : tensor<2xf32>

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
