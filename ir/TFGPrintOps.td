//===- TFGPrintOps.td - ops that tell the user something ------------------===//
//
// Compiled code prints nothing: tfg-drop-training-ops takes them out.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGPRINTOPS_TD
#define FIRN_IR_TFGPRINTOPS_TD

include "ir/TFGTensorKinds.td"

def TFG_PrintOp : TFG_Node<"Print", [TFG_InferShapes]> {
  let summary = "its first input; prints the others";
  let description = [{
    ```mlir
    %y = tfg.Print(%x, %text) {message = "x: "} : (tensor<4xf32>, tensor<!tfg.string>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_TensorOrControl>:$args,
                       TFG_DefaultStr<"\"\"">:$message, TFG_DefaultInt<"-1">:$first_n,
                       TFG_DefaultInt<"3">:$summarize);
  let results = (outs TFG_Tensor:$output);
}

def TFG_PrintV2Op : TFG_Node<"PrintV2"> {
  let summary = "prints a text";
  let description = [{
    ```mlir
    %c = tfg.PrintV2(%text) {output_stream = "stdout"} : (tensor<!tfg.string>) -> !tfg.control
    ```
  }];
  let arguments = (ins TFG_StringTensor:$input, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultStr<"\"stderr\"">:$output_stream,
                       TFG_DefaultStr<"\"\\n\"">:$end);
  let results = (outs TFG_Control:$ctl);
}

#endif // FIRN_IR_TFGPRINTOPS_TD
