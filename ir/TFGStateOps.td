//===- TFGStateOps.td - variables, checkpoints ----------------------------===//
//
// What freezing removes. A read has a Read effect and a write a Write effect,
// so that upstream CSE and DCE leave the order of both alone: a read may go if
// nobody looks at it, two reads are one only if they wait for the same nodes
// (control inputs are operands). A handle is named by its node, so two of them
// are never one, but an unused one may go.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGSTATEOPS_TD
#define FIRN_IR_TFGSTATEOPS_TD

include "ir/TFGBase.td"

class TFG_StateNode<string mnemonic, list<Trait> traits = []>
    : TFG_Node<mnemonic, !listconcat([TFG_InferShapes], traits)>;
def TFG_Reads : MemoryEffects<[MemRead]>;
def TFG_Writes : MemoryEffects<[MemWrite]>;

//===----------------------------------------------------------------------===//
// Variables by reference (TF1)
//===----------------------------------------------------------------------===//

class TFG_RefVariable<string mnemonic> : TFG_StateNode<mnemonic> {
  let summary = "a variable, by reference";
  let description = [{
    The element type of the result is a reference.

    ```mlir
    %ref = tfg.VariableV2() {shape = #tfg.shape<[2,3]>} : () -> tensor<2x3x!tfg.ref<f32>> name("w")
    ```
  }];
  let arguments = (ins Variadic<TFG_Control>:$ctls, TFG_Shape:$shape,
                       TFG_DefaultStr<"\"\"">:$container, TFG_DefaultStr<"\"\"">:$shared_name);
  let results = (outs Res<TFG_Tensor, "", [MemAlloc]>:$ref);
}
def TFG_RefVariableOp : TFG_RefVariable<"Variable">;
def TFG_VariableV2Op : TFG_RefVariable<"VariableV2">;

class TFG_RefUpdate<string mnemonic> : TFG_StateNode<mnemonic, [TFG_Writes]> {
  let arguments = (ins TFG_Tensor:$ref, TFG_Tensor:$value, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$use_locking);
  let results = (outs TFG_Tensor:$output_ref);
}
def TFG_AssignOp : TFG_RefUpdate<"Assign"> {
  let summary = "writes a variable";
  let description = [{
    Returns the reference, so that a reader of it waits for the write.

    ```mlir
    %after = tfg.Assign(%ref, %x) : (tensor<2x!tfg.ref<f32>>, tensor<2xf32>) -> tensor<2x!tfg.ref<f32>>
    ```
  }];
  let arguments = (ins TFG_Tensor:$ref, TFG_Tensor:$value, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"true">:$validate_shape,
                       TFG_DefaultBool<"true">:$use_locking);
}
def TFG_AssignAddOp : TFG_RefUpdate<"AssignAdd"> {
  let summary = "adds to a variable";
  let description = [{
    ```mlir
    %after = tfg.AssignAdd(%ref, %x) : (tensor<2x!tfg.ref<f32>>, tensor<2xf32>) -> tensor<2x!tfg.ref<f32>>
    ```
  }];
}
def TFG_AssignSubOp : TFG_RefUpdate<"AssignSub"> {
  let summary = "subtracts from a variable";
  let description = [{
    ```mlir
    %after = tfg.AssignSub(%ref, %x) : (tensor<2x!tfg.ref<f32>>, tensor<2xf32>) -> tensor<2x!tfg.ref<f32>>
    ```
  }];
}

def TFG_IsVariableInitializedOp : TFG_StateNode<"IsVariableInitialized", [TFG_Reads]> {
  let summary = "whether a variable holds a value";
  let description = [{
    ```mlir
    %yes = tfg.IsVariableInitialized(%ref) : (tensor<2x!tfg.ref<f32>>) -> tensor<i1>
    ```
  }];
  let arguments = (ins TFG_Tensor:$ref, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$is_initialized);
}

//===----------------------------------------------------------------------===//
// Variables by handle (TF2)
//===----------------------------------------------------------------------===//

def TFG_VarHandleOp : TFG_StateNode<"VarHandleOp"> {
  let summary = "the handle of a variable";
  let description = [{
    `dtype` and `shape` are those of the variable, not of the handle.

    ```mlir
    %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[2,3]>} : () -> tensor<!tfg.resource> name("w")
    ```
  }];
  let arguments = (ins Variadic<TFG_Control>:$ctls, TypeAttr:$dtype, TFG_Shape:$shape,
                       TFG_DefaultStr<"\"\"">:$container, TFG_DefaultStr<"\"\"">:$shared_name,
                       TFG_DefaultStr<"\"\"">:$debug_name,
                       OptionalAttr<TFG_StringListAttr>:$allowed_devices);
  let results = (outs Res<TFG_Tensor, "", [MemAlloc]>:$resource);
}

