// Shapes of the control flow of TF1: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_4xf32 = tfg.Placeholder() : () -> tensor<4xf32> name("in_4xf32")
  %in_i1 = tfg.Placeholder() : () -> tensor<i1> name("in_i1")
  %in_nxf32 = tfg.Placeholder() : () -> tensor<?xf32> name("in_nxf32")
  %in_any_i1 = tfg.Placeholder() : () -> tensor<*xi1> name("in_any_i1")
  %in_4xref_f32 = tfg.Placeholder() : () -> tensor<4x!tfg.ref<f32>> name("in_4xref_f32")
  %in_nxref_f32 = tfg.Placeholder() : () -> tensor<?x!tfg.ref<f32>> name("in_nxref_f32")

  // CHECK: tfg.Switch{{.*}} -> (tensor<4xf32>, tensor<4xf32>) name("Switch")
  %Switch:2 = tfg.Switch(%in_4xf32, %in_i1) : (tensor<4xf32>, tensor<i1>) -> (tensor<*xf32>, tensor<*xf32>) name("Switch")
  // CHECK: tfg.Switch{{.*}} -> (tensor<?xf32>, tensor<?xf32>) name("Switch_unknown")
  %Switch_unknown:2 = tfg.Switch(%in_nxf32, %in_i1) : (tensor<?xf32>, tensor<i1>) -> (tensor<*xf32>, tensor<*xf32>) name("Switch_unknown")
  // CHECK: tfg.Merge{{.*}} -> (tensor<4xf32>, tensor<i32>) name("Merge")
  %Merge:2 = tfg.Merge(%in_4xf32, %in_4xf32) : (tensor<4xf32>, tensor<4xf32>) -> (tensor<*xf32>, tensor<*xi32>) name("Merge")
  // CHECK: tfg.Merge{{.*}} -> (tensor<?xf32>, tensor<i32>) name("Merge_unknown")
  %Merge_unknown:2 = tfg.Merge(%in_nxf32, %in_4xf32) : (tensor<?xf32>, tensor<4xf32>) -> (tensor<*xf32>, tensor<*xi32>) name("Merge_unknown")
  // CHECK: tfg.Enter{{.*}} -> tensor<4xf32> name("Enter")
  %Enter = tfg.Enter(%in_4xf32) {frame_name = "loop"} : (tensor<4xf32>) -> tensor<*xf32> name("Enter")
  // CHECK: tfg.Enter{{.*}} -> tensor<?xf32> name("Enter_unknown")
  %Enter_unknown = tfg.Enter(%in_nxf32) {frame_name = "loop"} : (tensor<?xf32>) -> tensor<*xf32> name("Enter_unknown")
  // CHECK: tfg.Exit{{.*}} -> tensor<4xf32> name("Exit")
  %Exit = tfg.Exit(%in_4xf32) : (tensor<4xf32>) -> tensor<*xf32> name("Exit")
  // CHECK: tfg.Exit{{.*}} -> tensor<?xf32> name("Exit_unknown")
  %Exit_unknown = tfg.Exit(%in_nxf32) : (tensor<?xf32>) -> tensor<*xf32> name("Exit_unknown")
  // CHECK: tfg.NextIteration{{.*}} -> tensor<4xf32> name("NextIteration")
  %NextIteration = tfg.NextIteration(%in_4xf32) : (tensor<4xf32>) -> tensor<*xf32> name("NextIteration")
  // CHECK: tfg.NextIteration{{.*}} -> tensor<?xf32> name("NextIteration_unknown")
  %NextIteration_unknown = tfg.NextIteration(%in_nxf32) : (tensor<?xf32>) -> tensor<*xf32> name("NextIteration_unknown")
  // CHECK: tfg.LoopCond{{.*}} -> tensor<i1> name("LoopCond")
  %LoopCond = tfg.LoopCond(%in_i1) : (tensor<i1>) -> tensor<*xi1> name("LoopCond")
  // CHECK: tfg.LoopCond{{.*}} -> tensor<*xi1> name("LoopCond_unknown")
  %LoopCond_unknown = tfg.LoopCond(%in_any_i1) : (tensor<*xi1>) -> tensor<*xi1> name("LoopCond_unknown")
  // CHECK: tfg.RefIdentity{{.*}} -> tensor<4x!tfg.ref<f32>> name("RefIdentity")
  %RefIdentity = tfg.RefIdentity(%in_4xref_f32) : (tensor<4x!tfg.ref<f32>>) -> tensor<*x!tfg.ref<f32>> name("RefIdentity")
  // CHECK: tfg.RefIdentity{{.*}} -> tensor<?x!tfg.ref<f32>> name("RefIdentity_unknown")
  %RefIdentity_unknown = tfg.RefIdentity(%in_nxref_f32) : (tensor<?x!tfg.ref<f32>>) -> tensor<*x!tfg.ref<f32>> name("RefIdentity_unknown")
}
