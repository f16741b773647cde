// RUN: firn-opt %s --tfg-rename-attribute="from=alpha to=beta" | FileCheck %s
// RUN: firn-opt %s --tfg-rename-attribute="from=alpha to=beta op=Mine" | FileCheck %s --check-prefix=ONE

// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  // CHECK: tfg.node "Mine"(%{{.*}}) {beta = 1 : i64, tfg.device = "/cpu:0"} : {{.*}} name("y")
  // ONE: tfg.node "Mine"(%{{.*}}) {beta = 1 : i64
  %y = tfg.node "Mine"(%x) {alpha = 1 : i64, tfg.device = "/cpu:0"} : (tensor<4xf32>) -> tensor<4xf32> name("y")
  // CHECK: tfg.node "Other"(%{{.*}}) {beta = 2 : i64}
  // ONE: tfg.node "Other"(%{{.*}}) {alpha = 2 : i64}
  %z = tfg.node "Other"(%y) {alpha = 2 : i64} : (tensor<4xf32>) -> tensor<4xf32> name("z")
  // A node without it is not touched.
  // CHECK: tfg.Relu(%{{.*}}) :
  %r = tfg.Relu(%z) : (tensor<4xf32>) -> tensor<4xf32> name("r")
}
