//===- TFGOps.td - structure: graphs, functions, signatures, variables ----===//

#ifndef FIRN_IR_TFGOPS_TD
#define FIRN_IR_TFGOPS_TD

include "ir/TFGBase.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/FunctionInterfaces.td"

def TFG_GraphOp : TFG_Op<"graph", !listconcat(GraphRegionNoTerminator.traits,
                                              [IsolatedFromAbove])> {
  let summary = "the main graph";
  let description = [{
    Holds the nodes of the GraphDef, in any order, and, once a signature or
    fetches are selected, one `tfg.fetch`.

    ```mlir
    tfg.graph {producer = 1395 : i32} {
      %x = tfg.Placeholder() : () -> tensor<?x784xf32> name("x")
      tfg.fetch %x ["y"] : tensor<?x784xf32>
    }
    ```
  }];
  let arguments = (ins OptionalAttr<I32Attr>:$producer,
                       OptionalAttr<I32Attr>:$min_consumer,
                       OptionalAttr<DenseI32ArrayAttr>:$bad_consumers);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins)>];
  let extraClassDeclaration = [{
    ::mlir::Block *getBodyBlock() { return &getBody().front(); }
    /// The fetch of the selected signature, or null.
    ::firn::tfg::FetchOp getFetch();
  }];
}

