// Shapes that cannot go together, found when shapes are inferred.
// RUN: firn-opt %s --tfg-infer-shapes --split-input-file --verify-diagnostics -o /dev/null

// A filter without elements is refused before its depth divides.
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<1x8x8x3xf32>
  %w = tfg.Placeholder() : () -> tensor<3x3x0x4xf32>
  // expected-error @+1 {{expects a filter with elements}}
  %y = tfg.Conv2D(%x, %w) {padding = "SAME", strides = [1, 1, 1, 1]} : (tensor<1x8x8x3xf32>, tensor<3x3x0x4xf32>) -> tensor<*xf32>
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<1x8x8x3xf32>
  %w = tfg.Placeholder() : () -> tensor<3x3x2x4xf32>
  // expected-error @+1 {{expects input channels that are a multiple of the filter's depth 2, but got 3}}
  %y = tfg.Conv2D(%x, %w) {padding = "SAME", strides = [1, 1, 1, 1]} : (tensor<1x8x8x3xf32>, tensor<3x3x2x4xf32>) -> tensor<*xf32>
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<1x2x8x3xf32>
  %w = tfg.Placeholder() : () -> tensor<5x3x3x4xf32>
  // expected-error @+1 {{a window of 5 does not fit into 2}}
  %y = tfg.Conv2D(%x, %w) {padding = "VALID", strides = [1, 1, 1, 1]} : (tensor<1x2x8x3xf32>, tensor<5x3x3x4xf32>) -> tensor<*xf32>
}

// -----

// A block of a negative size sizes nothing.
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<1x8x8x3xf32>
  %b = tfg.Const() {value = dense<[-1879048192, 2]> : tensor<2xi32>} : () -> tensor<2xi32>
  %p = tfg.Const() {value = dense<0> : tensor<2x2xi32>} : () -> tensor<2x2xi32>
  // expected-error @+1 {{expects block sizes from 1 to 2147483647, but got -1879048192}}
  %y = tfg.SpaceToBatchND(%x, %b, %p) : (tensor<1x8x8x3xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<*xf32>
}

// -----

tfg.graph {
  %sizes = tfg.Const() {value = dense<[1, 8, 8, 3]> : tensor<4xi32>} : () -> tensor<4xi32>
  %w = tfg.Placeholder() : () -> tensor<3x3x3x4xf32>
  %g = tfg.Placeholder() : () -> tensor<1x5x4x4xf32>
  // expected-error @+1 {{expects an out_backprop that the convolution of input_sizes gives}}
  %y = tfg.Conv2DBackpropInput(%sizes, %w, %g) {padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<4xi32>, tensor<3x3x3x4xf32>, tensor<1x5x4x4xf32>) -> tensor<*xf32>
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<1x8x8x3xf32>
  %size = tfg.Const() {value = dense<[0, 4]> : tensor<2xi32>} : () -> tensor<2xi32>
  // expected-error @+1 {{expects a size of at least 1, but got 0}}
  %y = tfg.ResizeNearestNeighbor(%x, %size) : (tensor<1x8x8x3xf32>, tensor<2xi32>) -> tensor<*xf32>
}
