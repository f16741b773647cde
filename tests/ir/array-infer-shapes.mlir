// Shapes of scatters, diagonals, windows of images, losses, and rarer array ops.
// RUN: firn-opt %s --tfg-infer-shapes --split-input-file | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip --split-input-file -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %m = tfg.Placeholder() : () -> tensor<?x3x4xf32> name("m")
  %v = tfg.Placeholder() : () -> tensor<2x3xf32> name("v")
  %image = tfg.Placeholder() : () -> tensor<?x8x9x3xf32> name("image")
  %any = tfg.Placeholder() : () -> tensor<3xi32> name("any")
  %one = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("one")
  %least = tfg.Const() {value = dense<-1> : tensor<i32>} : () -> tensor<i32> name("least")
  %band = tfg.Const() {value = dense<[-1, 1]> : tensor<2xi32>} : () -> tensor<2xi32> name("band")
  %size = tfg.Const() {value = dense<[4, 5]> : tensor<2xi32>} : () -> tensor<2xi32> name("size")
  %zero = tfg.Const() {value = dense<0.0> : tensor<f32>} : () -> tensor<f32> name("zero")
  %i = tfg.Placeholder() : () -> tensor<7x1xi32> name("i")
  %u = tfg.Placeholder() : () -> tensor<7x5xf32> name("u")

  // The shape is an operand's value, or has as many sizes as that has entries.
  // CHECK: tfg.ScatterNd{{.*}} -> tensor<4x5xf32> name("scatter")
  %scatter = tfg.ScatterNd(%i, %u, %size) : (tensor<7x1xi32>, tensor<7x5xf32>, tensor<2xi32>) -> tensor<*xf32> name("scatter")
  // CHECK: tfg.Empty{{.*}} -> tensor<?x?x?xf32> name("empty")
  %empty = tfg.Empty(%any) : (tensor<3xi32>) -> tensor<*xf32> name("empty")

  // CHECK: tfg.MatrixDiag(%{{.*}} -> tensor<2x3x3xf32> name("diag")
  %diag = tfg.MatrixDiag(%v) : (tensor<2x3xf32>) -> tensor<*xf32> name("diag")
  // A diagonal beside the main one needs a larger square.
  // CHECK: tfg.MatrixDiagV3{{.*}} -> tensor<2x4x4xf32> name("diag3")
  %diag3 = tfg.MatrixDiagV3(%v, %one, %least, %least, %zero) : (tensor<2x3xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<f32>) -> tensor<*xf32> name("diag3")
  // Three diagonals of at most three elements.
  // CHECK: tfg.MatrixDiagPartV3{{.*}} -> tensor<?x3x3xf32> name("part3")
  %part3 = tfg.MatrixDiagPartV3(%m, %band, %zero) : (tensor<?x3x4xf32>, tensor<2xi32>, tensor<f32>) -> tensor<*xf32> name("part3")
  // CHECK: tfg.DiagPart(%{{.*}} -> tensor<?xf32> name("same")
  %square = tfg.Placeholder() : () -> tensor<?x?xf32> name("square")
  %same = tfg.DiagPart(%square) : (tensor<?x?xf32>) -> tensor<*xf32> name("same")

  // The elements of a window lie along the depth.
  // CHECK: tfg.ExtractImagePatches{{.*}} -> tensor<?x4x4x12xf32> name("patches")
  %patches = tfg.ExtractImagePatches(%image) {ksizes = [1, 2, 2, 1], padding = "VALID", rates = [1, 1, 1, 1], strides = [1, 2, 2, 1]} : (tensor<?x8x9x3xf32>) -> tensor<*xf32> name("patches")
  // CHECK: tfg.MaxPoolWithArgmax{{.*}} -> (tensor<?x4x5x3xf32>, tensor<?x4x5x3xi64>) name("argmax")
  %y, %where = tfg.MaxPoolWithArgmax(%image) {ksize = [1, 2, 2, 1], padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<?x8x9x3xf32>) -> (tensor<*xf32>, tensor<*xi64>) name("argmax")

  // Logits and labels broadcast.
  // CHECK: tfg.SoftmaxCrossEntropyWithLogits{{.*}} -> (tensor<2xf32>, tensor<2x3xf32>) name("loss")
  %row = tfg.Placeholder() : () -> tensor<1x3xf32> name("row")
  %loss, %gradient = tfg.SoftmaxCrossEntropyWithLogits(%v, %row) : (tensor<2x3xf32>, tensor<1x3xf32>) -> (tensor<*xf32>, tensor<*xf32>) name("loss")
}

// -----

