//===- TFGSpecialOps.td - special functions -------------------------------===//
//
// Functions around gamma, the error function and Bessel's equation, element by
// element. The runtime computes them (backend/runtime/routines).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGSPECIALOPS_TD
#define FIRN_IR_TFGSPECIALOPS_TD

include "ir/TFGElementwise.td"

def TFG_LgammaOp
    : TFG_Unary<"Lgamma", "logarithm of the absolute value of the gamma function">;
def TFG_DigammaOp : TFG_Unary<"Digamma", "derivative of Lgamma">;
def TFG_ErfinvOp : TFG_Unary<"Erfinv", "inverse of Erf">;
def TFG_NdtriOp : TFG_Unary<"Ndtri", "quantile of the normal distribution">;
def TFG_DawsnOp : TFG_Unary<"Dawsn", "Dawson's integral">;
def TFG_FresnelCosOp : TFG_Unary<"FresnelCos", "Fresnel integral C">;
def TFG_FresnelSinOp : TFG_Unary<"FresnelSin", "Fresnel integral S">;
def TFG_SpenceOp : TFG_Unary<"Spence", "dilogarithm of 1 - x">;
def TFG_ExpintOp : TFG_Unary<"Expint", "exponential integral Ei">;

def TFG_BesselI0Op
    : TFG_Unary<"BesselI0", "modified Bessel function of the first kind, order 0">;
def TFG_BesselI0eOp
    : TFG_Unary<"BesselI0e", "modified Bessel function of the first kind, order 0, times exp(-|x|)">;
def TFG_BesselI1Op
    : TFG_Unary<"BesselI1", "modified Bessel function of the first kind, order 1">;
def TFG_BesselI1eOp
    : TFG_Unary<"BesselI1e", "modified Bessel function of the first kind, order 1, times exp(-|x|)">;
def TFG_BesselJ0Op : TFG_Unary<"BesselJ0", "Bessel function of the first kind, order 0">;
def TFG_BesselJ1Op : TFG_Unary<"BesselJ1", "Bessel function of the first kind, order 1">;
def TFG_BesselK0Op
    : TFG_Unary<"BesselK0", "modified Bessel function of the second kind, order 0">;
def TFG_BesselK0eOp
    : TFG_Unary<"BesselK0e", "modified Bessel function of the second kind, order 0, times exp(x)">;
def TFG_BesselK1Op
    : TFG_Unary<"BesselK1", "modified Bessel function of the second kind, order 1">;
def TFG_BesselK1eOp
    : TFG_Unary<"BesselK1e", "modified Bessel function of the second kind, order 1, times exp(x)">;
def TFG_BesselY0Op : TFG_Unary<"BesselY0", "Bessel function of the second kind, order 0">;
def TFG_BesselY1Op : TFG_Unary<"BesselY1", "Bessel function of the second kind, order 1">;

def TFG_IgammaOp : TFG_Binary<"Igamma", "regularized lower incomplete gamma function">;
def TFG_IgammacOp : TFG_Binary<"Igammac", "regularized upper incomplete gamma function">;
def TFG_PolygammaOp : TFG_Binary<"Polygamma", "derivative of order x of Digamma at y">;
def TFG_ZetaOp : TFG_Binary<"Zeta", "Hurwitz zeta function: the sum of (y + k)^-x">;
def TFG_NextAfterOp : TFG_Binary<"NextAfter", "the next number from x on the way to y">;

def TFG_BetaincOp : TFG_Elementwise<"Betainc", [TFG_SameElementType]> {
  let summary = "regularized incomplete beta function";
  let description = [{
    ```mlir
    %r = tfg.Betainc(%a, %b, %x) : (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$a, TFG_Tensor:$b, TFG_Tensor:$x,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$z);
}

def TFG_PopulationCountOp : TFG_Elementwise<"PopulationCount", []> {
  let summary = "the number of bits that are one";
  let description = [{
    ```mlir
    %r = tfg.PopulationCount(%x) : (tensor<3xi32>) -> tensor<3xui8>
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$y);
}

#endif // FIRN_IR_TFGSPECIALOPS_TD
