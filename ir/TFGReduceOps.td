//===- TFGReduceOps.td - reductions, arg reductions, softmax ---------------===//

#ifndef FIRN_IR_TFGREDUCEOPS_TD
#define FIRN_IR_TFGREDUCEOPS_TD

include "ir/TFGElementwise.td"

class TFG_Reduction<string name, string what> : TFG_Node<name,
    [Pure, TFG_InferShapes], [{
      ::llvm::LogicalResult $cppClass::inferShapes(
          const ::firn::tfg::ShapeInference &context,
          ::llvm::SmallVectorImpl<::mlir::Type> &results) {
        return ::firn::tfg::inferReduction(*this, getKeepDims(), context, results);
      }
      ::llvm::LogicalResult $cppClass::verify() {
        return ::firn::tfg::verifySameElementType(*this, {getInput(), getOutput()});
      }
    }]> {
  let summary = what;
  let description = what # [{ over the dimensions of `reduction_indices`, which go or, with `keep_dims`,
    have size 1 afterwards. Negative ones count from the end.

    ```mlir
    %y = tfg.}] # name # [{(%x, %axes) {keep_dims = true} : (tensor<2x3xf32>, tensor<1xi32>) -> tensor<2x1xf32> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$reduction_indices,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultBool<"false">:$keep_dims);
  let results = (outs TFG_Tensor:$output);
  let hasVerifier = 1;
}
let hasFolder = 1 in {
def TFG_SumOp : TFG_Reduction<"Sum", "the sum">;
def TFG_ProdOp : TFG_Reduction<"Prod", "the product">;
def TFG_MaxOp : TFG_Reduction<"Max", "the largest element (NaN if one is)">;
def TFG_MinOp : TFG_Reduction<"Min", "the smallest element (NaN if one is)">;
def TFG_AllOp : TFG_Reduction<"All", "whether all elements hold">;
def TFG_AnyOp : TFG_Reduction<"Any", "whether an element holds">;
}
def TFG_MeanOp : TFG_Reduction<"Mean", "the mean (of integers, truncated)">;
def TFG_EuclideanNormOp : TFG_Reduction<"EuclideanNorm", "the root of the sum of squares">;

class TFG_ArgReduction<string name, string what> : TFG_Node<name, [Pure, TFG_InferShapes]> {
  let summary = what;
  let description = what # [{ along `dimension`, which goes; the first of equal ones.

    ```mlir
    %y = tfg.}] # name # [{(%x, %axis) : (tensor<2x3xf32>, tensor<i32>) -> tensor<2xi64> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$dimension, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}
def TFG_ArgMaxOp : TFG_ArgReduction<"ArgMax", "the index of the largest element">;
def TFG_ArgMinOp : TFG_ArgReduction<"ArgMin", "the index of the smallest element">;

class TFG_SoftmaxBase<string name, string what> : TFG_Elementwise<name, [TFG_SameElementType]> {
  let summary = what;
  let description = what # [{, along the last dimension.

    ```mlir
    %y = tfg.}] # name # [{(%x) : (tensor<2x3xf32>) -> tensor<2x3xf32> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$logits, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$softmax);
}
def TFG_SoftmaxOp : TFG_SoftmaxBase<"Softmax", "exp(logits) / sum(exp(logits))">;
def TFG_LogSoftmaxOp : TFG_SoftmaxBase<"LogSoftmax", "logits - log(sum(exp(logits)))">;

def TFG_L2LossOp : TFG_Node<"L2Loss", [Pure, TFG_InferShapes, TFG_SameElementType]> {
  let summary = "half the sum of squares";
  let description = [{
    Over all elements.

    ```mlir
    %y = tfg.L2Loss(%x) : (tensor<2x3xf32>) -> tensor<f32> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$t, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

#endif // FIRN_IR_TFGREDUCEOPS_TD
