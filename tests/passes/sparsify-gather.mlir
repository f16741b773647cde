// RUN: firn-opt %s --split-input-file --tfg-sparsify-gather | FileCheck %s -enable-var-scope
// RUN: firn-opt %s --split-input-file --tfg-sparsify-gather=group-init-node=init | FileCheck %s --check-prefixes=GONE,GROUP

// Two lookups share a table; ids of 32 bits are widened; what is all zero has one entry.
// CHECK-LABEL: tfg.graph
// CHECK-DAG: %[[KEYS:.*]] = tfg.Const() {value = dense<[1, 3]> : tensor<2xi64>} {{.*}}name("w/indices")
// CHECK-DAG: %[[VALUES:.*]] = tfg.Const() {value = dense<[2.500000e+00, -1.000000e+00]> : tensor<2xf32>} {{.*}}name("w/values")
// CHECK-DAG: %[[TABLE:.*]] = tfg.HashTable() {key_dtype = i64, shared_name = "w", value_dtype = f32} {{.*}}name("w/HashTable")
// CHECK-DAG: %[[FILL:.*]] = tfg.InitializeTable(%[[TABLE]], %[[KEYS]], %[[VALUES]]) {{.*}}name("w/InitializeTable")
// CHECK-DAG: %[[FOUND:.*]] = tfg.LookupTableFind(%[[TABLE]], %[[IDS:.*]], %{{.*}}) {{.*}} -> tensor<?xf32> name("y/LookupTableFind")
// CHECK-DAG: tfg.ExpandDims(%[[FOUND]], %{{.*}}) : {{.*}} -> tensor<?x1xf32> name("y")
// CHECK-DAG: %[[WIDE:.*]] = tfg.Cast({{.*}}) {{.*}} -> tensor<2xi64> name("z/ids")
// CHECK-DAG: tfg.LookupTableFind(%[[TABLE]], %[[WIDE]], {{.*}}name("z/LookupTableFind")
// CHECK-DAG: tfg.NoOp() {{\[}}%[[FILL]], %{{.*}}] : () -> !tfg.control name("group_deps")
// CHECK-DAG: tfg.Const() {value = dense<0> : tensor<1xi64>} {{.*}}name("none/indices")
// What was looked up in is gone.
// GONE-NOT: name("w")
// GONE-NOT: name("read")
// GROUP: tfg.NoOp() {{.*}}name("init")
tfg.graph {
  %ids = tfg.Placeholder() : () -> tensor<?xi64> name("ids")
  %short = tfg.Placeholder() : () -> tensor<2xi32> name("short")
  %axis = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("axis")
  %w = tfg.Const() {value = dense<[[0.0], [2.5], [1.0e-6], [-1.0]]> : tensor<4x1xf32>} : () -> tensor<4x1xf32> name("w")
  %read = tfg.Identity(%w) : (tensor<4x1xf32>) -> tensor<4x1xf32> name("read")
  %y = tfg.Gather(%read, %ids) : (tensor<4x1xf32>, tensor<?xi64>) -> tensor<?x1xf32> name("y")
  %z = tfg.GatherV2(%read, %short, %axis) : (tensor<4x1xf32>, tensor<2xi32>, tensor<i32>) -> tensor<2x1xf32> name("z")
  %none = tfg.Const() {value = dense<0.0> : tensor<4x1xf32>} : () -> tensor<4x1xf32> name("none")
  %n = tfg.Gather(%none, %ids) : (tensor<4x1xf32>, tensor<?xi64>) -> tensor<?x1xf32> name("n")
}

// -----

// Near misses: two weights a row, another axis, another type, no constant.
// CHECK-LABEL: tfg.graph
// CHECK-NOT: tfg.HashTable
tfg.graph {
  %ids = tfg.Placeholder() : () -> tensor<?xi64> name("ids")
  %axis = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("axis")
  %two = tfg.Const() {value = dense<0.0> : tensor<4x2xf32>} : () -> tensor<4x2xf32> name("two")
  %a = tfg.Gather(%two, %ids) : (tensor<4x2xf32>, tensor<?xi64>) -> tensor<?x2xf32> name("a")
  %one = tfg.Const() {value = dense<0.0> : tensor<4x1xf32>} : () -> tensor<4x1xf32> name("one")
  %b = tfg.GatherV2(%one, %ids, %axis) : (tensor<4x1xf32>, tensor<?xi64>, tensor<i32>) -> tensor<4x?xf32> name("b")
  %double = tfg.Const() {value = dense<0.0> : tensor<4x1xf64>} : () -> tensor<4x1xf64> name("double")
  %c = tfg.Gather(%double, %ids) : (tensor<4x1xf64>, tensor<?xi64>) -> tensor<?x1xf64> name("c")
  %fed = tfg.Placeholder() : () -> tensor<4x1xf32> name("fed")
  %d = tfg.Gather(%fed, %ids) : (tensor<4x1xf32>, tensor<?xi64>) -> tensor<?x1xf32> name("d")
}
