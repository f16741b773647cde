// A node that runs functions fits their signatures.
// RUN: firn-opt %s --split-input-file --verify-diagnostics

tfg.func @one(%x: tensor<*xf32>) -> (tensor<*xf32>) {
  tfg.return %x : tensor<*xf32>
}
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  // expected-error @below {{expects 1 arguments for function @one, but has 2}}
  %y = tfg.PartitionedCall(%x, %x) {f = #tfg.func<@one, {}>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
}

// -----

tfg.func @one(%x: tensor<*xf32>) -> (tensor<*xf32>) {
  tfg.return %x : tensor<*xf32>
}
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<4xi32> name("x")
  // expected-error @below {{has argument 0 of type 'tensor<4xi32>', but function @one has 'tensor<*xf32>'}}
  %y = tfg.PartitionedCall(%x) {f = #tfg.func<@one, {}>} : (tensor<4xi32>) -> tensor<4xf32>
}

// -----

tfg.func @one(%x: tensor<*xf32>) -> (tensor<*xf32>) {
  tfg.return %x : tensor<*xf32>
}
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  // expected-error @below {{expects 1 results for function @one, but has 2}}
  %y, %z = tfg.If(%p, %x) {then_branch = #tfg.func<@one, {}>, else_branch = #tfg.func<@one, {}>} : (tensor<i1>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
}

// -----

tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  // expected-error @below {{expects as many outputs as inputs, but has 2 outputs for 1 inputs}}
  %y, %z = tfg.While(%x) {cond = #tfg.func<@c, {}>, body = #tfg.func<@b, {}>} : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
}

// -----

// Near misses: a function that the library lacks, and one whose types are not
// known before it is instantiated.
tfg.func @poly(%x: tensor<*x!tfg.type_param<"T">>) -> (tensor<*x!tfg.type_param<"T">>) {
  tfg.return %x : tensor<*x!tfg.type_param<"T">>
}
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  %y = tfg.PartitionedCall(%x) {f = #tfg.func<@poly, {T = f32}>} : (tensor<4xf32>) -> tensor<4xf32>
  %z = tfg.PartitionedCall(%x) {f = #tfg.func<@missing, {}>} : (tensor<4xf32>) -> tensor<4xf32>
}
