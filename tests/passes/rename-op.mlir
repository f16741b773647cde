// RUN: firn-opt %s --tfg-rename-op="from=AddV2 to=Add" | FileCheck %s
// RUN: firn-opt %s --tfg-rename-op="from=AddV2 to=MyAdd" | FileCheck %s --check-prefix=MINE

// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  // CHECK: tfg.Add(%{{.*}}, %{{.*}}) {_note = 1 : i64} : {{.*}} name("y")
  // MINE: tfg.node "MyAdd"(%{{.*}}, %{{.*}}) {_note = 1 : i64} : {{.*}} name("y")
  %y = tfg.AddV2(%x, %x) {_note = 1 : i64} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> name("y")
  // CHECK: tfg.Sub
  %z = tfg.Sub(%y, %x) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> name("z")
}
