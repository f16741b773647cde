// RUN: split-file %s %t
// RUN: firn-opt %t/signatures.mlir --tfg-select-signature | FileCheck %s --check-prefix=DEFAULT
// RUN: firn-opt %t/signatures.mlir --tfg-select-signature=signature=other | FileCheck %s --check-prefix=OTHER
// RUN: firn-opt %t/signatures.mlir --tfg-select-signature="feeds=split:1,sum fetches=out,^x,group" | FileCheck %s --check-prefix=NAMED
// RUN: firn-opt %t/signatures.mlir --tfg-select-signature="fetches=sum" | FileCheck %s --check-prefix=FETCH
// RUN: firn-opt %t/signatures.mlir --tfg-select-signature --tfg-select-signature | FileCheck %s --check-prefix=DEFAULT
// RUN: firn-opt %t/bare.mlir --tfg-select-signature | FileCheck %s --check-prefix=BARE
// RUN: firn-opt %t/branches.mlir --tfg-select-signature | FileCheck %s --check-prefix=BRANCHES
// RUN: not firn-opt %t/signatures.mlir --tfg-select-signature=signature=servin_default 2>&1 | FileCheck %s --check-prefix=NOKEY
// RUN: not firn-opt %t/signatures.mlir --tfg-select-signature=fetches=summ 2>&1 | FileCheck %s --check-prefix=NONODE
// RUN: not firn-opt %t/signatures.mlir --tfg-select-signature=fetches=split:2 2>&1 | FileCheck %s --check-prefix=NOPORT
// RUN: not firn-opt %t/signatures.mlir --tfg-select-signature="feeds=x,x:0 fetches=sum" 2>&1 | FileCheck %s --check-prefix=TWICE
// RUN: not firn-opt %t/signatures.mlir --tfg-select-signature="feeds=sum,sum:0 fetches=out" 2>&1 | FileCheck %s --check-prefix=SUMTWICE
// RUN: not firn-opt %t/signatures.mlir --tfg-select-signature="signature=other fetches=sum" 2>&1 | FileCheck %s --check-prefix=BOTH
// RUN: firn-opt %t/alias.mlir --tfg-select-signature | FileCheck %s --check-prefix=ALIAS
// RUN: firn-opt %t/default.mlir --tfg-select-signature="feeds=k,x fetches=y keep-defaults" | FileCheck %s --check-prefix=KEPT
// RUN: firn-opt %t/default.mlir --tfg-select-signature="feeds=k,x fetches=y keep-defaults" --tfg-select-signature | FileCheck %s --check-prefix=REQUIRED
// RUN: not firn-opt %t/several.mlir --tfg-select-signature 2>&1 | FileCheck %s --check-prefix=SEVERAL
// RUN: not firn-opt %t/contradiction.mlir --tfg-select-signature 2>&1 | FileCheck %s --check-prefix=TYPE

// serving_default is the default. Its keys become the names, in its order; the
// signature's type refines the placeholder's.
// DEFAULT: %[[X:.*]] = tfg.Placeholder() {tfg.feed_index = 1 : i64, tfg.feed_name = "image"} : () -> tensor<?x4xf32> name("x")
// DEFAULT: %[[SUM:.*]] = tfg.node "Sum"
// DEFAULT: %[[B:.*]] = tfg.Placeholder() {{{.*}}tfg.feed_index = 0 : i64, tfg.feed_name = "bias"} : () -> tensor<4xf32> name("b")
// DEFAULT: tfg.fetch %[[SUM]] ["total"] {method_name = "tensorflow/serving/predict", signature = "serving_default", tensors = ["sum:0"]}

// A fed PlaceholderWithDefault stays one where that is wanted; chosen again for code, it
// is an input like others.
// KEPT: tfg.PlaceholderWithDefault(%{{.*}}) {shape = #tfg.shape<[]>, tfg.feed_index = 0 : i64, tfg.feed_name = "k"} {{.*}} name("k")
// REQUIRED: tfg.Placeholder() {shape = #tfg.shape<[]>, tfg.feed_index = 0 : i64, tfg.feed_name = "k"} {{.*}} name("k")

