//===- TFGTensorListOps.td - lists of tensors as values --------------------===//

#ifndef FIRN_IR_TFGTENSORLISTOPS_TD
#define FIRN_IR_TFGTENSORLISTOPS_TD

include "ir/TFGBase.td"

// A list is a value of type variant: what changes one gives a new one. All elements
// have one element type; `element_shape` operands say what is known of their shapes
// (-1: not known).
class TFG_TensorListNode<string mnemonic>
    : TFG_Node<mnemonic, [Pure, TFG_InferShapes]>;

def TFG_EmptyTensorListOp : TFG_TensorListNode<"EmptyTensorList"> {
  let summary = "a list without elements that may come to hold `max_num_elements` (-1: any number)";
  let description = [{
    ```mlir
    %l = tfg.EmptyTensorList(%shape, %max) {element_dtype = f32} : (tensor<1xi32>, tensor<i32>) -> tensor<!tfg.variant>
    ```
  }];
  let arguments = (ins TFG_Tensor:$element_shape, TFG_Tensor:$max_num_elements,
                         Variadic<TFG_Control>:$ctls, TypeAttr:$element_dtype);
  let results = (outs TFG_Tensor:$handle);
}

def TFG_TensorListReserveOp : TFG_TensorListNode<"TensorListReserve"> {
  let summary = "a list of `num_elements` elements that are not set; read, they are zeros";
  let description = [{
    ```mlir
    %l = tfg.TensorListReserve(%shape, %n) {element_dtype = f32} : (tensor<1xi32>, tensor<i32>) -> tensor<!tfg.variant>
    ```
  }];
  let arguments = (ins TFG_Tensor:$element_shape, TFG_Tensor:$num_elements,
                         Variadic<TFG_Control>:$ctls, TypeAttr:$element_dtype);
  let results = (outs TFG_Tensor:$handle);
}

def TFG_TensorListFromTensorOp : TFG_TensorListNode<"TensorListFromTensor"> {
  let summary = "the slices of a tensor along its first dimension as a list";
  let description = [{
    ```mlir
    %l = tfg.TensorListFromTensor(%x, %shape) : (tensor<3x4xf32>, tensor<1xi32>) -> tensor<!tfg.variant>
    ```
  }];
  let arguments = (ins TFG_Tensor:$tensor, TFG_Tensor:$element_shape,
                         Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_handle);
}

def TFG_TensorListScatterOp : TFG_TensorListNode<"TensorListScatter"> {
  let summary = "a list of the slices of a tensor, the i-th at `indices[i]`";
  let description = [{
    ```mlir
    %l = tfg.TensorListScatter(%x, %i, %shape) : (tensor<3x4xf32>, tensor<3xi32>, tensor<1xi32>) -> tensor<!tfg.variant>
    ```
  }];
  let arguments = (ins TFG_Tensor:$tensor, TFG_Tensor:$indices, TFG_Tensor:$element_shape,
                         Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_handle);
}

def TFG_TensorListScatterV2Op : TFG_TensorListNode<"TensorListScatterV2"> {
  let summary = "a list of the slices of a tensor, the i-th at `indices[i]`, of `num_elements` (-1: as needed)";
  let description = [{
    ```mlir
    %l = tfg.TensorListScatterV2(%x, %i, %shape, %n)
       : (tensor<3x4xf32>, tensor<3xi32>, tensor<1xi32>, tensor<i32>) -> tensor<!tfg.variant>
    ```
  }];
  let arguments = (ins TFG_Tensor:$tensor, TFG_Tensor:$indices, TFG_Tensor:$element_shape,
                         TFG_Tensor:$num_elements, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_handle);
}

