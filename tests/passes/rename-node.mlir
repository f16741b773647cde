// RUN: split-file %s %t
// RUN: firn-opt %t/ok.mlir --tfg-rename-node="from=Relu_17 to=out/relu" | FileCheck %t/ok.mlir
// RUN: not firn-opt %t/bad.mlir --tfg-rename-node="from=Relu_18 to=y" 2>&1 | FileCheck %t/bad.mlir --check-prefix=MISSING
// RUN: not firn-opt %t/bad.mlir --tfg-rename-node="from=Relu_17 to=x" 2>&1 | FileCheck %t/bad.mlir --check-prefix=TAKEN
// RUN: not firn-opt %t/bad.mlir --tfg-rename-node="from=Relu_17 to=a:b" 2>&1 | FileCheck %t/bad.mlir --check-prefix=NAME

//--- ok.mlir
// The key of the signature is called as the node, and stays.
// CHECK: outputs [{key = "Relu_17", tensor = "out/relu:0"
tfg.signature @s method "m" inputs [] outputs [{key = "Relu_17", tensor = "Relu_17:0", type = tensor<4xf32>}]
// CHECK: tfg.graph
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  // CHECK: tfg.Relu(%{{.*}}) : {{.*}} name("out/relu")
  %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32> name("Relu_17")
  // CHECK: {_class = ["loc:@out/relu"]}
  %z = tfg.Neg(%y) {_class = ["loc:@Relu_17"]} : (tensor<4xf32>) -> tensor<4xf32> name("Relu_17/neg")
  // CHECK: name("Relu_17/neg")
  // CHECK: tfg.fetch %{{.*}} ["Relu_17"] {tensors = ["out/relu:0"]}
  tfg.fetch %y ["Relu_17"] {tensors = ["Relu_17:0"]} : tensor<4xf32>
}

//--- bad.mlir
// MISSING: the graph has no node 'Relu_18' that could be renamed{{.*}}'Relu_17'
// TAKEN: node 'Relu_17' cannot be renamed to 'x': another node has this name
// NAME: node 'Relu_17' cannot be renamed to 'a:b', which is no name of a node
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32> name("Relu_17")
}
