// RUN: firn-opt %s --tfg-quantize-nodes=ignore-ops=Mul | FileCheck %s
// RUN: firn-opt %s --tfg-quantize-nodes="input-min=-1 input-max=2 fallback-min=-10 fallback-max=20" | FileCheck %s --check-prefix=RANGES
// RUN: not firn-opt %s --tfg-quantize-nodes="input-min=2 input-max=-1" 2>&1 | FileCheck %s --check-prefix=ERROR
// ERROR: the input range is given as '2' to '-1'; expected two numbers, the lower one first

// CHECK-LABEL: tfg.graph
// RANGES-LABEL: tfg.graph
tfg.graph {
  // Inputs are quantized by the range that they have.
  // CHECK: %[[X:.*]] = tfg.Placeholder() : () -> tensor<4x8xf32> name("x")
  // CHECK: %[[MIN:.*]] = tfg.Min({{.*}} name("x/eightbit_min")
  // CHECK: %[[MAX:.*]] = tfg.Max({{.*}} name("x/eightbit_max")
  // CHECK: %[[XQ:.*]], %[[XL:.*]], %[[XH:.*]] = tfg.QuantizeV2(%[[X]], %[[MIN]], %[[MAX]]) {mode = "MIN_FIRST"} : {{.*}} -> (tensor<4x8x!tfg.quint8>, tensor<f32>, tensor<f32>) name("x/eightbit_quantize")
  // Or come quantized.
  // RANGES: %[[X:.*]] = tfg.Placeholder() : () -> tensor<4x8x!tfg.quint8> name("x")
  // RANGES: %[[LOW:.*]] = tfg.Const() {value = dense<-1.000000e+00>
  // RANGES: %[[HIGH:.*]] = tfg.Const() {value = dense<2.000000e+00>
  %x = tfg.Placeholder() : () -> tensor<4x8xf32> name("x")
  %w = tfg.Const() {value = dense<0.5> : tensor<8x2xf32>} : () -> tensor<8x2xf32> name("w")
  // CHECK: %[[WQ:.*]], %[[WL:.*]], %[[WH:.*]] = tfg.QuantizeV2({{.*}} name("w/eightbit_quantize")
  // CHECK: %[[P:.*]], %[[PL:.*]], %[[PH:.*]] = tfg.QuantizedMatMul(%[[XQ]], %[[WQ]], %[[XL]], %[[XH]], %[[WL]], %[[WH]]) {transpose_b = false} : {{.*}} -> (tensor<4x2x!tfg.qint32>, tensor<f32>, tensor<f32>) name("y/eightbit")
  // CHECK: %[[RL:.*]], %[[RH:.*]] = tfg.RequantizationRange(%[[P]], %[[PL]], %[[PH]]) : {{.*}} name("y/eightbit_requant_range")
  // CHECK: %[[Q:.*]], %[[QL:.*]], %[[QH:.*]] = tfg.Requantize(%[[P]], %[[PL]], %[[PH]], %[[RL]], %[[RH]]) : {{.*}} name("y/eightbit_requantize")
  // RANGES: tfg.QuantizedMatMul(%[[X]], {{.*}}, %[[LOW]], %[[HIGH]],
  // RANGES: %[[FMIN:.*]] = tfg.Const() {value = dense<-1.000000e+01>
  // RANGES: %[[FMAX:.*]] = tfg.Const() {value = dense<2.000000e+01>
  // RANGES: tfg.Requantize({{.*}}, %[[FMIN]], %[[FMAX]])
  %y = tfg.MatMul(%x, %w) {transpose_b = false} : (tensor<4x8xf32>, tensor<8x2xf32>) -> tensor<4x2xf32> name("y")
  // No floats between two quantized nodes.
  // CHECK-NOT: tfg.Dequantize({{.*}} name("y")
  // CHECK: %[[A:.*]], %[[AL:.*]], %[[AH:.*]] = tfg.QuantizedRelu(%[[Q]], %[[QL]], %[[QH]]) : {{.*}} name("a/eightbit")
  // CHECK: %[[F:.*]] = tfg.Dequantize(%[[A]], %[[AL]], %[[AH]]) {mode = "MIN_FIRST"} : {{.*}} -> tensor<4x2xf32> name("a")
  %a = tfg.Relu(%y) : (tensor<4x2xf32>) -> tensor<4x2xf32> name("a")
  // What is ignored stays, and so does what has no quantized form.
  // CHECK: tfg.Mul(%[[F]], %[[F]])
  %m = tfg.Mul(%a, %a) : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<4x2xf32> name("m")
  // CHECK: tfg.Exp(%[[F]])
  %e = tfg.Exp(%a) : (tensor<4x2xf32>) -> tensor<4x2xf32> name("e")
}

