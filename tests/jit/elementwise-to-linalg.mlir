// RUN: firn-opt --tfg-to-linalg --split-input-file %s | FileCheck %s

// Operands are broadcast by their indexing maps; a constant that is the same
// everywhere stands in the body.
// CHECK-DAG: #[[$ID:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[$ROW:.*]] = affine_map<(d0, d1) -> (d1)>
// CHECK-DAG: #[[$COLUMN:.*]] = affine_map<(d0, d1) -> (d0, 0)>
// CHECK-LABEL: func.func @main
// CHECK: linalg.generic {indexing_maps = [#[[$COLUMN]], #[[$ROW]], #[[$ID]]], iterator_types = ["parallel", "parallel"]}
// CHECK: arith.addf
// CHECK: linalg.generic {indexing_maps = [#[[$ID]], #[[$ID]]]
// CHECK: %[[TWO:.*]] = arith.constant 2.0
// CHECK: arith.mulf %{{.*}}, %[[TWO]]
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4x1xf32> name("x")
  %y = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<3xf32> name("y")
  %two = tfg.Const() {value = dense<2.0> : tensor<f32>} : () -> tensor<f32> name("two")
  %a = tfg.AddV2(%x, %y) : (tensor<4x1xf32>, tensor<3xf32>) -> tensor<4x3xf32> name("a")
  %b = tfg.Mul(%a, %two) : (tensor<4x3xf32>, tensor<f32>) -> tensor<4x3xf32> name("b")
  tfg.fetch %b ["b"] : tensor<4x3xf32>
}

// -----

// Of sizes known only at run time one may turn out to be 1; then, and only then, that operand is copied to the other size.
// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:.*]]: tensor<?xf32>, %[[Y:.*]]: tensor<?xf32>)
// CHECK: %[[SIZE:.*]] = arith.select
// CHECK: cf.assert %{{.*}}, "node 'a': expects inputs whose shapes broadcast"
// CHECK: %[[WIDE:.*]] = scf.if
// CHECK: tensor.extract %[[X]]
// CHECK: } else {
// CHECK-NEXT: scf.yield %[[X]]
// CHECK: cf.assert %{{.*}}, "node 'a': expects inputs whose shapes broadcast"
// CHECK: %[[OTHER:.*]] = scf.if
// CHECK: tensor.extract %[[Y]]
// CHECK: } else {
// CHECK-NEXT: scf.yield %[[Y]]
// CHECK: linalg.generic {{.*}} ins(%[[WIDE]], %[[OTHER]]
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<?xf32> name("x")
  %y = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<?xf32> name("y")
  %a = tfg.AddV2(%x, %y) : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32> name("a")
  tfg.fetch %a ["a"] : tensor<?xf32>
}

// -----

// Near miss: what was computed from one operand has its size, so there is nothing to ask.
// CHECK-LABEL: func.func @main(
// CHECK-NOT: cf.assert
// CHECK-NOT: scf.if
// CHECK: return
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<?xf32> name("x")
  %n = tfg.Neg(%x) : (tensor<?xf32>) -> tensor<?xf32> name("n")
  %e = tfg.Exp(%n) : (tensor<?xf32>) -> tensor<?xf32> name("e")
  %a = tfg.AddV2(%e, %x) : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32> name("a")
  tfg.fetch %a ["a"] : tensor<?xf32>
}

// -----

// AddN does not broadcast: its sizes are compared.
// CHECK-LABEL: func.func @main(
// CHECK-NOT: scf.if
// CHECK: cf.assert %{{.*}}, "node 'a': expects inputs whose shapes agree"
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<?xf32> name("x")
  %y = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<?xf32> name("y")
  %a = tfg.AddN(%x, %y) : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32> name("a")
  tfg.fetch %a ["a"] : tensor<?xf32>
}

// -----

// Half floats are computed in f32 and rounded once.
// CHECK-LABEL: func.func @main
// CHECK: arith.extf %{{.*}} : bf16 to f32
// CHECK: math.exp %{{.*}} : f32
// CHECK: arith.truncf %{{.*}} : f32 to bf16
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4xbf16> name("x")
  %a = tfg.Exp(%x) : (tensor<4xbf16>) -> tensor<4xbf16> name("a")
  tfg.fetch %a ["a"] : tensor<4xbf16>
}

// -----

// Division of integers is checked, and never by zero; -2^n / -1 does not trap.
// CHECK-LABEL: func.func @main
// CHECK: %[[OK:.*]] = arith.cmpi ne
// CHECK: cf.assert %[[OK]], "node 'a': integer division by zero"
// CHECK: %[[Y:.*]] = arith.select %[[OK]]
// CHECK: %[[MINUS:.*]] = arith.cmpi eq, %[[Y]]
// CHECK: %[[SAFE:.*]] = arith.select %[[MINUS]]
// CHECK: arith.divsi %{{.*}}, %[[SAFE]]
// Unsigned ones are divided as such.
// CHECK: arith.divui
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4xi32> name("x")
  %y = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<4xi32> name("y")
  %u = tfg.Placeholder() {tfg.feed_index = 2 : i64} : () -> tensor<4xui8> name("u")
  %a = tfg.Div(%x, %y) : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32> name("a")
  %b = tfg.Div(%u, %u) : (tensor<4xui8>, tensor<4xui8>) -> tensor<4xui8> name("b")
  tfg.fetch %a, %b ["a", "b"] : tensor<4xi32>, tensor<4xui8>
}

// -----

// A vector condition of Select runs along the first dimension.
// CHECK-DAG: #[[$FIRST:.*]] = affine_map<(d0, d1) -> (d0, 0)>
// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[C:.*]]: tensor<2xi1>
// CHECK: %[[WIDE:.*]] = tensor.expand_shape %[[C]] {{.*}} into tensor<2x1xi1>
// CHECK: linalg.generic {indexing_maps = [#[[$FIRST]]
// CHECK: arith.select
tfg.graph {
  %c = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<2xi1> name("c")
  %x = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<2x3xf32> name("x")
  %a = tfg.Select(%c, %x, %x) : (tensor<2xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32> name("a")
  tfg.fetch %a ["a"] : tensor<2x3xf32>
}
