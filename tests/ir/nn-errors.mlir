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
