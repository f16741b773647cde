// RUN: firn-opt %s --tfg-bake-tables --split-input-file | FileCheck %s

// Keys and values that are constants, through identities; the size.
// CHECK-LABEL: producer = 1
module {
tfg.graph attributes {producer = 1 : i32} {
  %keys = tfg.Const() {value = dense<["a", "b"]> : tensor<2x!tfg.string>} : () -> tensor<2x!tfg.string> name("keys")
  %values = tfg.Const() {value = dense<[7, 8]> : tensor<2xi64>} : () -> tensor<2xi64> name("values")
  %x = tfg.Placeholder() : () -> tensor<?x!tfg.string> name("x")
  // CHECK: %[[DEFAULT:.*]] = tfg.Const() {value = dense<-1>
  %d = tfg.Const() {value = dense<-1> : tensor<i64>} : () -> tensor<i64> name("d")
  %t = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("t")
  %same = tfg.Identity(%t) : (tensor<!tfg.resource>) -> tensor<!tfg.resource> name("same")
  %init = tfg.InitializeTableV2(%t, %keys, %values) : (tensor<!tfg.resource>, tensor<2x!tfg.string>, tensor<2xi64>) -> !tfg.control name("init")
  // CHECK: %[[KEYS:.*]] = tfg.Const() {value = dense<["a", "b"]> : tensor<2x!tfg.string>} {{.*}} name("y/table_keys")
  // CHECK: %[[VALUES:.*]] = tfg.Const() {value = dense<[7, 8]> : tensor<2xi64>} {{.*}} name("y/table_values")
  // CHECK: tfg._TableFind(%{{.*}}, %[[DEFAULT]], %[[KEYS]], %[[VALUES]]) {{.*}} -> tensor<?xi64> name("y")
  %y = tfg.LookupTableFindV2(%same, %x, %d) : (tensor<!tfg.resource>, tensor<?x!tfg.string>, tensor<i64>) -> tensor<?xi64> name("y")
  // CHECK: %[[SIZE:.*]] = tfg.Const() {value = dense<2> : tensor<i64>}
  // CHECK: tfg.Identity(%[[SIZE]]) {{.*}} name("n")
  %n = tfg.LookupTableSizeV2(%t) : (tensor<!tfg.resource>) -> tensor<i64> name("n")
  // Near miss: a table that nothing fills.
  %other = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("other")
  // CHECK: tfg.LookupTableFindV2({{.*}} name("z")
  %z = tfg.LookupTableFindV2(%other, %x, %d) : (tensor<!tfg.resource>, tensor<?x!tfg.string>, tensor<i64>) -> tensor<?xi64> name("z")
}
}

// -----

// The lines of an asset; two nodes of one shared name are one table.
// CHECK-LABEL: producer = 2
module attributes {tfg.assets = [{file = "assets/words", tensor = "file:0", text = "x\t1\0D\ny\t2\n"}]} {
tfg.graph attributes {producer = 2 : i32} {
  %file = tfg.Placeholder() : () -> tensor<!tfg.string> name("file")
  %x = tfg.Placeholder() : () -> tensor<!tfg.string> name("x")
  %d = tfg.Const() {value = dense<-1> : tensor<i64>} : () -> tensor<i64> name("d")
  %t = tfg.HashTableV2() {key_dtype = !tfg.string, shared_name = "s", value_dtype = i64} : () -> tensor<!tfg.resource> name("t")
  %u = tfg.HashTableV2() {key_dtype = !tfg.string, shared_name = "s", value_dtype = i64} : () -> tensor<!tfg.resource> name("u")
  %init = tfg.InitializeTableFromTextFileV2(%t, %file) {key_index = 0 : i64, value_index = 1 : i64} : (tensor<!tfg.resource>, tensor<!tfg.string>) -> !tfg.control name("init")
  // CHECK: tfg.Const() {value = dense<["x", "y"]> : tensor<2x!tfg.string>}
  // CHECK: tfg.Const() {value = dense<[1, 2]> : tensor<2xi64>}
  // CHECK: tfg._TableFind
  %y = tfg.LookupTableFindV2(%u, %x, %d) : (tensor<!tfg.resource>, tensor<!tfg.string>, tensor<i64>) -> tensor<i64> name("y")
}
}
