// RUN: firn-opt --canonicalize --split-input-file %s | FileCheck %s

// Integers of shape arithmetic fold, with broadcasting and TensorFlow's
// division: FloorDiv and FloorMod round down, TruncateDiv toward zero.
// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Const() {value = dense<[7, -7, 8]> : tensor<3xi32>} : () -> tensor<3xi32> name("x")
  %y = tfg.Const() {value = dense<2> : tensor<i32>} : () -> tensor<i32> name("y")
  // CHECK-DAG: value = dense<[9, -5, 10]> : tensor<3xi32>
  %add = tfg.AddV2(%x, %y) : (tensor<3xi32>, tensor<i32>) -> tensor<3xi32> name("add")
  // CHECK-DAG: value = dense<[3, -4, 4]> : tensor<3xi32>
  %fdiv = tfg.FloorDiv(%x, %y) : (tensor<3xi32>, tensor<i32>) -> tensor<3xi32> name("fdiv")
  // CHECK-DAG: value = dense<[1, 1, 0]> : tensor<3xi32>
  %fmod = tfg.FloorMod(%x, %y) : (tensor<3xi32>, tensor<i32>) -> tensor<3xi32> name("fmod")
  // CHECK-DAG: value = dense<[3, -3, 4]> : tensor<3xi32>
  %tdiv = tfg.TruncateDiv(%x, %y) : (tensor<3xi32>, tensor<i32>) -> tensor<3xi32> name("tdiv")
  // CHECK-DAG: value = dense<[7, 2, 8]> : tensor<3xi32>
  %max = tfg.Maximum(%x, %y) : (tensor<3xi32>, tensor<i32>) -> tensor<3xi32> name("max")
  // CHECK-DAG: value = dense<[false, true, false]> : tensor<3xi1>
  %less = tfg.Less(%x, %y) : (tensor<3xi32>, tensor<i32>) -> tensor<3xi1> name("less")
  // CHECK-DAG: value = dense<[7, 2, 8]> : tensor<3xi32>
  %sel = tfg.SelectV2(%less, %y, %x) : (tensor<3xi1>, tensor<i32>, tensor<3xi32>) -> tensor<*xi32> name("sel")
  // CHECK-DAG: value = dense<[7.0{{.*}}, -7.0{{.*}}, 8.0{{.*}}]> : tensor<3xf32>
  %cast = tfg.Cast(%x) : (tensor<3xi32>) -> tensor<3xf32> name("cast")
  tfg.fetch %add, %fdiv, %fmod, %tdiv, %max, %less, %sel, %cast ["a", "b", "c", "d", "e", "f", "g", "h"] : tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<3xi1>, tensor<*xi32>, tensor<3xf32>
}

// -----

// A division by zero is an error of the running program and stays.
// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Const() {value = dense<7> : tensor<i32>} : () -> tensor<i32> name("x")
  %y = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("y")
  // CHECK-DAG: tfg.FloorDiv
  %z = tfg.FloorDiv(%x, %y) : (tensor<i32>, tensor<i32>) -> tensor<i32> name("z")
  // -2^31 / -1 wraps.
  %low = tfg.Const() {value = dense<-2147483648> : tensor<i32>} : () -> tensor<i32> name("low")
  %m = tfg.Const() {value = dense<-1> : tensor<i32>} : () -> tensor<i32> name("m")
  // CHECK-DAG: tfg.Const() {value = dense<-2147483648> : tensor<i32>} : () -> tensor<i32> name("w")
  %w = tfg.Div(%low, %m) : (tensor<i32>, tensor<i32>) -> tensor<i32> name("w")
  tfg.fetch %z, %w ["z", "w"] : tensor<i32>, tensor<i32>
}

// -----

// Neutral elements go where that is exact: x * 1 and x + -0.0 are x, but
// x + 0.0 is not (-0.0 + 0.0 is 0.0), nor what would change the shape.
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[X:.*]] = tfg.Placeholder
  %x = tfg.Placeholder() : () -> tensor<2xf32> name("x")
  %one = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("one")
  %nz = tfg.Const() {value = dense<-0.0> : tensor<f32>} : () -> tensor<f32> name("nz")
  %z = tfg.Const() {value = dense<0.0> : tensor<f32>} : () -> tensor<f32> name("z")
  %wide = tfg.Const() {value = dense<1.0> : tensor<3x2xf32>} : () -> tensor<3x2xf32> name("wide")
  %a = tfg.Mul(%one, %x) : (tensor<f32>, tensor<2xf32>) -> tensor<2xf32> name("a")
  %b = tfg.AddV2(%a, %nz) : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32> name("b")
  // CHECK: %[[KEPT:.*]] = tfg.AddV2(%[[X]],
  %c = tfg.AddV2(%x, %z) : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32> name("c")
  // CHECK: %[[WIDE:.*]] = tfg.Mul(
  %d = tfg.Mul(%x, %wide) : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32> name("d")
  // CHECK: tfg.fetch %[[X]], %[[KEPT]], %[[WIDE]]
  tfg.fetch %b, %c, %d ["b", "c", "d"] : tensor<2xf32>, tensor<2xf32>, tensor<3x2xf32>
}

// -----

// A cycle folds to a node that waits for itself, which stays: it is for others
// to report.
// CHECK-LABEL: tfg.graph
tfg.graph {
  %z = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("z")
  // CHECK: %[[A:.*]] = tfg.{{.*}}(%[[A]]
  %a = tfg.AddV2(%b, %z) : (tensor<i32>, tensor<i32>) -> tensor<i32> name("a")
  %b = tfg.Identity(%c) : (tensor<i32>) -> tensor<i32> name("b")
  %c = tfg.Identity(%a) : (tensor<i32>) -> tensor<i32> name("c")
  // CHECK: tfg.fetch %[[A]]
  tfg.fetch %a ["y"] : tensor<i32>
}
