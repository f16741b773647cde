// RUN: firn-opt %s --split-input-file --tfg-batch-input-products | FileCheck %s

// The inputs of four steps are one product; the state's rows stay in the step.
// CHECK-LABEL: tfg.graph
// CHECK-DAG: %[[W:.*]] = tfg.Const() {{.*}} name("w")
// CHECK-DAG: %[[X0:.*]] = tfg.Placeholder() {{.*}} name("x0")
// CHECK-DAG: %[[X3:.*]] = tfg.Placeholder() {{.*}} name("x3")
// CHECK-DAG: %[[H:.*]] = tfg.Placeholder() {{.*}} name("h")
// CHECK: %[[WX:.*]] = tfg.Slice(%[[W]], %{{.*}}, %{{.*}}) : {{.*}} -> tensor<64x256xf32>
// CHECK: %[[WH:.*]] = tfg.Slice(%[[W]], %{{.*}}, %{{.*}}) : {{.*}} -> tensor<256x256xf32>
// CHECK: %[[XS:.*]] = tfg.ConcatV2(%[[X0]], %{{.*}}, %{{.*}}, %[[X3]], %{{.*}}) : {{.*}} -> tensor<4x64xf32>
// CHECK: %[[ALL:.*]] = tfg.MatMul(%[[XS]], %[[WX]]) : {{.*}} -> tensor<4x256xf32>
// CHECK: %[[S:.*]] = tfg.Slice(%[[ALL]], %{{.*}}, %{{.*}}) : {{.*}} -> tensor<1x256xf32>
// CHECK: %[[Q:.*]] = tfg.MatMul(%[[H]], %[[WH]]) : {{.*}} -> tensor<1x256xf32>
// CHECK: %[[P0:.*]] = tfg.AddV2(%[[S]], %[[Q]]) {{.*}} name("p0")
// CHECK: %[[H1:.*]] = tfg.Tanh(%[[P0]])
// CHECK: tfg.MatMul(%[[H1]], %[[WH]])
tfg.graph {
  %w = tfg.Const() {value = dense<1.0> : tensor<320x256xf32>} : () -> tensor<320x256xf32> name("w")
  %one = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("one")
  %x0 = tfg.Placeholder() : () -> tensor<1x64xf32> name("x0")
  %x1 = tfg.Placeholder() : () -> tensor<1x64xf32> name("x1")
  %x2 = tfg.Placeholder() : () -> tensor<1x64xf32> name("x2")
  %x3 = tfg.Placeholder() : () -> tensor<1x64xf32> name("x3")
  %h = tfg.Placeholder() : () -> tensor<1x256xf32> name("h")
  %c0 = tfg.ConcatV2(%x0, %h, %one) : (tensor<1x64xf32>, tensor<1x256xf32>, tensor<i32>) -> tensor<1x320xf32> name("c0")
  %p0 = tfg.MatMul(%c0, %w) : (tensor<1x320xf32>, tensor<320x256xf32>) -> tensor<1x256xf32> name("p0")
  %h1 = tfg.Tanh(%p0) : (tensor<1x256xf32>) -> tensor<1x256xf32> name("h1")
  %c1 = tfg.ConcatV2(%x1, %h1, %one) : (tensor<1x64xf32>, tensor<1x256xf32>, tensor<i32>) -> tensor<1x320xf32> name("c1")
  %p1 = tfg.MatMul(%c1, %w) : (tensor<1x320xf32>, tensor<320x256xf32>) -> tensor<1x256xf32> name("p1")
  %h2 = tfg.Tanh(%p1) : (tensor<1x256xf32>) -> tensor<1x256xf32> name("h2")
  %c2 = tfg.ConcatV2(%x2, %h2, %one) : (tensor<1x64xf32>, tensor<1x256xf32>, tensor<i32>) -> tensor<1x320xf32> name("c2")
  %p2 = tfg.MatMul(%c2, %w) : (tensor<1x320xf32>, tensor<320x256xf32>) -> tensor<1x256xf32> name("p2")
  %h3 = tfg.Tanh(%p2) : (tensor<1x256xf32>) -> tensor<1x256xf32> name("h3")
  %c3 = tfg.ConcatV2(%x3, %h3, %one) : (tensor<1x64xf32>, tensor<1x256xf32>, tensor<i32>) -> tensor<1x320xf32> name("c3")
  %p3 = tfg.MatMul(%c3, %w) : (tensor<1x320xf32>, tensor<320x256xf32>) -> tensor<1x256xf32> name("p3")
  tfg.fetch %p3 ["p3"] : tensor<1x256xf32>
}

