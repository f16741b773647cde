// RUN: firn-opt --split-input-file --verify-diagnostics %s

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<2xf32> name("x")
  %y = tfg.Placeholder() : () -> tensor<2xi32> name("y")
  // expected-error@unknown {{'tfg.AddV2' op expects one element type, but got 'f32' and 'i32'}}
  %z = tfg.AddV2(%x, %y) : (tensor<2xf32>, tensor<2xi32>) -> tensor<2xf32> name("z")
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<2xf32> name("x")
  // expected-error@unknown {{'tfg.Select' op expects a condition of bool, but got 'f32'}}
  %z = tfg.Select(%x, %x, %x) : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32> name("z")
}

// -----

tfg.graph {
  // expected-error@unknown {{'tfg.AddN' op expects at least one input}}
  %z = tfg.AddN() : () -> tensor<2xf32> name("z")
}
