// What the verifiers and the parser of structure ops and nodes refuse.
// RUN: firn-opt %s --split-input-file --verify-diagnostics

// A control input stands after all data inputs.
func.func @control_first(%c: !tfg.control, %x: tensor<f32>) {
  // expected-error @+1 {{expects control inputs after all data inputs}}
  %0 = "tfg.node"(%c, %x) <{op = "Foo"}> : (!tfg.control, tensor<f32>) -> tensor<f32>
  return
}

// -----

// A node has outputs, or one control result.
tfg.graph {
  // expected-error @+1 {{expects outputs, or a single control result if it has none}}
  %0:2 = tfg.node "Foo"() : () -> (tensor<f32>, !tfg.control)
}

// -----

// An operand is a tensor or a control edge.
func.func @bare_float(%x: f32) {
  // expected-error @+1 {{operand #0 must be variadic of tensor or control edge, but got 'f32'}}
  %0 = "tfg.node"(%x) <{op = "Foo"}> : (f32) -> tensor<f32>
  return
}

// -----

// A control edge is between nodes: what stands in brackets is of control type.
tfg.graph {
  // expected-note @+1 {{prior use here}}
  %x = tfg.Placeholder() : () -> tensor<f32>
  // expected-error @+1 {{use of value '%x' expects different type than prior uses: '!tfg.control' vs 'tensor<f32>'}}
  %0 = tfg.NoOp() [%x] : () -> !tfg.control
}

// -----

// Each fetched value has a name.
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32>
  // expected-error @+1 {{expects one name per value, but has 2 names for 1 values}}
  tfg.fetch %x ["x", "y"] : tensor<f32>
}

// -----

// So has each tensor that it must be exported as.
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<f32>
  // expected-error @+1 {{expects one tensor name per value}}
  tfg.fetch %x ["x"] {tensors = ["x:0", "y:0"]} : tensor<f32>
}

// -----

// A fetch belongs to the main graph, not to a function.
tfg.func @f(%x: tensor<f32>) {
  // expected-error @+1 {{expects parent op 'tfg.graph'}}
  tfg.fetch %x ["x"] : tensor<f32>
  tfg.return
}

// -----

// A constant's value has the type of its result, refined at most.
tfg.graph {
  // expected-error @+1 {{expects a value of its own type, but has one of type 'tensor<3xf32>'}}
  %x = tfg.Const() {value = dense<1.0> : tensor<3xf32>} : () -> tensor<2xf32>
}

// -----

// A constant has no inputs: with control inputs it is tfg.node "Const".
tfg.graph {
  %c = tfg.NoOp() : () -> !tfg.control
  // expected-error @+1 {{requires zero operands}}
  %x = tfg.Const() [%c] {value = dense<1.0> : tensor<f32>} : () -> tensor<f32>
}

// -----

// Two functions of one name.
module {
  // expected-note @+1 {{see existing symbol definition here}}
  tfg.func @f() {
    tfg.return
  }
  // expected-error @+1 {{redefinition of symbol named 'f'}}
  tfg.func @f() {
    tfg.return
  }
}
