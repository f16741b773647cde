//===- TFGMathOps.td - elementwise arithmetic and functions ----------------===//
//
// Comparisons, logic, bits, casts and selection: ir/TFGLogicOps.td.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGMATHOPS_TD
#define FIRN_IR_TFGMATHOPS_TD

include "ir/TFGElementwise.td"

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

let hasFolder = 1 in {
def TFG_AddOp : TFG_Binary<"Add", "x + y">;
def TFG_AddV2Op : TFG_Binary<"AddV2", "x + y">;
def TFG_SubOp : TFG_Binary<"Sub", "x - y">;
def TFG_MulOp : TFG_Binary<"Mul", "x * y">;
def TFG_DivOp : TFG_Binary<"Div", "x / y; of integers as TruncateDiv">;
def TFG_RealDivOp : TFG_Binary<"RealDiv", "x / y">;
def TFG_FloorDivOp : TFG_Binary<"FloorDiv",
    "the quotient rounded down; division of integers by 0 is a runtime error">;
def TFG_FloorModOp : TFG_Binary<"FloorMod",
    "the remainder of FloorDiv, of the sign of y; of integers by 0 a runtime error">;
def TFG_TruncateDivOp : TFG_Binary<"TruncateDiv",
    "the quotient rounded toward 0; division of integers by 0 is a runtime error">;
def TFG_MaximumOp : TFG_Binary<"Maximum", "the larger one; NaN if either is NaN">;
def TFG_MinimumOp : TFG_Binary<"Minimum", "the smaller one; NaN if either is NaN">;
def TFG_NegOp : TFG_Unary<"Neg", "-x">;
def TFG_AbsOp : TFG_Unary<"Abs", "the absolute value; of the smallest integer, itself">;
def TFG_SquareOp : TFG_Unary<"Square", "x * x">;
def TFG_SquaredDifferenceOp : TFG_Binary<"SquaredDifference", "(x - y) squared; of complex numbers, its squared absolute value">;
}

def TFG_TruncateModOp : TFG_Binary<"TruncateMod",
    "the remainder of TruncateDiv, of the sign of x; of integers by 0 a runtime error">;
def TFG_ModOp : TFG_Binary<"Mod", "as TruncateMod">;
def TFG_DivNoNanOp : TFG_Binary<"DivNoNan", "x / y, and 0 where y is 0">;
def TFG_MulNoNanOp : TFG_Binary<"MulNoNan", "x * y, and 0 where y is 0 (also if x is not finite)">;
def TFG_XdivyOp : TFG_Binary<"Xdivy", "x / y, and 0 where x is 0">;
def TFG_XlogyOp : TFG_Binary<"Xlogy", "x * log(y), and 0 where x is 0">;
def TFG_Xlog1pyOp : TFG_Binary<"Xlog1py", "x * log1p(y), and 0 where x is 0">;
def TFG_PowOp : TFG_Binary<"Pow",
    "x to the power of y; a negative exponent of an integer is a runtime error">;
def TFG_ReciprocalOp : TFG_Unary<"Reciprocal", "1 / x">;
def TFG_InvOp : TFG_Unary<"Inv", "1 / x">;
def TFG_SignOp : TFG_Unary<"Sign",
    "-1, 0 or 1; NaN of NaN; of a complex number, the one of absolute value 1 in its direction">;

// A sum of a list: one shape, no broadcasting.
class TFG_ListSum<string name, dag attributes> : TFG_Node<name,
    [Pure, TFG_InferShapes, TFG_SameElementType]> {
  let summary = "the sum of a list of tensors of one shape";
  let description = [{
    The inputs are added from left to right.

    ```mlir
    %s = tfg.}] # name # [{(%a, %b, %c) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> name("s")
    ```
  }];
  let arguments = !con((ins Variadic<TFG_TensorOrControl>:$args), attributes);
  let results = (outs TFG_Tensor:$sum);
  let hasVerifier = 1;
}
def TFG_AddNOp : TFG_ListSum<"AddN", (ins)>;
def TFG_AccumulateNV2Op : TFG_ListSum<"AccumulateNV2", (ins OptionalAttr<TFG_Shape>:$shape)>;

//===----------------------------------------------------------------------===//
// Rounding
//===----------------------------------------------------------------------===//

def TFG_FloorOp : TFG_Unary<"Floor", "the largest integer that is not larger">;
def TFG_CeilOp : TFG_Unary<"Ceil", "the smallest integer that is not smaller">;
def TFG_RoundOp : TFG_Unary<"Round", "the nearest integer, the even one of two">;
def TFG_RintOp : TFG_Unary<"Rint", "the nearest integer, the even one of two">;

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

