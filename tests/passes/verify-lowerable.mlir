// RUN: firn-opt %s --split-input-file --tfg-verify-lowerable --verify-diagnostics

// A selected graph; ops that are not known, and ranks that are not, are the lowering's matter.
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"} : () -> tensor<?xf32> name("x")
  %y = tfg.Identity(%x) : (tensor<?xf32>) -> tensor<?xf32> name("y")
  %z = tfg.node "Custom"(%x) : (tensor<?xf32>) -> tensor<*xf32> name("z")
  tfg.fetch %y ["y"] : tensor<?xf32>
}

// -----

// expected-error @+1 {{no outputs are selected}}
tfg.graph {
}

// -----

tfg.graph {
  // expected-error @unknown {{node 'x' (Placeholder) is needed for the outputs, but is no input: feed it}}
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  // expected-error @unknown {{node 'w' (VarHandleOp) is a variable; only frozen graphs are compiled}}
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
  %c = tfg.control %x : tensor<f32>
  // expected-error @unknown {{node 'y' (Identity) has control inputs, which a pure node needs none of}}
  %y = tfg.Identity(%x) [%c] : (tensor<f32>) -> tensor<f32> name("y")
  tfg.fetch %y ["y"] : tensor<f32>
}
