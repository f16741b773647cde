// A variable of TF1: what takes a value out of the reference does so still.
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[W:.*]] = tfg.Const() {{.*}} -> tensor<2xf32> name("w")
  %w = tfg.VariableV2() {shape = #tfg.shape<[2]>} : () -> tensor<2x!tfg.ref<f32>> name("w")
  // CHECK: tfg.Identity(%[[W]]) : (tensor<2xf32>) -> tensor<2xf32> name("w/read")
  %r = tfg.Identity(%w) : (tensor<2x!tfg.ref<f32>>) -> tensor<2xf32> name("w/read")
  // CHECK: tfg.node "MatMul"(%[[W]], %[[W]]) : (tensor<2xf32>, tensor<2xf32>)
  %m = tfg.node "MatMul"(%w, %w) : (tensor<2x!tfg.ref<f32>>, tensor<2x!tfg.ref<f32>>) -> tensor<2xf32> name("m")
  // Forms for references become the plain ones.
  // CHECK: %[[E:.*]] = tfg.Enter(%[[W]]) {frame_name = "loop"} : (tensor<2xf32>) -> tensor<2xf32> name("enter")
  %e = tfg.RefEnter(%w) {frame_name = "loop"} : (tensor<2x!tfg.ref<f32>>) -> tensor<2x!tfg.ref<f32>> name("enter")
  // CHECK: tfg.Merge(%[[E]], %[[E]]) : (tensor<2xf32>, tensor<2xf32>) -> (tensor<2xf32>, tensor<i32>)
  %merge:2 = tfg.RefMerge(%e, %e) : (tensor<2x!tfg.ref<f32>>, tensor<2x!tfg.ref<f32>>) -> (tensor<2x!tfg.ref<f32>>, tensor<i32>) name("merge")
}
tfg.variable @w = dense<0.5> : tensor<2xf32>

