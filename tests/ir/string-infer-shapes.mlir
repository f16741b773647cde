// Shapes of ops over strings, of parsers and of tables.
// RUN: firn-opt %s --tfg-infer-shapes --split-input-file | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip --split-input-file -o /dev/null

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

// -----

// The others of the family; beside what is known, what is left where an operand is
// less known (_unknown) or fed and no constant (_fed).
// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_2xstring = tfg.Placeholder() : () -> tensor<2x!tfg.string> name("in_2xstring")
  %in_nxstring = tfg.Placeholder() : () -> tensor<?x!tfg.string> name("in_nxstring")
  %in_i32 = tfg.Placeholder() : () -> tensor<i32> name("in_i32")
  %in_2xf32 = tfg.Placeholder() : () -> tensor<2xf32> name("in_2xf32")
  %in_nxf32 = tfg.Placeholder() : () -> tensor<?xf32> name("in_nxf32")
  %in_2x3xstring = tfg.Placeholder() : () -> tensor<2x3x!tfg.string> name("in_2x3xstring")
  %c_1_1xi32 = tfg.Const() {value = dense<1> : tensor<1xi32>} : () -> tensor<1xi32> name("c_1_1xi32")
  %in_1xi32 = tfg.Placeholder() : () -> tensor<1xi32> name("in_1xi32")
  %in_4xstring = tfg.Placeholder() : () -> tensor<4x!tfg.string> name("in_4xstring")
  %in_4xi32 = tfg.Placeholder() : () -> tensor<4xi32> name("in_4xi32")
  %in_5xstring = tfg.Placeholder() : () -> tensor<5x!tfg.string> name("in_5xstring")
  %in_3xi64 = tfg.Placeholder() : () -> tensor<3xi64> name("in_3xi64")
  %in_5xi32 = tfg.Placeholder() : () -> tensor<5xi32> name("in_5xi32")

  // CHECK: tfg.StringLower{{.*}} -> tensor<2x!tfg.string> name("StringLower")
  %StringLower = tfg.StringLower(%in_2xstring) : (tensor<2x!tfg.string>) -> tensor<*x!tfg.string> name("StringLower")
  // CHECK: tfg.StringLower{{.*}} -> tensor<?x!tfg.string> name("StringLower_unknown")
  %StringLower_unknown = tfg.StringLower(%in_nxstring) : (tensor<?x!tfg.string>) -> tensor<*x!tfg.string> name("StringLower_unknown")
  // CHECK: tfg.StringUpper{{.*}} -> tensor<2x!tfg.string> name("StringUpper")
  %StringUpper = tfg.StringUpper(%in_2xstring) : (tensor<2x!tfg.string>) -> tensor<*x!tfg.string> name("StringUpper")
  // CHECK: tfg.StringUpper{{.*}} -> tensor<?x!tfg.string> name("StringUpper_unknown")
  %StringUpper_unknown = tfg.StringUpper(%in_nxstring) : (tensor<?x!tfg.string>) -> tensor<*x!tfg.string> name("StringUpper_unknown")
  // CHECK: tfg.StringStrip{{.*}} -> tensor<2x!tfg.string> name("StringStrip")
  %StringStrip = tfg.StringStrip(%in_2xstring) : (tensor<2x!tfg.string>) -> tensor<*x!tfg.string> name("StringStrip")
  // CHECK: tfg.StringStrip{{.*}} -> tensor<?x!tfg.string> name("StringStrip_unknown")
  %StringStrip_unknown = tfg.StringStrip(%in_nxstring) : (tensor<?x!tfg.string>) -> tensor<*x!tfg.string> name("StringStrip_unknown")
  // CHECK: tfg.EncodeBase64{{.*}} -> tensor<2x!tfg.string> name("EncodeBase64")
  %EncodeBase64 = tfg.EncodeBase64(%in_2xstring) : (tensor<2x!tfg.string>) -> tensor<*x!tfg.string> name("EncodeBase64")
  // CHECK: tfg.EncodeBase64{{.*}} -> tensor<?x!tfg.string> name("EncodeBase64_unknown")
  %EncodeBase64_unknown = tfg.EncodeBase64(%in_nxstring) : (tensor<?x!tfg.string>) -> tensor<*x!tfg.string> name("EncodeBase64_unknown")
  // CHECK: tfg.DecodeBase64{{.*}} -> tensor<2x!tfg.string> name("DecodeBase64")
  %DecodeBase64 = tfg.DecodeBase64(%in_2xstring) : (tensor<2x!tfg.string>) -> tensor<*x!tfg.string> name("DecodeBase64")
  // CHECK: tfg.DecodeBase64{{.*}} -> tensor<?x!tfg.string> name("DecodeBase64_unknown")
  %DecodeBase64_unknown = tfg.DecodeBase64(%in_nxstring) : (tensor<?x!tfg.string>) -> tensor<*x!tfg.string> name("DecodeBase64_unknown")
  // CHECK: tfg.Substr{{.*}} -> tensor<2x!tfg.string> name("Substr")
  %Substr = tfg.Substr(%in_2xstring, %in_i32, %in_i32) : (tensor<2x!tfg.string>, tensor<i32>, tensor<i32>) -> tensor<*x!tfg.string> name("Substr")
  // CHECK: tfg.Substr{{.*}} -> tensor<?x!tfg.string> name("Substr_unknown")
  %Substr_unknown = tfg.Substr(%in_nxstring, %in_i32, %in_i32) : (tensor<?x!tfg.string>, tensor<i32>, tensor<i32>) -> tensor<*x!tfg.string> name("Substr_unknown")
  // CHECK: tfg.AsString{{.*}} -> tensor<2x!tfg.string> name("AsString")
  %AsString = tfg.AsString(%in_2xf32) {precision = 2 : i64} : (tensor<2xf32>) -> tensor<*x!tfg.string> name("AsString")
  // CHECK: tfg.AsString{{.*}} -> tensor<?x!tfg.string> name("AsString_unknown")
  %AsString_unknown = tfg.AsString(%in_nxf32) {precision = 2 : i64} : (tensor<?xf32>) -> tensor<*x!tfg.string> name("AsString_unknown")
  // CHECK: tfg.StringToNumber{{.*}} -> tensor<2xf32> name("StringToNumber")
  %StringToNumber = tfg.StringToNumber(%in_2xstring) : (tensor<2x!tfg.string>) -> tensor<*xf32> name("StringToNumber")
  // CHECK: tfg.StringToNumber{{.*}} -> tensor<?xf32> name("StringToNumber_unknown")
  %StringToNumber_unknown = tfg.StringToNumber(%in_nxstring) : (tensor<?x!tfg.string>) -> tensor<*xf32> name("StringToNumber_unknown")
  // CHECK: tfg.StringFormat{{.*}} -> tensor<!tfg.string> name("StringFormat")
  %StringFormat = tfg.StringFormat(%in_2xf32) {template = "x is %s"} : (tensor<2xf32>) -> tensor<*x!tfg.string> name("StringFormat")
  // CHECK: tfg.ReduceJoin{{.*}} -> tensor<2x!tfg.string> name("ReduceJoin")
  %ReduceJoin = tfg.ReduceJoin(%in_2x3xstring, %c_1_1xi32) {separator = " "} : (tensor<2x3x!tfg.string>, tensor<1xi32>) -> tensor<*x!tfg.string> name("ReduceJoin")
  // CHECK: tfg.ReduceJoin{{.*}} -> tensor<*x!tfg.string> name("ReduceJoin_fed")
  %ReduceJoin_fed = tfg.ReduceJoin(%in_2x3xstring, %in_1xi32) {separator = " "} : (tensor<2x3x!tfg.string>, tensor<1xi32>) -> tensor<*x!tfg.string> name("ReduceJoin_fed")
  // CHECK: tfg.UnsortedSegmentJoin{{.*}} -> tensor<?x!tfg.string> name("UnsortedSegmentJoin")
  %UnsortedSegmentJoin = tfg.UnsortedSegmentJoin(%in_4xstring, %in_4xi32, %in_i32) : (tensor<4x!tfg.string>, tensor<4xi32>, tensor<i32>) -> tensor<*x!tfg.string> name("UnsortedSegmentJoin")
  // CHECK: tfg.StringNGrams{{.*}} -> (tensor<?x!tfg.string>, tensor<3xi64>) name("StringNGrams")
  %StringNGrams:2 = tfg.StringNGrams(%in_5xstring, %in_3xi64) {separator = " ", ngram_widths = [2], left_pad = "", right_pad = "", pad_width = 0 : i64, preserve_short_sequences = false} : (tensor<5x!tfg.string>, tensor<3xi64>) -> (tensor<*x!tfg.string>, tensor<*xi64>) name("StringNGrams")
  // CHECK: tfg.UnicodeEncode{{.*}} -> tensor<?x!tfg.string> name("UnicodeEncode")
  %UnicodeEncode = tfg.UnicodeEncode(%in_5xi32, %in_3xi64) {output_encoding = "UTF-8"} : (tensor<5xi32>, tensor<3xi64>) -> tensor<*x!tfg.string> name("UnicodeEncode")
}
