// RUN: firn-opt --tfg-to-linalg --split-input-file --verify-diagnostics %s

// An op that takes floats does not take integers.
// expected-error @below {{unsupported op: Exp (node 'a': it does not take elements of type 'i32')}}
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4xi32> name("x")
  %a = tfg.Exp(%x) : (tensor<4xi32>) -> tensor<4xi32> name("a")
  tfg.fetch %a ["a"] : tensor<4xi32>
}

// -----

// Ranks are looked at before anything is lowered; only the node that loses one is told.
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4xf32> name("x")
  // expected-error @unknown {{node 'a' (Exp) has an output of unknown rank: 'tensor<*xf32>'; give the inputs' shapes}}
  %a = tfg.Exp(%x) : (tensor<4xf32>) -> tensor<*xf32> name("a")
  %b = tfg.Exp(%a) : (tensor<*xf32>) -> tensor<4xf32> name("b")
  tfg.fetch %b ["b"] : tensor<4xf32>
}
