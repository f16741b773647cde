// RUN: firn-opt %s --split-input-file --tfg-arrays-to-tensors | FileCheck %s

// An array: its flow is the tensor, the handle is gone. The shape of the elements
// follows from what is written.
// CHECK-LABEL: tfg.graph
// CHECK-DAG: %[[ZERO:.*]] = tfg.Const() {value = dense<0.000000e+00> : tensor<2x3xf32>}
// CHECK-DAG: %[[X:.*]] = tfg.Placeholder() {{.*}} name("x")
// CHECK-DAG: %[[I:.*]] = tfg.Placeholder() {{.*}} name("i")
// CHECK: %[[W:.*]] = tfg._SetElement(%[[ZERO]], %[[I]], %[[X]]) : {{.*}} -> tensor<2x3xf32> name("w")
// CHECK: %[[Y:.*]] = tfg.GatherV2(%[[W]], %[[I]], %{{.*}}) : {{.*}} -> tensor<3xf32> name("y")
// All indices in their order: the tensor itself.
// CHECK: tfg.fetch %[[Y]], %[[W]]
// CHECK-NOT: TensorArray
tfg.graph attributes {producer = 1000 : i32} {
  %x = tfg.Placeholder() {shape = #tfg.shape<[3]>} : () -> tensor<3xf32> name("x")
  %i = tfg.Placeholder() {shape = #tfg.shape<[]>} : () -> tensor<i32> name("i")
  %n = tfg.Const() {value = dense<2> : tensor<i32>} : () -> tensor<i32> name("n")
  %r = tfg.Const() {value = dense<[0, 1]> : tensor<2xi32>} : () -> tensor<2xi32> name("r")
  %a:2 = tfg.TensorArrayV3(%n) {dtype = f32} : (tensor<i32>) -> (tensor<2x!tfg.resource>, tensor<f32>) name("a")
  %w = tfg.TensorArrayWriteV3(%a#0, %i, %x, %a#1) : (tensor<2x!tfg.resource>, tensor<i32>, tensor<3xf32>, tensor<f32>) -> tensor<f32> name("w")
  %y = tfg.TensorArrayReadV3(%a#0, %i, %w) : (tensor<2x!tfg.resource>, tensor<i32>, tensor<f32>) -> tensor<*xf32> name("y")
  %z = tfg.TensorArrayGatherV3(%a#0, %r, %w) : (tensor<2x!tfg.resource>, tensor<2xi32>, tensor<f32>) -> tensor<*xf32> name("z")
  tfg.fetch %y, %z ["y", "z"] : tensor<*xf32>, tensor<*xf32>
}

// -----

// Elements of two shapes: it stays an array.
// CHECK-LABEL: tfg.graph
// CHECK: tfg.TensorArrayWriteV3
// CHECK: tfg.TensorArrayWriteV3
tfg.graph attributes {producer = 1000 : i32} {
  %x = tfg.Placeholder() {shape = #tfg.shape<[3]>} : () -> tensor<3xf32> name("x")
  %x2 = tfg.Placeholder() {shape = #tfg.shape<[4]>} : () -> tensor<4xf32> name("x2")
  %i = tfg.Placeholder() {shape = #tfg.shape<[]>} : () -> tensor<i32> name("i")
  %n = tfg.Const() {value = dense<2> : tensor<i32>} : () -> tensor<i32> name("n")
  %a:2 = tfg.TensorArrayV3(%n) {dtype = f32} : (tensor<i32>) -> (tensor<2x!tfg.resource>, tensor<f32>) name("a")
  %w = tfg.TensorArrayWriteV3(%a#0, %i, %x, %a#1) : (tensor<2x!tfg.resource>, tensor<i32>, tensor<3xf32>, tensor<f32>) -> tensor<f32> name("w")
  %w2 = tfg.TensorArrayWriteV3(%a#0, %i, %x2, %w) : (tensor<2x!tfg.resource>, tensor<i32>, tensor<4xf32>, tensor<f32>) -> tensor<f32> name("w2")
  %y = tfg.TensorArrayReadV3(%a#0, %i, %w2) : (tensor<2x!tfg.resource>, tensor<i32>, tensor<f32>) -> tensor<*xf32> name("y")
  tfg.fetch %y ["y"] : tensor<*xf32>
}

// -----

// Lists through a loop: what is read has a shape because of the first list, what is
// written because of what is read.
// CHECK-LABEL: tfg.graph
// CHECK: tfg.While({{.*}}) {{.*}} -> (tensor<i32>, tensor<5x3xf32>, tensor<5x3xf32>) name("loop")
// CHECK: tfg.func @body(%[[I:.*]]: tensor<i32>, %[[IN:.*]]: tensor<5x3xf32>, %[[OUT:.*]]: tensor<5x3xf32>)
// CHECK: %[[E:.*]] = tfg.GatherV2(%[[IN]], %[[I]], %{{.*}}) : {{.*}} -> tensor<3xf32>
// CHECK: %[[S:.*]] = tfg.Square(%[[E]])
// CHECK: tfg._SetElement(%[[OUT]], %[[I]], %[[S]])
tfg.graph attributes {producer = 1000 : i32} {
  %x = tfg.Placeholder() {shape = #tfg.shape<[5,3]>} : () -> tensor<5x3xf32> name("x")
  %zero = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("zero")
  %n = tfg.Const() {value = dense<5> : tensor<i32>} : () -> tensor<i32> name("n")
  %any = tfg.Const() {value = dense<-1> : tensor<i32>} : () -> tensor<i32> name("any")
  %in = tfg.TensorListFromTensor(%x, %any) : (tensor<5x3xf32>, tensor<i32>) -> tensor<!tfg.variant> name("in")
  %out = tfg.TensorListReserve(%any, %n) {element_dtype = f32} : (tensor<i32>, tensor<i32>) -> tensor<!tfg.variant> name("out")
  %l:3 = tfg.While(%zero, %in, %out) {body = #tfg.func<@body, {}>, cond = #tfg.func<@cond, {}>} : (tensor<i32>, tensor<!tfg.variant>, tensor<!tfg.variant>) -> (tensor<i32>, tensor<!tfg.variant>, tensor<!tfg.variant>) name("loop")
  %z = tfg.TensorListStack(%l#2, %any) : (tensor<!tfg.variant>, tensor<i32>) -> tensor<*xf32> name("z")
  tfg.fetch %z ["z"] : tensor<*xf32>
}
tfg.func @body(%i: tensor<i32>, %in: tensor<!tfg.variant>, %out: tensor<!tfg.variant>) -> (tensor<i32>, tensor<!tfg.variant>, tensor<!tfg.variant>) {
  %any = tfg.Const() {value = dense<-1> : tensor<i32>} : () -> tensor<i32> name("any")
  %one = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("one")
  %next = tfg.AddV2(%i, %one) : (tensor<i32>, tensor<i32>) -> tensor<i32> name("next")
  %e = tfg.TensorListGetItem(%in, %i, %any) : (tensor<!tfg.variant>, tensor<i32>, tensor<i32>) -> tensor<*xf32> name("e")
  %s = tfg.Square(%e) : (tensor<*xf32>) -> tensor<*xf32> name("s")
  %set = tfg.TensorListSetItem(%out, %i, %s) : (tensor<!tfg.variant>, tensor<i32>, tensor<*xf32>) -> tensor<!tfg.variant> name("set")
  tfg.return %next, %in, %set : tensor<i32>, tensor<!tfg.variant>, tensor<!tfg.variant>
}
tfg.func @cond(%i: tensor<i32>, %in: tensor<!tfg.variant>, %out: tensor<!tfg.variant>) -> tensor<i1> {
  %n = tfg.Const() {value = dense<5> : tensor<i32>} : () -> tensor<i32> name("n")
  %0 = tfg.Less(%i, %n) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("less")
  tfg.return %0 : tensor<i1>
}

// -----

// An array that may grow has room for all that is written to it; integers are no flows.
// CHECK-LABEL: tfg.graph
// CHECK: %[[W1:.*]] = tfg._SetElement({{.*}}) : {{.*}} -> tensor<3x2xi32> name("w1")
// CHECK: tfg._SetElement(%[[W1]], {{.*}}) : {{.*}} -> tensor<3x2xi32> name("w2")
tfg.graph attributes {producer = 1000 : i32} {
  %x = tfg.Placeholder() {shape = #tfg.shape<[2]>} : () -> tensor<2xi32> name("x")
  %i = tfg.Placeholder() {shape = #tfg.shape<[]>} : () -> tensor<i32> name("i")
  %one = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("one")
  %two = tfg.Const() {value = dense<2> : tensor<i32>} : () -> tensor<i32> name("two")
  %a:2 = tfg.TensorArrayV3(%one) {dtype = i32, dynamic_size = true} : (tensor<i32>) -> (tensor<2x!tfg.resource>, tensor<f32>) name("a")
  %w1 = tfg.TensorArrayWriteV3(%a#0, %one, %x, %a#1) : (tensor<2x!tfg.resource>, tensor<i32>, tensor<2xi32>, tensor<f32>) -> tensor<f32> name("w1")
  %w2 = tfg.TensorArrayWriteV3(%a#0, %two, %x, %w1) : (tensor<2x!tfg.resource>, tensor<i32>, tensor<2xi32>, tensor<f32>) -> tensor<f32> name("w2")
  %y = tfg.TensorArrayReadV3(%a#0, %i, %w2) : (tensor<2x!tfg.resource>, tensor<i32>, tensor<f32>) -> tensor<*xi32> name("y")
  tfg.fetch %y ["y"] : tensor<*xi32>
}

// -----

// Sizes that are not known are asked for when the code runs.
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: %[[X:.*]] = tfg.Placeholder
  %x = tfg.Placeholder() {shape = #tfg.shape<[?,?,3]>, tfg.feed_index = 0 : i64} : () -> tensor<?x?x3xf32> name("x")
  %shape = tfg.Const() {value = dense<[-1, 3]> : tensor<2xi32>} : () -> tensor<2xi32> name("shape")
  %l = tfg.TensorListFromTensor(%x, %shape) : (tensor<?x?x3xf32>, tensor<2xi32>) -> tensor<!tfg.variant> name("l")
  // CHECK: %[[SIZES:.*]] = tfg.Shape(%[[X]]) : (tensor<?x?x3xf32>) -> tensor<3xi32>
  // CHECK: tfg.Mul
  // CHECK: %[[ALL:.*]] = tfg.Reshape(%[[X]], %{{.*}}) : {{.*}} name("all")
  %all, %lengths = tfg.TensorListConcat(%l) : (tensor<!tfg.variant>) -> (tensor<*xf32>, tensor<?xi64>) name("all")
  // CHECK: %[[ELEMENT:.*]] = tfg.Slice(
  %element = tfg.TensorListElementShape(%l) : (tensor<!tfg.variant>) -> tensor<*xi32> name("element")
  // CHECK: tfg.EnsureShape(%[[X]]) {shape = #tfg.shape<[4, ?, 3]>}
  %stack = tfg.TensorListStack(%l, %shape) {num_elements = 4 : i64} : (tensor<!tfg.variant>, tensor<2xi32>) -> tensor<*xf32> name("stack")
  tfg.fetch %all, %lengths, %element, %stack ["a", "l", "e", "s"] : tensor<*xf32>, tensor<?xi64>, tensor<*xi32>, tensor<*xf32>
}

// -----

// An array that stays says why.
// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() {shape = #tfg.shape<[2,3]>, tfg.feed_index = 0 : i64} : () -> tensor<2x3xf32> name("x")
  %y = tfg.Placeholder() {shape = #tfg.shape<[4]>, tfg.feed_index = 1 : i64} : () -> tensor<4xf32> name("y")
  %shape = tfg.Const() {value = dense<-1> : tensor<i32>} : () -> tensor<i32> name("shape")
  // CHECK: tfg.TensorListFromTensor({{.*}}) {tfg.obstacle = "it is to hold tensor<3xf32> and tensor<4xf32>"}
  %l = tfg.TensorListFromTensor(%x, %shape) : (tensor<2x3xf32>, tensor<i32>) -> tensor<!tfg.variant> name("l")
  %m = tfg.TensorListPushBack(%l, %y) : (tensor<!tfg.variant>, tensor<4xf32>) -> tensor<!tfg.variant> name("m")
  %n = tfg.TensorListLength(%m) : (tensor<!tfg.variant>) -> tensor<i32> name("n")
  tfg.fetch %n ["n"] : tensor<i32>
}
