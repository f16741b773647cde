//===- TFGTensorArrayOps.td - arrays of tensors with a handle --------------===//

#ifndef FIRN_IR_TFGTENSORARRAYOPS_TD
#define FIRN_IR_TFGTENSORARRAYOPS_TD

include "ir/TFGBase.td"

// Nothing here is pure: what an array holds is a state behind its handle. The order
// of writes and reads is that of the `flow` scalars, which every op takes and the
// writing ones give anew.
class TFG_TensorArrayNode<string mnemonic> : TFG_Node<mnemonic, [TFG_InferShapes]>;

def TFG_TensorArrayV3Op : TFG_TensorArrayNode<"TensorArrayV3"> {
  let summary = "makes an array of `size` tensors that are not written yet";
  let description = [{
    ```mlir
    %a:2 = tfg.TensorArrayV3(%n) {dtype = f32, element_shape = #tfg.shape<[4]>}
         : (tensor<i32>) -> (tensor<2x!tfg.resource>, tensor<f32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$size, Variadic<TFG_Control>:$ctls, TypeAttr:$dtype,
                       OptionalAttr<TFG_Shape>:$element_shape,
                       TFG_DefaultBool<"false">:$dynamic_size,
                       TFG_DefaultBool<"true">:$clear_after_read,
                       TFG_DefaultBool<"false">:$identical_element_shapes,
                       TFG_DefaultStr<"\"\"">:$tensor_array_name);
  let results = (outs TFG_Tensor:$handle, TFG_Tensor:$flow);
}

def TFG_TensorArrayWriteV3Op : TFG_TensorArrayNode<"TensorArrayWriteV3"> {
  let summary = "writes one element of an array";
  let description = [{
    ```mlir
    %f1 = tfg.TensorArrayWriteV3(%a#0, %i, %x, %a#1)
        : (tensor<2x!tfg.resource>, tensor<i32>, tensor<4xf32>, tensor<f32>) -> tensor<f32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$handle, TFG_Tensor:$index, TFG_Tensor:$value,
                       TFG_Tensor:$flow_in, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$flow_out);
}

def TFG_TensorArrayReadV3Op : TFG_TensorArrayNode<"TensorArrayReadV3"> {
  let summary = "one element of an array";
  let description = [{
    ```mlir
    %x = tfg.TensorArrayReadV3(%a#0, %i, %f1)
       : (tensor<2x!tfg.resource>, tensor<i32>, tensor<f32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$handle, TFG_Tensor:$index, TFG_Tensor:$flow_in,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$value);
}

def TFG_TensorArrayGatherV3Op : TFG_TensorArrayNode<"TensorArrayGatherV3"> {
  let summary = "the elements of these indices, stacked";
  let description = [{
    ```mlir
    %x = tfg.TensorArrayGatherV3(%a#0, %range, %f1) {element_shape = #tfg.shape<[4]>}
       : (tensor<2x!tfg.resource>, tensor<3xi32>, tensor<f32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$handle, TFG_Tensor:$indices, TFG_Tensor:$flow_in,
                       Variadic<TFG_Control>:$ctls, OptionalAttr<TFG_Shape>:$element_shape);
  let results = (outs TFG_Tensor:$value);
}

def TFG_TensorArrayScatterV3Op : TFG_TensorArrayNode<"TensorArrayScatterV3"> {
  let summary = "writes the slices of a tensor to the elements of these indices";
  let description = [{
    ```mlir
    %f1 = tfg.TensorArrayScatterV3(%a#0, %range, %x, %a#1)
        : (tensor<2x!tfg.resource>, tensor<3xi32>, tensor<3x4xf32>, tensor<f32>) -> tensor<f32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$handle, TFG_Tensor:$indices, TFG_Tensor:$value,
                       TFG_Tensor:$flow_in, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$flow_out);
}

def TFG_TensorArraySizeV3Op : TFG_TensorArrayNode<"TensorArraySizeV3"> {
  let summary = "the number of elements of an array";
  let description = [{
    ```mlir
    %n = tfg.TensorArraySizeV3(%a#0, %a#1) : (tensor<2x!tfg.resource>, tensor<f32>) -> tensor<i32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$handle, TFG_Tensor:$flow_in, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$size);
}

def TFG_TensorArrayConcatV3Op : TFG_TensorArrayNode<"TensorArrayConcatV3"> {
  let summary = "all elements one behind the other, and the size of each";
  let description = [{
    ```mlir
    %x:2 = tfg.TensorArrayConcatV3(%a#0, %f1)
         : (tensor<2x!tfg.resource>, tensor<f32>) -> (tensor<6x4xf32>, tensor<3xi64>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$handle, TFG_Tensor:$flow_in, Variadic<TFG_Control>:$ctls,
                       OptionalAttr<TFG_Shape>:$element_shape_except0);
  let results = (outs TFG_Tensor:$value, TFG_Tensor:$lengths);
}

def TFG_TensorArraySplitV3Op : TFG_TensorArrayNode<"TensorArraySplitV3"> {
  let summary = "writes the pieces of a tensor to all elements";
  let description = [{
    ```mlir
    %f1 = tfg.TensorArraySplitV3(%a#0, %x, %lengths, %a#1)
        : (tensor<2x!tfg.resource>, tensor<6x4xf32>, tensor<3xi64>, tensor<f32>) -> tensor<f32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$handle, TFG_Tensor:$value, TFG_Tensor:$lengths,
                       TFG_Tensor:$flow_in, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$flow_out);
}

def TFG_TensorArrayCloseV3Op : TFG_Node<"TensorArrayCloseV3"> {
  let summary = "frees an array";
  let description = [{
    ```mlir
    %ctl = tfg.TensorArrayCloseV3(%a#0) : (tensor<2x!tfg.resource>) -> !tfg.control
    ```
  }];
  let arguments = (ins TFG_Tensor:$handle, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Control:$ctl);
}

#endif // FIRN_IR_TFGTENSORARRAYOPS_TD
