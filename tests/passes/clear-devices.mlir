// RUN: firn-opt %s --tfg-clear-devices | FileCheck %s
// Devices alone.
// RUN: firn-opt %s --tfg-clear-devices=keep-colocations | FileCheck %s --check-prefix=KEEP
// KEEP-NOT: tfg.device
// KEEP: _class = ["loc:@x", "loc:@w"]
// KEEP: _class = ["loc:@x", "note"]
// KEEP-NOT: tfg.device

module {
// CHECK-LABEL: tfg.graph
tfg.graph {
  // A device goes.
  // CHECK: tfg.Placeholder() : () -> tensor<f32> name("x")
  %x = tfg.Placeholder() {tfg.device = "/gpu:0"} : () -> tensor<f32> name("x")
  // So does a colocation constraint, with the attribute once it is empty.
  // CHECK: tfg.Identity(%{{.*}}) : (tensor<f32>) -> tensor<f32> name("y")
  %y = tfg.Identity(%x) {_class = ["loc:@x", "loc:@w"]} : (tensor<f32>) -> tensor<f32> name("y")
  // What else _class says stays; other attributes stay.
  // CHECK: {_class = ["note"], tfg.debug_info = "d"}
  %z = tfg.Identity(%x) {_class = ["loc:@x", "note"], tfg.debug_info = "d"} : (tensor<f32>) -> tensor<f32> name("z")
}

// Bodies of functions are cleared as well.
// CHECK-LABEL: tfg.func @f
tfg.func @f(%a: tensor<f32>) -> tensor<f32> {
  // CHECK: tfg.node "Foo"(%{{.*}}) : (tensor<f32>) -> tensor<f32>
  %0 = tfg.node "Foo"(%a) {tfg.device = "/job:worker"} : (tensor<f32>) -> tensor<f32>
  tfg.return %0 : tensor<f32>
}
}
