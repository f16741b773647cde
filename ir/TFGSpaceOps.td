//===- TFGSpaceOps.td - blocks of an image moved to batch or channels -----===//

#ifndef FIRN_IR_TFGSPACEOPS_TD
#define FIRN_IR_TFGSPACEOPS_TD

include "ir/TFGBase.td"

class TFG_SpaceNode<string mnemonic, dag inputs>
    : TFG_Node<mnemonic, [Pure, TFG_InferShapes]> {
  let arguments = !con(inputs, (ins Variadic<TFG_Control>:$ctls));
  let results = (outs TFG_Tensor:$output);
}

def TFG_SpaceToBatchNDOp : TFG_SpaceNode<"SpaceToBatchND",
    (ins TFG_Tensor:$input, TFG_Tensor:$block_shape, TFG_Tensor:$paddings)> {
  let summary = "the places of each block become images of the batch";
  let description = [{
    Pads dimensions 1, 2, … of `input` by `paddings` (`[M, 2]`), cuts them into
    blocks of `block_shape` (`[M]`), and makes an image of the elements that lie
    at the same place of their blocks: a batch of N becomes one of N times the
    size of a block. Frames dilated convolutions in older graphs.

    ```mlir
    %y = tfg.SpaceToBatchND(%x, %block_shape, %paddings)
         : (tensor<1x6x6x3xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<4x3x3x3xf32>
    ```
  }];
}

def TFG_BatchToSpaceNDOp : TFG_SpaceNode<"BatchToSpaceND",
    (ins TFG_Tensor:$input, TFG_Tensor:$block_shape, TFG_Tensor:$crops)> {
  let summary = "the inverse of SpaceToBatchND";
  let description = [{
    `crops` is cut off from both ends of each spatial dimension.

    ```mlir
    %y = tfg.BatchToSpaceND(%x, %block_shape, %crops)
         : (tensor<4x3x3x3xf32>, tensor<2xi32>, tensor<2x2xi32>) -> tensor<1x6x6x3xf32>
    ```
  }];
}

def TFG_SpaceToBatchOp : TFG_SpaceNode<"SpaceToBatch",
    (ins TFG_Tensor:$input, TFG_Tensor:$paddings)> {
  let summary = "SpaceToBatchND with square blocks over two dimensions";
  let description = [{
    ```mlir
    %y = tfg.SpaceToBatch(%x, %paddings) {block_size = 2}
         : (tensor<1x6x6x3xf32>, tensor<2x2xi32>) -> tensor<4x3x3x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$paddings,
                       Variadic<TFG_Control>:$ctls, I64Attr:$block_size);
  let hasVerifier = 1;
}

def TFG_BatchToSpaceOp : TFG_SpaceNode<"BatchToSpace",
    (ins TFG_Tensor:$input, TFG_Tensor:$crops)> {
  let summary = "BatchToSpaceND with square blocks over two dimensions";
  let description = [{
    ```mlir
    %y = tfg.BatchToSpace(%x, %crops) {block_size = 2}
         : (tensor<4x3x3x3xf32>, tensor<2x2xi32>) -> tensor<1x6x6x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$crops,
                       Variadic<TFG_Control>:$ctls, I64Attr:$block_size);
  let hasVerifier = 1;
}

class TFG_DepthNode<string mnemonic> : TFG_SpaceNode<mnemonic, (ins TFG_Tensor:$input)> {
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls, I64Attr:$block_size,
                       TFG_DefaultStr<"\"NHWC\"">:$data_format);
  let hasVerifier = 1;
}

def TFG_DepthToSpaceOp : TFG_DepthNode<"DepthToSpace"> {
  let summary = "channels become blocks of the image";
  let description = [{
    Channel `(i * block_size + j) * C + c` becomes channel `c` at place `(i, j)`
    of each block.

    ```mlir
    %y = tfg.DepthToSpace(%x) {block_size = 2} : (tensor<1x4x4x12xf32>) -> tensor<1x8x8x3xf32>
    ```
  }];
}

def TFG_SpaceToDepthOp : TFG_DepthNode<"SpaceToDepth"> {
  let summary = "the inverse of DepthToSpace";
  let description = [{
    ```mlir
    %y = tfg.SpaceToDepth(%x) {block_size = 2} : (tensor<1x8x8x3xf32>) -> tensor<1x4x4x12xf32>
    ```
  }];
}

#endif // FIRN_IR_TFGSPACEOPS_TD
