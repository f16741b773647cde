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