// -----

// Three steps are too few; and with an input that a step computed itself there
// is nothing that could go first.
// CHECK-LABEL: tfg.graph
// CHECK-NOT: tfg.Slice
tfg.graph {
  %w = tfg.Const() {value = dense<1.0> : tensor<320x256xf32>} : () -> tensor<320x256xf32> name("w")
  %v = tfg.Const() {value = dense<1.0> : tensor<512x256xf32>} : () -> tensor<512x256xf32> name("v")
  %one = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("one")
  %x = tfg.Placeholder() : () -> tensor<1x64xf32> name("x")
  %h = tfg.Placeholder() : () -> tensor<1x256xf32> name("h")
  %c0 = tfg.ConcatV2(%x, %h, %one) : (tensor<1x64xf32>, tensor<1x256xf32>, tensor<i32>) -> tensor<1x320xf32> name("c0")
  %p0 = tfg.MatMul(%c0, %w) : (tensor<1x320xf32>, tensor<320x256xf32>) -> tensor<1x256xf32> name("p0")
  %c1 = tfg.ConcatV2(%x, %p0, %one) : (tensor<1x64xf32>, tensor<1x256xf32>, tensor<i32>) -> tensor<1x320xf32> name("c1")
  %p1 = tfg.MatMul(%c1, %w) : (tensor<1x320xf32>, tensor<320x256xf32>) -> tensor<1x256xf32> name("p1")
  %c2 = tfg.ConcatV2(%x, %p1, %one) : (tensor<1x64xf32>, tensor<1x256xf32>, tensor<i32>) -> tensor<1x320xf32> name("c2")
  %p2 = tfg.MatMul(%c2, %w) : (tensor<1x320xf32>, tensor<320x256xf32>) -> tensor<1x256xf32> name("p2")
  %d0 = tfg.ConcatV2(%p2, %h, %one) : (tensor<1x256xf32>, tensor<1x256xf32>, tensor<i32>) -> tensor<1x512xf32> name("d0")
  %q0 = tfg.MatMul(%d0, %v) : (tensor<1x512xf32>, tensor<512x256xf32>) -> tensor<1x256xf32> name("q0")
  %d1 = tfg.ConcatV2(%q0, %q0, %one) : (tensor<1x256xf32>, tensor<1x256xf32>, tensor<i32>) -> tensor<1x512xf32> name("d1")
  %q1 = tfg.MatMul(%d1, %v) : (tensor<1x512xf32>, tensor<512x256xf32>) -> tensor<1x256xf32> name("q1")
  %d2 = tfg.ConcatV2(%q1, %q0, %one) : (tensor<1x256xf32>, tensor<1x256xf32>, tensor<i32>) -> tensor<1x512xf32> name("d2")
  %q2 = tfg.MatMul(%d2, %v) : (tensor<1x512xf32>, tensor<512x256xf32>) -> tensor<1x256xf32> name("q2")
  %d3 = tfg.ConcatV2(%q2, %q1, %one) : (tensor<1x256xf32>, tensor<1x256xf32>, tensor<i32>) -> tensor<1x512xf32> name("d3")
  %q3 = tfg.MatMul(%d3, %v) : (tensor<1x512xf32>, tensor<512x256xf32>) -> tensor<1x256xf32> name("q3")
  tfg.fetch %q3 ["q3"] : tensor<1x256xf32>
}
