//===- TFGSliceOps.td - parts of tensors, joined tensors -----------------===//
//
// Slices, splits, concatenations and padding. Axes, sizes and paddings are checked
// in 64 bits before they are used.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGSLICEOPS_TD
#define FIRN_IR_TFGSLICEOPS_TD

include "ir/TFGBase.td"

//===----------------------------------------------------------------------===//
// Parts of a tensor
//===----------------------------------------------------------------------===//

def TFG_SliceOp : TFG_Node<"Slice", [Pure, TFG_InferShapes]> {
  let summary = "a box of a tensor";
  let description = [{
    A size of -1 reaches to the end of the dimension.

    ```mlir
    %y = tfg.Slice(%x, %begin, %size) : (tensor<4x4xf32>, tensor<2xi32>, tensor<2xi32>) -> tensor<2x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$begin, TFG_Tensor:$size,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_StridedSliceOp : TFG_Node<"StridedSlice", [Pure, TFG_InferShapes]> {
  let summary = "Python's x[a:b:c, ..., newaxis, i]";
  let description = [{
    Bit i of a mask is about entry i of `begin`, `end` and `strides`:
    `begin_mask`, `end_mask`: from the start, to the end; `ellipsis_mask`: all
    dimensions that have no entry; `new_axis_mask`: a new dimension of size 1;
    `shrink_axis_mask`: one index, whose dimension goes.

    ```mlir
    %y = tfg.StridedSlice(%x, %begin, %end, %strides) {shrink_axis_mask = 1 : i64}
         : (tensor<4x4xf32>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$begin, TFG_Tensor:$end,
                       TFG_Tensor:$strides, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"0">:$begin_mask, TFG_DefaultInt<"0">:$end_mask,
                       TFG_DefaultInt<"0">:$ellipsis_mask,
                       TFG_DefaultInt<"0">:$new_axis_mask,
                       TFG_DefaultInt<"0">:$shrink_axis_mask);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_SplitOp : TFG_Node<"Split", [Pure, TFG_InferShapes]> {
  let summary = "equal parts along an axis";
  let description = [{
    ```mlir
    %a, %b = tfg.Split(%axis, %x) : (tensor<i32>, tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$split_dim, TFG_Tensor:$value,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs Variadic<TFG_Tensor>:$outs);
  let hasFolder = 1;
}

def TFG_SplitVOp : TFG_Node<"SplitV", [Pure, TFG_InferShapes]> {
  let summary = "parts of given sizes along an axis";
  let description = [{
    One size may be -1: it is what is left.

    ```mlir
    %a, %b = tfg.SplitV(%x, %sizes, %axis) : (tensor<4xf32>, tensor<2xi32>, tensor<i32>) -> (tensor<1xf32>, tensor<3xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$value, TFG_Tensor:$size_splits, TFG_Tensor:$split_dim,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs Variadic<TFG_Tensor>:$outs);
  let hasFolder = 1;
}

def TFG_UnpackOp : TFG_Node<"Unpack", [Pure, TFG_InferShapes]> {
  let summary = "the slices along an axis, without it";
  let description = [{
    ```mlir
    %a, %b = tfg.Unpack(%x) {axis = 1 : i64} : (tensor<4x2xf32>) -> (tensor<4xf32>, tensor<4xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$value, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"0">:$axis);
  let results = (outs Variadic<TFG_TensorOrControl>:$outs);
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Tensors joined
//===----------------------------------------------------------------------===//

def TFG_PackOp : TFG_Node<"Pack", [Pure, TFG_InferShapes]> {
  let summary = "tensors of one shape, stacked along a new axis";
  let description = [{
    ```mlir
    %y = tfg.Pack(%a, %b) {axis = 1 : i64} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4x2xf32>
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args, TFG_DefaultInt<"0">:$axis);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_ConcatOp : TFG_Node<"Concat", [Pure, TFG_InferShapes]> {
  let summary = "tensors, one after the other along an axis (old form)";
  let description = [{
    ```mlir
    %y = tfg.Concat(%axis, %a, %b) : (tensor<i32>, tensor<4xf32>, tensor<2xf32>) -> tensor<6xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$concat_dim, Variadic<TFG_TensorOrControl>:$args);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
  let hasVerifier = 1;
}

def TFG_ConcatV2Op : TFG_Node<"ConcatV2", [Pure, TFG_InferShapes]> {
  let summary = "tensors, one after the other along an axis";
  let description = [{
    The last data operand is the axis.

    ```mlir
    %y = tfg.ConcatV2(%a, %b, %axis) : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<6xf32>
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Tensors with a border
//===----------------------------------------------------------------------===//

def TFG_PadOp : TFG_Node<"Pad", [Pure, TFG_InferShapes]> {
  let summary = "with zeros around it";
  let description = [{
    Row i of `paddings`: how many before and after dimension i.

    ```mlir
    %y = tfg.Pad(%x, %p) : (tensor<3xf32>, tensor<1x2xi32>) -> tensor<5xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$paddings, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_PadV2Op : TFG_Node<"PadV2", [Pure, TFG_InferShapes]> {
  let summary = "with a value around it";
  let description = [{
    ```mlir
    %y = tfg.PadV2(%x, %p, %v) : (tensor<3xf32>, tensor<1x2xi32>, tensor<f32>) -> tensor<5xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$paddings,
                       TFG_Tensor:$constant_values, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_MirrorPadOp : TFG_Node<"MirrorPad", [Pure, TFG_InferShapes]> {
  let summary = "with its own elements around it, mirrored";
  let description = [{
    `REFLECT` leaves the border element out of the mirror image, `SYMMETRIC` keeps it.

    ```mlir
    %y = tfg.MirrorPad(%x, %p) {mode = "REFLECT"} : (tensor<3xf32>, tensor<1x2xi32>) -> tensor<5xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$paddings,
                       Variadic<TFG_Control>:$ctls, StrAttr:$mode);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
  let hasVerifier = 1;
}

#endif // FIRN_IR_TFGSLICEOPS_TD
