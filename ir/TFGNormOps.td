//===- TFGNormOps.td - batch and response normalisation -------------------===//

#ifndef FIRN_IR_TFGNORMOPS_TD
#define FIRN_IR_TFGNORMOPS_TD

include "ir/TFGBase.td"

class TFG_FusedBatchNormNode<string mnemonic>
    : TFG_Node<mnemonic, [Pure, TFG_InferShapes]> {
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$scale, TFG_Tensor:$offset,
                       TFG_Tensor:$mean, TFG_Tensor:$variance,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultFloat<"0.0001f">:$epsilon,
                       TFG_DefaultFloat<"1.0f">:$exponential_avg_factor,
                       TFG_DefaultStr<"\"NHWC\"">:$data_format,
                       TFG_DefaultBool<"true">:$is_training);
  let hasVerifier = 1;
}

def TFG_FusedBatchNormOp : TFG_FusedBatchNormNode<"FusedBatchNorm"> {
  let summary = "batch normalisation";
  let description = [{
    With `is_training` off, each channel becomes
    `(x - mean) * scale / sqrt(variance + epsilon) + offset`, and the statistics
    are handed on. With it on (which is the default), mean and variance are those
    of the batch itself, and `batch_mean` and `batch_variance` are moved towards
    them by `exponential_avg_factor`, the variance with Bessel's correction.

    ```mlir
    %y:5 = tfg.FusedBatchNorm(%x, %scale, %offset, %mean, %variance) {is_training = false}
         : (tensor<1x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>)
         -> (tensor<1x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>)
    ```
  }];
  let results = (outs TFG_Tensor:$y, TFG_Tensor:$batch_mean, TFG_Tensor:$batch_variance,
                      TFG_Tensor:$reserve_space_1, TFG_Tensor:$reserve_space_2);
}

def TFG_FusedBatchNormV2Op : TFG_FusedBatchNormNode<"FusedBatchNormV2"> {
  let summary = "batch normalisation, statistics in f32 for any element type";
  let description = [{
    As FusedBatchNorm.

    ```mlir
    %y:5 = tfg.FusedBatchNormV2(%x, %scale, %offset, %mean, %variance) {is_training = false}
         : (tensor<1x8x8x3xf16>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>)
         -> (tensor<1x8x8x3xf16>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>)
    ```
  }];
  let results = (outs TFG_Tensor:$y, TFG_Tensor:$batch_mean, TFG_Tensor:$batch_variance,
                      TFG_Tensor:$reserve_space_1, TFG_Tensor:$reserve_space_2);
}

def TFG_FusedBatchNormV3Op : TFG_FusedBatchNormNode<"FusedBatchNormV3"> {
  let summary = "batch normalisation, of images with two or three spatial dimensions";
  let description = [{
    As FusedBatchNormV2. The third reserve space is a scalar that says nothing on
    the CPU.

    ```mlir
    %y:6 = tfg.FusedBatchNormV3(%x, %scale, %offset, %mean, %variance) {is_training = false}
         : (tensor<1x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>)
         -> (tensor<1x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<f32>)
    ```
  }];
  let results = (outs TFG_Tensor:$y, TFG_Tensor:$batch_mean, TFG_Tensor:$batch_variance,
                      TFG_Tensor:$reserve_space_1, TFG_Tensor:$reserve_space_2,
                      TFG_Tensor:$reserve_space_3);
}

def TFG_LRNOp : TFG_Node<"LRN", [Pure, TFG_InferShapes]> {
  let summary = "local response normalisation";
  let description = [{
    Divides each element by `(bias + alpha * sum)^beta`, where the sum is of the
    squares of the `depth_radius` channels before and after it, and its own.

    ```mlir
    %y = tfg.LRN(%x) {alpha = 1.000000e-04 : f32, beta = 7.500000e-01 : f32}
         : (tensor<1x8x8x96xf32>) -> tensor<1x8x8x96xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"5">:$depth_radius,
                       TFG_DefaultFloat<"1.0f">:$bias,
                       TFG_DefaultFloat<"1.0f">:$alpha,
                       TFG_DefaultFloat<"0.5f">:$beta);
  let results = (outs TFG_Tensor:$output);
  let hasVerifier = 1;
}

#endif // FIRN_IR_TFGNORMOPS_TD
