tfg.graph {
  %a = tfg.Identity(%b) : (tensor<f32>) -> tensor<f32> name("a")
  %b = tfg.Identity(%a) : (tensor<f32>) -> tensor<f32> name("b")
}
