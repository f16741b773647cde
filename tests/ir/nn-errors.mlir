// What the verifiers of convolutions and poolings refuse, whatever the shapes.
// RUN: firn-opt %s --split-input-file --verify-diagnostics

// A data format is one of two strings.
func.func @data_format(%x: tensor<1x8x8x3xf32>, %w: tensor<3x3x3x4xf32>) {
  // expected-error @+1 {{expects data_format NHWC or NCHW, but got "1234"}}
  %0 = tfg.Conv2D(%x, %w) {data_format = "1234", padding = "SAME", strides = [1, 1, 1, 1]} : (tensor<1x8x8x3xf32>, tensor<3x3x3x4xf32>) -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @padding(%x: tensor<1x8x8x3xf32>, %w: tensor<3x3x3x4xf32>) {
  // expected-error @+1 {{expects padding SAME, VALID or EXPLICIT, but got "FULL"}}
  %0 = tfg.Conv2D(%x, %w) {padding = "FULL", strides = [1, 1, 1, 1]} : (tensor<1x8x8x3xf32>, tensor<3x3x3x4xf32>) -> tensor<1x8x8x4xf32>
  return
}

// -----

// A stride is a divisor: zero is refused before it divides.
func.func @stride(%x: tensor<1x8x8x3xf32>, %w: tensor<3x3x3x4xf32>) {
  // expected-error @+1 {{expects strides from 1 to 2147483647, but got 0}}
  %0 = tfg.Conv2D(%x, %w) {padding = "SAME", strides = [1, 0, 1, 1]} : (tensor<1x8x8x3xf32>, tensor<3x3x3x4xf32>) -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @dilation(%x: tensor<1x8x8x3xf32>, %w: tensor<3x3x3x1xf32>) {
  // expected-error @+1 {{expects dilations from 1 to 2147483647, but got -1}}
  %0 = tfg.DepthwiseConv2dNative(%x, %w) {dilations = [1, 1, -1, 1], padding = "SAME", strides = [1, 1, 1, 1]} : (tensor<1x8x8x3xf32>, tensor<3x3x3x1xf32>) -> tensor<1x8x8x3xf32>
  return
}

// -----

func.func @stride_count(%x: tensor<1x8x8x3xf32>, %w: tensor<3x3x3x4xf32>) {
  // expected-error @+1 {{expects 4 strides, but got 2}}
  %0 = tfg.Conv2D(%x, %w) {padding = "SAME", strides = [1, 1]} : (tensor<1x8x8x3xf32>, tensor<3x3x3x4xf32>) -> tensor<1x8x8x4xf32>
  return
}

// -----

// A convolution steps over the image, not over channels.
func.func @channel_stride(%x: tensor<1x3x8x8xf32>, %w: tensor<3x3x3x4xf32>) {
  // expected-error @+1 {{expects strides of 1 for the channels, but got 2}}
  %0 = tfg.Conv2D(%x, %w) {data_format = "NCHW", padding = "SAME", strides = [1, 2, 1, 1]} : (tensor<1x3x8x8xf32>, tensor<3x3x3x4xf32>) -> tensor<1x4x8x8xf32>
  return
}

// -----

func.func @explicit_count(%x: tensor<1x8x8x3xf32>, %w: tensor<3x3x3x4xf32>) {
  // expected-error @+1 {{expects 8 explicit_paddings, but got 4}}
  %0 = tfg.Conv2D(%x, %w) {explicit_paddings = [0, 0, 1, 1], padding = "EXPLICIT", strides = [1, 1, 1, 1]} : (tensor<1x8x8x3xf32>, tensor<3x3x3x4xf32>) -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @explicit_negative(%x: tensor<1x8x8x3xf32>, %w: tensor<3x3x3x4xf32>) {
  // expected-error @+1 {{expects explicit_paddings from 0 to 2147483647, but got -1}}
  %0 = tfg.Conv2D(%x, %w) {explicit_paddings = [0, 0, 1, -1, 0, 0, 0, 0], padding = "EXPLICIT", strides = [1, 1, 1, 1]} : (tensor<1x8x8x3xf32>, tensor<3x3x3x4xf32>) -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @filter_rank(%x: tensor<1x8x8x3xf32>, %w: tensor<3x3x3xf32>) {
  // expected-error @+1 {{expects a filter of rank 4, but got 'tensor<3x3x3xf32>'}}
  %0 = tfg.Conv2D(%x, %w) {padding = "SAME", strides = [1, 1, 1, 1]} : (tensor<1x8x8x3xf32>, tensor<3x3x3xf32>) -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @image_rank(%x: tensor<8x8x8x3xf32>, %w: tensor<3x3x3x3x4xf32>) {
  // expected-error @+1 {{expects an image of rank 5, but got 'tensor<8x8x8x3xf32>'}}
  %0 = tfg.Conv3D(%x, %w) {padding = "SAME", strides = [1, 1, 1, 1, 1]} : (tensor<8x8x8x3xf32>, tensor<3x3x3x3x4xf32>) -> tensor<1x8x8x8x4xf32>
  return
}

// -----

// A window is a divisor of the mean.
func.func @pool_window(%x: tensor<1x8x8x3xf32>) {
  // expected-error @+1 {{expects ksize from 1 to 2147483647, but got 0}}
  %0 = tfg.AvgPool(%x) {ksize = [1, 0, 2, 1], padding = "VALID", strides = [1, 2, 2, 1]} : (tensor<1x8x8x3xf32>) -> tensor<1x4x4x3xf32>
  return
}

// -----

func.func @pool_window_too_large(%x: tensor<1x8x8x3xf32>) {
  // expected-error @+1 {{expects ksize from 1 to 2147483647, but got 1000000000000}}
  %0 = tfg.MaxPool(%x) {ksize = [1, 1000000000000, 2, 1], padding = "VALID", strides = [1, 2, 2, 1]} : (tensor<1x8x8x3xf32>) -> tensor<1x4x4x3xf32>
  return
}

// -----

func.func @pool_batch(%x: tensor<2x8x8x3xf32>) {
  // expected-error @+1 {{expects ksize of 1 for the batch dimension, but got 2}}
  %0 = tfg.MaxPool(%x) {ksize = [2, 2, 2, 1], padding = "VALID", strides = [1, 2, 2, 1]} : (tensor<2x8x8x3xf32>) -> tensor<1x4x4x3xf32>
  return
}

// -----

func.func @pool_3d(%x: tensor<1x8x8x3xf32>) {
  // expected-error @+1 {{expects an image of rank 5}}
  %0 = tfg.MaxPool3D(%x) {ksize = [1, 2, 2, 2, 1], padding = "VALID", strides = [1, 2, 2, 2, 1]} : (tensor<1x8x8x3xf32>) -> tensor<1x4x4x4x3xf32>
  return
}

// -----

// Two-dimensional batch norms take no three-dimensional format.
func.func @norm_format(%x: tensor<1x2x8x8x3xf32>, %c: tensor<3xf32>) {
  // expected-error @+1 {{expects data_format NHWC or NCHW, but got "NDHWC"}}
  %0:5 = tfg.FusedBatchNormV2(%x, %c, %c, %c, %c) {data_format = "NDHWC"} : (tensor<1x2x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<1x2x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>)
  return
}

// -----

func.func @norm_statistics(%x: tensor<1x8x8x3xf32>, %c: tensor<3xf32>, %m: tensor<1x3xf32>) {
  // expected-error @+1 {{expects one-dimensional scale, offset, mean and variance, but got 'tensor<1x3xf32>'}}
  %0:5 = tfg.FusedBatchNorm(%x, %c, %c, %m, %c) : (tensor<1x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<3xf32>) -> (tensor<1x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>)
  return
}

// -----

func.func @lrn_radius(%x: tensor<1x8x8x3xf32>) {
  // expected-error @+1 {{expects a depth_radius from 0 to 2147483647, but got -1}}
  %0 = tfg.LRN(%x) {depth_radius = -1} : (tensor<1x8x8x3xf32>) -> tensor<1x8x8x3xf32>
  return
}

// -----

func.func @block_size(%x: tensor<1x8x8x3xf32>) {
  // expected-error @+1 {{expects block sizes from 2 to 2147483647, but got -1879048192}}
  %0 = tfg.SpaceToDepth(%x) {block_size = -1879048192} : (tensor<1x8x8x3xf32>) -> tensor<1x4x4x12xf32>
  return
}

// -----

func.func @resize_attributes(%x: tensor<1x8x8x3xf32>, %size: tensor<2xi32>) {
  // expected-error @+1 {{expects one of align_corners and half_pixel_centers at most}}
  %0 = tfg.ResizeBilinear(%x, %size) {align_corners = true, half_pixel_centers = true} : (tensor<1x8x8x3xf32>, tensor<2xi32>) -> tensor<1x4x4x3xf32>
  return
}

// -----

func.func @crop_method(%x: tensor<1x8x8x3xf32>, %boxes: tensor<?x4xf32>, %index: tensor<?xi32>, %size: tensor<2xi32>) {
  // expected-error @+1 {{expects method bilinear or nearest, but got "cubic"}}
  %0 = tfg.CropAndResize(%x, %boxes, %index, %size) {method = "cubic"} : (tensor<1x8x8x3xf32>, tensor<?x4xf32>, tensor<?xi32>, tensor<2xi32>) -> tensor<?x4x4x3xf32>
  return
}
