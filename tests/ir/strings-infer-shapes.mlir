// Shapes of ops over strings, of parsers and of tables.
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s

// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<?x4x!tfg.string> name("x")
  %row = tfg.Placeholder() : () -> tensor<3x!tfg.string> name("row")
  %one = tfg.Placeholder() : () -> tensor<!tfg.string> name("one")
  %any = tfg.Placeholder() : () -> tensor<*x!tfg.string> name("any")
  %f = tfg.Placeholder() : () -> tensor<1xf32> name("f")
  %none = tfg.Placeholder() : () -> tensor<0x!tfg.string> name("none")
  // CHECK: tfg.StringLength{{.*}} -> tensor<?x4xi32> name("length")
  %length = tfg.StringLength(%x) : (tensor<?x4x!tfg.string>) -> tensor<*xi32> name("length")
  // Scalars are repeated.
  // CHECK: tfg.StringJoin{{.*}} -> tensor<3x!tfg.string> name("join")
  %join = tfg.StringJoin(%one, %row) : (tensor<!tfg.string>, tensor<3x!tfg.string>) -> tensor<*x!tfg.string> name("join")
  // CHECK: tfg.RegexFullMatch{{.*}} -> tensor<?x4xi1> name("match")
  %match = tfg.RegexFullMatch(%x, %one) : (tensor<?x4x!tfg.string>, tensor<!tfg.string>) -> tensor<*xi1> name("match")
  // CHECK: tfg.DecodeRaw{{.*}} -> tensor<?x4x?xf32> name("raw")
  %raw = tfg.DecodeRaw(%x) : (tensor<?x4x!tfg.string>) -> tensor<*xf32> name("raw")
  // CHECK: tfg.StringSplitV2{{.*}} -> (tensor<?x2xi64>, tensor<?x!tfg.string>, tensor<2xi64>) name("split")
  %split:3 = tfg.StringSplitV2(%row, %one) : (tensor<3x!tfg.string>, tensor<!tfg.string>) -> (tensor<*xi64>, tensor<*x!tfg.string>, tensor<*xi64>) name("split")
  // Near miss: of an unknown rank nothing is known.
  // CHECK: tfg.DecodeRaw{{.*}} -> tensor<*xf32> name("raw_any")
  %raw_any = tfg.DecodeRaw(%any) : (tensor<*x!tfg.string>) -> tensor<*xf32> name("raw_any")
  // One sparse and one dense feature of a batch of three.
  // CHECK: tfg.ParseExample{{.*}} -> (tensor<?x2xi64>, tensor<?xi64>, tensor<2xi64>, tensor<3x1xf32>) name("parse")
  %parse:4 = tfg.ParseExample(%row, %none, %one, %one, %f) {dense_shapes = [#tfg.shape<[1]>]} : (tensor<3x!tfg.string>, tensor<0x!tfg.string>, tensor<!tfg.string>, tensor<!tfg.string>, tensor<1xf32>) -> (tensor<*xi64>, tensor<*xi64>, tensor<*xi64>, tensor<*xf32>) name("parse")
  // The keys say that there is no sparse feature, but a ragged one.
  %keys = tfg.Placeholder() : () -> tensor<1x!tfg.string> name("keys")
  // CHECK: tfg.ParseExampleV2{{.*}} -> (tensor<3x?xf32>, tensor<?xi64>, tensor<4xi64>) name("parse2")
  %parse2:3 = tfg.ParseExampleV2(%row, %none, %none, %keys, %keys, %f) {dense_shapes = [#tfg.shape<[?]>]} : (tensor<3x!tfg.string>, tensor<0x!tfg.string>, tensor<0x!tfg.string>, tensor<1x!tfg.string>, tensor<1x!tfg.string>, tensor<1xf32>) -> (tensor<*xf32>, tensor<*xi64>, tensor<*xi64>) name("parse2")
  %t = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = f32} : () -> tensor<!tfg.resource> name("t")
  // Values of keys have the shape of the default behind that of the keys.
  // CHECK: tfg.LookupTableFindV2{{.*}} -> tensor<?x4x1xf32> name("find")
  %find = tfg.LookupTableFindV2(%t, %x, %f) : (tensor<!tfg.resource>, tensor<?x4x!tfg.string>, tensor<1xf32>) -> tensor<*xf32> name("find")
}
