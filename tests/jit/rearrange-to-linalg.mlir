// RUN: firn-opt --tfg-to-linalg %s --split-input-file | FileCheck %s

// A cast of the same width is one loop; of the same native type it is nothing.
// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>
// CHECK: %[[Y:.*]] = linalg.generic {{.*}} ins(%[[X]] : tensor<4xf32>)
// CHECK: arith.bitcast %{{.*}} : f32 to i32
// CHECK: return %[[Y]], %[[Y]]
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4xf32> name("x")
  %y = tfg.Bitcast(%x) : (tensor<4xf32>) -> tensor<4xi32> name("y")
  %z = tfg.Bitcast(%y) : (tensor<4xi32>) -> tensor<4xui32> name("z")
  tfg.fetch %y, %z ["y", "z"] : tensor<4xi32>, tensor<4xui32>
}

// -----

// Near miss: a cast that changes the shape is a routine's work.
// CHECK-LABEL: func.func @main(
// CHECK: jit.call "Bitcast"
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4xf32> name("x")
  %y = tfg.Bitcast(%x) : (tensor<4xf32>) -> tensor<4x4xui8> name("y")
  tfg.fetch %y ["y"] : tensor<4x4xui8>
}

// -----

// Indices are checked at run time, by the node's name.
// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:.*]]: tensor<9x3xf32>, %[[I:.*]]: tensor<5x1xi32>
// CHECK: linalg.generic
// CHECK: %[[INDEX:.*]] = tensor.extract %[[I]]
// CHECK: %[[AT:.*]] = arith.index_cast %[[INDEX]] : i32 to index
// CHECK: %[[OK:.*]] = arith.cmpi ult, %[[AT]]
// CHECK: cf.assert %[[OK]], "node 'y': an index is not in [0, 9)"
// CHECK: %[[SAFE:.*]] = arith.select %[[OK]], %[[AT]]
// CHECK: tensor.extract %[[X]][%[[SAFE]]
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<9x3xf32> name("x")
  %i = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<5x1xi32> name("i")
  %y = tfg.GatherNd(%x, %i) : (tensor<9x3xf32>, tensor<5x1xi32>) -> tensor<5x3xf32> name("y")
  tfg.fetch %y ["y"] : tensor<5x3xf32>
}

// -----

// Gather is the same along its axis.
// CHECK-LABEL: func.func @main(
// CHECK: cf.assert %{{.*}}, "node 'y': an index is not in [0, 3)"
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<9x3xf32> name("x")
  %i = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<9x5xi32> name("i")
  %axis = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("axis")
  %y = tfg.GatherV2(%x, %i, %axis) {batch_dims = 1 : i64} : (tensor<9x3xf32>, tensor<9x5xi32>, tensor<i32>) -> tensor<9x5xf32> name("y")
  tfg.fetch %y ["y"] : tensor<9x5xf32>
}

// -----

// Shapes that depend on values are left to routines.
// CHECK-LABEL: func.func @main(
// CHECK: jit.call "Range"
tfg.graph {
  %n = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<i32> name("n")
  %zero = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("zero")
  %one = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("one")
  %y = tfg.Range(%zero, %n, %one) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<?xi32> name("y")
  tfg.fetch %y ["y"] : tensor<?xi32>
}