def TFG_TensorListScatterIntoExistingListOp : TFG_TensorListNode<"TensorListScatterIntoExistingList"> {
  let summary = "a list whose elements `indices` are the slices of a tensor";
  let description = [{
    ```mlir
    %m = tfg.TensorListScatterIntoExistingList(%l, %x, %i)
       : (tensor<!tfg.variant>, tensor<3x4xf32>, tensor<3xi32>) -> tensor<!tfg.variant>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_handle, TFG_Tensor:$tensor, TFG_Tensor:$indices,
                         Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_handle);
}

def TFG_TensorListSplitOp : TFG_TensorListNode<"TensorListSplit"> {
  let summary = "the pieces of a tensor along its first dimension as a list";
  let description = [{
    ```mlir
    %l = tfg.TensorListSplit(%x, %shape, %lengths) : (tensor<6x4xf32>, tensor<2xi32>, tensor<3xi64>) -> tensor<!tfg.variant>
    ```
  }];
  let arguments = (ins TFG_Tensor:$tensor, TFG_Tensor:$element_shape, TFG_Tensor:$lengths,
                         Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_handle);
}

def TFG_TensorListSetItemOp : TFG_TensorListNode<"TensorListSetItem"> {
  let summary = "a list with one element changed";
  let description = [{
    ```mlir
    %m = tfg.TensorListSetItem(%l, %i, %x) : (tensor<!tfg.variant>, tensor<i32>, tensor<4xf32>) -> tensor<!tfg.variant>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_handle, TFG_Tensor:$index, TFG_Tensor:$item,
                         Variadic<TFG_Control>:$ctls,
                         TFG_DefaultBool<"false">:$resize_if_index_out_of_bounds);
  let results = (outs TFG_Tensor:$output_handle);
}

def TFG_TensorListPushBackOp : TFG_TensorListNode<"TensorListPushBack"> {
  let summary = "a list with one more element at its end";
  let description = [{
    ```mlir
    %m = tfg.TensorListPushBack(%l, %x) : (tensor<!tfg.variant>, tensor<4xf32>) -> tensor<!tfg.variant>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_handle, TFG_Tensor:$tensor,
                         Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_handle);
}

def TFG_TensorListPopBackOp : TFG_TensorListNode<"TensorListPopBack"> {
  let summary = "a list without its last element, and that";
  let description = [{
    ```mlir
    %m:2 = tfg.TensorListPopBack(%l, %shape) : (tensor<!tfg.variant>, tensor<1xi32>) -> (tensor<!tfg.variant>, tensor<4xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_handle, TFG_Tensor:$element_shape,
                         Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_handle, TFG_Tensor:$tensor);
}

def TFG_TensorListResizeOp : TFG_TensorListNode<"TensorListResize"> {
  let summary = "a list of `size` elements: the first ones, then elements that are not set";
  let description = [{
    ```mlir
    %m = tfg.TensorListResize(%l, %n) : (tensor<!tfg.variant>, tensor<i32>) -> tensor<!tfg.variant>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_handle, TFG_Tensor:$size,
                         Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output_handle);
}

def TFG_TensorListConcatListsOp : TFG_TensorListNode<"TensorListConcatLists"> {
  let summary = "the elements of two lists";
  let description = [{
    ```mlir
    %m = tfg.TensorListConcatLists(%k, %l) {element_dtype = f32} : (tensor<!tfg.variant>, tensor<!tfg.variant>) -> tensor<!tfg.variant>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_a, TFG_Tensor:$input_b, Variadic<TFG_Control>:$ctls,
                         TypeAttr:$element_dtype);
  let results = (outs TFG_Tensor:$output);
}

def TFG_TensorListGetItemOp : TFG_TensorListNode<"TensorListGetItem"> {
  let summary = "one element of a list";
  let description = [{
    ```mlir
    %x = tfg.TensorListGetItem(%l, %i, %shape) : (tensor<!tfg.variant>, tensor<i32>, tensor<1xi32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_handle, TFG_Tensor:$index, TFG_Tensor:$element_shape,
                         Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$item);
}

def TFG_TensorListGatherOp : TFG_TensorListNode<"TensorListGather"> {
  let summary = "the elements of these indices, stacked";
  let description = [{
    ```mlir
    %x = tfg.TensorListGather(%l, %i, %shape) : (tensor<!tfg.variant>, tensor<2xi32>, tensor<1xi32>) -> tensor<2x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_handle, TFG_Tensor:$indices,
                         TFG_Tensor:$element_shape, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$values);
}

def TFG_TensorListStackOp : TFG_TensorListNode<"TensorListStack"> {
  let summary = "all elements, stacked";
  let description = [{
    ```mlir
    %x = tfg.TensorListStack(%l, %shape) {num_elements = 3 : i64} : (tensor<!tfg.variant>, tensor<1xi32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_handle, TFG_Tensor:$element_shape,
                         Variadic<TFG_Control>:$ctls, TFG_DefaultInt<"-1">:$num_elements);
  let results = (outs TFG_Tensor:$tensor);
}

def TFG_TensorListConcatOp : TFG_TensorListNode<"TensorListConcat"> {
  let summary = "all elements one behind the other, and the size of each";
  let description = [{
    ```mlir
    %x:2 = tfg.TensorListConcat(%l) : (tensor<!tfg.variant>) -> (tensor<6x4xf32>, tensor<3xi64>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_handle, Variadic<TFG_Control>:$ctls,
                         OptionalAttr<TFG_Shape>:$element_shape);
  let results = (outs TFG_Tensor:$tensor, TFG_Tensor:$lengths);
}

def TFG_TensorListConcatV2Op : TFG_TensorListNode<"TensorListConcatV2"> {
  let summary = "all elements one behind the other, and the size of each";
  let description = [{
    ```mlir
    %x:2 = tfg.TensorListConcatV2(%l, %shape, %dims)
         : (tensor<!tfg.variant>, tensor<2xi32>, tensor<0xi64>) -> (tensor<6x4xf32>, tensor<3xi64>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_handle, TFG_Tensor:$element_shape,
                         TFG_Tensor:$leading_dims, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$tensor, TFG_Tensor:$lengths);
}

def TFG_TensorListLengthOp : TFG_TensorListNode<"TensorListLength"> {
  let summary = "the number of elements";
  let description = [{
    ```mlir
    %n = tfg.TensorListLength(%l) : (tensor<!tfg.variant>) -> tensor<i32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_handle, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$length);
}

def TFG_TensorListElementShapeOp : TFG_TensorListNode<"TensorListElementShape"> {
  let summary = "what is known of the shape of the elements";
  let description = [{
    ```mlir
    %s = tfg.TensorListElementShape(%l) : (tensor<!tfg.variant>) -> tensor<1xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input_handle, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$element_shape);
}

//===----------------------------------------------------------------------===//
// What a list or an array becomes
//===----------------------------------------------------------------------===//

def TFG_SetElementOp : TFG_Node<"_SetElement", [Pure, TFG_InferShapes]> {
  let summary = "a tensor with one slice of its first dimension changed";
  let description = [{
    Firn's own: what a write to an array or list is once that is a tensor. An index
    out of range is an error when the code runs.

    ```mlir
    %m = tfg._SetElement(%l, %i, %x) : (tensor<3x4xf32>, tensor<i32>, tensor<4xf32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$tensor, TFG_Tensor:$index, TFG_Tensor:$item,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasVerifier = 1;
}

#endif // FIRN_IR_TFGTENSORLISTOPS_TD
