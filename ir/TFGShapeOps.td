//===- TFGShapeOps.td - shapes, and tensors in other shapes --------------===//
//
// Everything about shapes folds completely once they are static, since a model is
// compiled for concrete input shapes.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGSHAPEOPS_TD
#define FIRN_IR_TFGSHAPEOPS_TD

include "ir/TFGBase.td"

//===----------------------------------------------------------------------===//
// What a shape is
//===----------------------------------------------------------------------===//

def TFG_ShapeOp : TFG_Node<"Shape", [Pure, TFG_InferShapes]> {
  let summary = "the shape of a tensor";
  let description = [{
    Folds once the shape is static.

    ```mlir
    %y = tfg.Shape(%x) : (tensor<2x3xf32>) -> tensor<2xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_ShapeNOp : TFG_Node<"ShapeN", [Pure, TFG_InferShapes]> {
  let summary = "the shapes of tensors";
  let description = [{
    Folds once they all are static.

    ```mlir
    %a, %b = tfg.ShapeN(%x, %y) : (tensor<2x3xf32>, tensor<4xf32>) -> (tensor<2xi32>, tensor<1xi32>)
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args);
  let results = (outs Variadic<TFG_Tensor>:$outs);
  let hasFolder = 1;
  let hasVerifier = 1;
}

def TFG_SizeOp : TFG_Node<"Size", [Pure, TFG_InferShapes]> {
  let summary = "the number of elements";
  let description = [{
    Folds once the shape is static.

    ```mlir
    %y = tfg.Size(%x) : (tensor<2x3xf32>) -> tensor<i32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_RankOp : TFG_Node<"Rank", [Pure, TFG_InferShapes]> {
  let summary = "the number of dimensions";
  let description = [{
    Folds once the rank is known.

    ```mlir
    %y = tfg.Rank(%x) : (tensor<2x3xf32>) -> tensor<i32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_BroadcastArgsOp : TFG_Node<"BroadcastArgs", [Pure, TFG_InferShapes]> {
  let summary = "the shape that two shapes broadcast to";
  let description = [{
    ```mlir
    %y = tfg.BroadcastArgs(%a, %b) : (tensor<2xi32>, tensor<3xi32>) -> tensor<3xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$s0, TFG_Tensor:$s1, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$r0);
  let hasFolder = 1;
}

def TFG_ConcatOffsetOp : TFG_Node<"ConcatOffset", [Pure, TFG_InferShapes]> {
  let summary = "where each input starts in a concatenation";
  let description = [{
    ```mlir
    %a, %b = tfg.ConcatOffset(%axis, %s, %t) : (tensor<i32>, tensor<2xi32>, tensor<2xi32>) -> (tensor<2xi32>, tensor<2xi32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$concat_dim, Variadic<TFG_TensorOrControl>:$args);
  let results = (outs Variadic<TFG_Tensor>:$outs);
  let hasFolder = 1;
  let hasVerifier = 1;
}

def TFG_InvertPermutationOp : TFG_Node<"InvertPermutation", [Pure, TFG_InferShapes]> {
  let summary = "the inverse of a permutation";
  let description = [{
    A number that is out of range or comes twice is an error.

    ```mlir
    %y = tfg.InvertPermutation(%p) : (tensor<4xi32>) -> tensor<4xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$y);
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// The same elements in another shape
//===----------------------------------------------------------------------===//

def TFG_ReshapeOp : TFG_Node<"Reshape", [Pure, TFG_InferShapes]> {
  let summary = "the same elements in another shape";
  let description = [{
    One size may be -1: it is what is left of the number of elements.

    ```mlir
    %y = tfg.Reshape(%x, %shape) : (tensor<2x3xf32>, tensor<1xi32>) -> tensor<6xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$tensor, TFG_Tensor:$shape, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_SqueezeOp : TFG_Node<"Squeeze", [Pure, TFG_InferShapes]> {
  let summary = "without dimensions of size 1";
  let description = [{
    Drops `squeeze_dims`, or, if there are none, all dimensions of size 1.

    ```mlir
    %y = tfg.Squeeze(%x) {squeeze_dims = [0]} : (tensor<1x3xf32>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls,
                       OptionalAttr<TFG_IntListAttr>:$squeeze_dims);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_ExpandDimsOp : TFG_Node<"ExpandDims", [Pure, TFG_InferShapes]> {
  let summary = "with a dimension of size 1 more";
  let description = [{
    The new dimension stands at `dim`, from -(rank + 1) to rank.

    ```mlir
    %y = tfg.ExpandDims(%x, %dim) : (tensor<3xf32>, tensor<i32>) -> tensor<1x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$dim, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_EnsureShapeOp : TFG_Node<"EnsureShape", [Pure, TFG_InferShapes]> {
  let summary = "its input, which must have a shape";
  let description = [{
    ```mlir
    %y = tfg.EnsureShape(%x) {shape = #tfg.shape<[?,3]>} : (tensor<*xf32>) -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls, TFG_Shape:$shape);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_BitcastOp : TFG_Node<"Bitcast", [Pure, TFG_InferShapes]> {
  let summary = "the same bytes under another element type";
  let description = [{
    A smaller element type adds a last dimension for the parts of an element, a
    larger one takes the last dimension away.

    ```mlir
    %y = tfg.Bitcast(%x) : (tensor<2xf32>) -> tensor<2x4xui8>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_BroadcastToOp : TFG_Node<"BroadcastTo", [Pure, TFG_InferShapes]> {
  let summary = "repeated along dimensions of size 1";
  let description = [{
    ```mlir
    %y = tfg.BroadcastTo(%x, %shape) : (tensor<3xf32>, tensor<2xi32>) -> tensor<2x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$shape, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

#endif // FIRN_IR_TFGSHAPEOPS_TD
