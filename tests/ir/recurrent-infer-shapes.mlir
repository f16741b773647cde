// Shapes of recurrent cells: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_2x5xf32 = tfg.Placeholder() : () -> tensor<2x5xf32> name("in_2x5xf32")
  %in_2x3xf32 = tfg.Placeholder() : () -> tensor<2x3xf32> name("in_2x3xf32")
  %in_8x12xf32 = tfg.Placeholder() : () -> tensor<8x12xf32> name("in_8x12xf32")
  %in_3xf32 = tfg.Placeholder() : () -> tensor<3xf32> name("in_3xf32")
  %in_12xf32 = tfg.Placeholder() : () -> tensor<12xf32> name("in_12xf32")
  %in_8x6xf32 = tfg.Placeholder() : () -> tensor<8x6xf32> name("in_8x6xf32")
  %in_8x3xf32 = tfg.Placeholder() : () -> tensor<8x3xf32> name("in_8x3xf32")
  %in_6xf32 = tfg.Placeholder() : () -> tensor<6xf32> name("in_6xf32")

  // CHECK: tfg.LSTMBlockCell{{.*}} -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) name("LSTMBlockCell")
  %LSTMBlockCell:7 = tfg.LSTMBlockCell(%in_2x5xf32, %in_2x3xf32, %in_2x3xf32, %in_8x12xf32, %in_3xf32, %in_3xf32, %in_3xf32, %in_12xf32) {cell_clip = -1.0 : f32} : (tensor<2x5xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<8x12xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<12xf32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) name("LSTMBlockCell")
  // CHECK: tfg.GRUBlockCell{{.*}} -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) name("GRUBlockCell")
  %GRUBlockCell:4 = tfg.GRUBlockCell(%in_2x5xf32, %in_2x3xf32, %in_8x6xf32, %in_8x3xf32, %in_6xf32, %in_3xf32) : (tensor<2x5xf32>, tensor<2x3xf32>, tensor<8x6xf32>, tensor<8x3xf32>, tensor<6xf32>, tensor<3xf32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) name("GRUBlockCell")
}
