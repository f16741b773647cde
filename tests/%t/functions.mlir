// CHECK-LABEL: tfg.graph
tfg.graph {
  %c = tfg.Placeholder() : () -> tensor<i1> name("c")
  %x = tfg.Placeholder() : () -> tensor<2xf32> name("x")
  %y = tfg.Placeholder() : () -> tensor<3xf32> name("y")
  // The second call with other types gets a copy of the function.
  // CHECK: then_branch = #tfg.func<@id, {}>} : {{.*}} -> tensor<2xf32> name("a")
  %a = tfg.If(%c, %x) {then_branch = #tfg.func<@id, {}>, else_branch = #tfg.func<@id, {}>} : (tensor<i1>, tensor<2xf32>) -> tensor<*xf32> name("a")
  // CHECK: then_branch = #tfg.func<@id_0, {}>} : {{.*}} -> tensor<3xf32> name("b")
  %b = tfg.If(%c, %y) {then_branch = #tfg.func<@id, {}>, else_branch = #tfg.func<@id, {}>} : (tensor<i1>, tensor<3xf32>) -> tensor<*xf32> name("b")
  // A loop variable keeps its shape if the body gives it back so; another one, whose
  // shape the body changes, is widened.
  // CHECK: tfg.While{{.*}} -> (tensor<2xf32>, tensor<*xf32>) name("w")
  %w:2 = tfg.While(%x, %y) {body = #tfg.func<@body, {}>, cond = #tfg.func<@cond, {}>} : (tensor<2xf32>, tensor<3xf32>) -> (tensor<*xf32>, tensor<*xf32>) name("w")
}
// CHECK: tfg.func @id(%arg0: tensor<2xf32>) -> tensor<2xf32>
// CHECK: tfg.func @id_0(%arg0: tensor<3xf32>) -> tensor<3xf32>
tfg.func @id(%x: tensor<*xf32>) -> tensor<*xf32> {
  %0 = tfg.Identity(%x) : (tensor<*xf32>) -> tensor<*xf32> name("id")
  tfg.return %0 : tensor<*xf32>
}
// CHECK: tfg.func @body(%arg0: tensor<2xf32>, %arg1: tensor<*xf32>) -> (tensor<2xf32>, tensor<*xf32>)
tfg.func @body(%x: tensor<*xf32>, %y: tensor<*xf32>) -> (tensor<*xf32>, tensor<*xf32>) {
  %0 = tfg.Identity(%x) : (tensor<*xf32>) -> tensor<*xf32> name("i")
  %1 = tfg.node "Grow"(%y) : (tensor<*xf32>) -> tensor<*xf32> name("j")
  tfg.return %0, %1 : tensor<*xf32>, tensor<*xf32>
}
// CHECK: tfg.func @cond(%arg0: tensor<2xf32>, %arg1: tensor<*xf32>) -> tensor<i1>
tfg.func @cond(%x: tensor<*xf32>, %y: tensor<*xf32>) -> tensor<i1> {
  %0 = tfg.node "Less"(%x) : (tensor<*xf32>) -> tensor<i1> name("less")
  tfg.return %0 : tensor<i1>
}

