// Shapes that cannot go together are refused on the node that joins them.
// RUN: firn-opt %s --tfg-infer-shapes --split-input-file --verify-diagnostics -o /dev/null

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<2x3xf32>
  // expected-error @+1 {{expects equal numbers of rows and columns, but got 2 and 3}}
  %y = tfg.Cholesky(%x) : (tensor<2x3xf32>) -> tensor<*xf32>
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<3xf32>
  // expected-error @+1 {{expects matrices of rank 2 or more, but got 'tensor<3xf32>'}}
  %y:3 = tfg.Svd(%x) : (tensor<3xf32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>)
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<3x2xf32>
  %ids = tfg.Placeholder() : () -> tensor<4xi32>
  // expected-error @+1 {{expects equal numbers of rows and segment ids, but got 3 and 4}}
  %y = tfg.SegmentMax(%x, %ids) : (tensor<3x2xf32>, tensor<4xi32>) -> tensor<*xf32>
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<3x2xf32>
  %n = tfg.Const() {value = dense<-1> : tensor<i32>} : () -> tensor<i32>
  // expected-error @+1 {{expects num_segments of zero or more, but got -1}}
  %y = tfg.UnsortedSegmentSum(%x, %n, %n) : (tensor<3x2xf32>, tensor<i32>, tensor<i32>) -> tensor<*xf32>
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<3xf32>
  // expected-error @+1 {{expects k from 0 to the size of the last dimension, but got 4 of 'tensor<3xf32>'}}
  %y:2 = tfg.TopK(%x) {k = 4} : (tensor<3xf32>) -> (tensor<*xf32>, tensor<*xi32>)
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<3xf32>
  // expected-error @+1 {{expects sorted boundaries}}
  %y = tfg.Bucketize(%x) {boundaries = [1.0 : f32, 0.0 : f32]} : (tensor<3xf32>) -> tensor<*xi32>
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<3x2xf32>
  %y = tfg.Placeholder() : () -> tensor<3x4xf32>
  // expected-error @+1 {{expects vectors of 3 elements, but got 'tensor<3x2xf32>'}}
  %z = tfg.Cross(%x, %x) : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<*xf32>
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<9x1xf32>
  // expected-error @+1 {{expects stride of 1 or more, but got 0}}
  %y = tfg.AudioSpectrogram(%x) {stride = 0, window_size = 4} : (tensor<9x1xf32>) -> tensor<*xf32>
}
