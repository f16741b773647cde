// RUN: split-file %s %t
// RUN: firn-opt %t/all.mlir --tfg-remove-attribute=name=_note | FileCheck %t/all.mlir
// RUN: firn-opt %t/all.mlir --tfg-remove-attribute="name=_note op=Relu" | FileCheck %t/all.mlir --check-prefix=RELU
// RUN: not firn-opt %t/needed.mlir --tfg-remove-attribute=name=strides 2>&1 | FileCheck %t/needed.mlir

//--- all.mlir
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: tfg.Placeholder() {shape = #tfg.shape<[4]>}
  // RELU: {_note = 1 : i64, shape = #tfg.shape<[4]>}
  %x = tfg.Placeholder() {_note = 1 : i64, shape = #tfg.shape<[4]>} : () -> tensor<4xf32> name("x")
  // CHECK: tfg.Relu(%{{.*}}) :
  // RELU: tfg.Relu(%{{.*}}) :
  %y = tfg.Relu(%x) {_note = 1 : i64} : (tensor<4xf32>) -> tensor<4xf32> name("y")
}

//--- needed.mlir
// CHECK: node 'c' (Conv2D) needs its attribute 'strides'
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<1x4x4x1xf32> name("x")
  %w = tfg.Placeholder() : () -> tensor<1x1x1x1xf32> name("w")
  %c = tfg.Conv2D(%x, %w) {strides = [1, 1, 1, 1], padding = "SAME"} : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>) -> tensor<1x4x4x1xf32> name("c")
}
