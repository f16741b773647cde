//===- TFGCudnnOps.td - stacks of recurrent layers ------------------------===//
//
// Made for cuDNN, and what Keras' GPU layers are saved as. Computed by a routine
// (backend/runtime/routines/CudnnRoutines.cpp, which says how the weights lie).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGCUDNNOPS_TD
#define FIRN_IR_TFGCUDNNOPS_TD

include "ir/TFGTensorKinds.td"

class TFG_CudnnRNN<string name, dag inputs, dag attributes, dag outputs>
    : TFG_Node<name, [Pure, TFG_InferShapes]> {
  let summary = "layers of LSTM, GRU or plain recurrent cells over sequences";
  let description = [{
    `input` is [time, batch, inputs] (with `time_major` false the first two
    change places, in the states too), `input_h` and `input_c` [layers *
    directions, batch, units]; `params` holds all weights. What only training
    reads is empty, and dropout while training is refused, as are projections
    and `skip_input`.

    ```mlir
    %y, %h, %c, %r = tfg.CudnnRNN(%x, %h0, %c0, %params) {is_training = false, rnn_mode = "lstm"}
        : (tensor<5x2x3xf32>, tensor<1x2x4xf32>, tensor<1x2x4xf32>, tensor<144xf32>)
        -> (tensor<5x2x4xf32>, tensor<1x2x4xf32>, tensor<1x2x4xf32>, tensor<0xf32>) name("y")
    ```
  }];
  let arguments = !con((ins TFG_Tensor:$input, TFG_Tensor:$input_h, TFG_Tensor:$input_c,
                            TFG_Tensor:$params), inputs,
                       (ins Variadic<TFG_Control>:$ctls,
                            TFG_DefaultStr<"\"lstm\"">:$rnn_mode,
                            TFG_DefaultStr<"\"linear_input\"">:$input_mode,
                            TFG_DefaultStr<"\"unidirectional\"">:$direction,
                            TFG_DefaultFloat<"0.0f">:$dropout, TFG_DefaultInt<"0">:$seed,
                            TFG_DefaultInt<"0">:$seed2, TFG_DefaultBool<"true">:$is_training),
                       attributes);
  let results = !con((outs TFG_Tensor:$output, TFG_Tensor:$output_h, TFG_Tensor:$output_c,
                           TFG_Tensor:$reserve_space), outputs);
}
def TFG_CudnnRNNOp : TFG_CudnnRNN<"CudnnRNN", (ins), (ins), (outs)>;
def TFG_CudnnRNNV2Op : TFG_CudnnRNN<"CudnnRNNV2", (ins), (ins), (outs TFG_Tensor:$host_reserved)>;
def TFG_CudnnRNNV3Op : TFG_CudnnRNN<"CudnnRNNV3", (ins TFG_Int32Tensor:$sequence_lengths),
    (ins TFG_DefaultInt<"0">:$num_proj, TFG_DefaultBool<"true">:$time_major),
    (outs TFG_Tensor:$host_reserved)>;

#endif // FIRN_IR_TFGCUDNNOPS_TD
