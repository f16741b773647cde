// RUN: firn-translate --export-graphdef --text %s | FileCheck %s

// What is promised under a tensor's name is found under it: the node that computes it now
// takes the name (a node that has it by chance gives way), and a fed value, or one
// promised twice, gets an Identity.
tfg.graph {
  // CHECK: name: "x"
  // CHECK-NEXT: op: "Placeholder"
  %x = tfg.Placeholder() : () -> tensor<f32> name("x")
  // CHECK: name: "probabilities"
  // CHECK-NEXT: op: "Neg"
  %n = tfg.node "Neg"(%x) : (tensor<f32>) -> tensor<f32> name("folded")
  // CHECK: name: "same"
  // CHECK-NEXT: op: "Identity"
  // CHECK-NEXT: input: "x"
  // CHECK: name: "again"
  // CHECK-NEXT: op: "Identity"
  // CHECK-NEXT: input: "probabilities"
  tfg.fetch %n, %x, %n ["p", "x", "q"] {tensors = ["probabilities:0", "same:0", "again:0"]} : tensor<f32>, tensor<f32>, tensor<f32>
}
