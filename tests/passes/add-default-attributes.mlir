// Without definitions nothing is added here; with them: tests/tools/transform-graph.test.
// RUN: firn-opt %s --tfg-add-default-attributes | FileCheck %s

// CHECK-LABEL: tfg.graph
tfg.graph {
  %a = tfg.Placeholder() : () -> tensor<2x2xf32> name("a")
  // CHECK: tfg.MatMul(%{{.*}}, %{{.*}}) : (tensor<2x2xf32>
  %y = tfg.MatMul(%a, %a) : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32> name("y")
}
