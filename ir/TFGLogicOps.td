//===- TFGLogicOps.td - comparison, logic, bits, selection, casts ----------===//

#ifndef FIRN_IR_TFGLOGICOPS_TD
#define FIRN_IR_TFGLOGICOPS_TD

include "ir/TFGElementwise.td"

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

class TFG_Comparison<string name, string what, dag attributes = (ins)>
    : TFG_Binary<name, what, [TFG_SameOperandElementType]> {
  let description = what # [{, element by element; the inputs are broadcast.

    ```mlir
    %z = tfg.}] # name # [{(%x, %y) : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1> name("z")
    ```
  }];
  let arguments = !con((ins TFG_Tensor:$x, TFG_Tensor:$y, Variadic<TFG_Control>:$ctls),
                       attributes);
}

let hasFolder = 1 in {
def TFG_GreaterOp : TFG_Comparison<"Greater", "x > y">;
def TFG_GreaterEqualOp : TFG_Comparison<"GreaterEqual", "x >= y">;
def TFG_LessOp : TFG_Comparison<"Less", "x < y">;
def TFG_LessEqualOp : TFG_Comparison<"LessEqual", "x <= y">;
}

// Without `incompatible_shape_error`, shapes that do not broadcast are unequal.
class TFG_Equality<string name, string what> : TFG_Node<name,
    [Pure, TFG_InferShapes, TFG_SameOperandElementType]> {
  let summary = what;
  let description = what # [{, element by element; the inputs are broadcast.
    If they cannot be and `incompatible_shape_error` is false, the result is one
    scalar that says they are not equal.

    ```mlir
    %z = tfg.}] # name # [{(%x, %y) : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1> name("z")
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$y, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"true">:$incompatible_shape_error);
  let results = (outs TFG_Tensor:$z);
  let hasFolder = 1;
}
def TFG_EqualOp : TFG_Equality<"Equal", "x == y">;
def TFG_NotEqualOp : TFG_Equality<"NotEqual", "x != y">;

def TFG_ApproximateEqualOp : TFG_Comparison<"ApproximateEqual", "|x - y| < tolerance",
    (ins TFG_DefaultFloat<"1e-5f">:$tolerance)>;

class TFG_FloatTest<string name, string what>
    : TFG_Unary<name, what, [TFG_SameOperandElementType]> {
  let description = what # [{, element by element.

    ```mlir
    %y = tfg.}] # name # [{(%x) : (tensor<2x3xf32>) -> tensor<2x3xi1> name("y")
    ```
  }];
}
def TFG_IsNanOp : TFG_FloatTest<"IsNan", "whether x is NaN">;
def TFG_IsInfOp : TFG_FloatTest<"IsInf", "whether x is infinite">;
def TFG_IsFiniteOp : TFG_FloatTest<"IsFinite", "whether x is neither infinite nor NaN">;

//===----------------------------------------------------------------------===//
// Logic and bits
//===----------------------------------------------------------------------===//

let hasFolder = 1 in {
def TFG_LogicalAndOp : TFG_Binary<"LogicalAnd", "x and y">;
def TFG_LogicalOrOp : TFG_Binary<"LogicalOr", "x or y">;
def TFG_LogicalNotOp : TFG_Unary<"LogicalNot", "not x">;
}

def TFG_BitwiseAndOp : TFG_Binary<"BitwiseAnd", "the bits set in x and in y">;
def TFG_BitwiseOrOp : TFG_Binary<"BitwiseOr", "the bits set in x or in y">;
def TFG_BitwiseXorOp : TFG_Binary<"BitwiseXor", "the bits set in one of x and y">;
def TFG_InvertOp : TFG_Unary<"Invert", "the bits not set in x">;
def TFG_LeftShiftOp : TFG_Binary<"LeftShift",
    "x shifted left by y bits; y is clamped to [0, width)">;
def TFG_RightShiftOp : TFG_Binary<"RightShift",
    "x shifted right by y bits, keeping its sign; y is clamped to [0, width)">;

//===----------------------------------------------------------------------===//
// Selection
//===----------------------------------------------------------------------===//

def TFG_SelectOp : TFG_Node<"Select", [Pure, TFG_InferShapes]> {
  let summary = "t where the condition holds, else e";
  let description = [{
    `t` and `e` have one shape. The condition has it too, or is a scalar, or a
    vector that chooses whole slices of the first dimension.

    ```mlir
    %z = tfg.Select(%c, %t, %e) : (tensor<2xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32> name("z")
    ```
  }];
  let arguments = (ins TFG_Tensor:$condition, TFG_Tensor:$t, TFG_Tensor:$e,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
  let hasVerifier = 1;
}

def TFG_SelectV2Op : TFG_Elementwise<"SelectV2", []> {
  let summary = "t where the condition holds, else e";
  let description = [{
    Element by element; the inputs are broadcast.

    ```mlir
    %z = tfg.SelectV2(%c, %t, %e) : (tensor<2x1xi1>, tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32> name("z")
    ```
  }];
  let arguments = (ins TFG_Tensor:$condition, TFG_Tensor:$t, TFG_Tensor:$e,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
  let hasVerifier = 1;
}

def TFG_ClipByValueOp : TFG_Node<"ClipByValue", [Pure, TFG_InferShapes, TFG_SameElementType]> {
  let summary = "t, at least clip_value_min and at most clip_value_max";
  let description = [{
    The bounds are scalars or have the shape of `t`. NaN stays.

    ```mlir
    %y = tfg.ClipByValue(%x, %lo, %hi) : (tensor<4xf32>, tensor<f32>, tensor<f32>) -> tensor<4xf32> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$t, TFG_Tensor:$clip_value_min, TFG_Tensor:$clip_value_max,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

//===----------------------------------------------------------------------===//
// Casts
//===----------------------------------------------------------------------===//

def TFG_CastOp : TFG_Elementwise<"Cast", []> {
  let summary = "its input in another element type";
  let description = [{
    Floats become integers by truncation; what the integer type cannot hold
    becomes what x86 makes of it. To bool, all but 0 is true; a complex number
    loses its imaginary part.

    ```mlir
    %y = tfg.Cast(%x) : (tensor<4xi32>) -> tensor<4xf32> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$Truncate);
  let results = (outs TFG_Tensor:$y);
  let hasFolder = 1;
}

#endif // FIRN_IR_TFGLOGICOPS_TD
