// Everything that the structure ops and the node syntax can say survives printing and
// parsing, in text and in bytecode.
// RUN: firn-opt %s --verify-roundtrip -o %t.mlir
// RUN: firn-opt %s --mlir-print-op-generic --mlir-print-debuginfo | firn-opt -o - | diff - %t.mlir

module {
// A graph with versions; nodes in any order, control edges, a node without outputs.
tfg.graph attributes {bad_consumers = array<i32: 3, 4>, min_consumer = 12 : i32, producer = 1395 : i32} {
  tfg.fetch %sum, %group ["sum:0", "group"] : tensor<?x4xf32>, !tfg.control
  %group = tfg.NoOp() [%after, %print] : () -> !tfg.control name("group")
  %print = tfg.node "PrintV2"(%text) [%after] : (tensor<!tfg.string>) -> !tfg.control name("print")
  %after = tfg.control %sum : tensor<?x4xf32>
  %text = tfg.Const() {value = dense<"a\00b"> : tensor<!tfg.string>} : () -> tensor<!tfg.string> name("text")
  %sum = tfg.node "AddV2"(%x, %x) {tfg.device = "/device:CPU:0"} : (tensor<?x4xf32>, tensor<?x4xf32>) -> tensor<?x4xf32> name("a/b.c-d_e")
  %x = tfg.Placeholder() {shape = #tfg.shape<[?,4]>} : () -> tensor<?x4xf32> name("x")
}

// Every attribute kind on a generic node; several results; a node without a name.
tfg.func @kinds() {
  %r:3 = tfg.node "Kinds"() {
      s = "bytes\FF\00", i = 1 : i64, f = 1.500000e+00 : f32, b = true, type = f32,
      shape = #tfg.shape<[2,?]>, unranked = #tfg.shape<*>, scalar = #tfg.shape<[]>,
      tensor = dense<[1, 2]> : tensor<2xi32>, func = #tfg.func<@f, {T = f32}>,
      placeholder = #tfg.placeholder<"T">, list = [1 : i64, 2 : i64], empty = [],
      types = [f32, i32, !tfg.string], raw = #tfg.raw_tensor<"\08\14"> : tensor<!tfg.resource>
    } : () -> (tensor<*xf32>, tensor<2x3x!tfg.resource>, tensor<!tfg.variant>)
  tfg.return
}

// Element types: quantised, references, parameters of a polymorphic function, unknown.
tfg.func @types(%a: tensor<*x!tfg.ref<f32>> {tfg.name = "a"}, %b: tensor<3x!tfg.qint8>,
                %c: tensor<*x!tfg.type_param<"T">>, %d: tensor<*x!tfg.unknown>,
                %e: tensor<f8E4M3FN>, %f: tensor<ui8>, %g: tensor<i4>, %h: tensor<complex<f64>>)
    -> (tensor<*x!tfg.type_param<"T">> {tfg.name = "out"}, !tfg.control)
    attributes {tfg.note = "kept"} {
  %u = tfg.node "UseAll"(%a, %b, %c, %d) : (tensor<*x!tfg.ref<f32>>, tensor<3x!tfg.qint8>, tensor<*x!tfg.type_param<"T">>, tensor<*x!tfg.unknown>) -> !tfg.control name("use")
  tfg.return %c, %u : tensor<*x!tfg.type_param<"T">>, !tfg.control {control_names = ["use"]}
}

// A loop of TF1: a graph region takes the cycle as it is.
tfg.func @loop(%start: tensor<i32>) -> tensor<i32> {
  %enter = tfg.node "Enter"(%start) {frame_name = "while"} : (tensor<i32>) -> tensor<i32> name("enter")
  %merge:2 = tfg.node "Merge"(%enter, %next) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>) name("merge")
  %next = tfg.node "NextIteration"(%merge#0) : (tensor<i32>) -> tensor<i32> name("next")
  tfg.return %merge#0 : tensor<i32>
}

tfg.signature @serving_default method "tensorflow/serving/predict"
  inputs [{key = "x", tensor = "x:0", type = tensor<?x4xf32>}]
  outputs [{key = "y", tensor = "a/b.c-d_e:0", type = tensor<?x4xf32>}]

tfg.variable @"dense/kernel" = dense<0.5> : tensor<784x10xf32> {checkpoint_key = "layer/kernel"}
tfg.variable @bias = dense_resource<bias> : tensor<3xf32>
tfg.variable @lookup = #tfg.raw_tensor<"\08\14"> : tensor<!tfg.resource>

}

{-#
  dialect_resources: {
    builtin: {
      bias: "0x040000000000803F0000004000004040"
    }
  }
#-}
