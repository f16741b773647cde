// RUN: firn-opt %s --tfg-set-device=device=/gpu:0 | FileCheck %s
// RUN: firn-opt %s --tfg-set-device="device=/gpu:0 if-default=true" | FileCheck %s --check-prefix=DEFAULT
// RUN: firn-opt %s --tfg-set-device | FileCheck %s --check-prefix=NONE

// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: tfg.Placeholder() {tfg.device = "/gpu:0"}
  // DEFAULT: tfg.Placeholder() {tfg.device = "/gpu:0"}
  // NONE: tfg.Placeholder() :
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  // CHECK: tfg.Relu(%{{.*}}) {tfg.device = "/gpu:0"}
  // DEFAULT: tfg.Relu(%{{.*}}) {tfg.device = "/cpu:0"}
  // NONE: tfg.Relu(%{{.*}}) :
  %y = tfg.Relu(%x) {tfg.device = "/cpu:0"} : (tensor<4xf32>) -> tensor<4xf32> name("y")
}