// One tensor under two keys is one input.
// ALIAS: tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "feature"} : () -> tensor<4xf32> name("x")
// ALIAS: tfg.Placeholder() {tfg.feed_index = 1 : i64, tfg.feed_name = "weight"} : () -> tensor<4xf32> name("w")
// ALIAS: tfg.fetch

// Another one by its key.
// OTHER: tfg.fetch %{{.*}} ["parts"] {method_name = "m", signature = "other", tensors = ["split:1"]}

// Any tensor may be fed: a new placeholder takes its place, and its node's name where
// the node has no other output. A node without outputs is fetched by its control edge.
// NAMED: %[[X:.*]] = tfg.Placeholder() : () -> tensor<*xf32> name("x")
// NAMED: %[[SUM:.*]] = tfg.Placeholder() {shape = #tfg.shape<[?]>, tfg.feed_index = 1 : i64, tfg.feed_name = "sum"} : () -> tensor<?xf32> name("sum")
// NAMED: %[[FED:.*]] = tfg.Placeholder() {shape = #tfg.shape<*>, tfg.feed_index = 0 : i64, tfg.feed_name = "split:1"} : () -> tensor<*xf32> name("split/fed_1")
// NAMED: tfg.node "Split"
// NAMED: %[[OUT:.*]] = tfg.node "Add"(%[[SUM]], %[[FED]])
// NAMED: %[[GROUP:.*]] = tfg.NoOp()
// NAMED: %[[CX:.*]] = tfg.control %[[X]]
// NAMED: tfg.fetch %[[OUT]], %[[CX]], %[[GROUP]] ["out", "^x", "group"] {tensors = ["out:0", "^x", "^group"]} : tensor<?xf32>, !tfg.control, !tfg.control

// Only fetches: the placeholders that they need are fed.
// FETCH: tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"}
// FETCH: tfg.Placeholder() : () -> tensor<4xf32> name("unused")

// No signature: what is computed from placeholders and has no consumer. Not the save
// op, the constant, or the node without outputs.
// BARE: tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "in"}
// BARE: %[[TWO:.*]]:2 = tfg.node "Two"
// BARE: tfg.fetch %[[TWO]]#0, %[[TWO]]#1 ["two", "two:1"] {tensors = ["two:0", "two:1"]}

// NOKEY: error: the model has no signature 'servin_default'; did you mean 'serving_default'?; there are: serving_default, other, __init
// NONODE: error: the selection has the output 'summ', but the graph has no node 'summ'; did you mean 'sum'?; there are: x, sum, split, out, unused, b, group
// NOPORT: error: the selection has the output 'split:2', but node 'split' (Split) has 2 outputs
// SUMTWICE: tensor 'sum:0' is fed twice: as 'sum' and as 'sum:0'
// TWICE: tensor 'x:0' is fed twice: as 'x' and as 'x:0'
// BOTH: error: expected a signature, or feeds and fetches, but got both
// SEVERAL: error: the model has several signatures and none is serving_default; choose one of: a, b
// TYPE: input 'image' has the type 'tensor<4xf32>' in the signature, but its placeholder 'x' has 'tensor<?x3xf32>'

//--- signatures.mlir
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<*xf32> name("x")
  %sum = tfg.node "Sum"(%x) : (tensor<*xf32>) -> tensor<?xf32> name("sum")
  %s:2 = tfg.node "Split"(%x) : (tensor<*xf32>) -> (tensor<*xf32>, tensor<*xf32>) name("split")
  %out = tfg.node "Add"(%sum, %s#1) : (tensor<?xf32>, tensor<*xf32>) -> tensor<?xf32> name("out")
  %unused = tfg.Placeholder() : () -> tensor<4xf32> name("unused")
  %b = tfg.node "PlaceholderWithDefault"() : () -> tensor<4xf32> name("b")
  %group = tfg.NoOp() : () -> !tfg.control name("group")
}
tfg.signature @serving_default method "tensorflow/serving/predict"
  inputs [{key = "bias", tensor = "b:0", type = tensor<4xf32>},
          {key = "image", tensor = "x:0", type = tensor<?x4xf32>}]
  outputs [{key = "total", tensor = "sum:0", type = tensor<?xf32>}]