// The others of the family; beside what is known, what is left where an operand is
// less known (_unknown) or fed and no constant (_fed).
// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_1xf32 = tfg.Placeholder() : () -> tensor<1xf32> name("in_1xf32")
  %in_nxf32 = tfg.Placeholder() : () -> tensor<?xf32> name("in_nxf32")
  %in_4xf32 = tfg.Placeholder() : () -> tensor<4xf32> name("in_4xf32")
  %in_i32 = tfg.Placeholder() : () -> tensor<i32> name("in_i32")
  %in_i1 = tfg.Placeholder() : () -> tensor<i1> name("in_i1")
  %in_string = tfg.Placeholder() : () -> tensor<!tfg.string> name("in_string")
  %c_2_3_2xi32 = tfg.Const() {value = dense<[2, 3]> : tensor<2xi32>} : () -> tensor<2xi32> name("c_2_3_2xi32")
  %in_f32 = tfg.Placeholder() : () -> tensor<f32> name("in_f32")
  %in_2xi32 = tfg.Placeholder() : () -> tensor<2xi32> name("in_2xi32")
  %c_0 = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("c_0")
  %c_5 = tfg.Const() {value = dense<5> : tensor<i32>} : () -> tensor<i32> name("c_5")
  %c_1 = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("c_1")
  %in_4xi32 = tfg.Placeholder() : () -> tensor<4xi32> name("in_4xi32")
  %c_10 = tfg.Const() {value = dense<10> : tensor<i32>} : () -> tensor<i32> name("c_10")

  // CHECK: tfg.PlaceholderV2{{.*}} -> tensor<2x4xf32> name("PlaceholderV2")
  %PlaceholderV2 = tfg.PlaceholderV2() {shape = #tfg.shape<[2,4]>} : () -> tensor<*xf32> name("PlaceholderV2")
  // CHECK: tfg.PlaceholderWithDefault{{.*}} -> tensor<?xf32> name("PlaceholderWithDefault")
  %PlaceholderWithDefault = tfg.PlaceholderWithDefault(%in_1xf32) {shape = #tfg.shape<[?]>} : (tensor<1xf32>) -> tensor<*xf32> name("PlaceholderWithDefault")
  // CHECK: tfg.Identity{{.*}} -> tensor<4xf32> name("Identity")
  %Identity = tfg.Identity(%in_4xf32) : (tensor<4xf32>) -> tensor<*xf32> name("Identity")
  // CHECK: tfg.Identity{{.*}} -> tensor<?xf32> name("Identity_unknown")
  %Identity_unknown = tfg.Identity(%in_nxf32) : (tensor<?xf32>) -> tensor<*xf32> name("Identity_unknown")
  // CHECK: tfg.StopGradient{{.*}} -> tensor<4xf32> name("StopGradient")
  %StopGradient = tfg.StopGradient(%in_4xf32) : (tensor<4xf32>) -> tensor<*xf32> name("StopGradient")
  // CHECK: tfg.StopGradient{{.*}} -> tensor<?xf32> name("StopGradient_unknown")
  %StopGradient_unknown = tfg.StopGradient(%in_nxf32) : (tensor<?xf32>) -> tensor<*xf32> name("StopGradient_unknown")
  // CHECK: tfg.PreventGradient{{.*}} -> tensor<4xf32> name("PreventGradient")
  %PreventGradient = tfg.PreventGradient(%in_4xf32) {message = "no"} : (tensor<4xf32>) -> tensor<*xf32> name("PreventGradient")
  // CHECK: tfg.PreventGradient{{.*}} -> tensor<?xf32> name("PreventGradient_unknown")
  %PreventGradient_unknown = tfg.PreventGradient(%in_nxf32) {message = "no"} : (tensor<?xf32>) -> tensor<*xf32> name("PreventGradient_unknown")
  // CHECK: tfg.Snapshot{{.*}} -> tensor<4xf32> name("Snapshot")
  %Snapshot = tfg.Snapshot(%in_4xf32) : (tensor<4xf32>) -> tensor<*xf32> name("Snapshot")
  // CHECK: tfg.Snapshot{{.*}} -> tensor<?xf32> name("Snapshot_unknown")
  %Snapshot_unknown = tfg.Snapshot(%in_nxf32) : (tensor<?xf32>) -> tensor<*xf32> name("Snapshot_unknown")
  // CHECK: tfg.GuaranteeConst{{.*}} -> tensor<4xf32> name("GuaranteeConst")
  %GuaranteeConst = tfg.GuaranteeConst(%in_4xf32) : (tensor<4xf32>) -> tensor<*xf32> name("GuaranteeConst")
  // CHECK: tfg.GuaranteeConst{{.*}} -> tensor<?xf32> name("GuaranteeConst_unknown")
  %GuaranteeConst_unknown = tfg.GuaranteeConst(%in_nxf32) : (tensor<?xf32>) -> tensor<*xf32> name("GuaranteeConst_unknown")
  // CHECK: tfg.IdentityN{{.*}} -> (tensor<4xf32>, tensor<i32>) name("IdentityN")
  %IdentityN:2 = tfg.IdentityN(%in_4xf32, %in_i32) : (tensor<4xf32>, tensor<i32>) -> (tensor<*xf32>, tensor<*xi32>) name("IdentityN")
  // CHECK: tfg.IdentityN{{.*}} -> (tensor<?xf32>, tensor<i32>) name("IdentityN_unknown")
  %IdentityN_unknown:2 = tfg.IdentityN(%in_nxf32, %in_i32) : (tensor<?xf32>, tensor<i32>) -> (tensor<*xf32>, tensor<*xi32>) name("IdentityN_unknown")
  // CHECK: tfg.CheckNumerics{{.*}} -> tensor<4xf32> name("CheckNumerics")
  %CheckNumerics = tfg.CheckNumerics(%in_4xf32) {message = "loss"} : (tensor<4xf32>) -> tensor<*xf32> name("CheckNumerics")
  // CHECK: tfg.CheckNumerics{{.*}} -> tensor<?xf32> name("CheckNumerics_unknown")
  %CheckNumerics_unknown = tfg.CheckNumerics(%in_nxf32) {message = "loss"} : (tensor<?xf32>) -> tensor<*xf32> name("CheckNumerics_unknown")
  // CHECK: tfg.Assert{{.*}} -> !tfg.control name("Assert")
  %Assert = tfg.Assert(%in_i1, %in_string) : (tensor<i1>, tensor<!tfg.string>) -> !tfg.control name("Assert")
  // CHECK: tfg.Fill{{.*}} -> tensor<2x3xf32> name("Fill")
  %Fill = tfg.Fill(%c_2_3_2xi32, %in_f32) : (tensor<2xi32>, tensor<f32>) -> tensor<*xf32> name("Fill")
  // CHECK: tfg.Fill{{.*}} -> tensor<?x?xf32> name("Fill_fed")
  %Fill_fed = tfg.Fill(%in_2xi32, %in_f32) : (tensor<2xi32>, tensor<f32>) -> tensor<*xf32> name("Fill_fed")
  // CHECK: tfg.ZerosLike{{.*}} -> tensor<4xf32> name("ZerosLike")
  %ZerosLike = tfg.ZerosLike(%in_4xf32) : (tensor<4xf32>) -> tensor<*xf32> name("ZerosLike")
  // CHECK: tfg.ZerosLike{{.*}} -> tensor<?xf32> name("ZerosLike_unknown")
  %ZerosLike_unknown = tfg.ZerosLike(%in_nxf32) : (tensor<?xf32>) -> tensor<*xf32> name("ZerosLike_unknown")
  // CHECK: tfg.OnesLike{{.*}} -> tensor<4xf32> name("OnesLike")
  %OnesLike = tfg.OnesLike(%in_4xf32) : (tensor<4xf32>) -> tensor<*xf32> name("OnesLike")
  // CHECK: tfg.OnesLike{{.*}} -> tensor<?xf32> name("OnesLike_unknown")
  %OnesLike_unknown = tfg.OnesLike(%in_nxf32) : (tensor<?xf32>) -> tensor<*xf32> name("OnesLike_unknown")
  // CHECK: tfg.Range{{.*}} -> tensor<5xi32> name("Range")
  %Range = tfg.Range(%c_0, %c_5, %c_1) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<*xi32> name("Range")
  // CHECK: tfg.Range{{.*}} -> tensor<?xi32> name("Range_fed")
  %Range_fed = tfg.Range(%in_i32, %in_i32, %in_i32) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<*xi32> name("Range_fed")
  // CHECK: tfg.LinSpace{{.*}} -> tensor<5xf32> name("LinSpace")
  %LinSpace = tfg.LinSpace(%in_f32, %in_f32, %c_5) : (tensor<f32>, tensor<f32>, tensor<i32>) -> tensor<*xf32> name("LinSpace")
  // CHECK: tfg.LinSpace{{.*}} -> tensor<?xf32> name("LinSpace_fed")
  %LinSpace_fed = tfg.LinSpace(%in_f32, %in_f32, %in_i32) : (tensor<f32>, tensor<f32>, tensor<i32>) -> tensor<*xf32> name("LinSpace_fed")
  // CHECK: tfg.OneHot{{.*}} -> tensor<4x10xf32> name("OneHot")
  %OneHot = tfg.OneHot(%in_4xi32, %c_10, %in_f32, %in_f32) : (tensor<4xi32>, tensor<i32>, tensor<f32>, tensor<f32>) -> tensor<*xf32> name("OneHot")
  // CHECK: tfg.OneHot{{.*}} -> tensor<4x?xf32> name("OneHot_fed")
  %OneHot_fed = tfg.OneHot(%in_4xi32, %in_i32, %in_f32, %in_f32) : (tensor<4xi32>, tensor<i32>, tensor<f32>, tensor<f32>) -> tensor<*xf32> name("OneHot_fed")
}
