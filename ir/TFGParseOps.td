//===- TFGParseOps.td - examples and CSV ----------------------------------===//
//
// Computed by routines (backend/runtime/routines/ExampleRoutines.cpp). Their
// outputs are several lists, so they are one variadic result.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGPARSEOPS_TD
#define FIRN_IR_TFGPARSEOPS_TD

include "ir/TFGTensorKinds.td"

class TFG_ExampleParser<string name, string what, dag inputs, dag attributes>
    : TFG_Node<name, [Pure, TFG_InferShapes]> {
  let summary = what;
  let description =
      what#[{: sparse features as the parts of sparse tensors, dense ones
    (of the shapes `dense_shapes`) with a default for those that are not there.

    ```mlir
    %x = tfg.ParseExample(%serialized, %names, %key, %default) {dense_shapes = [#tfg.shape<[1]>]}
         : (tensor<?x!tfg.string>, tensor<0x!tfg.string>, tensor<!tfg.string>, tensor<1xf32>)
         -> tensor<?x1xf32> name("x")
    ```
  }];
  let arguments = !con((ins TFG_StringTensor:$serialized), inputs,
                       (ins Variadic<TFG_TensorOrControl>:$args), attributes);
  let results = (outs Variadic<TFG_TensorOrControl>:$outputs);
  let hasVerifier = 1;
}

def TFG_ParseExampleOp
    : TFG_ExampleParser<
          "ParseExample",
          "the features of serialized tf.Examples, each key an operand",
          (ins TFG_StringTensor:$names), (ins TFG_ShapeListAttr:$dense_shapes)>;
def TFG_ParseExampleV2Op
    : TFG_ExampleParser<
          "ParseExampleV2",
          "the features of serialized tf.Examples, the keys in vectors",
          (ins TFG_StringTensor:$names, TFG_StringTensor:$sparse_keys,
              TFG_StringTensor:$dense_keys, TFG_StringTensor:$ragged_keys),
          (ins TFG_ShapeListAttr:$dense_shapes,
              OptionalAttr<I64Attr>:$num_sparse)>;
def TFG_ParseSingleExampleOp
    : TFG_ExampleParser<
          "ParseSingleExample",
          "the features of one serialized tf.Example, the keys in attributes",
          (ins),
          (ins TFG_StringListAttr:$sparse_keys, TFG_StringListAttr:$dense_keys,
              TFG_ShapeListAttr:$dense_shapes,
              OptionalAttr<I64Attr>:$num_sparse)>;

def TFG_DecodeCSVOp : TFG_Node<"DecodeCSV", [Pure, TFG_InferShapes]> {
  let summary = "the columns of CSV records";
  let description = [{
    Each output is a column with an element a record, of the type of its default;
    a default without elements makes the field required.

    ```mlir
    %a, %b = tfg.DecodeCSV(%x, %zero, %none)
             : (tensor<2x!tfg.string>, tensor<1xf32>, tensor<0x!tfg.string>)
             -> (tensor<2xf32>, tensor<2x!tfg.string>) name("csv")
    ```
  }];
  let arguments = (ins TFG_StringTensor:$records,
      Variadic<TFG_TensorOrControl>:$args, TFG_DefaultStr<"\",\"">:$field_delim,
      TFG_DefaultBool<"true">:$use_quote_delim,
      TFG_DefaultStr<"\"\"">:$na_value,
      OptionalAttr<TFG_IntListAttr>:$select_cols);
  let results = (outs Variadic<TFG_TensorOrControl>:$outputs);
}

#endif // FIRN_IR_TFGPARSEOPS_TD