def TFG_SqrtOp : TFG_Unary<"Sqrt", "the square root">;
def TFG_RsqrtOp : TFG_Unary<"Rsqrt", "1 / the square root">;
def TFG_ExpOp : TFG_Unary<"Exp", "e to the power of x">;
def TFG_Expm1Op : TFG_Unary<"Expm1", "e to the power of x, minus 1">;
def TFG_LogOp : TFG_Unary<"Log", "the natural logarithm">;
def TFG_Log1pOp : TFG_Unary<"Log1p", "the natural logarithm of 1 + x">;
def TFG_SinOp : TFG_Unary<"Sin", "the sine">;
def TFG_CosOp : TFG_Unary<"Cos", "the cosine">;
def TFG_TanOp : TFG_Unary<"Tan", "the tangent">;
def TFG_AsinOp : TFG_Unary<"Asin", "the inverse sine">;
def TFG_AcosOp : TFG_Unary<"Acos", "the inverse cosine">;
def TFG_AtanOp : TFG_Unary<"Atan", "the inverse tangent">;
def TFG_SinhOp : TFG_Unary<"Sinh", "the hyperbolic sine">;
def TFG_CoshOp : TFG_Unary<"Cosh", "the hyperbolic cosine">;
def TFG_TanhOp : TFG_Unary<"Tanh", "the hyperbolic tangent">;
def TFG_AsinhOp : TFG_Unary<"Asinh", "the inverse hyperbolic sine">;
def TFG_AcoshOp : TFG_Unary<"Acosh", "the inverse hyperbolic cosine">;
def TFG_AtanhOp : TFG_Unary<"Atanh", "the inverse hyperbolic tangent">;
def TFG_ErfOp : TFG_Unary<"Erf", "the error function">;
def TFG_ErfcOp : TFG_Unary<"Erfc", "1 - the error function">;
def TFG_SigmoidOp : TFG_Unary<"Sigmoid", "1 / (1 + exp(-x))">;

def TFG_Atan2Op : TFG_Elementwise<"Atan2", [TFG_SameElementType]> {
  let summary = "the angle of the point (x, y)";
  let description = [{
    In radians, in [-pi, pi]; the inputs are broadcast.

    ```mlir
    %a = tfg.Atan2(%y, %x) : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32> name("a")
    ```
  }];
  let arguments = (ins TFG_Tensor:$y, TFG_Tensor:$x, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$z);
}

//===----------------------------------------------------------------------===//
// Activations
//===----------------------------------------------------------------------===//

def TFG_ReluOp : TFG_Activation<"Relu", "max(features, 0); NaN stays">;
def TFG_Relu6Op : TFG_Activation<"Relu6", "min(max(features, 0), 6); NaN stays">;
def TFG_EluOp : TFG_Activation<"Elu", "features, and exp(features) - 1 where negative">;
def TFG_SeluOp : TFG_Activation<"Selu",
    "1.0507 * features, and 1.7581 * (exp(features) - 1) where negative">;
def TFG_SoftplusOp : TFG_Activation<"Softplus", "log(exp(features) + 1)">;
def TFG_SoftsignOp : TFG_Activation<"Softsign", "features / (1 + |features|)">;

def TFG_LeakyReluOp : TFG_Elementwise<"LeakyRelu", [TFG_SameElementType]> {
  let summary = "features, and alpha * features where negative";
  let description = [{
    Element by element.

    ```mlir
    %y = tfg.LeakyRelu(%x) {alpha = 0.1 : f32} : (tensor<4xf32>) -> tensor<4xf32> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$features, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultFloat<"0.2f">:$alpha);
  let results = (outs TFG_Tensor:$activations);
}

//===----------------------------------------------------------------------===//
// Complex numbers
//===----------------------------------------------------------------------===//

def TFG_ConjOp : TFG_Elementwise<"Conj", [TFG_SameElementType]> {
  let summary = "the complex conjugate";
  let description = [{
    Element by element.

    ```mlir
    %y = tfg.Conj(%x) : (tensor<4xcomplex<f32>>) -> tensor<4xcomplex<f32>> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

// From complex to real numbers.
class TFG_ComplexPart<string name, string what>
    : TFG_Elementwise<name, [TFG_SameOperandElementType]> {
  let summary = what;
  let description = what # [{, element by element.

    ```mlir
    %y = tfg.}] # name # [{(%x) : (tensor<4xcomplex<f32>>) -> tensor<4xf32> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}
def TFG_RealOp : TFG_ComplexPart<"Real", "the real part">;
def TFG_ImagOp : TFG_ComplexPart<"Imag", "the imaginary part">;
def TFG_AngleOp : TFG_ComplexPart<"Angle", "the angle to the real axis">;
def TFG_ComplexAbsOp : TFG_ComplexPart<"ComplexAbs", "the absolute value">;

def TFG_ComplexOp : TFG_Elementwise<"Complex", [TFG_SameOperandElementType]> {
  let summary = "complex numbers of real and imaginary parts";
  let description = [{
    Element by element; the inputs are broadcast.

    ```mlir
    %z = tfg.Complex(%re, %im) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xcomplex<f32>> name("z")
    ```
  }];
  let arguments = (ins TFG_Tensor:$real, TFG_Tensor:$imag, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$out);
}

#endif // FIRN_IR_TFGMATHOPS_TD
