// Shapes of scatters, diagonals, windows of images, losses, and rarer array ops.
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s

// CHECK-LABEL: tfg.graph
tfg.graph {
  %m = tfg.Placeholder() : () -> tensor<?x3x4xf32> name("m")
  %v = tfg.Placeholder() : () -> tensor<2x3xf32> name("v")
  %image = tfg.Placeholder() : () -> tensor<?x8x9x3xf32> name("image")
  %any = tfg.Placeholder() : () -> tensor<3xi32> name("any")
  %one = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("one")
  %least = tfg.Const() {value = dense<-1> : tensor<i32>} : () -> tensor<i32> name("least")
  %band = tfg.Const() {value = dense<[-1, 1]> : tensor<2xi32>} : () -> tensor<2xi32> name("band")
  %size = tfg.Const() {value = dense<[4, 5]> : tensor<2xi32>} : () -> tensor<2xi32> name("size")
  %zero = tfg.Const() {value = dense<0.0> : tensor<f32>} : () -> tensor<f32> name("zero")
  %i = tfg.Placeholder() : () -> tensor<7x1xi32> name("i")
  %u = tfg.Placeholder() : () -> tensor<7x5xf32> name("u")

  // The shape is an operand's value, or has as many sizes as that has entries.
  // CHECK: tfg.ScatterNd{{.*}} -> tensor<4x5xf32> name("scatter")
  %scatter = tfg.ScatterNd(%i, %u, %size) : (tensor<7x1xi32>, tensor<7x5xf32>, tensor<2xi32>) -> tensor<*xf32> name("scatter")
  // CHECK: tfg.Empty{{.*}} -> tensor<?x?x?xf32> name("empty")
  %empty = tfg.Empty(%any) : (tensor<3xi32>) -> tensor<*xf32> name("empty")

  // CHECK: tfg.MatrixDiag(%{{.*}} -> tensor<2x3x3xf32> name("diag")
  %diag = tfg.MatrixDiag(%v) : (tensor<2x3xf32>) -> tensor<*xf32> name("diag")
  // A diagonal beside the main one needs a larger square.
  // CHECK: tfg.MatrixDiagV3{{.*}} -> tensor<2x4x4xf32> name("diag3")
  %diag3 = tfg.MatrixDiagV3(%v, %one, %least, %least, %zero) : (tensor<2x3xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<f32>) -> tensor<*xf32> name("diag3")
  // Three diagonals of at most three elements.
  // CHECK: tfg.MatrixDiagPartV3{{.*}} -> tensor<?x3x3xf32> name("part3")
  %part3 = tfg.MatrixDiagPartV3(%m, %band, %zero) : (tensor<?x3x4xf32>, tensor<2xi32>, tensor<f32>) -> tensor<*xf32> name("part3")
  // CHECK: tfg.DiagPart(%{{.*}} -> tensor<?xf32> name("same")
  %square = tfg.Placeholder() : () -> tensor<?x?xf32> name("square")
  %same = tfg.DiagPart(%square) : (tensor<?x?xf32>) -> tensor<*xf32> name("same")

  // The elements of a window lie along the depth.
  // CHECK: tfg.ExtractImagePatches{{.*}} -> tensor<?x4x4x12xf32> name("patches")
  %patches = tfg.ExtractImagePatches(%image) {ksizes = [1, 2, 2, 1], padding = "VALID", rates = [1, 1, 1, 1], strides = [1, 2, 2, 1]} : (tensor<?x8x9x3xf32>) -> tensor<*xf32> name("patches")
  // CHECK: tfg.MaxPoolWithArgmax{{.*}} -> (tensor<?x4x5x3xf32>, tensor<?x4x5x3xi64>) name("argmax")
  %y, %where = tfg.MaxPoolWithArgmax(%image) {ksize = [1, 2, 2, 1], padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<?x8x9x3xf32>) -> (tensor<*xf32>, tensor<*xi64>) name("argmax")

  // Logits and labels broadcast.
  // CHECK: tfg.SoftmaxCrossEntropyWithLogits{{.*}} -> (tensor<2xf32>, tensor<2x3xf32>) name("loss")
  %row = tfg.Placeholder() : () -> tensor<1x3xf32> name("row")
  %loss, %gradient = tfg.SoftmaxCrossEntropyWithLogits(%v, %row) : (tensor<2x3xf32>, tensor<1x3xf32>) -> (tensor<*xf32>, tensor<*xf32>) name("loss")
}
