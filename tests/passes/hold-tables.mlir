// RUN: firn-opt %s --tfg-hold-tables | FileCheck %s
// It stays when what is not fetched goes, and has all that it needs.
// RUN: firn-opt %s --firn-freeze | FileCheck %s --check-prefix=FREEZE

// FREEZE-COUNT-3: tfg.InitializeTableV2
// FREEZE-NOT: tfg.Initialize

// CHECK-LABEL: module
module attributes {tfg.assets = [{file = "assets/words", tensor = "file:0", text = "x\ny\n"}, {file = "assets/gone", problem = "gone", tensor = "gone:0"}]} {
tfg.graph {
  %file = tfg.Const() {value = dense<"words"> : tensor<!tfg.string>} : () -> tensor<!tfg.string> name("file")
  %gone = tfg.Const() {value = dense<"gone"> : tensor<!tfg.string>} : () -> tensor<!tfg.string> name("gone")
  %x = tfg.Placeholder() : () -> tensor<!tfg.string> name("x")
  %d = tfg.Const() {value = dense<-1> : tensor<i64>} : () -> tensor<i64> name("d")
  %keys = tfg.Const() {value = dense<["a", "b"]> : tensor<2x!tfg.string>} : () -> tensor<2x!tfg.string> name("keys")
  %values = tfg.Const() {value = dense<[7, 8]> : tensor<2xi64>} : () -> tensor<2xi64> name("values")
  %s = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("s")
  %t = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("t")
  %u = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("u")
  %v = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("v")
  // One that has its contents stays as it is.
  // CHECK: %[[A:.*]] = tfg.InitializeTableV2(%{{.*}}, %{{.*}}, %{{.*}}) {{.*}} name("si")
  %si = tfg.InitializeTableV2(%s, %keys, %values) : (tensor<!tfg.resource>, tensor<2x!tfg.string>, tensor<2xi64>) -> !tfg.control name("si")
  // One that reads a file gets its lines.
  // CHECK: %[[KEYS:.*]] = tfg.Const() {value = dense<["x", "y"]> : tensor<2x!tfg.string>} {{.*}} name("ti/keys")
  // CHECK: %[[VALUES:.*]] = tfg.Const() {value = dense<[0, 1]> : tensor<2xi64>} {{.*}} name("ti/values")
  // CHECK: %[[B:.*]] = tfg.InitializeTableV2(%{{.*}}, %[[KEYS]], %[[VALUES]]) {{.*}} name("ti")
  %ti = tfg.InitializeTableFromTextFileV2(%t, %file) {key_index = -2 : i64, value_index = -1 : i64} : (tensor<!tfg.resource>, tensor<!tfg.string>) -> !tfg.control name("ti")
  // Near misses: a table that is not needed, and a file that could not be read.
  // CHECK: tfg.InitializeTableV2({{.*}} name("ui")
  %ui = tfg.InitializeTableV2(%u, %keys, %values) : (tensor<!tfg.resource>, tensor<2x!tfg.string>, tensor<2xi64>) -> !tfg.control name("ui")
  // CHECK: tfg.InitializeTableFromTextFileV2({{.*}} name("vi")
  %vi = tfg.InitializeTableFromTextFileV2(%v, %gone) {key_index = -2 : i64, value_index = -1 : i64} : (tensor<!tfg.resource>, tensor<!tfg.string>) -> !tfg.control name("vi")
  // One that a lookup waits for is held already, and gets its lines as well.
  // CHECK: %[[W:.*]] = tfg.InitializeTableV2(%{{.*}}, %{{.*}}, %{{.*}}) {{.*}} name("wi")
  %w = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("w")
  %wi = tfg.InitializeTableFromTextFileV2(%w, %file) {key_index = -2 : i64, value_index = -1 : i64} : (tensor<!tfg.resource>, tensor<!tfg.string>) -> !tfg.control name("wi")
  // CHECK: tfg.LookupTableFindV2({{.*}}) [%[[W]]]
  %e = tfg.LookupTableFindV2(%w, %x, %d) [%wi] : (tensor<!tfg.resource>, tensor<!tfg.string>, tensor<i64>) -> tensor<i64> name("e")
  %a = tfg.LookupTableFindV2(%s, %x, %d) : (tensor<!tfg.resource>, tensor<!tfg.string>, tensor<i64>) -> tensor<i64> name("a")
  %b = tfg.LookupTableFindV2(%t, %x, %d) : (tensor<!tfg.resource>, tensor<!tfg.string>, tensor<i64>) -> tensor<i64> name("b")
  %c = tfg.LookupTableFindV2(%v, %x, %d) : (tensor<!tfg.resource>, tensor<!tfg.string>, tensor<i64>) -> tensor<i64> name("c")
  // CHECK: tfg.fetch %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %[[A]], %[[B]] ["a", "b", "c", "e", "^si", "^ti"] {tensors = ["a:0", "b:0", "c:0", "e:0", "^si", "^ti"]}
  tfg.fetch %a, %b, %c, %e ["a", "b", "c", "e"] {tensors = ["a:0", "b:0", "c:0", "e:0"]} : tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>
}
}
