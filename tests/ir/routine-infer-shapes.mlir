// Shapes of ops that the runtime computes. What depends on values is unknown,
// its rank is not.
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s

// CHECK-LABEL: tfg.graph
tfg.graph {
  %rows = tfg.Placeholder() : () -> tensor<9x3xf32> name("rows")
  %batch = tfg.Placeholder() : () -> tensor<?x5x3xf32> name("batch")
  %square = tfg.Placeholder() : () -> tensor<2x3x3xf32> name("square")
  %vector = tfg.Placeholder() : () -> tensor<9xf32> name("vector")
  %any = tfg.Placeholder() : () -> tensor<*xf32> name("any")
  %ids = tfg.Placeholder() : () -> tensor<9xi32> name("ids")
  %n = tfg.Placeholder() : () -> tensor<i32> name("n")
  %four = tfg.Const() {value = dense<4> : tensor<i32>} : () -> tensor<i32> name("four")
  %sorted = tfg.Const() {value = dense<[0, 0, 1, 1, 1, 2, 2, 4, 6]> : tensor<9xi32>} : () -> tensor<9xi32> name("sorted")
  %axis = tfg.Const() {value = dense<[0]> : tensor<1xi32>} : () -> tensor<1xi32> name("axis")
  %none = tfg.Const() {value = dense<> : tensor<0xi32>} : () -> tensor<0xi32> name("none")
  %f = tfg.Placeholder() : () -> tensor<f32> name("f")

  // The rank of the input is the number of columns.
  // CHECK: tfg.Where{{.*}} -> tensor<?x2xi64> name("where")
  %where = tfg.Where(%rows) : (tensor<9x3xf32>) -> tensor<*xi64> name("where")
  // CHECK: tfg.Where{{.*}} -> tensor<?x?xi64> name("where_any")
  %where_any = tfg.Where(%any) : (tensor<*xf32>) -> tensor<*xi64> name("where_any")
  // CHECK: tfg.UniqueV2{{.*}} -> (tensor<?x3xf32>, tensor<9xi32>) name("unique")
  %unique:2 = tfg.UniqueV2(%rows, %axis) : (tensor<9x3xf32>, tensor<1xi32>) -> (tensor<*xf32>, tensor<*xi32>) name("unique")
  // CHECK: tfg.UniqueWithCountsV2{{.*}} -> (tensor<?xf32>, tensor<9xi32>, tensor<?xi32>) name("counts")
  %counts:3 = tfg.UniqueWithCountsV2(%vector, %none) : (tensor<9xf32>, tensor<0xi32>) -> (tensor<*xf32>, tensor<*xi32>, tensor<*xi32>) name("counts")
  // CHECK: tfg.Bincount{{.*}} -> tensor<4xf32> name("bins")
  %bins = tfg.Bincount(%ids, %four, %vector) : (tensor<9xi32>, tensor<i32>, tensor<9xf32>) -> tensor<*xf32> name("bins")
  // CHECK: tfg.Bincount{{.*}} -> tensor<?xf32> name("bins_n")
  %bins_n = tfg.Bincount(%ids, %n, %vector) : (tensor<9xi32>, tensor<i32>, tensor<9xf32>) -> tensor<*xf32> name("bins_n")

  // The smaller dimension is the rank of a decomposition.
  // CHECK: tfg.Svd{{.*}} -> (tensor<?x3xf32>, tensor<?x5x3xf32>, tensor<?x3x3xf32>) name("svd")
  %svd:3 = tfg.Svd(%batch) : (tensor<?x5x3xf32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) name("svd")
  // CHECK: tfg.Svd{{.*}} -> (tensor<?x3xf32>, tensor<0xf32>, tensor<0xf32>) name("svd_values")
  %svd_values:3 = tfg.Svd(%batch) {compute_uv = false} : (tensor<?x5x3xf32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) name("svd_values")
  // CHECK: tfg.MatrixSolve{{.*}} -> tensor<2x3x3xf32> name("solve")
  %solve = tfg.MatrixSolve(%square, %square) : (tensor<2x3x3xf32>, tensor<2x3x3xf32>) -> tensor<*xf32> name("solve")
  // CHECK: tfg.Lu{{.*}} -> (tensor<2x3x3xf32>, tensor<2x3xi32>) name("lu")
  %lu:2 = tfg.Lu(%square) : (tensor<2x3x3xf32>) -> (tensor<*xf32>, tensor<*xi32>) name("lu")

  // Known ids say how many segments there are.
  // CHECK: tfg.SegmentSum{{.*}} -> tensor<7x3xf32> name("segments")
  %segments = tfg.SegmentSum(%rows, %sorted) : (tensor<9x3xf32>, tensor<9xi32>) -> tensor<*xf32> name("segments")
  // CHECK: tfg.SegmentSum{{.*}} -> tensor<?x3xf32> name("segments_unknown")
  %segments_unknown = tfg.SegmentSum(%rows, %ids) : (tensor<9x3xf32>, tensor<9xi32>) -> tensor<*xf32> name("segments_unknown")
  // CHECK: tfg.UnsortedSegmentMax{{.*}} -> tensor<4x3xf32> name("unsorted")
  %unsorted = tfg.UnsortedSegmentMax(%rows, %ids, %four) : (tensor<9x3xf32>, tensor<9xi32>, tensor<i32>) -> tensor<*xf32> name("unsorted")
  // CHECK: tfg.DynamicPartition{{.*}} -> (tensor<?x3xf32>, tensor<?x3xf32>) name("parts")
  %parts:2 = tfg.DynamicPartition(%rows, %ids) : (tensor<9x3xf32>, tensor<9xi32>) -> (tensor<*xf32>, tensor<*xf32>) name("parts")
  // CHECK: tfg.DynamicStitch{{.*}} -> tensor<7x3xf32> name("stitch")
  %stitch = tfg.DynamicStitch(%sorted, %rows) : (tensor<9xi32>, tensor<9x3xf32>) -> tensor<*xf32> name("stitch")

  // CHECK: tfg.NonMaxSuppressionV4{{.*}} -> (tensor<?xi32>, tensor<i32>) name("boxes")
  %four_columns = tfg.Placeholder() : () -> tensor<9x4xf32> name("four_columns")
  %boxes:2 = tfg.NonMaxSuppressionV4(%four_columns, %vector, %four, %f, %f) : (tensor<9x4xf32>, tensor<9xf32>, tensor<i32>, tensor<f32>, tensor<f32>) -> (tensor<*xi32>, tensor<*xi32>) name("boxes")
  // CHECK: tfg.NonMaxSuppressionV4{{.*}} -> (tensor<4xi32>, tensor<i32>) name("padded")
  %padded:2 = tfg.NonMaxSuppressionV4(%four_columns, %vector, %four, %f, %f) {pad_to_max_output_size = true} : (tensor<9x4xf32>, tensor<9xf32>, tensor<i32>, tensor<f32>, tensor<f32>) -> (tensor<*xi32>, tensor<*xi32>) name("padded")

  // A spectrum is given to its middle.
  %length = tfg.Const() {value = dense<[8]> : tensor<1xi32>} : () -> tensor<1xi32> name("length")
  // CHECK: tfg.RFFT{{.*}} -> tensor<5xcomplex<f32>> name("spectrum")
  %spectrum = tfg.RFFT(%vector, %length) : (tensor<9xf32>, tensor<1xi32>) -> tensor<*xcomplex<f32>> name("spectrum")
  // CHECK: tfg.IRFFT{{.*}} -> tensor<8xf32> name("signal")
  %signal = tfg.IRFFT(%spectrum, %length) : (tensor<*xcomplex<f32>>, tensor<1xi32>) -> tensor<*xf32> name("signal")
  %sound = tfg.Placeholder() : () -> tensor<16000x1xf32> name("sound")
  // CHECK: tfg.AudioSpectrogram{{.*}} -> tensor<1x49x513xf32> name("frames")
  %frames = tfg.AudioSpectrogram(%sound) {stride = 320, window_size = 640} : (tensor<16000x1xf32>) -> tensor<*xf32> name("frames")

  %shape = tfg.Const() {value = dense<[2, 5]> : tensor<2xi32>} : () -> tensor<2xi32> name("shape")
  // CHECK: tfg.RandomUniform{{.*}} -> tensor<2x5xf32> name("random")
  %random = tfg.RandomUniform(%shape) {seed = 7} : (tensor<2xi32>) -> tensor<*xf32> name("random")
  // CHECK: tfg.Igamma{{.*}} -> tensor<9x3xf32> name("gamma")
  %gamma = tfg.Igamma(%rows, %f) : (tensor<9x3xf32>, tensor<f32>) -> tensor<*xf32> name("gamma")

  %indices = tfg.Placeholder() : () -> tensor<5x2xi64> name("indices")
  %values = tfg.Placeholder() : () -> tensor<5xf32> name("values")
  %dense = tfg.Const() {value = dense<[3, 4]> : tensor<2xi64>} : () -> tensor<2xi64> name("dense")
  // CHECK: tfg.SparseToDense{{.*}} -> tensor<3x4xf32> name("to_dense")
  %to_dense = tfg.SparseToDense(%indices, %dense, %values, %f) : (tensor<5x2xi64>, tensor<2xi64>, tensor<5xf32>, tensor<f32>) -> tensor<*xf32> name("to_dense")
  // CHECK: tfg.SparseReduceSum{{.*}} -> tensor<4xf32> name("reduced")
  %reduced = tfg.SparseReduceSum(%indices, %values, %dense, %axis) : (tensor<5x2xi64>, tensor<5xf32>, tensor<2xi64>, tensor<1xi32>) -> tensor<*xf32> name("reduced")
  // CHECK: tfg.SparseFillEmptyRows{{.*}} -> (tensor<?x2xi64>, tensor<?xf32>, tensor<3xi1>, tensor<5xi64>) name("filled")
  %filled:4 = tfg.SparseFillEmptyRows(%indices, %values, %dense, %f) : (tensor<5x2xi64>, tensor<5xf32>, tensor<2xi64>, tensor<f32>) -> (tensor<*xi64>, tensor<*xf32>, tensor<*xi1>, tensor<*xi64>) name("filled")
}
