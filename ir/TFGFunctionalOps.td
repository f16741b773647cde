//===- TFGFunctionalOps.td - calls, branches and loops over functions -----===//

#ifndef FIRN_IR_TFGFUNCTIONALOPS_TD
#define FIRN_IR_TFGFUNCTIONALOPS_TD

include "ir/TFGBase.td"
include "mlir/IR/SymbolInterfaces.td"

// A node with function attributes. The stateless forms are pure.
class TFG_CallLike<string mnemonic, list<Trait> traits = [], list<string> ownMethods = []>
    : TFG_Node<mnemonic, !listconcat([
        TFG_InferShapes,
        DeclareOpInterfaceMethods<TFG_CallLikeOpInterface, ownMethods>,
        DeclareOpInterfaceMethods<SymbolUserOpInterface>], traits)> {
  let results = (outs Variadic<TFG_TensorOrControl>:$outs);
}

class TFG_Call<string mnemonic, list<Trait> traits = []> : TFG_CallLike<mnemonic, traits> {
  let summary = "calls a function";
  let description = [{
    ```mlir
    %y = tfg.PartitionedCall(%x) {f = #tfg.func<@double, {}>} : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args, TFG_Func:$f,
                       TFG_DefaultStr<"\"\"">:$config, TFG_DefaultStr<"\"\"">:$config_proto,
                       TFG_DefaultStr<"\"\"">:$executor_type);
}
// Neither is pure: the function called may write, whatever the op says.
def TFG_PartitionedCallOp : TFG_Call<"PartitionedCall">;
def TFG_StatefulPartitionedCallOp : TFG_Call<"StatefulPartitionedCall">;

class TFG_If<string mnemonic, list<Trait> traits = []> : TFG_CallLike<mnemonic, traits> {
  let summary = "runs one of two functions";
  let description = [{
    A condition that is not a bool is true if it is not zero (a string: not
    empty, a tensor of rank 1 or more: not empty). A node whose condition is a
    constant canonicalizes to a call of the branch.

    ```mlir
    %y = tfg.If(%cond, %x) {then_branch = #tfg.func<@f, {}>, else_branch = #tfg.func<@g, {}>}
         : (tensor<i1>, tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$cond, Variadic<TFG_TensorOrControl>:$args,
                       TFG_Func:$then_branch, TFG_Func:$else_branch,
                       OptionalAttr<TFG_ShapeListAttr>:$output_shapes);
  let hasCanonicalizer = 1;
}
def TFG_IfOp : TFG_If<"If">;
def TFG_StatelessIfOp : TFG_If<"StatelessIf", [Pure]>;

class TFG_Case<string mnemonic, list<Trait> traits = []> : TFG_CallLike<mnemonic, traits> {
  let summary = "runs one of several functions";
  let description = [{
    An index out of range takes the last branch. A node whose index is a
    constant canonicalizes to a call of the branch.

    ```mlir
    %y = tfg.Case(%i, %x) {branches = [#tfg.func<@f, {}>, #tfg.func<@g, {}>]}
         : (tensor<i32>, tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$branch_index, Variadic<TFG_TensorOrControl>:$args,
                       TFG_FuncListAttr:$branches,
                       OptionalAttr<TFG_ShapeListAttr>:$output_shapes);
  let hasCanonicalizer = 1;
}
def TFG_CaseOp : TFG_Case<"Case">;
def TFG_StatelessCaseOp : TFG_Case<"StatelessCase", [Pure]>;

class TFG_While<string mnemonic> : TFG_CallLike<mnemonic, [], ["returnsResultsOf"]> {
  let summary = "runs a function as long as another one says so";
  let description = [{
    ```mlir
    %y = tfg.While(%x) {cond = #tfg.func<@less, {}>, body = #tfg.func<@next, {}>} : (tensor<i32>) -> tensor<i32>
    ```
  }];
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args, TFG_Func:$cond, TFG_Func:$body,
                       OptionalAttr<TFG_ShapeListAttr>:$output_shapes,
                       TFG_DefaultInt<"10">:$parallel_iterations);
  let hasVerifier = 1;
}
def TFG_WhileOp : TFG_While<"While">;
// A loop may not end, so an unused one is not removed as a pure op would be.
def TFG_StatelessWhileOp : TFG_While<"StatelessWhile">;

#endif // FIRN_IR_TFGFUNCTIONALOPS_TD
