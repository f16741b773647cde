// RUN: firn-opt %s --tfg-insert-logging="ops=Relu,TopKV2 prefixes=scope/ message=at: show-op=true show-name=true first-n=2" | FileCheck %s

// CHECK-LABEL: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  // Users of the node use what the Print hands on.
  // CHECK: %[[Y:.*]] = tfg.Relu(%{{.*}}) : {{.*}} name("y")
  // CHECK-NEXT: %[[P:.*]] = tfg.Print(%[[Y]], %[[Y]]) {first_n = 2 : i64, message = ";Relu;y__print__;at:", summarize = 1024 : i64} : {{.*}} name("y__print__")
  %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32> name("y")
  // CHECK: tfg.Neg(%[[P]]) : {{.*}} name("z")
  %z = tfg.Neg(%y) : (tensor<4xf32>) -> tensor<4xf32> name("z")
  // By the start of its name; a node without a value is not printed.
  // CHECK: %[[A:.*]] = tfg.Abs
  // CHECK-NEXT: tfg.Print(%[[A]], %[[A]]){{.*}} name("scope/a__print__")
  %a = tfg.Abs(%x) : (tensor<4xf32>) -> tensor<4xf32> name("scope/a")
  // CHECK: name("scope/v")
  // CHECK-NOT: Print
  %v = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("scope/v")
  %n = tfg.NoOp() : () -> !tfg.control name("scope/n")
}
