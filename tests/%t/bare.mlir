tfg.graph {
  %in = tfg.Placeholder() : () -> tensor<*xf32> name("in")
  %c = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("c")
  %two:2 = tfg.node "Two"(%in) : (tensor<*xf32>) -> (tensor<*xf32>, tensor<*xf32>) name("two")
  %save = tfg.node "SaveV2"(%in) : (tensor<*xf32>) -> !tfg.control name("save")
  %path = tfg.node "MergeCheckpoints"(%c) : (tensor<f32>) -> tensor<!tfg.string> name("path")
}

