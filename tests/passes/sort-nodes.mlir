// RUN: split-file %s %t
// RUN: firn-opt %t/ok.mlir --tfg-sort-nodes | FileCheck %t/ok.mlir
// RUN: not firn-opt %t/cycle.mlir --tfg-sort-nodes 2>&1 | FileCheck %t/cycle.mlir

//--- ok.mlir
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: name("x")
  // CHECK: name("y")
  // CHECK: name("z")
  // CHECK: tfg.fetch
  tfg.fetch %z ["z"] : tensor<4xf32>
  %z = tfg.Neg(%y) : (tensor<4xf32>) -> tensor<4xf32> name("z")
  %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32> name("y")
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
}

// Nodes of a function too; the return stays last.
// CHECK-LABEL: tfg.func @f
tfg.func @f(%a: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: name("y")
  // CHECK: name("z")
  // CHECK: tfg.return
  %z = tfg.Neg(%y) : (tensor<4xf32>) -> tensor<4xf32> name("z")
  %y = tfg.Relu(%a) : (tensor<4xf32>) -> tensor<4xf32> name("y")
  tfg.return %z : tensor<4xf32>
}

//--- cycle.mlir
// CHECK: error: {{.*}}cycle
tfg.graph {
  %z = tfg.Neg(%y) : (tensor<4xf32>) -> tensor<4xf32> name("z")
  %y = tfg.Relu(%z) : (tensor<4xf32>) -> tensor<4xf32> name("y")
}
