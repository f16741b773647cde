//===- TFGRecurrentOps.td - cells of recurrent networks --------------------===//

#ifndef FIRN_IR_TFGRECURRENTOPS_TD
#define FIRN_IR_TFGRECURRENTOPS_TD

include "ir/TFGBase.td"

def TFG_LSTMBlockCellOp : TFG_Node<"LSTMBlockCell", [Pure, TFG_InferShapes]> {
  let summary = "one step of an LSTM";
  let description = [{
    `[i, ci, f, o] = [x, h_prev] w + b`, each of the cell's size; then

        i  = sigmoid(cs_prev wci + i)
        f  = sigmoid(cs_prev wcf + f + forget_bias)
        ci = tanh(ci)
        cs = clip(ci i + cs_prev f)
        o  = sigmoid(cs wco + o)
        co = tanh(cs)
        h  = co o

    `clip` is to [-cell_clip, cell_clip] if that is positive; the weights of the
    peepholes `wci`, `wcf`, `wco` count with `use_peephole` only.

    ```mlir
    %y:7 = tfg.LSTMBlockCell(%x, %cs, %h, %w, %wci, %wcf, %wco, %b) {cell_clip = -1.0 : f32}
         : (tensor<2x5xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<8x12xf32>, tensor<3xf32>,
            tensor<3xf32>, tensor<3xf32>, tensor<12xf32>)
        -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>,
            tensor<2x3xf32>, tensor<2x3xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$cs_prev, TFG_Tensor:$h_prev, TFG_Tensor:$w,
                       TFG_Tensor:$wci, TFG_Tensor:$wcf, TFG_Tensor:$wco, TFG_Tensor:$b,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultFloat<"1.0f">:$forget_bias,
                       TFG_DefaultFloat<"3.0f">:$cell_clip,
                       TFG_DefaultBool<"false">:$use_peephole);
  let results = (outs TFG_Tensor:$i, TFG_Tensor:$cs, TFG_Tensor:$f, TFG_Tensor:$o,
                      TFG_Tensor:$ci, TFG_Tensor:$co, TFG_Tensor:$h);
}

class TFG_BlockLSTM<string name, string gates, dag attributes>
    : TFG_Node<name, [Pure, TFG_InferShapes]> {
  let summary = "an LSTM over a sequence";
  let description = [{
    LSTMBlockCell for each of the first `seq_len_max` slices of `x` [time, batch,
    inputs]; the outputs of later slices are zeros. The gates lie in the order }] # gates # [{.

    ```mlir
    %y:7 = tfg.}] # name # [{(%n, %x, %cs, %h, %w, %wci, %wcf, %wco, %b) : (…) -> (…)
    ```
  }];
  let arguments = !con((ins TFG_Tensor:$seq_len_max, TFG_Tensor:$x, TFG_Tensor:$cs_prev,
                            TFG_Tensor:$h_prev, TFG_Tensor:$w, TFG_Tensor:$wci, TFG_Tensor:$wcf,
                            TFG_Tensor:$wco, TFG_Tensor:$b, Variadic<TFG_Control>:$ctls),
                       attributes);
  let results = (outs TFG_Tensor:$i, TFG_Tensor:$cs, TFG_Tensor:$f, TFG_Tensor:$o,
                      TFG_Tensor:$ci, TFG_Tensor:$co, TFG_Tensor:$h);
}
def TFG_BlockLSTMOp : TFG_BlockLSTM<"BlockLSTM", "i, ci, f, o",
    (ins TFG_DefaultFloat<"1.0f">:$forget_bias, TFG_DefaultFloat<"3.0f">:$cell_clip,
         TFG_DefaultBool<"false">:$use_peephole)>;
def TFG_BlockLSTMV2Op : TFG_BlockLSTM<"BlockLSTMV2", "i, f, ci, o; there is no forget bias",
    (ins TFG_DefaultFloat<"0.0f">:$cell_clip, TFG_DefaultBool<"false">:$use_peephole)>;

def TFG_GRUBlockCellOp : TFG_Node<"GRUBlockCell", [Pure, TFG_InferShapes]> {
  let summary = "one step of a GRU";
  let description = [{
        [r, u] = sigmoid([x, h_prev] w_ru + b_ru)
        c = tanh([x, h_prev r] w_c + b_c)
        h = (1 - u) c + u h_prev

    ```mlir
    %y:4 = tfg.GRUBlockCell(%x, %h, %w_ru, %w_c, %b_ru, %b_c)
         : (tensor<2x5xf32>, tensor<2x3xf32>, tensor<8x6xf32>, tensor<8x3xf32>, tensor<6xf32>, tensor<3xf32>)
        -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$h_prev, TFG_Tensor:$w_ru, TFG_Tensor:$w_c,
                       TFG_Tensor:$b_ru, TFG_Tensor:$b_c, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$r, TFG_Tensor:$u, TFG_Tensor:$c, TFG_Tensor:$h);
}

#endif // FIRN_IR_TFGRECURRENTOPS_TD
