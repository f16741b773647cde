// The `jit` dialect: the two ops that the native code generator needs beside the
// upstream dialects, a kernel call in destination style and the birth of an
// output whose shape is known only at run time. It computes nothing itself.
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

#endif // FIRN_BACKEND_JIT_JITOPS
