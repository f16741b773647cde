// RUN: firn-opt --canonicalize --split-input-file %s | FileCheck %s

// The Identity after a Switch stands for its branch: a control edge from the
// Switch would be there in both.
// CHECK-LABEL: tfg.graph
tfg.graph {
  %p = tfg.Placeholder() {shape = #tfg.shape<[]>} : () -> tensor<i1> name("p")
  %no, %yes = tfg.Switch(%p, %p) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i1>) name("s")
  // CHECK: %[[T:.*]] = tfg.Identity{{.*}} name("switch_t")
  // CHECK: %[[C:.*]] = tfg.control %[[T]]
  // CHECK: "Const"() [%[[C]]]
  %t = tfg.Identity(%yes) : (tensor<i1>) -> tensor<i1> name("switch_t")
  %c = tfg.control %t : tensor<i1>
  %five = tfg.node "Const"() [%c] {value = dense<5.000000e+00> : tensor<f32>} : () -> tensor<f32> name("five")
  tfg.fetch %five ["five"] : tensor<f32>
}

// -----

// Without control edges it goes, and so does one elsewhere.
// CHECK-LABEL: tfg.graph
// CHECK-NOT: tfg.Identity
tfg.graph {
  %p = tfg.Placeholder() {shape = #tfg.shape<[]>} : () -> tensor<i1> name("p")
  %no, %yes = tfg.Switch(%p, %p) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i1>) name("s")
  %t = tfg.Identity(%yes) : (tensor<i1>) -> tensor<i1> name("switch_t")
  %q = tfg.Identity(%p) : (tensor<i1>) -> tensor<i1> name("pred_id")
  %c = tfg.control %q : tensor<i1>
  %five = tfg.node "Const"() [%c] {value = dense<5.000000e+00> : tensor<f32>} : () -> tensor<f32> name("five")
  tfg.fetch %t, %five ["t", "five"] : tensor<i1>, tensor<f32>
}
