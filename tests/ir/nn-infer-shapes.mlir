// Shapes of convolutions, poolings, normalisations and image ops.
// RUN: firn-opt %s --tfg-infer-shapes --split-input-file | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip --split-input-file -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<?x8x9x6xf32> name("x")
  %first = tfg.Placeholder() : () -> tensor<2x6x8x9xf32> name("first")
  %any = tfg.Placeholder() : () -> tensor<?x?x?x3xf32> name("any")
  %volume = tfg.Placeholder() : () -> tensor<1x4x5x6x3xf32> name("volume")
  %w = tfg.Placeholder() : () -> tensor<3x3x6x4xf32> name("w")
  %w3 = tfg.Placeholder() : () -> tensor<3x3x3x4xf32> name("w3")
  %w5 = tfg.Placeholder() : () -> tensor<3x3x3x3x4xf32> name("w5")
  %c = tfg.Placeholder() : () -> tensor<6xf32> name("c")

  // The batch stays unknown; SAME divides rounding up, VALID drops the rest.
  // CHECK: tfg.Conv2D{{.*}} -> tensor<?x4x3x4xf32> name("same")
  %same = tfg.Conv2D(%x, %w) {padding = "SAME", strides = [1, 2, 3, 1]} : (tensor<?x8x9x6xf32>, tensor<3x3x6x4xf32>) -> tensor<*xf32> name("same")
  // CHECK: tfg.Conv2D{{.*}} -> tensor<?x3x4x4xf32> name("valid")
  %valid = tfg.Conv2D(%x, %w) {padding = "VALID", strides = [1, 2, 2, 1]} : (tensor<?x8x9x6xf32>, tensor<3x3x6x4xf32>) -> tensor<*xf32> name("valid")
  // CHECK: tfg.Conv2D{{.*}} -> tensor<2x4x5x5xf32> name("explicit")
  %explicit = tfg.Conv2D(%first, %w) {data_format = "NCHW", dilations = [1, 1, 2, 2], explicit_paddings = [0, 0, 0, 0, 1, 0, 0, 0], padding = "EXPLICIT", strides = [1, 1, 1, 1]} : (tensor<2x6x8x9xf32>, tensor<3x3x6x4xf32>) -> tensor<*xf32> name("explicit")
  // Half as many input channels as the image has: two groups.
  // CHECK: tfg.Conv2D{{.*}} -> tensor<?x8x9x4xf32> name("groups")
  %groups = tfg.Conv2D(%x, %w3) {padding = "SAME", strides = [1, 1, 1, 1]} : (tensor<?x8x9x6xf32>, tensor<3x3x3x4xf32>) -> tensor<*xf32> name("groups")
  // Sizes that are not known: SAME of stride 1 keeps them, others lose them.
  // CHECK: tfg.Conv2D{{.*}} -> tensor<?x?x?x4xf32> name("unknown")
  %unknown = tfg.Conv2D(%any, %w3) {padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<?x?x?x3xf32>, tensor<3x3x3x4xf32>) -> tensor<*xf32> name("unknown")
  // CHECK: tfg.DepthwiseConv2dNative{{.*}} -> tensor<?x8x9x24xf32> name("depthwise")
  %depthwise = tfg.DepthwiseConv2dNative(%x, %w) {padding = "SAME", strides = [1, 1, 1, 1]} : (tensor<?x8x9x6xf32>, tensor<3x3x6x4xf32>) -> tensor<*xf32> name("depthwise")
  // CHECK: tfg.Conv3D{{.*}} -> tensor<1x2x3x4x4xf32> name("conv3d")
  %conv3d = tfg.Conv3D(%volume, %w5) {padding = "VALID", strides = [1, 1, 1, 1, 1]} : (tensor<1x4x5x6x3xf32>, tensor<3x3x3x3x4xf32>) -> tensor<*xf32> name("conv3d")
  // A transposed convolution has the shape that it is told; height and width
  // may be enough.
  %sizes = tfg.Const() {value = dense<[2, 8, 9, 6]> : tensor<4xi32>} : () -> tensor<4xi32> name("sizes")
  %hw = tfg.Const() {value = dense<[8, 9]> : tensor<2xi32>} : () -> tensor<2xi32> name("hw")
  %g = tfg.Placeholder() : () -> tensor<2x4x5x4xf32> name("g")
  // CHECK: tfg.Conv2DBackpropInput{{.*}} -> tensor<2x8x9x6xf32> name("transposed")
  %transposed = tfg.Conv2DBackpropInput(%sizes, %w, %g) {padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<4xi32>, tensor<3x3x6x4xf32>, tensor<2x4x5x4xf32>) -> tensor<*xf32> name("transposed")
  // CHECK: tfg.Conv2DBackpropInput{{.*}} -> tensor<2x8x9x6xf32> name("transposed_hw")
  %transposed_hw = tfg.Conv2DBackpropInput(%hw, %w, %g) {padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<2xi32>, tensor<3x3x6x4xf32>, tensor<2x4x5x4xf32>) -> tensor<*xf32> name("transposed_hw")

  // CHECK: tfg.MaxPool({{.*}} -> tensor<?x4x5x6xf32> name("pool")
  %pool = tfg.MaxPool(%x) {ksize = [1, 3, 3, 1], padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<?x8x9x6xf32>) -> tensor<*xf32> name("pool")
  %k = tfg.Const() {value = dense<[1, 2, 2, 1]> : tensor<4xi32>} : () -> tensor<4xi32> name("k")
  // CHECK: tfg.MaxPoolV2({{.*}} -> tensor<?x4x4x6xf32> name("poolv2")
  %poolv2 = tfg.MaxPoolV2(%x, %k, %k) {padding = "VALID"} : (tensor<?x8x9x6xf32>, tensor<4xi32>, tensor<4xi32>) -> tensor<*xf32> name("poolv2")
  // CHECK: tfg.AvgPool3D({{.*}} -> tensor<1x2x3x3x3xf32> name("pool3d")
  %pool3d = tfg.AvgPool3D(%volume) {ksize = [1, 2, 2, 2, 1], padding = "SAME", strides = [1, 2, 2, 2, 1]} : (tensor<1x4x5x6x3xf32>) -> tensor<*xf32> name("pool3d")

  // CHECK: tfg.FusedBatchNormV3{{.*}} -> (tensor<?x8x9x6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<f32>) name("norm")
  %norm:6 = tfg.FusedBatchNormV3(%x, %c, %c, %c, %c) {is_training = false} : (tensor<?x8x9x6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) name("norm")

  // CHECK: tfg.ResizeBilinear{{.*}} -> tensor<?x8x9x3xf32> name("resize")
  %resize = tfg.ResizeBilinear(%any, %hw) : (tensor<?x?x?x3xf32>, tensor<2xi32>) -> tensor<*xf32> name("resize")

  %block = tfg.Const() {value = dense<[2, 3]> : tensor<2xi32>} : () -> tensor<2xi32> name("block")
  %pads = tfg.Const() {value = dense<[[1, 1], [0, 3]]> : tensor<2x2xi32>} : () -> tensor<2x2xi32> name("pads")
  // CHECK: tfg.SpaceToBatchND{{.*}} -> tensor<?x5x4x6xf32> name("to_batch")
  %to_batch = tfg.SpaceToBatchND(%x, %block, %pads) : (tensor<?x8x9x6xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<*xf32> name("to_batch")
  %many = tfg.Placeholder() : () -> tensor<12x5x4x6xf32> name("many")
  // CHECK: tfg.BatchToSpaceND{{.*}} -> tensor<2x8x9x6xf32> name("to_space")
  %to_space = tfg.BatchToSpaceND(%many, %block, %pads) : (tensor<12x5x4x6xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<*xf32> name("to_space")
  %wide = tfg.Placeholder() : () -> tensor<12x10x8x6xf32> name("wide")
  // CHECK: tfg.SpaceToDepth{{.*}} -> tensor<12x5x4x24xf32> name("depth")
  %depth = tfg.SpaceToDepth(%wide) {block_size = 2} : (tensor<12x10x8x6xf32>) -> tensor<*xf32> name("depth")
}

// -----

// The others of the family; beside what is known, what is left where an operand is
// less known (_unknown) or fed and no constant (_fed).
// CHECK-LABEL: tfg.graph
tfg.graph {
  %c_1_8_8_8_3_5xi32 = tfg.Const() {value = dense<[1, 8, 8, 8, 3]> : tensor<5xi32>} : () -> tensor<5xi32> name("c_1_8_8_8_3_5xi32")
  %in_2x2x2x3x4xf32 = tfg.Placeholder() : () -> tensor<2x2x2x3x4xf32> name("in_2x2x2x3x4xf32")
  %in_1x4x4x4x4xf32 = tfg.Placeholder() : () -> tensor<1x4x4x4x4xf32> name("in_1x4x4x4x4xf32")
  %in_5xi32 = tfg.Placeholder() : () -> tensor<5xi32> name("in_5xi32")
  %in_1x8x8x3xf32 = tfg.Placeholder() : () -> tensor<1x8x8x3xf32> name("in_1x8x8x3xf32")
  %in_3x3x3xf32 = tfg.Placeholder() : () -> tensor<3x3x3xf32> name("in_3x3x3xf32")
  %in_nx8x8x3xf32 = tfg.Placeholder() : () -> tensor<?x8x8x3xf32> name("in_nx8x8x3xf32")

  // CHECK: tfg.Conv3DBackpropInputV2{{.*}} -> tensor<1x8x8x8x3xf32> name("Conv3DBackpropInputV2")
  %Conv3DBackpropInputV2 = tfg.Conv3DBackpropInputV2(%c_1_8_8_8_3_5xi32, %in_2x2x2x3x4xf32, %in_1x4x4x4x4xf32) {padding = "SAME", strides = [1, 2, 2, 2, 1]} : (tensor<5xi32>, tensor<2x2x2x3x4xf32>, tensor<1x4x4x4x4xf32>) -> tensor<*xf32> name("Conv3DBackpropInputV2")
  // CHECK: tfg.Conv3DBackpropInputV2{{.*}} -> tensor<1x?x?x?x?xf32> name("Conv3DBackpropInputV2_fed")
  %Conv3DBackpropInputV2_fed = tfg.Conv3DBackpropInputV2(%in_5xi32, %in_2x2x2x3x4xf32, %in_1x4x4x4x4xf32) {padding = "SAME", strides = [1, 2, 2, 2, 1]} : (tensor<5xi32>, tensor<2x2x2x3x4xf32>, tensor<1x4x4x4x4xf32>) -> tensor<*xf32> name("Conv3DBackpropInputV2_fed")
  // CHECK: tfg.Dilation2D{{.*}} -> tensor<1x8x8x3xf32> name("Dilation2D")
  %Dilation2D = tfg.Dilation2D(%in_1x8x8x3xf32, %in_3x3x3xf32) {padding = "SAME", rates = [1, 1, 1, 1], strides = [1, 1, 1, 1]} : (tensor<1x8x8x3xf32>, tensor<3x3x3xf32>) -> tensor<*xf32> name("Dilation2D")
  // CHECK: tfg.Dilation2D{{.*}} -> tensor<?x8x8x3xf32> name("Dilation2D_unknown")
  %Dilation2D_unknown = tfg.Dilation2D(%in_nx8x8x3xf32, %in_3x3x3xf32) {padding = "SAME", rates = [1, 1, 1, 1], strides = [1, 1, 1, 1]} : (tensor<?x8x8x3xf32>, tensor<3x3x3xf32>) -> tensor<*xf32> name("Dilation2D_unknown")
}
