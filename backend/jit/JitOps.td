// The `jit` dialect: what the native code generator needs beside the upstream
// dialects: a kernel call in destination style, the birth of an output whose shape
// is known only at run time, calls of the runtime's routines, and constants of
// strings. It computes nothing itself.
#ifndef FIRN_BACKEND_JIT_JITOPS
#define FIRN_BACKEND_JIT_JITOPS

include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.td"

def Jit_Dialect : Dialect {
  let name = "jit";
  let cppNamespace = "::firn::jit";
  let summary = "Kernel calls of compiled models.";
}

class Jit_Op<string mnemonic, list<Trait> traits = []>
    : Op<Jit_Dialect, mnemonic, traits>;

def Jit_LaunchOp : Jit_Op<"launch", [
    AttrSizedOperandSegments, DestinationStyleOpInterface,
    DeclareOpInterfaceMethods<BufferizableOpInterface,
      ["bufferizesToMemoryRead", "bufferizesToMemoryWrite", "getAliasingValues",
       "bufferizesToElementwiseAccess", "bufferize"]>,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "calls a kernel, a function of its own";
  let description = [{
    The kernel reads `inputs`, writes every element of `outputs` and does not
    depend on their former values. `inplace` lists the inputs whose buffer may
    be an output's too: element i of them is read only for element i of the
    outputs, and before it is written. `tiles` is the number of independent
    parts that the kernel can be split into; with `parallel` they are spread
    over the thread pool.

    ```mlir
    %r = jit.launch @kernel_0(%x, %w) outs(%init)
        : (tensor<4x8xf32>, tensor<8x16xf32>) outs(tensor<4x16xf32>) -> tensor<4x16xf32>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$kernel, Variadic<AnyType>:$inputs,
                       Variadic<AnyShaped>:$outputs,
                       DefaultValuedAttr<I64Attr, "1">:$tiles, UnitAttr:$parallel,
                       DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$inplace);
  let results = (outs Variadic<AnyTensor>:$results);
  let assemblyFormat = [{
    $kernel `(` $inputs `)` `outs` `(` $outputs `)` attr-dict `:`
    `(` type($inputs) `)` `outs` `(` type($outputs) `)` (`->` type($results)^)?
  }];
  let extraClassDeclaration = [{
    ::mlir::MutableOperandRange getDpsInitsMutable() { return getOutputsMutable(); }
  }];
}

def Jit_OutputOp : Jit_Op<"output", [
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "asks the caller for the memory of an output with these dimensions";
  let description = [{
    ```mlir
    %buffer = jit.output 1 (%d0) : memref<?x8xf32>
    ```
    The operands are the dynamic dimensions of the result.
  }];
  let arguments = (ins I64Attr:$index, Variadic<Index>:$dims);
  let results = (outs AnyMemRef:$buffer);
  let assemblyFormat = "$index `(` $dims `)` attr-dict `:` type($buffer)";
}

def Jit_CallOp : Jit_Op<"call", [
    AttrSizedOperandSegments, AttrSizedResultSegments,
    DeclareOpInterfaceMethods<BufferizableOpInterface,
      ["bufferizesToMemoryRead", "bufferizesToMemoryWrite", "getAliasingValues",
       "bufferize"]>,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "calls a routine of the runtime";
  let description = [{
    `result_tensors` are the types of the routine's results. Those of static
    shape are written into `outputs`, which are the op's `results`. Each of the
    others gives a handle (i64), which one `jit.take` turns into a tensor, and
    its dimensions. `input_types` and `result_types` are the element types as
    numbers of firn::DType. With `effects` the op stays although nothing uses it.

    ```mlir
    %h, %n = jit.call "Where"(%mask) outs() … : (tensor<4xi1>) outs() -> i64, index, index
    ```
  }];
  let arguments = (ins StrAttr:$routine, Variadic<AnyShaped>:$inputs,
                       Variadic<AnyShaped>:$outputs, StrAttr:$node,
                       DictionaryAttr:$node_attributes,
                       DenseI32ArrayAttr:$input_types, DenseI32ArrayAttr:$result_types,
                       TypeArrayAttr:$result_tensors, UnitAttr:$effects,
                       OptionalAttr<I64Attr>:$site);
  let results = (outs Variadic<AnyTensor>:$results, Variadic<AnyType>:$dynamics);
  let assemblyFormat = [{
    $routine `(` $inputs `)` `outs` `(` $outputs `)` attr-dict `:`
    `(` type($inputs) `)` `outs` `(` type($outputs) `)`
    `->` `(` type($results) `)` `dynamic` `(` type($dynamics) `)`
  }];
}

def Jit_TakeOp : Jit_Op<"take", [
    DeclareOpInterfaceMethods<BufferizableOpInterface,
      ["bufferizesToMemoryRead", "bufferizesToMemoryWrite", "getAliasingValues",
       "bufferize"]>,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "moves a routine's result of dynamic shape into a tensor";
  let description = [{
    ```mlir
    %t = jit.take %h outs(%empty) : tensor<?x2xi64> -> tensor<?x2xi64>
    ```
  }];
  let arguments = (ins I64:$handle, AnyShaped:$output);
  let results = (outs Optional<AnyTensor>:$result);
  let assemblyFormat = [{
    $handle `outs` `(` $output `)` attr-dict `:` type($output) (`->` type($result)^)?
  }];
}

def Jit_MarkOp : Jit_Op<"mark"> {
  let summary = "tells the profile that an op has ended";
  let description = [{
    The time since the last mark belongs to op `index` of the profile.

    ```mlir
    jit.mark 3
    ```
  }];
  let arguments = (ins I64Attr:$index);
  let assemblyFormat = "$index attr-dict";
}

def Jit_StringsOp : Jit_Op<"strings", [Pure]> {
  let summary = "a constant tensor of strings, as the pointers that code moves";
  let description = [{
    ```mlir
    %s = jit.strings dense<["a", "b"]> : tensor<2x!tfg.string> -> tensor<2xi64>
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs AnyTensor:$result);
  let assemblyFormat = "$value attr-dict `->` type($result)";
}

#endif // FIRN_BACKEND_JIT_JITOPS
