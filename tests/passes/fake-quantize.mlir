// RUN: firn-opt %s --tfg-fake-quantize | FileCheck %s
// RUN: not firn-opt %s --tfg-fake-quantize=num-bits=0 2>&1 | FileCheck %s --check-prefix=BITS
// BITS: expected 1 to 62 bits, found 0

// The range of a constant is known, and that behind a Relu6, also through what
// moves numbers. A tensor is rounded once for all who take it.
// CHECK-LABEL: tfg.func @known
tfg.func @known(%x: tensor<4x2xf32>, %dims: tensor<2xi32>) -> (tensor<4x2xf32>, tensor<4x2xf32>) {
  // CHECK: %[[W:.*]] = tfg.Const(){{.*}} name("w")
  // CHECK: %[[MIN:.*]] = tfg.Const() {value = dense<-1.000000e+00> : tensor<f32>}
  // CHECK: %[[MAX:.*]] = tfg.Const() {value = dense<3.000000e+00> : tensor<f32>}
  // CHECK: %[[WQ:.*]] = tfg.{{.*}}QuantizeAndDequantizeV2{{.*}}(%[[W]], %[[MIN]], %[[MAX]]) {num_bits = 8 : i64, range_given = true, signed_input = true} : {{.*}} name("w/fake_quantize")
  %w = tfg.Const() {value = dense<[[-1.0, 2.0], [3.0, 1.0]]> : tensor<2x2xf32>} : () -> tensor<2x2xf32> name("w")
  // CHECK: %[[A:.*]] = tfg.Relu6
  %a = tfg.Relu6(%x) : (tensor<4x2xf32>) -> tensor<4x2xf32> name("a")
  // CHECK: %[[R:.*]] = tfg.Reshape(%[[A]]
  // CHECK: %[[SIX:.*]] = tfg.Const() {value = dense<6.000000e+00> : tensor<f32>}
  // CHECK: %[[RQ:.*]] = tfg.{{.*}}QuantizeAndDequantizeV2{{.*}}(%[[R]], %{{.*}}, %[[SIX]]) {num_bits = 8 : i64, range_given = true, signed_input = false}
  %r = tfg.Reshape(%a, %dims) : (tensor<4x2xf32>, tensor<2xi32>) -> tensor<4x2xf32> name("r")
  // CHECK: tfg.MatMul(%[[RQ]], %[[WQ]])
  // CHECK: tfg.MatMul(%[[RQ]], %[[WQ]])
  %y = tfg.MatMul(%r, %w) : (tensor<4x2xf32>, tensor<2x2xf32>) -> tensor<4x2xf32> name("y")
  %z = tfg.MatMul(%r, %w) {transpose_b = true} : (tensor<4x2xf32>, tensor<2x2xf32>) -> tensor<4x2xf32> name("z")
  tfg.return %y, %z : tensor<4x2xf32>, tensor<4x2xf32>
}

// A range that nobody knows is that of the values when it runs.
// CHECK-LABEL: tfg.func @unknown
tfg.func @unknown(%x: tensor<4x2xf32>, %y: tensor<2x2xf32>) -> tensor<4x2xf32> {
  // CHECK: QuantizeAndDequantizeV2{{.*}} {num_bits = 8 : i64, range_given = false, signed_input = true}
  // CHECK: QuantizeAndDequantizeV2{{.*}} {num_bits = 8 : i64, range_given = false, signed_input = true}
  %z = tfg.MatMul(%x, %y) : (tensor<4x2xf32>, tensor<2x2xf32>) -> tensor<4x2xf32> name("z")
  tfg.return %z : tensor<4x2xf32>
}

// Numbers that are no floats of 32 bits stay, and so do other ops.
// CHECK-LABEL: tfg.func @other
tfg.func @other(%x: tensor<2x2xf64>, %y: tensor<2x2xf32>) -> (tensor<2x2xf64>, tensor<2x2xf32>) {
  // CHECK-NOT: QuantizeAndDequantize
  %z = tfg.MatMul(%x, %x) : (tensor<2x2xf64>, tensor<2x2xf64>) -> tensor<2x2xf64> name("z")
  %a = tfg.AddV2(%y, %y) : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32> name("a")
  tfg.return %z, %a : tensor<2x2xf64>, tensor<2x2xf32>
}
