// Every read of a handle; names stay.
// DENY-COUNT-2: tfg.VarHandleOp
// DENY: tfg.variable @w
// ALLOW: tfg.VarHandleOp() {{.*}} name("w")
// ALLOW-NOT: tfg.VarHandleOp
// ALLOW: name("b/read")
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[I:.*]] = tfg.Placeholder
  %i = tfg.Placeholder() : () -> tensor<5xi32> name("i")
  // CHECK: %[[W:.*]] = tfg.Const() {tfg.device = "/cpu:0", value = dense<5.000000e-01> : tensor<2x3xf32>} : () -> tensor<2x3xf32> name("w")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[2,3]>, tfg.device = "/cpu:0"} : () -> tensor<!tfg.resource> name("w")
  // CHECK: tfg.Identity(%[[W]]) {_class = ["loc:@w"]} : (tensor<2x3xf32>) -> tensor<2x3xf32> name("w/read")
  %r = tfg.ReadVariableOp(%w) {_class = ["loc:@w"]} : (tensor<!tfg.resource>) -> tensor<*xf32> name("w/read")
  // CHECK: %[[ZERO:.*]] = tfg.Const() {value = dense<0> : tensor<i32>} {{.*}} name("gather/axis")
  // CHECK: {{(tfg.|")GatherV2"?}}(%[[W]], %[[I]], %[[ZERO]]) : {{.*}} name("gather")
  %g = tfg.ResourceGather(%w, %i) : (tensor<!tfg.resource>, tensor<5xi32>) -> tensor<5x3xf32> name("gather")
  // CHECK: %[[ONE:.*]] = tfg.Const() {value = dense<1> : tensor<i32>}
  // CHECK: {{(tfg.|")GatherV2"?}}(%[[W]], %[[I]], %[[ONE]]) {batch_dims = 1 : i64}
  %gb = tfg.ResourceGather(%w, %i) {batch_dims = 1 : i64} : (tensor<!tfg.resource>, tensor<5xi32>) -> tensor<5x3xf32> name("batched")
  // CHECK: {{(tfg.|")GatherNd"?}}(%[[W]], %[[I]])
  %gn = tfg.ResourceGatherNd(%w, %i) : (tensor<!tfg.resource>, tensor<5xi32>) -> tensor<5xf32> name("nd")
  // CHECK: {{(tfg.|")Shape"?}}(%[[W]])
  %s = tfg.VariableShape(%w) : (tensor<!tfg.resource>) -> tensor<2xi32> name("shape")
  // CHECK: tfg.Const() {value = dense<true> : tensor<i1>} {{.*}} name("yes")
  %yes = tfg.VarIsInitializedOp(%w) : (tensor<!tfg.resource>) -> tensor<i1> name("yes")
  // A large value lies in a blob that stays where it is.
  // CHECK: %[[B:.*]] = tfg.Const() {value = dense_resource<blob> : tensor<3xf32>}
  %b = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[3]>} : () -> tensor<!tfg.resource> name("b")
  // A handle through TF1 control flow.
  // CHECK: %[[ENTER:.*]] = tfg.Enter(%[[B]]) {{.*}} -> tensor<3xf32>
  %enter = tfg.Enter(%b) {frame_name = "f"} : (tensor<!tfg.resource>) -> tensor<!tfg.resource> name("enter")
  // CHECK: %{{.*}}, %[[TRUE:.*]] = tfg.Switch(%[[ENTER]], %{{.*}}) : (tensor<3xf32>, tensor<i1>) -> (tensor<3xf32>, tensor<3xf32>)
  %sw:2 = tfg.Switch(%enter, %yes) : (tensor<!tfg.resource>, tensor<i1>) -> (tensor<!tfg.resource>, tensor<!tfg.resource>) name("switch")
  // CHECK: tfg.Identity(%[[TRUE]]) : (tensor<3xf32>) -> tensor<3xf32> name("b/read")
  %rb = tfg.ReadVariableOp(%sw#1) : (tensor<!tfg.resource>) -> tensor<*xf32> name("b/read")
}
// CHECK-NOT: tfg.variable
tfg.variable @w = dense<0.5> : tensor<2x3xf32>
tfg.variable @b = dense_resource<blob> : tensor<3xf32>
{-# dialect_resources: { builtin: { blob: "0x04000000000000000000803f00000040" } } #-}

