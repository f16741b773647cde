// Files that do not fit their table.
// RUN: firn-opt %s --tfg-bake-tables --split-input-file --verify-diagnostics

module attributes {tfg.assets = [{file = "assets/words", tensor = "file:0", text = "x\ny\n"}]} {
tfg.graph {
  %file = tfg.Placeholder() : () -> tensor<!tfg.string> name("file")
  %t = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("t")
  // expected-error @+1 {{expects 3 lines, but the file has 2}}
  %init = tfg.InitializeTableFromTextFileV2(%t, %file) {key_index = -2 : i64, value_index = -1 : i64, vocab_size = 3 : i64} : (tensor<!tfg.resource>, tensor<!tfg.string>) -> !tfg.control
}
}

// -----

module attributes {tfg.assets = [{file = "assets/words", tensor = "file:0", text = "x\t1\ny\t?\n"}]} {
tfg.graph {
  %file = tfg.Placeholder() : () -> tensor<!tfg.string> name("file")
  %t = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("t")
  // expected-error @+1 {{expects a value of type 'i64', but line 2 has '?'}}
  %init = tfg.InitializeTableFromTextFileV2(%t, %file) {key_index = 0 : i64, value_index = 1 : i64} : (tensor<!tfg.resource>, tensor<!tfg.string>) -> !tfg.control
}
}

// -----

module attributes {tfg.assets = [{file = "assets/words", tensor = "file:0", text = "x\n"}]} {
tfg.graph {
  %file = tfg.Placeholder() : () -> tensor<!tfg.string> name("file")
  %t = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("t")
  // expected-error @+1 {{expects at least 2 columns, but line 1 has 1}}
  %init = tfg.InitializeTableFromTextFileV2(%t, %file) {key_index = 0 : i64, value_index = 1 : i64} : (tensor<!tfg.resource>, tensor<!tfg.string>) -> !tfg.control
}
}

// -----

// A lookup that is needed, in a table whose contents cannot be known.
module attributes {tfg.assets = [{file = "assets/words", problem = "m/assets/words: No such file", tensor = "file:0"}]} {
tfg.graph {
  %file = tfg.Placeholder() : () -> tensor<!tfg.string> name("file")
  %x = tfg.Placeholder() : () -> tensor<!tfg.string> name("x")
  %d = tfg.Const() {value = dense<-1> : tensor<i64>} : () -> tensor<i64> name("d")
  %t = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("t")
  %init = tfg.InitializeTableFromTextFileV2(%t, %file) {key_index = -2 : i64, value_index = -1 : i64} : (tensor<!tfg.resource>, tensor<!tfg.string>) -> !tfg.control name("init")
  // expected-error @+1 {{looks something up in the table 't', which node 'init' (InitializeTableFromTextFileV2) fills, and that reads the asset 'assets/words', of which the text is not known (m/assets/words: No such file)}}
  %y = tfg.LookupTableFindV2(%t, %x, %d) : (tensor<!tfg.resource>, tensor<!tfg.string>, tensor<i64>) -> tensor<i64>
  // Near miss: nobody asks for this one.
  %z = tfg.LookupTableFindV2(%t, %x, %d) : (tensor<!tfg.resource>, tensor<!tfg.string>, tensor<i64>) -> tensor<i64> name("z")
  tfg.fetch %y ["y"] : tensor<i64>
}
}

// -----

// A file that is none of the model's; keys that are computed; nothing at all.
tfg.graph {
  %file = tfg.Const() {value = dense<"/data/words"> : tensor<!tfg.string>} : () -> tensor<!tfg.string> name("file")
  %x = tfg.Placeholder() : () -> tensor<!tfg.string> name("x")
  %d = tfg.Const() {value = dense<-1> : tensor<i64>} : () -> tensor<i64> name("d")
  %keys = tfg.Placeholder() : () -> tensor<2x!tfg.string> name("keys")
  %values = tfg.Const() {value = dense<[7, 8]> : tensor<2xi64>} : () -> tensor<2xi64> name("values")
  %t = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("t")
  %u = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("u")
  %v = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource> name("v")
  %ti = tfg.InitializeTableFromTextFileV2(%t, %file) {key_index = -2 : i64, value_index = -1 : i64} : (tensor<!tfg.resource>, tensor<!tfg.string>) -> !tfg.control name("ti")
  %ui = tfg.InitializeTableV2(%u, %keys, %values) : (tensor<!tfg.resource>, tensor<2x!tfg.string>, tensor<2xi64>) -> !tfg.control name("ui")
  // expected-error @+1 {{reads the file that node 'file' names, which is no asset of the model}}
  %a = tfg.LookupTableFindV2(%t, %x, %d) : (tensor<!tfg.resource>, tensor<!tfg.string>, tensor<i64>) -> tensor<i64>
  // expected-error @+1 {{which node 'ui' (InitializeTableV2) fills, and that computes the keys or the values}}
  %b = tfg.LookupTableFindV2(%u, %x, %d) : (tensor<!tfg.resource>, tensor<!tfg.string>, tensor<i64>) -> tensor<i64>
  // expected-error @+1 {{looks something up in the table 'v', which nothing in the graph fills: expected a node that initialises it}}
  %c = tfg.LookupTableFindV2(%v, %x, %d) : (tensor<!tfg.resource>, tensor<!tfg.string>, tensor<i64>) -> tensor<i64>
  tfg.fetch %a, %b, %c ["a", "b", "c"] : tensor<i64>, tensor<i64>, tensor<i64>
}
