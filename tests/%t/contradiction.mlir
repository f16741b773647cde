tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<?x3xf32> name("x")
}
tfg.signature @only method ""
  inputs [{key = "image", tensor = "x:0", type = tensor<4xf32>}]
  outputs [{key = "y", tensor = "x:0"}]
