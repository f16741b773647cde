// Shapes of tables: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_resource = tfg.Placeholder() : () -> tensor<!tfg.resource> name("in_resource")
  %in_2xstring = tfg.Placeholder() : () -> tensor<2x!tfg.string> name("in_2xstring")
  %in_2xi64 = tfg.Placeholder() : () -> tensor<2xi64> name("in_2xi64")
  %in_nxstring = tfg.Placeholder() : () -> tensor<?x!tfg.string> name("in_nxstring")
  %in_string = tfg.Placeholder() : () -> tensor<!tfg.string> name("in_string")
  %in_i64 = tfg.Placeholder() : () -> tensor<i64> name("in_i64")
  %in_9xstring = tfg.Placeholder() : () -> tensor<9x!tfg.string> name("in_9xstring")
  %in_9xi64 = tfg.Placeholder() : () -> tensor<9xi64> name("in_9xi64")

  // CHECK: tfg.HashTableV2{{.*}} -> tensor<!tfg.resource> name("HashTableV2")
  %HashTableV2 = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<*x!tfg.resource> name("HashTableV2")
  // CHECK: tfg.InitializeTableV2{{.*}} -> !tfg.control name("InitializeTableV2")
  %InitializeTableV2 = tfg.InitializeTableV2(%in_resource, %in_2xstring, %in_2xi64) : (tensor<!tfg.resource>, tensor<2x!tfg.string>, tensor<2xi64>) -> !tfg.control name("InitializeTableV2")
  // CHECK: tfg.InitializeTableFromTextFileV2{{.*}} -> !tfg.control name("InitializeTableFromTextFileV2")
  %InitializeTableFromTextFileV2 = tfg.InitializeTableFromTextFileV2(%in_resource, %in_string) {key_index = -2 : i64, value_index = -1 : i64} : (tensor<!tfg.resource>, tensor<!tfg.string>) -> !tfg.control name("InitializeTableFromTextFileV2")
  // CHECK: tfg.LookupTableFindV2{{.*}} -> tensor<2xi64> name("LookupTableFindV2")
  %LookupTableFindV2 = tfg.LookupTableFindV2(%in_resource, %in_2xstring, %in_i64) : (tensor<!tfg.resource>, tensor<2x!tfg.string>, tensor<i64>) -> tensor<*xi64> name("LookupTableFindV2")
  // CHECK: tfg.LookupTableFindV2{{.*}} -> tensor<?xi64> name("LookupTableFindV2_unknown")
  %LookupTableFindV2_unknown = tfg.LookupTableFindV2(%in_resource, %in_nxstring, %in_i64) : (tensor<!tfg.resource>, tensor<?x!tfg.string>, tensor<i64>) -> tensor<*xi64> name("LookupTableFindV2_unknown")
  // CHECK: tfg.LookupTableSizeV2{{.*}} -> tensor<i64> name("LookupTableSizeV2")
  %LookupTableSizeV2 = tfg.LookupTableSizeV2(%in_resource) : (tensor<!tfg.resource>) -> tensor<*xi64> name("LookupTableSizeV2")
  // CHECK: tfg._TableFind{{.*}} -> tensor<2xi64> name("_TableFind")
  %_TableFind = tfg._TableFind(%in_2xstring, %in_i64, %in_9xstring, %in_9xi64) : (tensor<2x!tfg.string>, tensor<i64>, tensor<9x!tfg.string>, tensor<9xi64>) -> tensor<*xi64> name("_TableFind")
  // CHECK: tfg._TableFind{{.*}} -> tensor<?xi64> name("_TableFind_unknown")
  %_TableFind_unknown = tfg._TableFind(%in_nxstring, %in_i64, %in_9xstring, %in_9xi64) : (tensor<?x!tfg.string>, tensor<i64>, tensor<9x!tfg.string>, tensor<9xi64>) -> tensor<*xi64> name("_TableFind_unknown")
}
