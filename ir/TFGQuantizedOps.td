//===- TFGQuantizedOps.td - quantized numbers -----------------------------===//
//
// Integers with a range: two float scalars that say what the lowest and the
// highest stand for. Computed by routines (backend/runtime/routines/
// QuantizeRoutines.cpp, QuantizedMathRoutines.cpp).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGQUANTIZEDOPS_TD
#define FIRN_IR_TFGQUANTIZEDOPS_TD

include "ir/TFGTensorKinds.td"

// A result and its range. `shape` is C++ that appends the type of the result.
class TFG_Quantized<string name, string what, dag inputs, dag attributes, string shape>
    : TFG_Node<name, [Pure, TFG_InferShapes], [{
        ::llvm::LogicalResult $cppClass::inferShapes(
            const ::firn::tfg::ShapeInference &,
            ::llvm::SmallVectorImpl<::mlir::Type> &results) {
          }] # shape # [{
          return ::firn::tfg::appendRange(*this, results);
        }
      }]> {
  let summary = what;
  let description = what # [{. Ranges are two float scalars, of each operand and of the result.

    ```mlir
    %y, %min, %max = tfg.QuantizedRelu(%x, %a, %b)
        : (tensor<2x!tfg.quint8>, tensor<f32>, tensor<f32>)
        -> (tensor<2x!tfg.quint8>, tensor<f32>, tensor<f32>) name("y")
    ```
  }];
  let arguments = !con(inputs, (ins Variadic<TFG_Control>:$ctls), attributes);
  let results = (outs TFG_Tensor:$output, TFG_FloatTensor:$output_min,
                      TFG_FloatTensor:$output_max);
}

defvar SameShape = "::firn::tfg::appendExtended(*this, 0, getOperand(0), {}, results);";
defvar TwoRanges = (ins TFG_FloatTensor:$min_x, TFG_FloatTensor:$max_x,
                        TFG_FloatTensor:$min_y, TFG_FloatTensor:$max_y);
defvar OneRange = (ins TFG_FloatTensor:$min, TFG_FloatTensor:$max);

//===----------------------------------------------------------------------===//
// From floats, to floats, to other ranges
//===----------------------------------------------------------------------===//

def TFG_QuantizeV2Op : TFG_Quantized<"QuantizeV2", "floats as quantized numbers",
    (ins TFG_FloatTensor:$input, TFG_FloatTensor:$min_range, TFG_FloatTensor:$max_range),
    (ins TFG_DefaultStr<"\"MIN_COMBINED\"">:$mode,
         TFG_DefaultStr<"\"HALF_AWAY_FROM_ZERO\"">:$round_mode,
         TFG_DefaultBool<"false">:$narrow_range, TFG_DefaultInt<"-1">:$axis,
         TFG_DefaultFloat<"0.01f">:$ensure_minimum_range), SameShape>;

