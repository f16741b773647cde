// CHECK-LABEL: tfg.graph
tfg.graph attributes {producer = 100 : i32} {
  // Nodes in any order.
  // CHECK: tfg.Identity({{.*}}) : (tensor<2x3xf32>) -> tensor<2x3xf32> name("z")
  %z = tfg.Identity(%y) : (tensor<*xf32>) -> tensor<*xf32> name("z")
  // CHECK: tfg.Identity({{.*}}) : (tensor<2x3xf32>) -> tensor<2x3xf32> name("y")
  %y = tfg.Identity(%x) : (tensor<?x3xf32>) -> tensor<*xf32> name("y")
  // CHECK: tfg.Placeholder() {{.*}} -> tensor<2x3xf32> name("x")
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"} : () -> tensor<?x3xf32> name("x")
  // A placeholder that is not fed a shape has the one it declares.
  // CHECK: -> tensor<?x7xi32> name("p")
  %p = tfg.Placeholder() {shape = #tfg.shape<[?,7]>} : () -> tensor<*xi32> name("p")
  // A node that has no rule keeps what it has, and so does what follows.
  // CHECK: tfg.node "Custom"({{.*}}) : (tensor<2x3xf32>) -> tensor<*xf32>
  %u = tfg.node "Custom"(%y) : (tensor<*xf32>) -> tensor<*xf32> name("u")
  // CHECK: tfg.Identity({{.*}}) : (tensor<*xf32>) -> tensor<*xf32> name("v")
  %v = tfg.Identity(%u) : (tensor<*xf32>) -> tensor<*xf32> name("v")
  // A loop of TF1 does not hang.
  // CHECK: tfg.Merge
  %m:2 = tfg.Merge(%y, %n) : (tensor<*xf32>, tensor<*xf32>) -> (tensor<*xf32>, tensor<i32>) name("m")
  %n = tfg.NextIteration(%m#0) : (tensor<*xf32>) -> tensor<*xf32> name("n")
}