tfg.signature @other method "m"
  inputs [{key = "image", tensor = "x:0", type = tensor<*xf32>}]
  outputs [{key = "parts", tensor = "split:1", type = tensor<*xf32>}]
tfg.signature @__init method "" inputs [] outputs []

//--- bare.mlir
tfg.graph {
  %in = tfg.Placeholder() : () -> tensor<*xf32> name("in")
  %c = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("c")
  %two:2 = tfg.node "Two"(%in) : (tensor<*xf32>) -> (tensor<*xf32>, tensor<*xf32>) name("two")
  %save = tfg.node "SaveV2"(%in) : (tensor<*xf32>) -> !tfg.control name("save")
  %path = tfg.node "MergeCheckpoints"(%c) : (tensor<f32>) -> tensor<!tfg.string> name("path")
}

//--- several.mlir
tfg.graph {
}
tfg.signature @a method "" inputs [] outputs []
tfg.signature @b method "" inputs [] outputs []

//--- contradiction.mlir
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<?x3xf32> name("x")
}
tfg.signature @only method ""
  inputs [{key = "image", tensor = "x:0", type = tensor<4xf32>}]
  outputs [{key = "y", tensor = "x:0"}]

//--- branches.mlir
// What lies on one side of a Switch or in a loop is no output, unlike the Merge and the Exit
// behind them.
// BRANCHES: tfg.fetch {{.*}} ["y", "y:1", "exit", "chosen", "chosen:1"]
module {
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<i32> name("x")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %f, %t = tfg.Switch(%x, %p) : (tensor<i32>, tensor<i1>) -> (tensor<i32>, tensor<i32>) name("s")
  %side = tfg.Neg(%t) : (tensor<i32>) -> tensor<i32> name("side")
  %y, %i = tfg.Merge(%f, %t) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("y")
  %e = tfg.Enter(%x) {frame_name = "f"} : (tensor<i32>) -> tensor<i32> name("e")
  %m, %mi = tfg.Merge(%e, %next) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("m")
  %l = tfg.Less(%m, %m) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("l")
  %c = tfg.LoopCond(%l) : (tensor<i1>) -> tensor<i1> name("c")
  %sf, %st = tfg.Switch(%m, %c) : (tensor<i32>, tensor<i1>) -> (tensor<i32>, tensor<i32>) name("ls")
  %next = tfg.NextIteration(%st) : (tensor<i32>) -> tensor<i32> name("next")
  %inside = tfg.Neg(%m) : (tensor<i32>) -> tensor<i32> name("inside")
  %exit = tfg.Exit(%sf) : (tensor<i32>) -> tensor<i32> name("exit")
  // Constants that an input chooses between.
  %pivot = tfg.Identity(%t) : (tensor<i32>) -> tensor<i32> name("pivot")
  %ctl = tfg.control %pivot : tensor<i32>
  %one = tfg.node "Const"() [%ctl] {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("one")
  %chosen, %ci = tfg.Merge(%f, %one) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("chosen")
}
}

//--- alias.mlir
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  %w = tfg.Placeholder() : () -> tensor<4xf32> name("w")
  %y = tfg.Mul(%x, %w) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> name("y")
}
tfg.signature @serving_default method "m"
    inputs [ {key = "feature", tensor = "x:0"}, {key = "label", tensor = "x:0"}, {key = "weight", tensor = "w:0"} ]
    outputs [ {key = "y", tensor = "y:0"} ]

//--- default.mlir
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<?xf32> name("x")
  %c = tfg.Const() {value = dense<0.5> : tensor<f32>} : () -> tensor<f32> name("c")
  %k = tfg.PlaceholderWithDefault(%c) {shape = #tfg.shape<[]>} : (tensor<f32>) -> tensor<f32> name("k")
  %y = tfg.Mul(%x, %k) : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32> name("y")
}
