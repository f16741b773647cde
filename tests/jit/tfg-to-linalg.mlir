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

// -----

// A size that the output states and the input does not is checked, and names
// the node; one that only the input states is not.
// CHECK-LABEL: func.func @main
// CHECK-SAME: %[[X:[^:]*]]: tensor<?x?x3xf32>
// CHECK: %[[C0:.*]] = arith.constant 0 : index
// CHECK: %[[D0:.*]] = tensor.dim %[[X]], %[[C0]]
// CHECK: %[[OK:.*]] = arith.cmpi eq, %[[D0]], %{{.*}} : index
// CHECK: cf.assert %[[OK]], "node 'y': expects size 4 in dimension 0"
// CHECK-NOT: cf.assert
// CHECK: %[[SLICE:.*]] = tensor.extract_slice %[[X]][0, 0, 0] [4, %{{.*}}, 3] [1, 1, 1] : tensor<?x?x3xf32> to tensor<4x?x3xf32>
// CHECK: %[[Y:.*]] = tensor.cast %[[SLICE]] : tensor<4x?x3xf32> to tensor<4x?x?xf32>
// CHECK: return %[[Y]]
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<?x?x3xf32> name("x")
  %y = tfg.Identity(%x) : (tensor<?x?x3xf32>) -> tensor<4x?x?xf32> name("y")
  tfg.fetch %y ["y"] : tensor<4x?x?xf32>
}
