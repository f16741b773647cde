//===- QuantizePasses.td - passes that make a graph compute in eight bits --===//
//
// From floats to quantized ops, and what prepares and refines that. Users of the
// Graph Transform Tool ask for them by name; no pipeline needs them.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_QUANTIZEPASSES_TD
#define FIRN_PASSES_QUANTIZEPASSES_TD

include "mlir/Pass/PassBase.td"

def FakeQuantizePass : Pass<"tfg-fake-quantize", "::mlir::ModuleOp"> {
  let summary = "Round what products and convolutions take as quantized ones would";
  let description = [{
    Puts a QuantizeAndDequantizeV2 in front of the inputs of MatMul,
    BatchMatMulV2, Conv2D and DepthwiseConv2dNative: the graph stays one of
    floats, and shows what quantizing it costs. The range is what the producer
    promises (Relu6, Sigmoid, Softmax, Tanh; looked for through Identity,
    Reshape and pooling), else that of the values when it runs. A tensor is
    rounded once for all that take it.

    ```mlir
    // before
    %a = tfg.Relu6(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32> name("a")
    %y = tfg.MatMul(%a, %w) : (tensor<4x8xf32>, tensor<8x2xf32>) -> tensor<4x2xf32> name("y")
    // after
    %q = tfg.QuantizeAndDequantizeV2(%a, %zero, %six) {range_given = true, signed_input = false} : … name("a/fake_quantize")
    %v = tfg.QuantizeAndDequantizeV2(%w, %min, %max) {range_given = true} : … name("w/fake_quantize")
    %y = tfg.MatMul(%q, %v) : (tensor<4x8xf32>, tensor<8x2xf32>) -> tensor<4x2xf32> name("y")
    ```
  }];
  let options = [Option<"numBits", "num-bits", "int64_t", "8", "Bits of the numbers that are rounded to">];
  let statistics = [Statistic<"numRounded", "rounded", "Number of tensors rounded">];
}

def FreezeRequantizationRangesPass
    : Pass<"tfg-freeze-requantization-ranges", "::mlir::ModuleOp"> {
  let summary = "Let requantized numbers have ranges that were measured";
  let description = [{
    RequantizationRange reads all numbers of a tensor to find their range.
    Where the range was measured before, over examples, two constants take its
    place. A named node that is no RequantizationRange is an error.

    ```mlir
    // before
    %min, %max = tfg.RequantizationRange(%q, %a, %b) : … name("y/range")
    // after --tfg-freeze-requantization-ranges="nodes=y/range mins=-1.5 maxes=2.0"
    %min = tfg.Const() {value = dense<-1.5> : tensor<f32>} : … name("y/range/frozen_min")
    %max = tfg.Const() {value = dense<2.0> : tensor<f32>} : … name("y/range/frozen_max")
    ```
  }];
  let options = [
    ListOption<"nodes", "nodes", "std::string", "The RequantizationRange nodes">,
    ListOption<"mins", "mins", "double", "The lower end of the range of each">,
    ListOption<"maxes", "maxes", "double", "The upper end of the range of each">,
  ];
  let statistics = [Statistic<"numFrozen", "frozen", "Number of ranges frozen">];
}

def HoistFakeQuantsPass : Pass<"tfg-hoist-fake-quants", "::mlir::ModuleOp"> {
  let summary = "Move FakeQuant to the node that computes the numbers";
  let description = [{
    A FakeQuantWithMinMaxVars with a constant range that follows nodes which only
    move numbers or select among them (Identity, Reshape, Squeeze, ExpandDims,
    Transpose, MaxPool) goes in front of them, where `tfg-quantize-nodes` finds it
    behind the op that it belongs to. The values are the same: rounding is
    monotone. A node that others read as well stays where it is.

    ```mlir
    // before
    %r = tfg.Relu(%x) : … name("r")
    %s = tfg.Reshape(%r, %shape) : … name("s")
    %f = tfg.FakeQuantWithMinMaxVars(%s, %min, %max) : … name("f")
    // after
    %r = tfg.Relu(%x) : … name("r")
    %h = tfg.FakeQuantWithMinMaxVars(%r, %min, %max) : … name("f_hoisted")
    %f = tfg.Reshape(%h, %shape) : … name("f")
    ```
  }];
  let statistics = [Statistic<"numHoisted", "hoisted", "Number of FakeQuants moved">];
}

def QuantizeNodesPass : Pass<"tfg-quantize-nodes", "::mlir::ModuleOp"> {
  let summary = "Compute in eight bits where TensorFlow has an op for it";
  let description = [{
    Replaces Add, AvgPool, BiasAdd, Concat, Conv2D, MatMul, MaxPool, Mul, Relu,
    Relu6, Reshape and ResizeBilinear of f32 by their quantized forms. Inputs are
    quantized to quint8 by the range that they have when it runs, or that a
    FakeQuantWithMinMaxVars gives them; sums of 32 bits are brought back to eight
    in the range that they use, or in the fallback range if one is given. Where a
    quantized node feeds another, no floats lie between them.

    With `input-min` and `input-max` the graph's f32 placeholders become quint8,
    with that range.

    ```mlir
    // before
    %y = tfg.MatMul(%x, %w) : (tensor<4x8xf32>, tensor<8x2xf32>) -> tensor<4x2xf32> name("y")
    // after
    %xq, %xmin, %xmax = tfg.QuantizeV2(%x, %min_of_x, %max_of_x) {mode = "MIN_FIRST"} : …
    %wq, %wmin, %wmax = tfg.QuantizeV2(%w, %min_of_w, %max_of_w) {mode = "MIN_FIRST"} : …
    %p, %pmin, %pmax = tfg.QuantizedMatMul(%xq, %wq, %xmin, %xmax, %wmin, %wmax) : … name("y/eightbit")
    %low, %high = tfg.RequantizationRange(%p, %pmin, %pmax) : … name("y/eightbit_requant_range")
    %q, %qmin, %qmax = tfg.Requantize(%p, %pmin, %pmax, %low, %high) : … name("y/eightbit_requantize")
    %y = tfg.Dequantize(%q, %qmin, %qmax) {mode = "MIN_FIRST"} : … name("y")
    ```
  }];
  let options = [
    Option<"inputMin", "input-min", "std::string", "", "Lower end of the range of the graph's inputs; empty: they stay floats">,
    Option<"inputMax", "input-max", "std::string", "", "Upper end of it">,
    Option<"fallbackMin", "fallback-min", "std::string", "", "Lower end of the range of 32-bit results; empty: found when it runs">,
    Option<"fallbackMax", "fallback-max", "std::string", "", "Upper end of it">,
    ListOption<"ignoreOps", "ignore-ops", "std::string", "Ops that stay as they are">,
  ];
  let statistics = [Statistic<"numQuantized", "quantized", "Number of nodes quantized">];
}

#endif // FIRN_PASSES_QUANTIZEPASSES_TD