def TFG_FuncOp : TFG_Op<"func", [FunctionOpInterface, IsolatedFromAbove, SingleBlock,
                                 RegionKindInterface, HasOnlyGraphRegion]> {
  let summary = "a function of the library (FunctionDef)";
  let description = [{
    Argument and result names are argument and result attributes (`tfg.name`),
    as are further fields of the signature's ArgDefs and of `arg_attr`. Body
    nodes stand in any order before `tfg.return`.

    ```mlir
    tfg.func @double(%arg0: tensor<*xf32> {tfg.name = "x"})
        -> (tensor<*xf32> {tfg.name = "y"}) {
      %0 = tfg.AddV2(%arg0, %arg0) : (tensor<*xf32>, tensor<*xf32>) -> tensor<*xf32> name("add")
      tfg.return %0 : tensor<*xf32>
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       TypeAttrOf<FunctionType>:$function_type,
                       OptionalAttr<DictArrayAttr>:$arg_attrs,
                       OptionalAttr<DictArrayAttr>:$res_attrs);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$name, "::mlir::FunctionType":$type)>];
  let extraClassDeclaration = [{
    ::llvm::ArrayRef<::mlir::Type> getArgumentTypes() { return getFunctionType().getInputs(); }
    ::llvm::ArrayRef<::mlir::Type> getResultTypes() { return getFunctionType().getResults(); }
    ::mlir::Region *getCallableRegion() { return &getBody(); }
    ::mlir::Block *getBodyBlock() { return &getBody().front(); }
    ::firn::tfg::ReturnOp getReturn();
    /// The `tfg.name` of an argument or result; empty if it has none.
    ::llvm::StringRef getArgName(unsigned index);
    ::llvm::StringRef getResultName(unsigned index);
  }];
}

def TFG_ReturnOp : TFG_Op<"return", [Terminator, HasParent<"FuncOp">]> {
  let summary = "the results of a function";
  let description = [{
    Data results in the order of the signature, then the control results with
    their names (`control_ret`).
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args,
                       OptionalAttr<TFG_StringListAttr>:$control_names);
  let assemblyFormat = "($args^ `:` type($args))? attr-dict";
  let extraClassDeclaration = [{
    ::mlir::OperandRange getDataOperands() { return ::firn::tfg::getDataOperands(*this); }
    ::mlir::OperandRange getControlOperands() { return ::firn::tfg::getControlOperands(*this); }
  }];
}

def TFG_FetchOp : TFG_Op<"fetch", [HasParent<"GraphOp">]> {
  let summary = "what the graph is run for";
  let description = [{
    The values (or, for a node without outputs, its control result) that the
    graph computes, each with the name promised to the user: a signature's
    output key, or the tensor's name. `tensors`, where present, names the
    GraphDef tensors that the exported graph must have them under.

    ```mlir
    tfg.fetch %y, %z ["probabilities", "classes"] : tensor<?x10xf32>, tensor<?xi64>
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args,
                       TFG_StringListAttr:$names,
                       OptionalAttr<TFG_StringListAttr>:$tensors,
                       OptionalAttr<StrAttr>:$signature,
                       OptionalAttr<StrAttr>:$method_name);
  let assemblyFormat = "($args^)? $names attr-dict (`:` type($args)^)?";
  let hasVerifier = 1;
}

def TFG_ControlOp : TFG_Op<"control", [Pure]> {
  let summary = "the control edge of a node that has outputs";
  let arguments = (ins TFG_Tensor:$node);
  let results = (outs TFG_Control:$ctl);
  let assemblyFormat = "$node attr-dict `:` type($node)";
}

def TFG_SignatureOp : TFG_Op<"signature", [Symbol]> {
  let summary = "a signature of the MetaGraph (SignatureDef)";
  let description = [{
    `inputs` and `outputs` are arrays of dictionaries, in the order of their
    keys: `{key = "x", tensor = "x:0", type = tensor<?x784xf32>}`; a sparse
    tensor has `values`, `indices` and `dense_shape` in place of `tensor`; other
    encodings (`composite`) keep the serialised TensorInfo in `raw`. `defaults`
    maps keys to tensors.

    ```mlir
    tfg.signature @serving_default method "tensorflow/serving/predict"
        inputs [ {key = "x", tensor = "x:0", type = tensor<?x784xf32>} ]
        outputs [ {key = "y", tensor = "y:0", type = tensor<?x10xf32>} ]
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$method_name,
                       DictArrayAttr:$inputs, DictArrayAttr:$outputs,
                       OptionalAttr<DictionaryAttr>:$defaults);
  let assemblyFormat = [{
    $sym_name `method` $method_name `inputs` $inputs `outputs` $outputs attr-dict
  }];
}

def TFG_VariableOp : TFG_Op<"variable", [Symbol]> {
  let summary = "a variable's value";
  let description = [{
    The value that the checkpoint holds for the variable whose handle or
    reference node in the main graph has this name. The value lies in the mapped
    checkpoint and is not copied, so that freezing is a rewrite of the IR.

    ```mlir
    tfg.variable @"dense/kernel" = dense_resource<blob> : tensor<784x10xf32>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TFG_TensorValue:$value,
                       OptionalAttr<StrAttr>:$checkpoint_key);
  let assemblyFormat = "$sym_name `=` $value attr-dict";
}

def TFG_NodeOp : TFG_Op<"node", [TFG_NodeOpInterface]> {
  let summary = "a node of any op";
  let description = [{
    An op that has no registered form: carried through, pruned, frozen around,
    never understood.

    ```mlir
    %w:2 = tfg.node "SomeCustomOp"(%z) {alpha = 1 : i64} : (tensor<*xf32>) -> (tensor<*xf32>, tensor<*xi32>) name("w")
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args, StrAttr:$op);
  let results = (outs Variadic<TFG_TensorOrControl>:$outs);
  let hasCustomAssemblyFormat = 1;
  let extraClassDeclaration = [{
    ::llvm::StringRef getTFOpName() { return getOp(); }
  }];
  let extraClassDefinition = [{
    ::mlir::ParseResult $cppClass::parse(::mlir::OpAsmParser &parser,
                                         ::mlir::OperationState &state) {
      return ::firn::tfg::parseNode(parser, state);
    }
    void $cppClass::print(::mlir::OpAsmPrinter &printer) {
      ::firn::tfg::printNode(*this, printer);
    }
  }];
}

#endif // FIRN_IR_TFGOPS_TD
