// y = x * w + b, with a resource variable and one of TF1, a step that training
// counts, and a placeholder that tells training from inference.
tfg.variable @"dense/w" = dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
tfg.variable @"dense/b" = dense<[0.5, 0.25]> : tensor<2xf32>
tfg.variable @step = dense<7> : tensor<i64>
tfg.graph {
  %x = tfg.Placeholder() {shape = #tfg.shape<[?, 2]>} : () -> tensor<?x2xf32> name("x")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[2, 2]>, tfg.device = "/device:GPU:0"} : () -> tensor<!tfg.resource> name("dense/w")
  %wr = tfg.ReadVariableOp(%w) : (tensor<!tfg.resource>) -> tensor<2x2xf32> name("dense/w/read")
  %m = tfg.MatMul(%x, %wr) : (tensor<?x2xf32>, tensor<2x2xf32>) -> tensor<?x2xf32> name("mm")
  %b = tfg.VariableV2() {shape = #tfg.shape<[2]>} : () -> tensor<2x!tfg.ref<f32>> name("dense/b")
  %br = tfg.Identity(%b) : (tensor<2x!tfg.ref<f32>>) -> tensor<2xf32> name("dense/b/read")
  %y = tfg.BiasAdd(%m, %br) : (tensor<?x2xf32>, tensor<2xf32>) -> tensor<?x2xf32> name("y")
  %z = tfg.Relu(%y) : (tensor<?x2xf32>) -> tensor<?x2xf32> name("z")
  %s = tfg.VarHandleOp() {dtype = i64, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("step")
  %one = tfg.Const() {value = dense<1> : tensor<i64>} : () -> tensor<i64> name("one")
  %count = tfg.node "AssignAddVariableOp"(%s, %one) {dtype = i64} : (tensor<!tfg.resource>, tensor<i64>) -> !tfg.control name("count")
  %sr = tfg.ReadVariableOp(%s) [%count] : (tensor<!tfg.resource>) -> tensor<i64> name("step/read")
}
