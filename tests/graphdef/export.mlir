// RUN: firn-translate --export-graphdef --text %s | FileCheck %s

// The attributes that values imply are written; control inputs come last; a node that has
// no name, or the name of another, gets a number.
tfg.graph attributes {producer = 1395 : i32} {
  %x = tfg.Placeholder() {shape = #tfg.shape<[?]>} : () -> tensor<?xf32> name("x")
  %n = tfg.NoOp() : () -> !tfg.control name("nothing")
  // CHECK: name: "concat"
  // CHECK-NEXT: op: "ConcatV2"
  // CHECK-NEXT: input: "x"
  // CHECK-NEXT: input: "x"
  // CHECK-NEXT: input: "axis"
  // CHECK-NEXT: input: "^nothing"
  // CHECK-NEXT: input: "^x"
  // CHECK: key: "N"
  // CHECK-NEXT: value {
  // CHECK-NEXT: i: 2
  // CHECK: key: "T"
  // CHECK-NEXT: value {
  // CHECK-NEXT: type: DT_FLOAT
  // CHECK: key: "Tidx"
  // CHECK-NEXT: value {
  // CHECK-NEXT: type: DT_INT32
  %axis = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("axis")
  %cx = tfg.control %x : tensor<?xf32>
  %c = tfg.node "ConcatV2"(%x, %x, %axis) [%n, %cx] : (tensor<?xf32>, tensor<?xf32>, tensor<i32>) -> tensor<?xf32> name("concat")
  // CHECK: name: "axis_1"
  // CHECK: name: "Neg"
  // CHECK-NEXT: op: "Neg"
  // CHECK-NEXT: input: "concat"
  %d = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("axis")
  %r = tfg.node "Neg"(%c) : (tensor<?xf32>) -> tensor<?xf32>
  // CHECK: producer: 1395
}
