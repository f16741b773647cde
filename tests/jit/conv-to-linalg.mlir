// The form that convolutions take: what native code makes its kernels from.
// RUN: split-file %s %t
// RUN: firn-opt %t/plain.mlir --tfg-to-linalg | FileCheck %t/plain.mlir
// RUN: firn-opt %t/layout.mlir --tfg-to-linalg | FileCheck %t/layout.mlir
// RUN: firn-opt %t/transposed.mlir --tfg-to-linalg | FileCheck %t/transposed.mlir
// RUN: not firn-opt %t/unknown.mlir --tfg-to-linalg 2>&1 | FileCheck %t/unknown.mlir

//--- plain.mlir
// Padding is explicit where there is any; the batch may be unknown; a depthwise
// filter loses its unit dimension before run time.
// CHECK-LABEL: func.func @main
// CHECK: tensor.pad %{{.*}} low[0, 1, 1, 0] high[0, 1, 1, 0]
// CHECK: arith.constant dense<{{.*}}> : tensor<3x3x8xf32>
// CHECK: linalg.depthwise_conv_2d_nhwc_hwc
// CHECK-NOT: tensor.pad
// CHECK: linalg.conv_2d_nhwc_hwcf {{.*}} -> tensor<?x6x6x4xf32>
// CHECK-NOT: linalg.transpose
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"} : () -> tensor<?x6x6x8xf32> name("x")
  %d = tfg.Const() {value = dense<0.5> : tensor<3x3x8x1xf32>} : () -> tensor<3x3x8x1xf32> name("d")
  %w = tfg.Const() {value = dense<0.25> : tensor<1x1x8x4xf32>} : () -> tensor<1x1x8x4xf32> name("w")
  %y = tfg.DepthwiseConv2dNative(%x, %d) {padding = "SAME", strides = [1, 1, 1, 1]} : (tensor<?x6x6x8xf32>, tensor<3x3x8x1xf32>) -> tensor<?x6x6x8xf32> name("y")
  %z = tfg.Conv2D(%y, %w) {padding = "SAME", strides = [1, 1, 1, 1]} : (tensor<?x6x6x8xf32>, tensor<1x1x8x4xf32>) -> tensor<?x6x6x4xf32> name("z")
  tfg.fetch %z ["z"] : tensor<?x6x6x4xf32>
}

//--- layout.mlir
// NCHW is transposed at the borders, the filter never.
// CHECK-LABEL: func.func @main
// CHECK: linalg.transpose {{.*}} permutation = [0, 2, 3, 1]
// CHECK: linalg.conv_2d_nhwc_hwcf {{.*}}strides = dense<2>
// CHECK: linalg.transpose {{.*}} permutation = [0, 3, 1, 2]
// CHECK-NOT: linalg.transpose
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"} : () -> tensor<1x3x8x8xf32> name("x")
  %w = tfg.Const() {value = dense<[[[[1.0], [2.0], [3.0]]]]> : tensor<1x1x3x1xf32>} : () -> tensor<1x1x3x1xf32> name("w")
  %y = tfg.Conv2D(%x, %w) {data_format = "NCHW", padding = "VALID", strides = [1, 1, 2, 2]} : (tensor<1x3x8x8xf32>, tensor<1x1x3x1xf32>) -> tensor<1x1x4x4xf32> name("y")
  tfg.fetch %y ["y"] : tensor<1x1x4x4xf32>
}

//--- transposed.mlir
// The constant filter is brought into its phases before run time: two taps, 1 and
// 2, of stride 2 become one tap of two output channels in each dimension.
// CHECK-LABEL: func.func @main
// CHECK-DAG: arith.constant dense<{{\[\[\[\[}}1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00]]]]> : tensor<1x1x1x4xf32>
// CHECK: linalg.conv_2d_nhwc_hwcf {{.*}}strides = dense<1>
// CHECK: tensor.expand_shape
// CHECK: linalg.transpose
// CHECK: tensor.collapse_shape {{.*}} into tensor<1x4x4x1xf32>
tfg.graph {
  %g = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "g"} : () -> tensor<1x2x2x1xf32> name("g")
  %s = tfg.Const() {value = dense<[1, 4, 4, 1]> : tensor<4xi32>} : () -> tensor<4xi32> name("s")
  %w = tfg.Const() {value = dense<[[[[1.0]], [[2.0]]], [[[3.0]], [[4.0]]]]> : tensor<2x2x1x1xf32>} : () -> tensor<2x2x1x1xf32> name("w")
  %y = tfg.Conv2DBackpropInput(%s, %w, %g) {padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<4xi32>, tensor<2x2x1x1xf32>, tensor<1x2x2x1xf32>) -> tensor<1x4x4x1xf32> name("y")
  tfg.fetch %y ["y"] : tensor<1x4x4x1xf32>
}

//--- unknown.mlir
// SAME with a stride over an image of unknown size has no known padding.
// CHECK: unsupported op: Conv2D (node 'y': expects an image and a window of known size)
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"} : () -> tensor<1x?x8x3xf32> name("x")
  %w = tfg.Const() {value = dense<1.0> : tensor<3x3x3x4xf32>} : () -> tensor<3x3x3x4xf32> name("w")
  %y = tfg.Conv2D(%x, %w) {padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<1x?x8x3xf32>, tensor<3x3x3x4xf32>) -> tensor<1x?x4x4xf32> name("y")
  tfg.fetch %y ["y"] : tensor<1x?x4x4xf32>
}
