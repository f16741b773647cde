// RUN: firn-opt %s --tfg-fuse-convolutions | FileCheck %s
// RUN: firn-opt %s --tfg-fuse-convolutions="pad=false resize-and-pad=false" | FileCheck %s --check-prefix=RESIZE

// CHECK-LABEL: tfg.func @pad
// RESIZE-LABEL: tfg.func @pad
tfg.func @pad(%x: tensor<1x4x4x1xf32>, %w: tensor<3x3x1x1xf32>) -> tensor<1x4x4x1xf32> {
  // CHECK: %[[P:.*]] = tfg.Const
  %p = tfg.Const() {value = dense<[[0, 0], [1, 1], [1, 1], [0, 0]]> : tensor<4x2xi32>} : () -> tensor<4x2xi32> name("p")
  // CHECK-NEXT: tfg.FusedPadConv2D(%arg0, %[[P]], %arg1) {mode = "REFLECT", padding = "VALID", strides = [1, 1, 1, 1]} : {{.*}} name("y")
  // RESIZE: tfg.MirrorPad
  %m = tfg.MirrorPad(%x, %p) {mode = "REFLECT"} : (tensor<1x4x4x1xf32>, tensor<4x2xi32>) -> tensor<1x6x6x1xf32> name("m")
  %y = tfg.Conv2D(%m, %w) {padding = "VALID", strides = [1, 1, 1, 1]} : (tensor<1x6x6x1xf32>, tensor<3x3x1x1xf32>) -> tensor<1x4x4x1xf32> name("y")
  tfg.return %y : tensor<1x4x4x1xf32>
}

// Without a pad the paddings are zeros.
// CHECK-LABEL: tfg.func @resize
// RESIZE-LABEL: tfg.func @resize
tfg.func @resize(%x: tensor<1x4x4x1xf32>, %s: tensor<2xi32>, %w: tensor<3x3x1x1xf32>) -> tensor<1x8x8x1xf32> {
  // CHECK: %[[P:.*]] = tfg.Const() {value = dense<0> : tensor<4x2xi32>} : {{.*}} name("y_paddings")
  // CHECK-NEXT: tfg.FusedResizeAndPadConv2D(%arg0, %arg1, %[[P]], %arg2) {mode = "REFLECT", padding = "SAME", resize_align_corners = true, strides = [1, 1, 1, 1]} : {{.*}} name("y")
  // RESIZE: FusedResizeAndPadConv2D
  %r = tfg.ResizeBilinear(%x, %s) {align_corners = true} : (tensor<1x4x4x1xf32>, tensor<2xi32>) -> tensor<1x8x8x1xf32> name("r")
  %y = tfg.Conv2D(%r, %w) {padding = "SAME", strides = [1, 1, 1, 1]} : (tensor<1x8x8x1xf32>, tensor<3x3x1x1xf32>) -> tensor<1x8x8x1xf32> name("y")
  tfg.return %y : tensor<1x8x8x1xf32>
}

// CHECK-LABEL: tfg.func @resize_and_pad
tfg.func @resize_and_pad(%x: tensor<1x4x4x1xf32>, %s: tensor<2xi32>, %p: tensor<4x2xi32>, %w: tensor<3x3x1x1xf32>) -> tensor<*xf32> {
  // CHECK-NEXT: tfg.FusedResizeAndPadConv2D(%arg0, %arg1, %arg2, %arg3) {mode = "SYMMETRIC", padding = "VALID", strides = [1, 2, 2, 1]}
  %r = tfg.ResizeBilinear(%x, %s) : (tensor<1x4x4x1xf32>, tensor<2xi32>) -> tensor<1x8x8x1xf32> name("r")
  %m = tfg.MirrorPad(%r, %p) {mode = "SYMMETRIC"} : (tensor<1x8x8x1xf32>, tensor<4x2xi32>) -> tensor<*xf32> name("m")
  %y = tfg.Conv2D(%m, %w) {padding = "VALID", strides = [1, 2, 2, 1]} : (tensor<*xf32>, tensor<3x3x1x1xf32>) -> tensor<*xf32> name("y")
  tfg.return %y : tensor<*xf32>
}

// Not if another node sees the padded image, nor a dilated convolution, nor samples
// at the middles of pixels.
// CHECK-LABEL: tfg.func @near_misses
tfg.func @near_misses(%x: tensor<1x4x4x1xf32>, %s: tensor<2xi32>, %p: tensor<4x2xi32>, %w: tensor<1x1x1x1xf32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) {
  // CHECK-NOT: Fused
  %m = tfg.MirrorPad(%x, %p) {mode = "REFLECT"} : (tensor<1x4x4x1xf32>, tensor<4x2xi32>) -> tensor<*xf32> name("m")
  %a = tfg.Conv2D(%m, %w) {padding = "VALID", strides = [1, 1, 1, 1]} : (tensor<*xf32>, tensor<1x1x1x1xf32>) -> tensor<*xf32> name("a")
  %n = tfg.MirrorPad(%x, %p) {mode = "REFLECT"} : (tensor<1x4x4x1xf32>, tensor<4x2xi32>) -> tensor<*xf32> name("n")
  %b = tfg.Conv2D(%n, %w) {dilations = [1, 2, 2, 1], padding = "VALID", strides = [1, 1, 1, 1]} : (tensor<*xf32>, tensor<1x1x1x1xf32>) -> tensor<*xf32> name("b")
  %r = tfg.ResizeBilinear(%x, %s) {half_pixel_centers = true} : (tensor<1x4x4x1xf32>, tensor<2xi32>) -> tensor<1x?x?x1xf32> name("r")
  %c = tfg.Conv2D(%r, %w) {padding = "VALID", strides = [1, 1, 1, 1]} : (tensor<1x?x?x1xf32>, tensor<1x1x1x1xf32>) -> tensor<*xf32> name("c")
  tfg.return %m, %a, %b, %c : tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>
}