def TFG_DequantizeOp : TFG_Node<"Dequantize", [Pure, TFG_InferShapes]> {
  let summary = "quantized numbers as floats";
  let description = [{
    ```mlir
    %y = tfg.Dequantize(%x, %min, %max) {mode = "SCALED"}
         : (tensor<2x!tfg.qint8>, tensor<f32>, tensor<f32>) -> tensor<2xf32> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_FloatTensor:$min_range, TFG_FloatTensor:$max_range,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultStr<"\"MIN_COMBINED\"">:$mode,
                       TFG_DefaultBool<"false">:$narrow_range, TFG_DefaultInt<"-1">:$axis);
  let results = (outs TFG_Tensor:$output);
}

def TFG_RequantizeOp : TFG_Quantized<"Requantize", "quantized numbers in a wanted range",
    !con((ins TFG_Tensor:$input), TwoRanges), (ins), SameShape>;
def TFG_QuantizeDownAndShrinkRangeOp : TFG_Quantized<"QuantizeDownAndShrinkRange",
    "32-bit quantized numbers in the range that they use",
    !con((ins TFG_Tensor:$input), OneRange), (ins), SameShape>;

def TFG_RequantizationRangeOp : TFG_StatedShapes<"RequantizationRange", "{{}, {}}"> {
  let summary = "the range that 32-bit quantized numbers use";
  let description = [{
    ```mlir
    %min, %max = tfg.RequantizationRange(%x, %a, %b)
        : (tensor<2x!tfg.qint32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>) name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_FloatTensor:$input_min, TFG_FloatTensor:$input_max,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_FloatTensor:$output_min, TFG_FloatTensor:$output_max);
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

def TFG_QuantizedMatMulOp : TFG_Quantized<"QuantizedMatMul", "the product of two matrices",
    !con((ins TFG_Tensor:$a, TFG_Tensor:$b), TwoRanges),
    (ins TFG_DefaultBool<"false">:$transpose_a, TFG_DefaultBool<"false">:$transpose_b,
         OptionalAttr<TypeAttr>:$Tactivation), [{
      ::firn::tfg::appendFirst(*this,
          {::firn::tfg::knownDim(getA(), getTransposeA() ? 1 : 0),
           ::firn::tfg::knownDim(getB(), getTransposeB() ? 0 : 1)}, results);}]>;
def TFG_QuantizedConv2DOp : TFG_Quantized<"QuantizedConv2D", "a convolution",
    !con((ins TFG_Tensor:$input, TFG_Tensor:$filter), TwoRanges),
    (ins TFG_IntListAttr:$strides, StrAttr:$padding, OptionalAttr<TFG_IntListAttr>:$dilations), [{
      if (::llvm::failed(::firn::tfg::inferConv(*this, results)))
        return ::llvm::failure();}]>;

class TFG_QuantizedPool<string name, string what> : TFG_Quantized<name, what,
    !con((ins TFG_Tensor:$input), OneRange),
    (ins TFG_IntListAttr:$ksize, TFG_IntListAttr:$strides, StrAttr:$padding), [{
      if (::llvm::failed(::firn::tfg::inferPool(*this, getKsize(), results)))
        return ::llvm::failure();}]>;
def TFG_QuantizedMaxPoolOp : TFG_QuantizedPool<"QuantizedMaxPool", "the largest of each window">;
def TFG_QuantizedAvgPoolOp : TFG_QuantizedPool<"QuantizedAvgPool", "the average of each window">;

def TFG_QuantizedReluOp : TFG_Quantized<"QuantizedRelu", "at least zero",
    !con((ins TFG_Tensor:$features), OneRange), (ins), SameShape>;
def TFG_QuantizedRelu6Op : TFG_Quantized<"QuantizedRelu6", "at least zero and at most six",
    !con((ins TFG_Tensor:$features), OneRange), (ins), SameShape>;
def TFG_QuantizedBiasAddOp : TFG_Quantized<"QuantizedBiasAdd", "a bias added to each channel",
    !con((ins TFG_Tensor:$input, TFG_Tensor:$bias), TwoRanges), (ins), SameShape>;

class TFG_QuantizedBinary<string name, string what> : TFG_Quantized<name, what,
    !con((ins TFG_Tensor:$x, TFG_Tensor:$y), TwoRanges), (ins), [{
      if (::llvm::failed(::firn::tfg::inferBroadcast(*this, results)))
        return ::llvm::failure();}]>;
def TFG_QuantizedAddOp : TFG_QuantizedBinary<"QuantizedAdd", "the sum">;
def TFG_QuantizedMulOp : TFG_QuantizedBinary<"QuantizedMul", "the product">;

def TFG_QuantizedReshapeOp : TFG_Node<"QuantizedReshape", [Pure, TFG_InferShapes]> {
  let summary = "the same numbers in another shape";
  let description = [{
    ```mlir
    %y, %min, %max = tfg.QuantizedReshape(%x, %shape, %a, %b)
        : (tensor<2x3x!tfg.quint8>, tensor<1xi32>, tensor<f32>, tensor<f32>)
        -> (tensor<6x!tfg.quint8>, tensor<f32>, tensor<f32>) name("y")
    ```
  }];
  let arguments = !con((ins TFG_Tensor:$tensor, TFG_IndexTensor:$shape), OneRange,
                       (ins Variadic<TFG_Control>:$ctls));
  let results = (outs TFG_Tensor:$output, TFG_FloatTensor:$output_min,
                      TFG_FloatTensor:$output_max);
}

def TFG_QuantizedResizeBilinearOp : TFG_Node<"QuantizedResizeBilinear", [Pure, TFG_InferShapes]> {
  let summary = "images of another size, interpolated between neighbours";
  let description = [{
    As ResizeBilinear, in integers: the places between pixels are rounded down
    to 1/128 (of 8 bits) or 1/2^30 (of 32 bits), as TensorFlow does. The range
    stays.

    ```mlir
    %y, %min, %max = tfg.QuantizedResizeBilinear(%x, %size, %a, %b)
        : (tensor<1x2x2x3x!tfg.quint8>, tensor<2xi32>, tensor<f32>, tensor<f32>)
        -> (tensor<1x4x4x3x!tfg.quint8>, tensor<f32>, tensor<f32>) name("y")
    ```
  }];
  let arguments = !con((ins TFG_Tensor:$images, TFG_IndexTensor:$size), OneRange,
                       (ins Variadic<TFG_Control>:$ctls, TFG_DefaultBool<"false">:$align_corners,
                            TFG_DefaultBool<"false">:$half_pixel_centers));
  let results = (outs TFG_Tensor:$resized_images, TFG_FloatTensor:$out_min,
                      TFG_FloatTensor:$out_max);
}

class TFG_QuantizedConcat<string name, string order> : TFG_Node<name, [Pure, TFG_InferShapes]> {
  let summary = "tensors one behind the other along an axis";
  let description = [{
    Each has its range; the result has one that holds them all. The operands are }] # order # [{.

    ```mlir
    %y, %min, %max = tfg.QuantizedConcat(%axis, %a, %b, %min_a, %min_b, %max_a, %max_b)
        : (tensor<i32>, tensor<2x!tfg.quint8>, tensor<3x!tfg.quint8>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>)
        -> (tensor<5x!tfg.quint8>, tensor<f32>, tensor<f32>) name("y")
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args);
  let results = (outs TFG_Tensor:$output, TFG_FloatTensor:$output_min,
                      TFG_FloatTensor:$output_max);
  let hasVerifier = 1;
}
def TFG_QuantizedConcatOp : TFG_QuantizedConcat<"QuantizedConcat",
    "the axis, the tensors, the minima, the maxima">;
def TFG_QuantizedConcatV2Op : TFG_QuantizedConcat<"QuantizedConcatV2",
    "the tensors, the axis, the minima, the maxima">;

//===----------------------------------------------------------------------===//
// Floats that are rounded as if they were quantized
//===----------------------------------------------------------------------===//

class TFG_SimulatedQuantization<string name, dag inputs, dag attributes>
    : TFG_Node<name, [Pure, TFG_InferShapes], [{
        ::llvm::LogicalResult $cppClass::inferShapes(
            const ::firn::tfg::ShapeInference &,
            ::llvm::SmallVectorImpl<::mlir::Type> &results) {
          ::firn::tfg::appendExtended(*this, 0, getOperand(0), {}, results);
          return ::llvm::success();
        }
      }]> {
  let summary = "floats rounded as quantizing and dequantizing rounds them";
  let description = [{
    To the nearest of `2^num_bits` values that are spread evenly over the range,
    with 0 among them. With `range_given` the range is the one that is given, for
    the whole tensor or for each slice along `axis`, and clamps the values; else
    it is that of the values.

    ```mlir
    %y = tfg.QuantizeAndDequantizeV2(%x, %min, %max) {num_bits = 8 : i64, range_given = true}
         : (tensor<2xf32>, tensor<f32>, tensor<f32>) -> tensor<2xf32> name("y")
    ```
  }];
  let arguments = !con((ins TFG_Tensor:$input), inputs, (ins Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"true">:$signed_input), attributes);
  let results = (outs TFG_Tensor:$output);
}
defvar InputRange = (ins TFG_Tensor:$input_min, TFG_Tensor:$input_max);
defvar Rounding = (ins TFG_DefaultInt<"8">:$num_bits, TFG_DefaultBool<"false">:$range_given,
                       TFG_DefaultStr<"\"HALF_TO_EVEN\"">:$round_mode,
                       TFG_DefaultBool<"false">:$narrow_range, TFG_DefaultInt<"-1">:$axis);
def TFG_QuantizeAndDequantizeOp : TFG_SimulatedQuantization<"QuantizeAndDequantize", (ins),
    (ins TFG_DefaultInt<"8">:$num_bits, TFG_DefaultBool<"false">:$range_given,
         TFG_DefaultFloat<"0.0f">:$input_min, TFG_DefaultFloat<"0.0f">:$input_max)>;
def TFG_QuantizeAndDequantizeV2Op : TFG_SimulatedQuantization<"QuantizeAndDequantizeV2",
    InputRange, Rounding>;
def TFG_QuantizeAndDequantizeV3Op : TFG_SimulatedQuantization<"QuantizeAndDequantizeV3",
    !con(InputRange, (ins TFG_Int32Tensor:$num_bits)),
    (ins TFG_DefaultBool<"true">:$range_given, TFG_DefaultBool<"false">:$narrow_range,
         TFG_DefaultInt<"-1">:$axis)>;
def TFG_QuantizeAndDequantizeV4Op : TFG_SimulatedQuantization<"QuantizeAndDequantizeV4",
    InputRange, Rounding>;

#endif // FIRN_IR_TFGQUANTIZEDOPS_TD
