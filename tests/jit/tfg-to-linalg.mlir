// RUN: firn-opt --tfg-to-linalg %s --split-input-file | FileCheck %s

// Arguments stand in the order of the feed indices, results in that of the
// fetch; what the fetch does not need is dropped; unsigned becomes signless.
// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[A:.*]]: tensor<2xf32>, %[[B:.*]]: tensor<3xi8>) -> (tensor<3xi8>, tensor<2xf32>, tensor<4xi16>)
// CHECK-DAG: %[[C:.*]] = arith.constant dense<[1, 2, 3, -1]> : tensor<4xi16>
// CHECK: return %[[B]], %[[A]], %[[C]]
// CHECK-NOT: tfg.
tfg.graph {
  %y = tfg.Identity(%x) : (tensor<3xui8>) -> tensor<3xui8> name("y")
  %dead = tfg.node "Foo"(%a) : (tensor<2xf32>) -> tensor<2xf32> name("dead")
  %x = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<3xui8> name("x")
  %a = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<2xf32> name("a")
  %c = tfg.Const() {value = dense<[1, 2, 3, 65535]> : tensor<4xui16>} : () -> tensor<4xui16> name("c")
  tfg.fetch %y, %a, %c ["y", "a", "c"] : tensor<3xui8>, tensor<2xf32>, tensor<4xui16>
}
tfg.variable @v = dense<0.0> : tensor<f32>

// -----

// Control edges end with the order of the nodes.
// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[A:.*]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT: return %[[A]]
tfg.graph {
  %a = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<2xf32> name("a")
  %c = tfg.control %a : tensor<2xf32>
  %n = tfg.NoOp() [%c] : () -> !tfg.control name("n")
  %y = tfg.Identity(%a) [%n] : (tensor<2xf32>) -> tensor<2xf32> name("y")
  tfg.fetch %y, %n ["y", "n"] : tensor<2xf32>, !tfg.control
}