// A FakeQuant says the range: of what is requantized, or of floats.
// CHECK-LABEL: tfg.func @fake
tfg.func @fake(%x: tensor<4x8xf32>, %w: tensor<8x2xf32>) -> tensor<4x2xf32> {
  // CHECK: %[[MIN:.*]] = tfg.Const(){{.*}} name("min")
  // CHECK: %[[MAX:.*]] = tfg.Const(){{.*}} name("max")
  %min = tfg.Const() {value = dense<0.0> : tensor<f32>} : () -> tensor<f32> name("min")
  %max = tfg.Const() {value = dense<6.0> : tensor<f32>} : () -> tensor<f32> name("max")
  // CHECK: tfg.QuantizeV2(%arg0, %[[MIN]], %[[MAX]]) {mode = "MIN_FIRST"} : {{.*}} name("f/eightbit_quantize")
  %f = tfg.node "FakeQuantWithMinMaxVars"(%x, %min, %max) : (tensor<4x8xf32>, tensor<f32>, tensor<f32>) -> tensor<4x8xf32> name("f")
  // CHECK-NOT: tfg.RequantizationRange
  // CHECK: tfg.Requantize({{.*}}, %[[MIN]], %[[MAX]])
  // CHECK: tfg.Dequantize({{.*}} name("g")
  %y = tfg.MatMul(%f, %w) : (tensor<4x8xf32>, tensor<8x2xf32>) -> tensor<4x2xf32> name("y")
  %g = tfg.node "FakeQuantWithMinMaxVars"(%y, %min, %max) : (tensor<4x2xf32>, tensor<f32>, tensor<f32>) -> tensor<4x2xf32> name("g")
  tfg.return %g : tensor<4x2xf32>
}

// Not what the quantized form cannot do: channels first, dilations, f64, a sum
// that broadcasts a matrix.
// CHECK-LABEL: tfg.func @other
tfg.func @other(%x: tensor<1x2x4x4xf32>, %w: tensor<1x1x2x2xf32>, %d: tensor<2x2xf64>, %s: tensor<4x1xf32>, %t: tensor<1x3xf32>, %i: tensor<1x4x4x2xf32>, %f: tensor<3x3x2x2xf32>)
    -> (tensor<1x2x4x4xf32>, tensor<2x2xf64>, tensor<4x3xf32>, tensor<1x4x4x2xf32>) {
  // CHECK-NOT: Quantized
  %c = tfg.Conv2D(%x, %w) {strides = [1, 1, 1, 1], padding = "SAME", data_format = "NCHW"} : (tensor<1x2x4x4xf32>, tensor<1x1x2x2xf32>) -> tensor<1x2x4x4xf32> name("c")
  %h = tfg.Conv2D(%i, %f) {strides = [1, 1, 1, 1], padding = "SAME", dilations = [1, 2, 2, 1]} : (tensor<1x4x4x2xf32>, tensor<3x3x2x2xf32>) -> tensor<1x4x4x2xf32> name("h")
  %m = tfg.MatMul(%d, %d) : (tensor<2x2xf64>, tensor<2x2xf64>) -> tensor<2x2xf64> name("m")
  %a = tfg.AddV2(%s, %t) : (tensor<4x1xf32>, tensor<1x3xf32>) -> tensor<4x3xf32> name("a")
  tfg.return %c, %m, %a, %h : tensor<1x2x4x4xf32>, tensor<2x2xf64>, tensor<4x3xf32>, tensor<1x4x4x2xf32>
}

// Concat: all values, all lower ends, all upper ends.
// CHECK-LABEL: tfg.func @concat
tfg.func @concat(%axis: tensor<i32>, %x: tensor<2xf32>, %y: tensor<3xf32>) -> tensor<5xf32> {
  // CHECK: %[[X:.*]], %[[XL:.*]], %[[XH:.*]] = tfg.QuantizeV2(%arg1,
  // CHECK: %[[Y:.*]], %[[YL:.*]], %[[YH:.*]] = tfg.QuantizeV2(%arg2,
  // CHECK: QuantizedConcat{{.*}}(%arg0, %[[X]], %[[Y]], %[[XL]], %[[YL]], %[[XH]], %[[YH]])
  %z = tfg.Concat(%axis, %x, %y) : (tensor<i32>, tensor<2xf32>, tensor<3xf32>) -> tensor<5xf32> name("z")
  tfg.return %z : tensor<5xf32>
}
