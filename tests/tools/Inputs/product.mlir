tfg.graph {
  %x = tfg.Placeholder() {shape = #tfg.shape<[4, 2]>} : () -> tensor<4x2xf32> name("x")
  %w = tfg.Const() {value = dense<[[1.0, -2.0], [0.5, 4.0]]> : tensor<2x2xf32>} : () -> tensor<2x2xf32> name("w")
  %y = tfg.MatMul(%x, %w) : (tensor<4x2xf32>, tensor<2x2xf32>) -> tensor<4x2xf32> name("y")
}
