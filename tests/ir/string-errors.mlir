// What the verifiers of ops over strings and of parsers refuse: a routine reads
// memory by these types.
// RUN: firn-opt %s --split-input-file --verify-diagnostics

func.func @no_string(%x: tensor<2xf32>) {
  // expected-error @+1 {{operand #0 must be tensor of strings}}
  %0 = tfg.StringLower(%x) : (tensor<2xf32>) -> tensor<2x!tfg.string>
  return
}

// -----

// References to strings count as strings; types that are not known fit.
func.func @unknown(%x: tensor<*x!tfg.unknown>, %r: tensor<*x!tfg.ref<!tfg.string>>) {
  %0 = tfg.StringLower(%x) : (tensor<*x!tfg.unknown>) -> tensor<*x!tfg.string>
  %1 = tfg.StringLower(%r) : (tensor<*x!tfg.ref<!tfg.string>>) -> tensor<*x!tfg.string>
  return
}

// -----

func.func @positions(%x: tensor<!tfg.string>, %p: tensor<i16>) {
  // expected-error @+1 {{operand #1 must be tensor of i32 or i64}}
  %0 = tfg.Substr(%x, %p, %p) : (tensor<!tfg.string>, tensor<i16>, tensor<i16>) -> tensor<!tfg.string>
  return
}

// -----

func.func @features(%x: tensor<2x!tfg.string>, %k: tensor<!tfg.string>, %f: tensor<1xf32>) {
  // expected-error @+1 {{expects a shape for each of 1 dense features, but got 0}}
  %0 = tfg.ParseExample(%x, %x, %k, %f) {dense_shapes = []} : (tensor<2x!tfg.string>, tensor<2x!tfg.string>, tensor<!tfg.string>, tensor<1xf32>) -> tensor<2x1xf32>
  return
}

// -----

func.func @outputs(%x: tensor<!tfg.string>) {
  // expected-error @+1 {{expects outputs for its features, but got 1 for 1 sparse, 0 dense and 0 ragged}}
  %0 = tfg.ParseSingleExample(%x) {dense_keys = [], dense_shapes = [], sparse_keys = ["a"]} : (tensor<!tfg.string>) -> tensor<?x1xi64>
  return
}
