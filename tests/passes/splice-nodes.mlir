// RUN: firn-opt %s --tfg-splice-nodes=ops=MyIdentity,Cast | FileCheck %s
// RUN: firn-opt %s --tfg-splice-nodes="ops=MyIdentity max-inputs=2" | FileCheck %s --check-prefix=TWO

// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[X:.*]] = tfg.Placeholder
  // TWO: %[[X:.*]] = tfg.Placeholder
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  %a = tfg.node "MyIdentity"(%x) : (tensor<4xf32>) -> tensor<4xf32> name("a")
  %b = tfg.node "MyIdentity"(%a) : (tensor<4xf32>) -> tensor<4xf32> name("b")
  // A chain of them goes as a whole.
  // CHECK-NEXT: tfg.Relu(%[[X]])
  %y = tfg.Relu(%b) : (tensor<4xf32>) -> tensor<4xf32> name("y")
  // Not with two inputs, unless that is said; not to another type.
  // CHECK: name("two")
  // TWO-NOT: name("two")
  %two = tfg.node "MyIdentity"(%y, %x) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> name("two")
  // CHECK: name("cast")
  %cast = tfg.Cast(%two) : (tensor<4xf32>) -> tensor<4xi32> name("cast")
  // The output keeps its name, and so its node.
  // CHECK: name("out")
  %out = tfg.node "MyIdentity"(%y) : (tensor<4xf32>) -> tensor<4xf32> name("out")
  tfg.fetch %out, %cast ["out", "cast"] : tensor<4xf32>, tensor<4xi32>
}
