// RUN: firn-opt --tfg-to-linalg --split-input-file --verify-diagnostics %s

// An op that takes floats does not take integers.
// expected-error @below {{unsupported op: Exp (node 'a': it does not take elements of type 'i32')}}
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4xi32> name("x")
  %a = tfg.Exp(%x) : (tensor<4xi32>) -> tensor<4xi32> name("a")
  tfg.fetch %a ["a"] : tensor<4xi32>
}

// -----

// expected-error @below {{unsupported op: Exp (node 'a': the rank of its output is not known, node 'b': no native form of tensor<*xf32>)}}
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4xf32> name("x")
  %a = tfg.Exp(%x) : (tensor<4xf32>) -> tensor<*xf32> name("a")
  %b = tfg.Exp(%a) : (tensor<*xf32>) -> tensor<4xf32> name("b")
  tfg.fetch %b ["b"] : tensor<4xf32>
}
