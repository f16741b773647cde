// What does not go together in array ops, found when shapes are inferred.
// RUN: firn-opt %s --tfg-infer-shapes --split-input-file --verify-diagnostics -o /dev/null

// Updates have the shape of what they replace.
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<8x5xf32>
  %i = tfg.Placeholder() : () -> tensor<7x1xi32>
  %u = tfg.Placeholder() : () -> tensor<7x4xf32>
  // expected-error @+1 {{expects updates of shape #tfg.shape<[7, 5]>, but got 'tensor<7x4xf32>'}}
  %y = tfg.TensorScatterAdd(%x, %i, %u) : (tensor<8x5xf32>, tensor<7x1xi32>, tensor<7x4xf32>) -> tensor<*xf32>
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<3x3xf32>
  %k = tfg.Const() {value = dense<3> : tensor<i32>} : () -> tensor<i32>
  %p = tfg.Const() {value = dense<0.0> : tensor<f32>} : () -> tensor<f32>
  // expected-error @+1 {{expects diagonals of its matrices, but got 3 of 3 x 3}}
  %y = tfg.MatrixDiagPartV2(%x, %k, %p) : (tensor<3x3xf32>, tensor<i32>, tensor<f32>) -> tensor<*xf32>
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<2x3xf32>
  // expected-error @+1 {{expects one shape twice, but got 'tensor<2x3xf32>'}}
  %y = tfg.DiagPart(%x) : (tensor<2x3xf32>) -> tensor<*xf32>
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<1x8x8x3xf32>
  // expected-error @+1 {{expects 4 sizes, strides and rates above 0}}
  %y = tfg.ExtractImagePatches(%x) {ksizes = [1, 2, 2, 1], padding = "SAME", rates = [1, 1, 1, 1], strides = [1, 0, 2, 1]} : (tensor<1x8x8x3xf32>) -> tensor<*xf32>
}