def TFG_ReadVariableOp : TFG_StateNode<"ReadVariableOp", [TFG_Reads]> {
  let summary = "the value of a variable";
  let description = [{
    ```mlir
    %value = tfg.ReadVariableOp(%w) : (tensor<!tfg.resource>) -> tensor<2x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$resource, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$value);
}

class TFG_HandleUpdate<string mnemonic> : TFG_StateNode<mnemonic, [TFG_Writes]> {
  let arguments = (ins TFG_Tensor:$resource, TFG_Tensor:$value, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Control:$ctl);
}
def TFG_AssignVariableOp : TFG_HandleUpdate<"AssignVariableOp"> {
  let summary = "writes a variable";
  let description = [{
    ```mlir
    %c = tfg.AssignVariableOp(%w, %x) : (tensor<!tfg.resource>, tensor<2x3xf32>) -> !tfg.control
    ```
  }];
  let arguments = (ins TFG_Tensor:$resource, TFG_Tensor:$value, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"false">:$validate_shape);
}
def TFG_AssignAddVariableOp : TFG_HandleUpdate<"AssignAddVariableOp"> {
  let summary = "adds to a variable";
  let description = [{
    ```mlir
    %c = tfg.AssignAddVariableOp(%w, %x) : (tensor<!tfg.resource>, tensor<2x3xf32>) -> !tfg.control
    ```
  }];
}
def TFG_AssignSubVariableOp : TFG_HandleUpdate<"AssignSubVariableOp"> {
  let summary = "subtracts from a variable";
  let description = [{
    ```mlir
    %c = tfg.AssignSubVariableOp(%w, %x) : (tensor<!tfg.resource>, tensor<2x3xf32>) -> !tfg.control
    ```
  }];
}

def TFG_VarIsInitializedOp : TFG_StateNode<"VarIsInitializedOp", [TFG_Reads]> {
  let summary = "whether a variable holds a value";
  let description = [{
    ```mlir
    %yes = tfg.VarIsInitializedOp(%w) : (tensor<!tfg.resource>) -> tensor<i1>
    ```
  }];
  let arguments = (ins TFG_Tensor:$resource, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$is_initialized);
}

def TFG_VariableShapeOp : TFG_StateNode<"VariableShape", [TFG_Reads]> {
  let summary = "the shape of a variable";
  let description = [{
    Folds if the handle says the whole shape.

    ```mlir
    %shape = tfg.VariableShape(%w) : (tensor<!tfg.resource>) -> tensor<2xi32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
  let hasFolder = 1;
}

def TFG_ResourceGatherOp : TFG_StateNode<"ResourceGather", [TFG_Reads]> {
  let summary = "slices of a variable, by index";
  let description = [{
    Like GatherV2 of the variable's value, with the axis `batch_dims`.

    ```mlir
    %rows = tfg.ResourceGather(%w, %i) : (tensor<!tfg.resource>, tensor<5xi32>) -> tensor<5x3xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$resource, TFG_Tensor:$indices, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"0">:$batch_dims,
                       TFG_DefaultBool<"true">:$validate_indices);
  let results = (outs TFG_Tensor:$output);
}

def TFG_ResourceGatherNdOp : TFG_StateNode<"ResourceGatherNd", [TFG_Reads]> {
  let summary = "slices of a variable, by index vectors";
  let description = [{
    Like GatherNd of the variable's value.

    ```mlir
    %x = tfg.ResourceGatherNd(%w, %i) : (tensor<!tfg.resource>, tensor<5x2xi32>) -> tensor<5xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$resource, TFG_Tensor:$indices, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_DestroyResourceOp : TFG_Node<"DestroyResourceOp", [TFG_Writes]> {
  let summary = "deletes a resource";
  let description = [{
    ```mlir
    %c = tfg.DestroyResourceOp(%w) : (tensor<!tfg.resource>) -> !tfg.control
    ```
  }];
  let arguments = (ins TFG_Tensor:$resource, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultBool<"true">:$ignore_lookup_error);
  let results = (outs TFG_Control:$ctl);
}

//===----------------------------------------------------------------------===//
// Checkpoints
//===----------------------------------------------------------------------===//

def TFG_RestoreV2Op : TFG_StateNode<"RestoreV2", [TFG_Reads]> {
  let summary = "tensors of a checkpoint";
  let description = [{
    One result for each of `tensor_names`.

    ```mlir
    %w, %b = tfg.RestoreV2(%prefix, %names, %slices)
        : (tensor<!tfg.string>, tensor<2x!tfg.string>, tensor<2x!tfg.string>) -> (tensor<*xf32>, tensor<*xf32>)
    ```
  }];
  let arguments = (ins TFG_Tensor:$prefix, TFG_Tensor:$tensor_names,
                       TFG_Tensor:$shape_and_slices, Variadic<TFG_Control>:$ctls);
  let results = (outs Variadic<TFG_TensorOrControl>:$tensors);
  let hasVerifier = 1;
}

class TFG_RestoreOne<string mnemonic> : TFG_StateNode<mnemonic, [TFG_Reads]> {
  let results = (outs TFG_Tensor:$tensor);
}
def TFG_RestoreOp : TFG_RestoreOne<"Restore"> {
  let summary = "a tensor of a checkpoint";
  let description = [{
    ```mlir
    %w = tfg.Restore(%pattern, %name) : (tensor<!tfg.string>, tensor<!tfg.string>) -> tensor<*xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$file_pattern, TFG_Tensor:$tensor_name,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultInt<"-1">:$preferred_shard);
}
def TFG_RestoreSliceOp : TFG_RestoreOne<"RestoreSlice"> {
  let summary = "a slice of a tensor of a checkpoint";
  let description = [{
    ```mlir
    %w = tfg.RestoreSlice(%pattern, %name, %slice)
         : (tensor<!tfg.string>, tensor<!tfg.string>, tensor<!tfg.string>) -> tensor<*xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$file_pattern, TFG_Tensor:$tensor_name,
                       TFG_Tensor:$shape_and_slice, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"-1">:$preferred_shard);
}

def TFG_SaveV2Op : TFG_Node<"SaveV2", [TFG_Writes]> {
  let summary = "writes a checkpoint";
  let description = [{
    ```mlir
    %c = tfg.SaveV2(%prefix, %names, %slices, %w)
        : (tensor<!tfg.string>, tensor<1x!tfg.string>, tensor<1x!tfg.string>, tensor<2x3xf32>) -> !tfg.control
    ```
  }];
  let arguments = (ins TFG_Tensor:$prefix, TFG_Tensor:$tensor_names,
                       TFG_Tensor:$shape_and_slices, Variadic<TFG_TensorOrControl>:$args);
  let results = (outs TFG_Control:$ctl);
}

def TFG_MergeV2CheckpointsOp : TFG_Node<"MergeV2Checkpoints", [TFG_Writes]> {
  let summary = "merges the shards of a checkpoint";
  let description = [{
    ```mlir
    %c = tfg.MergeV2Checkpoints(%prefixes, %to) : (tensor<2x!tfg.string>, tensor<!tfg.string>) -> !tfg.control
    ```
  }];
  let arguments = (ins TFG_Tensor:$checkpoint_prefixes, TFG_Tensor:$destination_prefix,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultBool<"true">:$delete_old_dirs,
                       TFG_DefaultBool<"false">:$allow_missing_files);
  let results = (outs TFG_Control:$ctl);
}

def TFG_ShardedFilenameOp : TFG_StateNode<"ShardedFilename", [Pure]> {
  let summary = "the name of one file of a checkpoint";
  let description = [{
    ```mlir
    %name = tfg.ShardedFilename(%base, %shard, %n)
            : (tensor<!tfg.string>, tensor<i32>, tensor<i32>) -> tensor<!tfg.string>
    ```
  }];
  let arguments = (ins TFG_Tensor:$basename, TFG_Tensor:$shard, TFG_Tensor:$num_shards,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$filename);
}

def TFG_ShardedFilespecOp : TFG_StateNode<"ShardedFilespec", [Pure]> {
  let summary = "a pattern for all files of a checkpoint";
  let description = [{
    ```mlir
    %pattern = tfg.ShardedFilespec(%base, %n) : (tensor<!tfg.string>, tensor<i32>) -> tensor<!tfg.string>
    ```
  }];
  let arguments = (ins TFG_Tensor:$basename, TFG_Tensor:$num_shards,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$filename);
}

#endif // FIRN_IR_TFGSTATEOPS_TD
