// Shapes of tensor arrays: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_i32 = tfg.Placeholder() : () -> tensor<i32> name("in_i32")
  %in_2xresource = tfg.Placeholder() : () -> tensor<2x!tfg.resource> name("in_2xresource")
  %in_4xf32 = tfg.Placeholder() : () -> tensor<4xf32> name("in_4xf32")
  %in_f32 = tfg.Placeholder() : () -> tensor<f32> name("in_f32")
  %in_3xi32 = tfg.Placeholder() : () -> tensor<3xi32> name("in_3xi32")
  %in_3x4xf32 = tfg.Placeholder() : () -> tensor<3x4xf32> name("in_3x4xf32")
  %in_6x4xf32 = tfg.Placeholder() : () -> tensor<6x4xf32> name("in_6x4xf32")
  %in_3xi64 = tfg.Placeholder() : () -> tensor<3xi64> name("in_3xi64")

  // CHECK: tfg.TensorArrayV3{{.*}} -> (tensor<*x!tfg.resource>, tensor<f32>) name("TensorArrayV3")
  %TensorArrayV3:2 = tfg.TensorArrayV3(%in_i32) {dtype = f32, element_shape = #tfg.shape<[4]>} : (tensor<i32>) -> (tensor<*x!tfg.resource>, tensor<*xf32>) name("TensorArrayV3")
  // CHECK: tfg.TensorArrayWriteV3{{.*}} -> tensor<f32> name("TensorArrayWriteV3")
  %TensorArrayWriteV3 = tfg.TensorArrayWriteV3(%in_2xresource, %in_i32, %in_4xf32, %in_f32) : (tensor<2x!tfg.resource>, tensor<i32>, tensor<4xf32>, tensor<f32>) -> tensor<*xf32> name("TensorArrayWriteV3")
  // CHECK: tfg.TensorArrayReadV3{{.*}} -> tensor<*xf32> name("TensorArrayReadV3")
  %TensorArrayReadV3 = tfg.TensorArrayReadV3(%in_2xresource, %in_i32, %in_f32) : (tensor<2x!tfg.resource>, tensor<i32>, tensor<f32>) -> tensor<*xf32> name("TensorArrayReadV3")
  // CHECK: tfg.TensorArrayGatherV3{{.*}} -> tensor<3x4xf32> name("TensorArrayGatherV3")
  %TensorArrayGatherV3 = tfg.TensorArrayGatherV3(%in_2xresource, %in_3xi32, %in_f32) {element_shape = #tfg.shape<[4]>} : (tensor<2x!tfg.resource>, tensor<3xi32>, tensor<f32>) -> tensor<*xf32> name("TensorArrayGatherV3")
  // CHECK: tfg.TensorArrayScatterV3{{.*}} -> tensor<f32> name("TensorArrayScatterV3")
  %TensorArrayScatterV3 = tfg.TensorArrayScatterV3(%in_2xresource, %in_3xi32, %in_3x4xf32, %in_f32) : (tensor<2x!tfg.resource>, tensor<3xi32>, tensor<3x4xf32>, tensor<f32>) -> tensor<*xf32> name("TensorArrayScatterV3")
  // CHECK: tfg.TensorArraySizeV3{{.*}} -> tensor<i32> name("TensorArraySizeV3")
  %TensorArraySizeV3 = tfg.TensorArraySizeV3(%in_2xresource, %in_f32) : (tensor<2x!tfg.resource>, tensor<f32>) -> tensor<*xi32> name("TensorArraySizeV3")
  // CHECK: tfg.TensorArrayConcatV3{{.*}} -> (tensor<*xf32>, tensor<?xi64>) name("TensorArrayConcatV3")
  %TensorArrayConcatV3:2 = tfg.TensorArrayConcatV3(%in_2xresource, %in_f32) : (tensor<2x!tfg.resource>, tensor<f32>) -> (tensor<*xf32>, tensor<*xi64>) name("TensorArrayConcatV3")
  // CHECK: tfg.TensorArraySplitV3{{.*}} -> tensor<f32> name("TensorArraySplitV3")
  %TensorArraySplitV3 = tfg.TensorArraySplitV3(%in_2xresource, %in_6x4xf32, %in_3xi64, %in_f32) : (tensor<2x!tfg.resource>, tensor<6x4xf32>, tensor<3xi64>, tensor<f32>) -> tensor<*xf32> name("TensorArraySplitV3")
  // CHECK: tfg.TensorArrayCloseV3{{.*}} -> !tfg.control name("TensorArrayCloseV3")
  %TensorArrayCloseV3 = tfg.TensorArrayCloseV3(%in_2xresource) : (tensor<2x!tfg.resource>) -> !tfg.control name("TensorArrayCloseV3")
}
