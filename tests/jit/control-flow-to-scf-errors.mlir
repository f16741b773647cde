// RUN: firn-opt --tfg-to-linalg %s --split-input-file --verify-diagnostics

// A body may hold a cycle of Identities; it is reported and not walked for ever.
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<i32> name("x")
  %l = tfg.StatelessWhile(%x) {body = #tfg.func<@body, {}>, cond = #tfg.func<@cond, {}>} : (tensor<i32>) -> tensor<i32> name("l")
  tfg.fetch %l ["y"] : tensor<i32>
}
tfg.func @body(%i: tensor<i32>) -> tensor<i32> {
  // expected-error @unknown {{node 'a' depends on itself}}
  %a = tfg.Identity(%b) : (tensor<i32>) -> tensor<i32> name("a")
  %b = tfg.Identity(%a) : (tensor<i32>) -> tensor<i32> name("b")
  tfg.return %a : tensor<i32>
}
tfg.func @cond(%i: tensor<i32>) -> tensor<i1> {
  %n = tfg.Const() {value = dense<5> : tensor<i32>} : () -> tensor<i32> name("n")
  %go = tfg.Less(%i, %n) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("go")
  tfg.return %go : tensor<i1>
}
