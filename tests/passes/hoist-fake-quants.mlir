// RUN: firn-opt %s --tfg-hoist-fake-quants | FileCheck %s

// Over all nodes that only move numbers; the name stays with the values.
// CHECK-LABEL: tfg.func @move
tfg.func @move(%x: tensor<1x4x4x1xf32>, %dims: tensor<2xi32>) -> tensor<1x4xf32> {
  %min = tfg.Const() {value = dense<0.0> : tensor<f32>} : () -> tensor<f32> name("min")
  %max = tfg.Const() {value = dense<6.0> : tensor<f32>} : () -> tensor<f32> name("max")
  // CHECK: %[[R:.*]] = tfg.Relu(%arg0)
  // CHECK: %[[H:.*]] = tfg.{{.*}}FakeQuantWithMinMaxVars{{.*}}(%[[R]], %{{.*}}, %{{.*}}) : (tensor<1x4x4x1xf32>, tensor<f32>, tensor<f32>) -> tensor<1x4x4x1xf32> name("f_hoisted")
  // CHECK: %[[P:.*]] = tfg.MaxPool(%[[H]]) {{.*}} name("p")
  // CHECK: %[[S:.*]] = tfg.Reshape(%[[P]], %arg1) : {{.*}} name("f")
  // CHECK: tfg.return %[[S]]
  %r = tfg.Relu(%x) : (tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32> name("r")
  %p = tfg.MaxPool(%r) {ksize = [1, 2, 2, 1], strides = [1, 2, 2, 1], padding = "SAME"} : (tensor<1x4x4x1xf32>) -> tensor<1x2x2x1xf32> name("p")
  %s = tfg.Reshape(%p, %dims) : (tensor<1x2x2x1xf32>, tensor<2xi32>) -> tensor<1x4xf32> name("s")
  %f = tfg.node "FakeQuantWithMinMaxVars"(%s, %min, %max) : (tensor<1x4xf32>, tensor<f32>, tensor<f32>) -> tensor<1x4xf32> name("f")
  tfg.return %f : tensor<1x4xf32>
}

// Not if another node reads the numbers that are not rounded.
// CHECK-LABEL: tfg.func @read
tfg.func @read(%x: tensor<1x4xf32>, %dims: tensor<1xi32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %min = tfg.Const() {value = dense<0.0> : tensor<f32>} : () -> tensor<f32> name("min")
  // CHECK: %[[S:.*]] = tfg.Reshape(%arg0, %arg1) : {{.*}} name("s")
  // CHECK: FakeQuantWithMinMaxVars{{.*}}(%[[S]]{{.*}} name("f")
  %s = tfg.Reshape(%x, %dims) : (tensor<1x4xf32>, tensor<1xi32>) -> tensor<4xf32> name("s")
  %f = tfg.node "FakeQuantWithMinMaxVars"(%s, %min, %min) : (tensor<4xf32>, tensor<f32>, tensor<f32>) -> tensor<4xf32> name("f")
  tfg.return %f, %s : tensor<4xf32>, tensor<4xf32>
}

// Not over what computes, and not with a range that is computed.
// CHECK-LABEL: tfg.func @compute
tfg.func @compute(%x: tensor<4xf32>, %min: tensor<f32>, %dims: tensor<1xi32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %max = tfg.Const() {value = dense<6.0> : tensor<f32>} : () -> tensor<f32> name("max")
  // CHECK: %[[N:.*]] = tfg.Neg(%arg0)
  // CHECK: FakeQuantWithMinMaxVars{{.*}}(%[[N]]{{.*}} name("f")
  %n = tfg.Neg(%x) : (tensor<4xf32>) -> tensor<4xf32> name("n")
  %f = tfg.node "FakeQuantWithMinMaxVars"(%n, %max, %max) : (tensor<4xf32>, tensor<f32>, tensor<f32>) -> tensor<4xf32> name("f")
  // CHECK: %[[S:.*]] = tfg.Reshape(%arg0, %arg2)
  // CHECK: FakeQuantWithMinMaxVars{{.*}}(%[[S]]{{.*}} name("g")
  %s = tfg.Reshape(%x, %dims) : (tensor<4xf32>, tensor<1xi32>) -> tensor<4xf32> name("s")
  %g = tfg.node "FakeQuantWithMinMaxVars"(%s, %min, %max) : (tensor<4xf32>, tensor<f32>, tensor<f32>) -> tensor<4xf32> name("g")
  tfg.return %f, %g : tensor<4xf32>, tensor<4xf32>
}
