// RUN: firn-opt --tfg-to-linalg %s --split-input-file --verify-diagnostics

// All nodes without a lowering are listed at once, sorted by op.
// expected-error @below {{unsupported ops: Bar (node 'b'), Foo (node 'f1', node 'f2')}}
tfg.graph {
  %a = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<2xf32> name("a")
  %f = tfg.node "Foo"(%a) : (tensor<2xf32>) -> tensor<2xf32> name("f1")
  %g = tfg.node "Foo"(%f) : (tensor<2xf32>) -> tensor<2xf32> name("f2")
  %b = tfg.node "Bar"(%g) : (tensor<2xf32>) -> tensor<2xf32> name("b")
  tfg.fetch %b ["b"] : tensor<2xf32>
}

// -----

// A constant of strings has a lowering; what takes it needs one as well.
// expected-error @below {{unsupported op: Foo (node 'y')}}
tfg.graph {
  %c = tfg.Const() {value = dense<["x"]> : tensor<1x!tfg.string>} : () -> tensor<1x!tfg.string> name("c")
  %y = tfg.node "Foo"(%c) : (tensor<1x!tfg.string>) -> tensor<1xi32> name("y")
  tfg.fetch %y ["y"] : tensor<1xi32>
}

// -----

tfg.graph {
  // expected-error@unknown {{'tfg.Placeholder' op is needed but not fed}}
  %a = tfg.Placeholder() : () -> tensor<2xf32> name("a")
  tfg.fetch %a ["a"] : tensor<2xf32>
}

// -----

tfg.graph {
  // expected-error@unknown {{unsupported op: Placeholder (node 'a' of type 'tensor<*xf32>')}}
  %a = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<*xf32> name("a")
  tfg.fetch %a ["a"] : tensor<*xf32>
}

// -----

// What has no rank is reported where it starts.
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<f32> name("x")
  // expected-error @unknown {{node 'z' (Identity) has an output of unknown rank: 'tensor<*xf32>'; give the inputs' shapes}}
  %z = tfg.Identity(%x) : (tensor<f32>) -> tensor<*xf32> name("z")
  %w = tfg.Identity(%z) : (tensor<*xf32>) -> tensor<*xf32> name("w")
  tfg.fetch %w ["w"] : tensor<*xf32>
}

// -----

// expected-error @below {{expects placeholders for all feed indices}}
tfg.graph {
  %a = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<2xf32> name("a")
  tfg.fetch %a ["a"] : tensor<2xf32>
}

// -----

// expected-error @below {{expects a tfg.fetch}}
tfg.graph {
}

// -----

tfg.graph {
  // expected-error@unknown {{depends on itself}}
  %a = tfg.Identity(%a) : (tensor<2xf32>) -> tensor<2xf32> name("a")
  tfg.fetch %a ["a"] : tensor<2xf32>
}
