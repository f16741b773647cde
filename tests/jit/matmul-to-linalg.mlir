// RUN: firn-opt --tfg-to-linalg --split-input-file %s | FileCheck %s

// A transposed operand is read through its map, not moved; the bias follows.
// CHECK-DAG: #[[$A:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[$B:.*]] = affine_map<(d0, d1, d2) -> (d1, d2)>
// CHECK-DAG: #[[$C:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-LABEL: func.func @main
// CHECK-NOT: linalg.transpose
// CHECK: linalg.generic {indexing_maps = [#[[$A]], #[[$B]], #[[$C]]], iterator_types = ["parallel", "parallel", "reduction"]}
// CHECK: arith.mulf
// CHECK: arith.addf
// CHECK: linalg.generic
// CHECK: arith.addf
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4x3xf32> name("x")
  %w = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<5x3xf32> name("w")
  %b = tfg.Placeholder() {tfg.feed_index = 2 : i64} : () -> tensor<5xf32> name("b")
  %m = tfg.MatMul(%x, %w) {transpose_b = true} : (tensor<4x3xf32>, tensor<5x3xf32>) -> tensor<4x5xf32> name("m")
  %y = tfg.BiasAdd(%m, %b) : (tensor<4x5xf32>, tensor<5xf32>) -> tensor<4x5xf32> name("y")
  tfg.fetch %y ["y"] : tensor<4x5xf32>
}

// -----

// Batches of size 1 are broadcast by their map.
// CHECK-DAG: #[[$X:.*]] = affine_map<(d0, d1, d2, d3) -> (0, d1, d3)>
// CHECK-DAG: #[[$Y:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d3, d2)>
// CHECK-LABEL: func.func @main
// CHECK: linalg.generic {indexing_maps = [#[[$X]], #[[$Y]]
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<1x4x3xf32> name("x")
  %y = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<7x3x5xf32> name("y")
  %z = tfg.BatchMatMulV2(%x, %y) : (tensor<1x4x3xf32>, tensor<7x3x5xf32>) -> tensor<7x4x5xf32> name("z")
  tfg.fetch %z ["z"] : tensor<7x4x5xf32>
}

// -----

// An einsum's maps follow from its labels.
// CHECK-DAG: #[[$L:.*]] = affine_map<(d0, d1, d2) -> (d1, d2)>
// CHECK-DAG: #[[$R:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-LABEL: func.func @main
// CHECK: linalg.generic {indexing_maps = [#[[$L]], #[[$R]]
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4x3xf32> name("x")
  %w = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<5x3xf32> name("w")
  %e = tfg.Einsum(%x, %w) {equation = "ij,kj->ki"} : (tensor<4x3xf32>, tensor<5x3xf32>) -> tensor<5x4xf32> name("e")
  tfg.fetch %e ["e"] : tensor<5x4xf32>
}
