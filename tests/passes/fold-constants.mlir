// Without an evaluator nothing is folded here; with one: tests/unit/passes.
// RUN: firn-opt %s --tfg-fold-constants | FileCheck %s

// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: tfg.Const
  %a = tfg.Const() {value = dense<1.0> : tensor<2xf32>} : () -> tensor<2xf32> name("a")
  // CHECK: tfg.Identity
  %b = tfg.Identity(%a) : (tensor<2xf32>) -> tensor<2xf32> name("b")
  // CHECK: tfg.fetch
  tfg.fetch %b ["b"] : tensor<2xf32>
}
