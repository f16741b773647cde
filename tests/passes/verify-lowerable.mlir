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

// -----

// Ends of loops of TF1 without their beginnings, and the other way.
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"} : () -> tensor<f32> name("x")
  // expected-error @unknown {{node 'a' (Enter) begins the loop 'f' of TensorFlow 1, which no Exit ends}}
  %a = tfg.Enter(%x) {frame_name = "f"} : (tensor<f32>) -> tensor<f32> name("a")
  // expected-error @unknown {{node 'b' (Exit) belongs to a loop of TensorFlow 1, which no Enter begins}}
  %b = tfg.Exit(%x) : (tensor<f32>) -> tensor<f32> name("b")
  tfg.fetch %a, %b ["a", "b"] : tensor<f32>, tensor<f32>
}

// -----

// A loop whose body has the loop in it; near miss: one function run twice.
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"} : () -> tensor<f32> name("x")
  %y = tfg.While(%x) {body = #tfg.func<@body, {}>, cond = #tfg.func<@cond, {}>} : (tensor<f32>) -> tensor<f32> name("y")
  tfg.fetch %y ["y"] : tensor<f32>
}
tfg.func @body(%a: tensor<f32>) -> tensor<f32> {
  %0 = tfg.While(%a) {body = #tfg.func<@other, {}>, cond = #tfg.func<@cond, {}>} : (tensor<f32>) -> tensor<f32> name("inner")
  tfg.return %0 : tensor<f32>
}
tfg.func @other(%a: tensor<f32>) -> tensor<f32> {
  // expected-error @unknown {{While runs the function 'body', in which it is run itself: recursion is not compiled}}
  %0 = tfg.While(%a) {body = #tfg.func<@body, {}>, cond = #tfg.func<@cond, {}>} : (tensor<f32>) -> tensor<f32> name("innermost")
  tfg.return %0 : tensor<f32>
}
tfg.func @cond(%a: tensor<f32>) -> tensor<i1> {
  %0 = tfg.Const() {value = dense<true> : tensor<i1>} : () -> tensor<i1> name("c")
  tfg.return %0 : tensor<i1>
}
