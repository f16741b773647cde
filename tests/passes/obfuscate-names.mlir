// RUN: firn-opt %s --tfg-obfuscate-names | FileCheck %s

// Inputs, outputs and what signatures name keep their names; the rest is called a,
// b, …, but never as something that stays.
// CHECK: tfg.signature @s
tfg.signature @s method "m" inputs [{key = "x", tensor = "x:0", type = tensor<4xf32>}] outputs [{key = "y", tensor = "named:0", type = tensor<4xf32>}]
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: tfg.Placeholder() : () -> tensor<4xf32> name("x")
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  // CHECK: tfg.Relu(%{{.*}}) : {{.*}} name("a")
  %r = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32> name("secret/relu")
  // CHECK: tfg.Neg(%{{.*}}) : {{.*}} name("b")
  %b = tfg.Neg(%r) : (tensor<4xf32>) -> tensor<4xf32> name("b")
  // CHECK: {_class = ["loc:@a"]} : {{.*}} name("c")
  %n = tfg.Neg(%r) {_class = ["loc:@secret/relu"], tfg.debug_info = "original_node_names: \22x\22"} : (tensor<4xf32>) -> tensor<4xf32> name("secret/neg")
  // CHECK: name("named")
  %named = tfg.Neg(%n) : (tensor<4xf32>) -> tensor<4xf32> name("named")
  tfg.fetch %b ["b"] {tensors = ["b:0"]} : tensor<4xf32>
}
