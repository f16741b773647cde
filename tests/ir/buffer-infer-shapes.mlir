// Shapes of buffers: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %c_4_1xi32 = tfg.Const() {value = dense<4> : tensor<1xi32>} : () -> tensor<1xi32> name("c_4_1xi32")
  %in_1xi32 = tfg.Placeholder() : () -> tensor<1xi32> name("in_1xi32")
  %in_4xf32 = tfg.Placeholder() : () -> tensor<4xf32> name("in_4xf32")
  %in_nxf32 = tfg.Placeholder() : () -> tensor<?xf32> name("in_nxf32")
  %in_1x4xf32 = tfg.Placeholder() : () -> tensor<1x4xf32> name("in_1x4xf32")
  %in_2x8xf32 = tfg.Placeholder() : () -> tensor<2x8xf32> name("in_2x8xf32")
  %in_2xi64 = tfg.Placeholder() : () -> tensor<2xi64> name("in_2xi64")
  %in_nx8xf32 = tfg.Placeholder() : () -> tensor<?x8xf32> name("in_nx8xf32")
  %in_2xi32 = tfg.Placeholder() : () -> tensor<2xi32> name("in_2xi32")
  %in_2xf32 = tfg.Placeholder() : () -> tensor<2xf32> name("in_2xf32")

  // CHECK: tfg.Empty{{.*}} -> tensor<4xf32> name("Empty")
  %Empty = tfg.Empty(%c_4_1xi32) : (tensor<1xi32>) -> tensor<*xf32> name("Empty")
  // CHECK: tfg.Empty{{.*}} -> tensor<?xf32> name("Empty_fed")
  %Empty_fed = tfg.Empty(%in_1xi32) : (tensor<1xi32>) -> tensor<*xf32> name("Empty_fed")
  // CHECK: tfg.DeepCopy{{.*}} -> tensor<4xf32> name("DeepCopy")
  %DeepCopy = tfg.DeepCopy(%in_4xf32) : (tensor<4xf32>) -> tensor<*xf32> name("DeepCopy")
  // CHECK: tfg.DeepCopy{{.*}} -> tensor<?xf32> name("DeepCopy_unknown")
  %DeepCopy_unknown = tfg.DeepCopy(%in_nxf32) : (tensor<?xf32>) -> tensor<*xf32> name("DeepCopy_unknown")
  // CHECK: tfg.ParallelConcat{{.*}} -> tensor<2x4xf32> name("ParallelConcat")
  %ParallelConcat = tfg.ParallelConcat(%in_1x4xf32, %in_1x4xf32) {shape = #tfg.shape<[2,4]>} : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<*xf32> name("ParallelConcat")
  // CHECK: tfg.ReverseSequence{{.*}} -> tensor<2x8xf32> name("ReverseSequence")
  %ReverseSequence = tfg.ReverseSequence(%in_2x8xf32, %in_2xi64) {seq_dim = 1 : i64} : (tensor<2x8xf32>, tensor<2xi64>) -> tensor<*xf32> name("ReverseSequence")
  // CHECK: tfg.ReverseSequence{{.*}} -> tensor<?x8xf32> name("ReverseSequence_unknown")
  %ReverseSequence_unknown = tfg.ReverseSequence(%in_nx8xf32, %in_2xi64) {seq_dim = 1 : i64} : (tensor<?x8xf32>, tensor<2xi64>) -> tensor<*xf32> name("ReverseSequence_unknown")
  // CHECK: tfg.BroadcastGradientArgs{{.*}} -> (tensor<?xi32>, tensor<?xi32>) name("BroadcastGradientArgs")
  %BroadcastGradientArgs:2 = tfg.BroadcastGradientArgs(%in_2xi32, %in_2xi32) : (tensor<2xi32>, tensor<2xi32>) -> (tensor<*xi32>, tensor<*xi32>) name("BroadcastGradientArgs")
  // CHECK: tfg.StridedSliceGrad{{.*}} -> tensor<4xf32> name("StridedSliceGrad")
  %StridedSliceGrad = tfg.StridedSliceGrad(%c_4_1xi32, %in_1xi32, %in_1xi32, %in_1xi32, %in_2xf32) : (tensor<1xi32>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>, tensor<2xf32>) -> tensor<*xf32> name("StridedSliceGrad")
  // CHECK: tfg.StridedSliceGrad{{.*}} -> tensor<?xf32> name("StridedSliceGrad_fed")
  %StridedSliceGrad_fed = tfg.StridedSliceGrad(%in_1xi32, %in_1xi32, %in_1xi32, %in_1xi32, %in_2xf32) : (tensor<1xi32>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>, tensor<2xf32>) -> tensor<*xf32> name("StridedSliceGrad_fed")
}
