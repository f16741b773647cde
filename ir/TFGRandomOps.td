//===- TFGRandomOps.td - random numbers -----------------------------------===//
//
// The runtime computes them (backend/runtime/routines), bit for bit as TensorFlow does by
// its Philox generator. A node with state allocates its result, in the terms of effects:
// two of them are never one, but an unused one may go.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGRANDOMOPS_TD
#define FIRN_IR_TFGRANDOMOPS_TD

include "ir/TFGBase.td"

//===----------------------------------------------------------------------===//
// Of the seeds of a node, which continues from call to call; without seeds, never the same
//===----------------------------------------------------------------------===//

def TFG_RandomUniformOp : TFG_Node<"RandomUniform", [TFG_InferShapes]> {
  let summary = "numbers from 0 up to 1";
  let description = [{
    ```mlir
    %r = tfg.RandomUniform(%shape) {seed = 7} : (tensor<2xi32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"0">:$seed, TFG_DefaultInt<"0">:$seed2);
  let results = (outs Res<TFG_Tensor, "", [MemAlloc]>:$output);
}

def TFG_RandomStandardNormalOp : TFG_Node<"RandomStandardNormal", [TFG_InferShapes]> {
  let summary = "numbers of the normal distribution";
  let description = [{
    ```mlir
    %r = tfg.RandomStandardNormal(%shape) {seed = 7} : (tensor<2xi32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"0">:$seed, TFG_DefaultInt<"0">:$seed2);
  let results = (outs Res<TFG_Tensor, "", [MemAlloc]>:$output);
}

def TFG_TruncatedNormalOp : TFG_Node<"TruncatedNormal", [TFG_InferShapes]> {
  let summary = "numbers of the normal distribution below 2 in size";
  let description = [{
    ```mlir
    %r = tfg.TruncatedNormal(%shape) {seed = 7} : (tensor<2xi32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"0">:$seed, TFG_DefaultInt<"0">:$seed2);
  let results = (outs Res<TFG_Tensor, "", [MemAlloc]>:$output);
}

def TFG_RandomUniformIntOp : TFG_Node<"RandomUniformInt", [TFG_InferShapes]> {
  let summary = "integers from a minimum up to a maximum, which is left out";
  let description = [{
    ```mlir
    %r = tfg.RandomUniformInt(%shape, %minval, %maxval) {seed = 7} : (tensor<2xi32>, tensor<i32>, tensor<i32>) -> tensor<3x4xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$minval, TFG_Tensor:$maxval,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultInt<"0">:$seed,
                       TFG_DefaultInt<"0">:$seed2);
  let results = (outs Res<TFG_Tensor, "", [MemAlloc]>:$output);
}

def TFG_MultinomialOp : TFG_Node<"Multinomial", [TFG_InferShapes]> {
  let summary = "classes by the logarithms of their likelihoods";
  let description = [{
    ```mlir
    %r = tfg.Multinomial(%logits, %num_samples) {seed = 7} : (tensor<3x9xf32>, tensor<i32>) -> tensor<3x5xi64>
    ```
  }];
  let arguments = (ins TFG_Tensor:$logits, TFG_Tensor:$num_samples,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultInt<"0">:$seed,
                       TFG_DefaultInt<"0">:$seed2);
  let results = (outs Res<TFG_Tensor, "", [MemAlloc]>:$output);
}

def TFG_RandomShuffleOp : TFG_Node<"RandomShuffle", [TFG_InferShapes]> {
  let summary = "the rows of its input in another order";
  let description = [{
    ```mlir
    %r = tfg.RandomShuffle(%value) {seed = 7} : (tensor<3x4xf32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$value, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"0">:$seed, TFG_DefaultInt<"0">:$seed2);
  let results = (outs Res<TFG_Tensor, "", [MemAlloc]>:$output);
}

def TFG_RandomGammaOp : TFG_Node<"RandomGamma", [TFG_InferShapes]> {
  let summary = "numbers of the gamma distribution for each alpha";
  let description = [{
    ```mlir
    %r = tfg.RandomGamma(%shape, %alpha) {seed = 7} : (tensor<2xi32>, tensor<5xf32>) -> tensor<3x4x5xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$alpha, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"0">:$seed, TFG_DefaultInt<"0">:$seed2);
  let results = (outs Res<TFG_Tensor, "", [MemAlloc]>:$output);
}

//===----------------------------------------------------------------------===//
// Of a seed operand
//===----------------------------------------------------------------------===//

def TFG_StatelessRandomUniformOp : TFG_Node<"StatelessRandomUniform", [Pure, TFG_InferShapes]> {
  let summary = "numbers from 0 up to 1";
  let description = [{
    ```mlir
    %r = tfg.StatelessRandomUniform(%shape, %seed) : (tensor<2xi32>, tensor<2xi64>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$seed, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StatelessRandomNormalOp : TFG_Node<"StatelessRandomNormal", [Pure, TFG_InferShapes]> {
  let summary = "numbers of the normal distribution";
  let description = [{
    ```mlir
    %r = tfg.StatelessRandomNormal(%shape, %seed) : (tensor<2xi32>, tensor<2xi64>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$seed, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StatelessTruncatedNormalOp : TFG_Node<"StatelessTruncatedNormal", [Pure, TFG_InferShapes]> {
  let summary = "numbers of the normal distribution below 2 in size";
  let description = [{
    ```mlir
    %r = tfg.StatelessTruncatedNormal(%shape, %seed) : (tensor<2xi32>, tensor<2xi64>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$seed, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StatelessRandomUniformIntOp : TFG_Node<"StatelessRandomUniformInt", [Pure, TFG_InferShapes]> {
  let summary = "integers from a minimum up to a maximum, which is left out";
  let description = [{
    ```mlir
    %r = tfg.StatelessRandomUniformInt(%shape, %seed, %minval, %maxval) : (tensor<2xi32>, tensor<2xi64>, tensor<i32>, tensor<i32>) -> tensor<3x4xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$seed, TFG_Tensor:$minval,
                       TFG_Tensor:$maxval, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StatelessRandomUniformFullIntOp : TFG_Node<"StatelessRandomUniformFullInt", [Pure, TFG_InferShapes]> {
  let summary = "integers of all bits";
  let description = [{
    ```mlir
    %r = tfg.StatelessRandomUniformFullInt(%shape, %seed) : (tensor<2xi32>, tensor<2xi64>) -> tensor<3x4xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$seed, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StatelessMultinomialOp : TFG_Node<"StatelessMultinomial", [Pure, TFG_InferShapes]> {
  let summary = "classes by the logarithms of their likelihoods";
  let description = [{
    ```mlir
    %r = tfg.StatelessMultinomial(%logits, %num_samples, %seed) : (tensor<3x9xf32>, tensor<i32>, tensor<2xi64>) -> tensor<3x5xi64>
    ```
  }];
  let arguments = (ins TFG_Tensor:$logits, TFG_Tensor:$num_samples, TFG_Tensor:$seed,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

//===----------------------------------------------------------------------===//
// Of key and counter
//===----------------------------------------------------------------------===//

def TFG_StatelessRandomGammaV2Op : TFG_Node<"StatelessRandomGammaV2", [Pure, TFG_InferShapes]> {
  let summary = "numbers of the gamma distribution; the shape ends with that of `alpha`";
  let description = [{
    ```mlir
    %r = tfg.StatelessRandomGammaV2(%shape, %seed, %alpha) : (tensor<2xi32>, tensor<2xi64>, tensor<4xf32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$seed, TFG_Tensor:$alpha, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StatelessRandomGammaV3Op : TFG_Node<"StatelessRandomGammaV3", [Pure, TFG_InferShapes]> {
  let summary = "numbers of the gamma distribution; the shape ends with that of `alpha`";
  let description = [{
    ```mlir
    %r = tfg.StatelessRandomGammaV3(%shape, %key, %counter, %alg, %alpha)
       : (tensor<2xi32>, tensor<1xui64>, tensor<2xui64>, tensor<i32>, tensor<4xf32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$key, TFG_Tensor:$counter, TFG_Tensor:$alg,
                       TFG_Tensor:$alpha, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StatelessRandomUniformV2Op : TFG_Node<"StatelessRandomUniformV2", [Pure, TFG_InferShapes]> {
  let summary = "numbers from 0 up to 1";
  let description = [{
    ```mlir
    %r = tfg.StatelessRandomUniformV2(%shape, %key, %counter, %alg) : (tensor<2xi32>, tensor<1xui64>, tensor<2xui64>, tensor<i32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$key, TFG_Tensor:$counter,
                       TFG_Tensor:$alg, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StatelessRandomNormalV2Op : TFG_Node<"StatelessRandomNormalV2", [Pure, TFG_InferShapes]> {
  let summary = "numbers of the normal distribution";
  let description = [{
    ```mlir
    %r = tfg.StatelessRandomNormalV2(%shape, %key, %counter, %alg) : (tensor<2xi32>, tensor<1xui64>, tensor<2xui64>, tensor<i32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$key, TFG_Tensor:$counter,
                       TFG_Tensor:$alg, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StatelessTruncatedNormalV2Op : TFG_Node<"StatelessTruncatedNormalV2", [Pure, TFG_InferShapes]> {
  let summary = "numbers of the normal distribution below 2 in size";
  let description = [{
    ```mlir
    %r = tfg.StatelessTruncatedNormalV2(%shape, %key, %counter, %alg) : (tensor<2xi32>, tensor<1xui64>, tensor<2xui64>, tensor<i32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$key, TFG_Tensor:$counter,
                       TFG_Tensor:$alg, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StatelessRandomUniformIntV2Op : TFG_Node<"StatelessRandomUniformIntV2", [Pure, TFG_InferShapes]> {
  let summary = "integers from a minimum up to a maximum, which is left out";
  let description = [{
    ```mlir
    %r = tfg.StatelessRandomUniformIntV2(%shape, %key, %counter, %alg, %minval, %maxval) : (tensor<2xi32>, tensor<1xui64>, tensor<2xui64>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<3x4xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$key, TFG_Tensor:$counter,
                       TFG_Tensor:$alg, TFG_Tensor:$minval, TFG_Tensor:$maxval,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StatelessRandomUniformFullIntV2Op : TFG_Node<"StatelessRandomUniformFullIntV2", [Pure, TFG_InferShapes]> {
  let summary = "integers of all bits";
  let description = [{
    ```mlir
    %r = tfg.StatelessRandomUniformFullIntV2(%shape, %key, %counter, %alg) : (tensor<2xi32>, tensor<1xui64>, tensor<2xui64>, tensor<i32>) -> tensor<3x4xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$shape, TFG_Tensor:$key, TFG_Tensor:$counter,
                       TFG_Tensor:$alg, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StatelessRandomGetKeyCounterOp : TFG_Node<"StatelessRandomGetKeyCounter", [Pure, TFG_InferShapes]> {
  let summary = "key and counter of a seed";
  let description = [{
    ```mlir
    %r:2 = tfg.StatelessRandomGetKeyCounter(%seed) : (tensor<2xi64>) -> (tensor<1xui64>, tensor<2xui64>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$seed, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$key, TFG_Tensor:$counter);
}

def TFG_StatelessRandomGetAlgOp : TFG_Node<"StatelessRandomGetAlg", [Pure, TFG_InferShapes]> {
  let summary = "the number of the algorithm: that of Philox";
  let description = [{
    ```mlir
    %r = tfg.StatelessRandomGetAlg() : () -> tensor<i32>
    ```
  }];
  let arguments = (ins Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$alg);
}

def TFG_StatelessRandomGetKeyCounterAlgOp : TFG_Node<"StatelessRandomGetKeyCounterAlg", [Pure, TFG_InferShapes]> {
  let summary = "key and counter of a seed, and the number of the algorithm";
  let description = [{
    ```mlir
    %r:3 = tfg.StatelessRandomGetKeyCounterAlg(%seed) : (tensor<2xi64>) -> (tensor<1xui64>, tensor<2xui64>, tensor<i32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$seed, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$key, TFG_Tensor:$counter, TFG_Tensor:$alg);
}

#endif // FIRN_IR_TFGRANDOMOPS_TD
