//===- TFGControlFlowOps.td - the control flow nodes of TF1 graphs --------===//
//
// Switch, Merge and the nodes of while loops. A tensor may be dead here: Switch
// passes its input to one of its outputs, Merge takes the input that is alive.
// Graph regions allow the cycles that NextIteration closes.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGCONTROLFLOWOPS_TD
#define FIRN_IR_TFGCONTROLFLOWOPS_TD

include "ir/TFGBase.td"

// One tensor in, the same tensor out; `Ref` forms are of references.
class TFG_PassThrough<string mnemonic> : TFG_Node<mnemonic, [Pure, TFG_InferShapes]> {
  let arguments = (ins TFG_Tensor:$data, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

class TFG_Switch<string mnemonic> : TFG_Node<mnemonic, [Pure, TFG_InferShapes]> {
  let summary = "passes its input to one of two outputs, by a predicate";
  let description = [{
    The other output is dead, as is everything that depends on it.

    ```mlir
    %false, %true = tfg.Switch(%x, %p) : (tensor<4xf32>, tensor<i1>) -> (tensor<4xf32>, tensor<4xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, TFG_Tensor:$pred, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_false, TFG_Tensor:$output_true);
}
def TFG_SwitchOp : TFG_Switch<"Switch">;
def TFG_RefSwitchOp : TFG_Switch<"RefSwitch">;

class TFG_Merge<string mnemonic> : TFG_Node<mnemonic, [Pure, TFG_InferShapes]> {
  let summary = "the input that is alive, and its number";
  let description = [{
    In a loop one input comes from Enter, the other from NextIteration.

    ```mlir
    %y, %index = tfg.Merge(%a, %b) : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<i32>)
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args);
  let results = (outs TFG_Tensor:$output, TFG_Tensor:$value_index);
}
def TFG_MergeOp : TFG_Merge<"Merge">;
def TFG_RefMergeOp : TFG_Merge<"RefMerge">;

class TFG_Enter<string mnemonic> : TFG_PassThrough<mnemonic> {
  let summary = "brings a tensor into the frame of a loop";
  let description = [{
    A constant Enter gives its tensor to every iteration.

    ```mlir
    %y = tfg.Enter(%x) {frame_name = "loop"} : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$data, Variadic<TFG_Control>:$ctls, StrAttr:$frame_name,
                       TFG_DefaultBool<"false">:$is_constant,
                       TFG_DefaultInt<"10">:$parallel_iterations);
}
def TFG_EnterOp : TFG_Enter<"Enter">;
def TFG_RefEnterOp : TFG_Enter<"RefEnter">;

class TFG_Exit<string mnemonic> : TFG_PassThrough<mnemonic> {
  let summary = "brings a tensor out of the frame of a loop";
  let description = [{
    ```mlir
    %y = tfg.Exit(%x) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
}
def TFG_ExitOp : TFG_Exit<"Exit">;
def TFG_RefExitOp : TFG_Exit<"RefExit">;

class TFG_NextIteration<string mnemonic> : TFG_PassThrough<mnemonic> {
  let summary = "passes a tensor to the next iteration of a loop";
  let description = [{
    The only node that may close a cycle.

    ```mlir
    %y = tfg.NextIteration(%x) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
}
def TFG_NextIterationOp : TFG_NextIteration<"NextIteration">;
def TFG_RefNextIterationOp : TFG_NextIteration<"RefNextIteration">;

def TFG_LoopCondOp : TFG_PassThrough<"LoopCond"> {
  let summary = "the predicate of a loop: whether it runs once more";
  let description = [{
    ```mlir
    %y = tfg.LoopCond(%p) : (tensor<i1>) -> tensor<i1>
    ```
  }];
}

def TFG_RefIdentityOp : TFG_PassThrough<"RefIdentity"> {
  let summary = "a reference, unchanged";
  let description = [{
    ```mlir
    %y = tfg.RefIdentity(%x) : (tensor<4x!tfg.ref<f32>>) -> tensor<4x!tfg.ref<f32>>
    ```
  }];
}

def TFG_ControlTriggerOp : TFG_Node<"ControlTrigger"> {
  let summary = "joins control edges, also those of dead nodes";
  let description = [{
    ```mlir
    %c = tfg.ControlTrigger() [%a, %b] : () -> !tfg.control
    ```
  }];
  let arguments = (ins Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Control:$ctl);
}

#endif // FIRN_IR_TFGCONTROLFLOWOPS_TD
