//===- TFGTableOps.td - lookup tables -------------------------------------===//
//
// A table is a resource that an initialiser fills. In a frozen graph they stay
// as they are; for compiled code tfg-bake-tables turns a lookup into one in
// constants (`tfg._TableFind`), which a routine computes.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGTABLEOPS_TD
#define FIRN_IR_TFGTABLEOPS_TD

include "ir/TFGTensorKinds.td"

def TFG_TableReads : MemoryEffects<[MemRead]>;
def TFG_TableWrites : MemoryEffects<[MemWrite]>;

class TFG_TableHandle<string name, string shape> : TFG_StatedShapes<name, shape, []> {
  let summary = "a lookup table, by its handle";
  let description = [{
    Tables of one `shared_name` (or, without one, of one node) are one.

    ```mlir
    %t = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64}
         : () -> tensor<!tfg.resource> name("table")
    ```
  }];
  let arguments = (ins Variadic<TFG_Control>:$ctls, TypeAttr:$key_dtype, TypeAttr:$value_dtype,
                       TFG_DefaultStr<"\"\"">:$container, TFG_DefaultStr<"\"\"">:$shared_name,
                       TFG_DefaultBool<"false">:$use_node_name_sharing);
  let results = (outs Res<TFG_Tensor, "", [MemAlloc]>:$table_handle);
}
def TFG_HashTableV2Op : TFG_TableHandle<"HashTableV2", "{{}}">;
def TFG_MutableHashTableV2Op : TFG_TableHandle<"MutableHashTableV2", "{{}}">;
// The old forms give a vector of two strings by reference, which nobody reads.
def TFG_HashTableOp : TFG_TableHandle<"HashTable", "{{2}}">;
def TFG_MutableHashTableOp : TFG_TableHandle<"MutableHashTable", "{{2}}">;

class TFG_TableFill<string name, string what> : TFG_Node<name, [TFG_TableWrites]> {
  let summary = what;
  let description = what # [{.

    ```mlir
    %c = tfg.InitializeTableV2(%t, %keys, %values)
         : (tensor<!tfg.resource>, tensor<2x!tfg.string>, tensor<2xi64>) -> !tfg.control name("init")
    ```
  }];
  let arguments = (ins TFG_Tensor:$table_handle, TFG_Tensor:$keys, TFG_Tensor:$values,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Control:$ctl);
}
def TFG_InitializeTableOp : TFG_TableFill<"InitializeTable", "fills a table">;
def TFG_InitializeTableV2Op : TFG_TableFill<"InitializeTableV2", "fills a table">;
def TFG_LookupTableImportOp : TFG_TableFill<"LookupTableImport",
    "replaces what a table holds">;
def TFG_LookupTableImportV2Op : TFG_TableFill<"LookupTableImportV2",
    "replaces what a table holds">;

class TFG_TableFromFile<string name> : TFG_Node<name, [TFG_TableWrites]> {
  let summary = "fills a table with the lines of a file";
  let description = [{
    `key_index` and `value_index` say what of a line the key and the value are: a
    column (cut at `delimiter`), the whole line (-2), or its number (-1).

    ```mlir
    %c = tfg.InitializeTableFromTextFileV2(%t, %file) {key_index = -2 : i64, value_index = -1 : i64}
         : (tensor<!tfg.resource>, tensor<!tfg.string>) -> !tfg.control name("init")
    ```
  }];
  let arguments = (ins TFG_Tensor:$table_handle, TFG_StringTensor:$filename,
                       Variadic<TFG_Control>:$ctls, I64Attr:$key_index, I64Attr:$value_index,
                       TFG_DefaultInt<"-1">:$vocab_size, TFG_DefaultStr<"\"\\t\"">:$delimiter,
                       TFG_DefaultInt<"0">:$offset);
  let results = (outs TFG_Control:$ctl);
}
def TFG_InitializeTableFromTextFileOp : TFG_TableFromFile<"InitializeTableFromTextFile">;
def TFG_InitializeTableFromTextFileV2Op : TFG_TableFromFile<"InitializeTableFromTextFileV2">;

class TFG_TableLookup<string name> : TFG_Node<name, [TFG_InferShapes, TFG_TableReads]> {
  let summary = "the values of keys in a table";
  let description = [{
    A key that is not there has the default value.

    ```mlir
    %y = tfg.LookupTableFindV2(%t, %x, %default)
         : (tensor<!tfg.resource>, tensor<2x!tfg.string>, tensor<i64>) -> tensor<2xi64> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$table_handle, TFG_Tensor:$keys, TFG_Tensor:$default_value,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$values);
}
def TFG_LookupTableFindOp : TFG_TableLookup<"LookupTableFind">;
def TFG_LookupTableFindV2Op : TFG_TableLookup<"LookupTableFindV2">;

class TFG_TableSize<string name> : TFG_StatedShapes<name, "{{}}", [TFG_TableReads]> {
  let summary = "how many keys a table has";
  let description = [{
    ```mlir
    %n = tfg.LookupTableSizeV2(%t) : (tensor<!tfg.resource>) -> tensor<i64> name("n")
    ```
  }];
  let arguments = (ins TFG_Tensor:$table_handle, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Int64Tensor:$size);
}
def TFG_LookupTableSizeOp : TFG_TableSize<"LookupTableSize">;
def TFG_LookupTableSizeV2Op : TFG_TableSize<"LookupTableSizeV2">;

def TFG_TableFindOp : TFG_Node<"_TableFind", [Pure, TFG_InferShapes]> {
  let summary = "the values of keys in a table of constants";
  let description = [{
    Only in graphs that are compiled: TensorFlow has no such op. The last two
    operands are constants, of `n` keys and their values.

    ```mlir
    %y = tfg._TableFind(%x, %default, %keys, %values)
         : (tensor<2x!tfg.string>, tensor<i64>, tensor<9x!tfg.string>, tensor<9xi64>) -> tensor<2xi64>
    ```
  }];
  let arguments = (ins TFG_Tensor:$keys, TFG_Tensor:$default_value, TFG_Tensor:$table_keys,
                       TFG_Tensor:$table_values, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$values);
}

#endif // FIRN_IR_TFGTABLEOPS_TD
