//===- TFGStackOps.td - stacks of tensors ---------------------------------===//
//
// What the gradients of TF1's loops keep the values of each turn in. For
// compiled code tfg-carry-variables makes a list of them, which is a value.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGSTACKOPS_TD
#define FIRN_IR_TFGSTACKOPS_TD

include "ir/TFGTensorKinds.td"

// The state is behind the handle, and control edges give the order.
def TFG_StackChange : MemoryEffects<[MemRead, MemWrite]>;

defvar StackDescription = [{
  The forms without V2 are the older ones; their handle is a reference.

  ```mlir
  %s = tfg.StackV2(%max) {elem_type = f32} : (tensor<i32>) -> tensor<!tfg.resource> name("stack")
  %x1 = tfg.StackPushV2(%s, %x) : (tensor<!tfg.resource>, tensor<4xf32>) -> tensor<4xf32>
  %y = tfg.StackPopV2(%s) [%c] : (tensor<!tfg.resource>) -> tensor<4xf32>
  ```
}];

class TFG_StackHandle<string name, dag inputs> : TFG_Node<name> {
  let summary = "an empty stack, by its handle";
  let description = StackDescription;
  let arguments =
      !con(inputs, (ins Variadic<TFG_Control>:$ctls, TypeAttr:$elem_type,
                       TFG_DefaultStr<"\"\"">:$stack_name));
  let results = (outs Res<TFG_Tensor, "", [MemAlloc]>:$handle);
}
def TFG_StackV2Op : TFG_StackHandle<"StackV2", (ins TFG_Int32Tensor:$max_size)>;
def TFG_StackOp : TFG_StackHandle<"Stack", (ins)>;

class TFG_StackPush<string name>
    : TFG_Node<name, [TFG_StackChange, TFG_InferShapes]> {
  let summary = "puts a tensor on a stack and gives it on";
  let description = StackDescription;
  let arguments = (ins TFG_Tensor:$handle, TFG_Tensor:$elem,
      Variadic<TFG_Control>:$ctls, TFG_DefaultBool<"false">:$swap_memory);
  let results = (outs TFG_Tensor:$output);
}
def TFG_StackPushV2Op : TFG_StackPush<"StackPushV2">;
def TFG_StackPushOp : TFG_StackPush<"StackPush">;

class TFG_StackPop<string name> : TFG_Node<name, [TFG_StackChange]> {
  let summary = "takes the uppermost tensor of a stack";
  let description = StackDescription;
  let arguments = (ins TFG_Tensor:$handle, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$elem);
}
def TFG_StackPopV2Op : TFG_StackPop<"StackPopV2">;
def TFG_StackPopOp : TFG_StackPop<"StackPop">;

class TFG_StackClose<string name> : TFG_Node<name, [TFG_StackChange]> {
  let summary = "frees a stack";
  let description = StackDescription;
  let arguments = (ins TFG_Tensor:$handle, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Control:$ctl);
}
def TFG_StackCloseV2Op : TFG_StackClose<"StackCloseV2">;
def TFG_StackCloseOp : TFG_StackClose<"StackClose">;

#endif // FIRN_IR_TFGSTACKOPS_TD
