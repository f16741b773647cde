//===- Passes.td - the passes over tfg modules ----------------------------===//
//
// Every pass with its options, its statistics, and the IR before and after. One
// name, four places: ClearDevicesPass, passes/ClearDevices.cpp,
// --tfg-clear-devices, tests/passes/clear-devices.mlir.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_PASSES_TD
#define FIRN_PASSES_PASSES_TD

include "mlir/Pass/PassBase.td"
include "passes/EditPasses.td"
include "passes/QuantizePasses.td"

def BakeTablesPass : Pass<"tfg-bake-tables", "::mlir::ModuleOp"> {
  let summary = "Lookups in tables become lookups in constants";
  let description = [{
    For graphs that are compiled, after calls have been inlined. An initialiser
    with constant keys and values, or with a file among the assets of the module
    (`tfg.assets`, with its `text`), says what a table holds; the
    lookups in it get that as operands, and its size becomes a constant. If the
    fetches need a lookup in a table whose contents cannot be known, that is an
    error with the reason.
    TensorFlow has no op like `_TableFind`, so this is no part of freezing.

    ```mlir
    // before
    %t = tfg.HashTableV2() {key_dtype = !tfg.string, value_dtype = i64} : () -> tensor<!tfg.resource>
    %i = tfg.InitializeTableV2(%t, %keys, %values) : (…) -> !tfg.control
    %y = tfg.LookupTableFindV2(%t, %x, %d) : (…) -> tensor<2xi64> name("y")
    // after
    %y = tfg._TableFind(%x, %d, %k, %v) : (…) -> tensor<2xi64> name("y")
    ```
  }];
  let statistics = [Statistic<"numLookups", "lookups", "Number of lookups and sizes rewritten">];
}

def BindPlaceholdersPass : Pass<"tfg-bind-placeholders", "::mlir::ModuleOp"> {
  let summary = "Give placeholders their values for good";
  let description = [{
    Replaces a Placeholder or PlaceholderWithDefault by a Const. `values` is
    `node=value`; a value is a number, `true` or `false`, or a list of them
    in brackets, `[1,2,3]`, nested for more dimensions. A single value for a
    placeholder of a static shape fills it. What the values decide (dropout, the
    branch of training) folding takes away afterwards.

    ```mlir
    // before
    %k = tfg.Placeholder() {shape = #tfg.shape<[]>} : () -> tensor<f32> name("keep_prob")
    // after --tfg-bind-placeholders=values=keep_prob=1.0
    %k = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("keep_prob")
    ```
  }];
  let options = [ListOption<"values", "values", "std::string", "Placeholders and values: node=value">];
  let statistics = [Statistic<"numBound", "bound", "Number of placeholders replaced">];
}

def CarryVariablesPass : Pass<"tfg-carry-variables", "::mlir::ModuleOp"> {
  let summary = "Variables that a graph writes become inputs and outputs";
  let description = [{
    For graphs that are compiled, after `tfg-freeze-variables`: what is still a
    variable is written, or kept because another graph writes it. Its value is a
    Placeholder behind the other feeds, marked with the variable's name
    (`tfg.variable`), and the value after the run a further operand of the
    fetch, which lists those that are written (`tfg.variables`). All between is
    plain data flow. A variable's shape does not change. A stack is a list of
    tensors then, which neither goes in nor comes out.

    The order of reads and writes is that of data and control edges. What they
    leave open is decided always in the same way: reads before writes, writes in
    the order of the file. Loops and branches of TF1 are functionalized first;
    branches and loops take and give values in copies of their functions.

    ```mlir
    // before
    %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
    %a = tfg.AssignAddVariableOp(%w, %x) : (tensor<!tfg.resource>, tensor<f32>) -> !tfg.control name("a")
    %r = tfg.ReadVariableOp(%w) [%a] : (tensor<!tfg.resource>) -> tensor<f32> name("r")
    tfg.fetch %r ["r"] : tensor<f32>
    // after
    %w = tfg.Placeholder() {shape = #tfg.shape<[]>, tfg.feed_index = 1 : i64, tfg.variable = "w"} : () -> tensor<f32> name("w/value")
    %a = tfg.AddV2(%w, %x) : (tensor<f32>, tensor<f32>) -> tensor<f32> name("a")
    %r = tfg.Identity(%a) : (tensor<f32>) -> tensor<f32> name("r")
    tfg.fetch %r, %a ["r", "w"] {tfg.variables = ["w"]} : tensor<f32>, tensor<f32>
    ```
  }];
  let statistics = [Statistic<"numVariables", "variables", "Number of variables carried">];
}

def ArraysToTensorsPass : Pass<"tfg-arrays-to-tensors", "::mlir::ModuleOp"> {
  let summary = "Turn arrays and lists of tensors into tensors";
  let description = [{
    A TensorArray, and a list, becomes one tensor with the elements along its
    first dimension, which the flow, or the list's value, carries through
    branches and loops. What a write does is `tfg._SetElement`, reads are
    GatherV2. Shapes are inferred on the way, since an element's shape may
    follow from what a loop writes. Arrays whose elements differ in shape, that
    grow while the graph runs, or that the graph gives away, stay.

    Only for compiling: `tfg._SetElement` is no op of TensorFlow.

    ```mlir
    // before
    %l = tfg.TensorListReserve(%shape, %n) {element_dtype = f32} : …
    %m = tfg.TensorListSetItem(%l, %i, %x) : (tensor<!tfg.variant>, tensor<i32>, tensor<4xf32>) -> tensor<!tfg.variant>
    %y = tfg.TensorListStack(%m, %shape) : (tensor<!tfg.variant>, tensor<1xi32>) -> tensor<3x4xf32>
    // after
    %l = tfg.Const() {value = dense<0.0> : tensor<3x4xf32>} : …
    %y = tfg._SetElement(%l, %i, %x) : (tensor<3x4xf32>, tensor<i32>, tensor<4xf32>) -> tensor<3x4xf32>
    ```
  }];
  let statistics = [Statistic<"numRounds", "rounds", "Number of rounds with arrays replaced">];
}

def BatchInputProductsPass : Pass<"tfg-batch-input-products", "::mlir::ModuleOp"> {
  let summary = "Multiply the inputs of unrolled steps in one product";
  let description = [{
    Where four or more MatMuls have the same constant weights, and their other
    operand is the concatenation of a part that no such MatMul reaches (the
    input of a step) and one that they do reach (the state), the first parts are
    multiplied together, before the steps. The order of additions changes.

    Only for compiling: it makes more nodes, of which fewer wait for each other.

    ```mlir
    // before, in every step t
    %xh = tfg.ConcatV2(%x_t, %h, %one) : …
    %p = tfg.MatMul(%xh, %w) : (tensor<1x8xf32>, tensor<8x4xf32>) -> tensor<1x4xf32>
    // after
    %all = tfg.MatMul(%xs, %w_x) : (tensor<32x5xf32>, tensor<5x4xf32>) -> tensor<32x4xf32>
    // and in every step
    %s = tfg.Slice(%all, %t0, %size) : …
    %q = tfg.MatMul(%h, %w_h) : …
    %p = tfg.AddV2(%s, %q) : …
    ```
  }];
  let statistics = [Statistic<"numGroups", "groups", "Number of groups of steps">];
}

def ClearDevicesPass : Pass<"tfg-clear-devices", "::mlir::ModuleOp"> {
  let summary = "Forget where nodes were placed";
  let description = [{
    Removes the device of every node, in the main graph and in functions, and
    the colocation constraints (`_class = ["loc:@…"]`), which name nodes that
    later passes may remove, unless they are to be kept. Other entries of
    `_class` stay.

    ```mlir
    // before
    %y = tfg.Identity(%x) {_class = ["loc:@w"], tfg.device = "/gpu:0"} : (tensor<f32>) -> tensor<f32>
    // after
    %y = tfg.Identity(%x) : (tensor<f32>) -> tensor<f32>
    ```
  }];
  let options = [Option<"keepColocations", "keep-colocations", "bool", "false",
                        "Remove devices only">];
  let statistics = [
    Statistic<"numDevices", "devices", "Number of devices removed">,
    Statistic<"numColocations", "colocations", "Number of colocation constraints removed">,
  ];
}

def DecomposeFusedOpsPass : Pass<"tfg-decompose-fused-ops", "::mlir::ModuleOp"> {
  let summary = "Take ops apart that stand for several";
  let description = [{
    `_FusedConv2D`, `_FusedMatMul`, `_FusedDepthwiseConv2dNative` and
    `_FusedBatchNormEx`, which TensorFlow's graph optimiser makes;
    FusedPadConv2D and FusedResizeAndPadConv2D, which `tfg-fuse-convolutions`
    makes; and BatchNormWithGlobalNormalization. The kernels for the parts serve
    them, and fuse for themselves. A fused op whose parts are not known stays.

    ```mlir
    // before
    %y = tfg._FusedMatMul(%a, %b, %bias) {fused_ops = ["BiasAdd", "Relu"]} : (…) -> tensor<2x4xf32> name("y")
    // after
    %m = tfg.MatMul(%a, %b) : (…) -> tensor<*xf32> name("y")
    %s = tfg.BiasAdd(%m, %bias) : (…) -> tensor<*xf32> name("y")
    %y = tfg.Relu(%s) : (…) -> tensor<2x4xf32> name("y")
    ```
  }];
  let statistics = [Statistic<"numDecomposed", "decomposed", "Number of ops taken apart">];
}

def DecomposeRecurrentCellsPass : Pass<"tfg-decompose-recurrent-cells", "::mlir::ModuleOp"> {
  let summary = "Put basic nodes in the place of LSTM and GRU cells";
  let description = [{
    LSTMBlockCell and GRUBlockCell become products, sigmoids and so on;
    BlockLSTM and BlockLSTMV2 become a StatelessWhile over the steps if their
    shapes are known, with the products of the input and its weights in one
    piece before it. Outputs that nobody uses are not kept by the loop.

    Only for compiling, as tfg-arrays-to-tensors.

    ```mlir
    // before
    %y:4 = tfg.GRUBlockCell(%x, %h, %w_ru, %w_c, %b_ru, %b_c) : …
    // after
    %xh = tfg.ConcatV2(%x, %h, %axis) : …
    %ru = tfg.MatMul(%xh, %w_ru) : …
    …
    ```
  }];
  let statistics = [Statistic<"numCells", "cells", "Number of nodes met">];
}

def DropControlEdgesPass : Pass<"tfg-drop-control-edges", "::mlir::ModuleOp"> {
  let summary = "Let pure nodes wait for nobody";
  let description = [{
    Removes the control inputs of nodes whose only effect is their outputs; a
    Const that had some becomes the registered `tfg.Const`. What such an edge
    made run (an Assert, a Print) is then not needed for the outputs any more.
    Between the nodes that TF1 control flow may leave out (those after a Switch
    or an Enter) control edges carry deadness and frames, and stay. With `all`
    no edge stays but those that are fetched.

    ```mlir
    // before
    %ok = tfg.node "Assert"(%cond, %text) : (tensor<i1>, tensor<!tfg.string>) -> !tfg.control
    %c = tfg.node "Const"() [%ok] {value = dense<1.0> : tensor<f32>} : () -> tensor<f32>
    // after
    %ok = tfg.node "Assert"(%cond, %text) : (tensor<i1>, tensor<!tfg.string>) -> !tfg.control
    %c = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32>
    ```
  }];
  let options = [Option<"all", "all", "bool", "false", "Drop every control edge">];
  let statistics = [Statistic<"numEdges", "edges", "Number of control edges removed">];
}

def DropTrainingOpsPass : Pass<"tfg-drop-training-ops", "::mlir::ModuleOp"> {
  let summary = "Splice out what only training and debugging need";
  let description = [{
    Users of Identity, StopGradient, PreventGradient, CheckNumerics, Snapshot,
    Print, DebugIdentity and of a PlaceholderWithDefault that is not fed use the
    node's input instead. A node stays that is fetched, waits for another one by
    a control edge, reads a reference, or is the pivot of a branch of TF1.
    With `drop-asserts` PrintV2 nodes become NoOps, and the Asserts in branches
    and loops of TF1, which would keep those from being dropped.

    ```mlir
    // before
    %y = tfg.node "StopGradient"(%x) : (tensor<f32>) -> tensor<f32>
    %z = tfg.node "Foo"(%y) : (tensor<f32>) -> tensor<f32>
    // after
    %z = tfg.node "Foo"(%x) : (tensor<f32>) -> tensor<f32>
    ```
  }];
  let options = [Option<"dropAsserts", "drop-asserts", "bool", "false", "Drop PrintV2 and Asserts of TF1 branches as well">];
  let statistics = [Statistic<"numDropped", "dropped", "Number of nodes removed">];
}

def FlattenAtrousConvPass : Pass<"tfg-flatten-atrous-conv", "::mlir::ModuleOp"> {
  let summary = "Say a convolution between space and batch by its filter";
  let description = [{
    SpaceToBatchND, a Conv2D or DepthwiseConv2dNative of stride 1 without
    padding, BatchToSpaceND with the same constant blocks: a convolution with a
    dilated filter. It becomes one convolution whose constant filter has zeros
    between its elements; its padding is VALID or SAME where that says it, and
    explicit otherwise. With `dilations` the filter stays as it is and the
    convolution is dilated, which is faster where it is supported.

    ```mlir
    // before
    %s = tfg.SpaceToBatchND(%x, %two, %pads) …
    %c = tfg.Conv2D(%s, %w) {padding = "VALID", strides = [1, 1, 1, 1]} : (…, tensor<3x3x8x8xf32>) -> …
    %y = tfg.BatchToSpaceND(%c, %two, %crops) … name("y")
    // after
    %y = tfg.Conv2D(%x, %w5) {padding = "SAME", strides = [1, 1, 1, 1]} : (…, tensor<5x5x8x8xf32>) -> … name("y")
    ```
  }];
  let options = [Option<"dilations", "dilations", "bool", "false", "Dilate the convolution, not its filter">];
  let statistics = [Statistic<"numFlattened", "flattened", "Number of convolutions flattened">];
}

def FoldBatchNormPass : Pass<"tfg-fold-batch-norm", "::mlir::ModuleOp"> {
  let summary = "Fold batch norms into the weights before them";
  let description = [{
    A FusedBatchNorm (V1 to V3) with `is_training = false`, or a
    BatchNormWithGlobalNormalization, with constant parameters, after Conv2D,
    DepthwiseConv2dNative, Conv2DBackpropInput or MatMul with a constant f32
    filter, directly or through a bias, a BatchToSpaceND or a concatenation of
    channels, in NHWC and NCHW: the filter is scaled, and a BiasAdd of the batch
    norm's name adds the rest (before a concatenation: one for each input). A
    batch norm that is written out is, once its constants are folded, a Mul or
    RealDiv by a constant for each channel, which goes into the filter as well.
    Nothing happens if another node uses the result of the linear op, or one of
    the batch norm's statistics.

    ```mlir
    // before
    %y = tfg.Conv2D(%x, %w) …
    %z:6 = tfg.FusedBatchNormV3(%y, %scale, %offset, %mean, %variance) {is_training = false} … name("bn")
    // after
    %y = tfg.Conv2D(%x, %scaled_w) …
    %z = tfg.BiasAdd(%y, %bias) … name("bn")
    ```
  }];
  let statistics = [Statistic<"numFolded", "folded", "Number of batch norms folded">];
}

def FoldConstantsPass : Pass<"tfg-fold-constants", "::mlir::ModuleOp"> {
  let summary = "Compute what does not depend on inputs";
  let description = [{
    Replaces values that depend on constants only by constants. They are
    computed by an evaluator that whoever builds the pass gives it (the api
    layer: the compiled code itself); without one the pass does nothing, and
    what is small folds in `canonicalize`. A value of more than `max-bytes` is
    not folded, nor one of 100 KiB and more that is larger than the constants
    that it is made of.

    ```mlir
    // before
    %a = tfg.Const() {value = dense<2.0> : tensor<4xf32>} : () -> tensor<4xf32>
    %b = tfg.Sqrt(%a) : (tensor<4xf32>) -> tensor<4xf32>
    // after
    %b = tfg.Const() {value = dense<1.41421354> : tensor<4xf32>} : () -> tensor<4xf32>
    ```
  }];
  let options = [
    Option<"maxBytes", "max-bytes", "int64_t", "10485760", "Size of the largest constant to make">,
    ListOption<"excludeOps", "exclude-ops", "std::string", "Ops whose nodes are not folded">,
    ListOption<"excludeNodes", "exclude-nodes", "std::string", "Nodes that are not folded">,
  ];
  let statistics = [Statistic<"numFolded", "folded", "Number of values folded">];
}

def FreezeVariablesPass : Pass<"tfg-freeze-variables", "::mlir::ModuleOp"> {
  let summary = "Turn variables into constants";
  let description = [{
    Replaces every variable by the value that its `tfg.variable` holds, as
    TensorFlow's `convert_variables_to_constants` does and with the same node
    names: the node of the handle becomes a Const, ReadVariableOp an Identity,
    ResourceGather a GatherV2 (also in functions and with `batch_dims`),
    ResourceGatherNd a GatherNd, VariableShape a Shape. Handles are followed
    through identities, TF1 control flow and the arguments of branches and
    loops; a function that is run once with a frozen variable and once with one
    that is kept gets a second form. Values are not copied.

    A fetch of a variable is a fetch of its value. Variables without a value are
    reported together. A variable that something
    writes to is an error (what is written is not known), unless it is denied,
    or kept by `keep-written`; run `tfg-prune` first, so that only writes count
    that the fetches need.

    ```mlir
    // before
    tfg.variable @w = dense<0.5> : tensor<2x3xf32>
    tfg.graph {
      %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[2,3]>} : () -> tensor<!tfg.resource> name("w")
      %r = tfg.ReadVariableOp(%w) : (tensor<!tfg.resource>) -> tensor<2x3xf32> name("r")
    }
    // after
    tfg.graph {
      %w = tfg.Const() {value = dense<0.5> : tensor<2x3xf32>} : () -> tensor<2x3xf32> name("w")
      %r = tfg.Identity(%w) : (tensor<2x3xf32>) -> tensor<2x3xf32> name("r")
    }
    ```
  }];
  let options = [
    ListOption<"allow", "allow", "std::string", "Freeze only the variables of these nodes">,
    ListOption<"deny", "deny", "std::string", "Keep the variables of these nodes">,
    Option<"keepWritten", "keep-written", "bool", "false", "Keep variables that are written to, with a warning">,
    Option<"advice", "advice", "std::string", "", "What errors tell the user to do about a variable that cannot be frozen">,
  ];
  let statistics = [Statistic<"numVariables", "variables", "Number of variables frozen">];
}

def FunctionalizeControlFlowPass : Pass<"tfg-functionalize-control-flow", "::mlir::ModuleOp"> {
  let summary = "Turn Switch, Merge and the frames of TF1 into If and While";
  let description = [{
    Loops of TF1 (Enter, Merge, LoopCond, Switch, NextIteration, Exit) become
    While, branches (Switch, Merge) become If, over new functions that are named
    after the scope of the nodes; the stateless forms where nothing in them has
    an effect. Loops may be nested, and in branches, and branches in loops.
    Branches that a constant decides are taken, as in
    `tfg-take-constant-branches`.

    What a function uses from outside becomes an argument; a constant is copied
    into it. All Merges that choose by one predicate, in the same branch of
    others, become one If where none depends on another. A Merge may have any
    number of inputs and its value_index may be used, as long as the predicates
    decide which input is alive. In the main graph nodes that the `tfg.fetch`
    does not need go if they belong to branches or loops; the rest must be
    functionalized: a loop without LoopCond, a Merge that no predicate decides,
    or an output that is computed on one side only is an error.

    ```mlir
    // before
    %f, %t = tfg.Switch(%x, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>)
    %n = tfg.Neg(%t) : (tensor<f32>) -> tensor<f32> name("cond/Neg")
    %y, %i = tfg.Merge(%f, %n) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("cond/Merge")
    // after
    %y = tfg.StatelessIf(%p, %x) {else_branch = #tfg.func<@cond_false, {}>, then_branch = #tfg.func<@cond_true, {}>}
         : (tensor<i1>, tensor<f32>) -> tensor<f32> name("cond")
    tfg.func @cond_true(%x: tensor<f32>) -> tensor<f32> {
      %n = tfg.Neg(%x) : (tensor<f32>) -> tensor<f32> name("cond/Neg")
      tfg.return %n : tensor<f32>
    }
    tfg.func @cond_false(%x: tensor<f32>) -> tensor<f32> {
      tfg.return %x : tensor<f32>
    }
    ```
  }];
  let statistics = [
    Statistic<"numLoops", "loops", "Number of loops turned into While">,
    Statistic<"numConds", "conds", "Number of If nodes made">,
  ];
}

def FuseConvolutionsPass : Pass<"tfg-fuse-convolutions", "::mlir::ModuleOp"> {
  let summary = "Let convolutions resize and pad their input";
  let description = [{
    A MirrorPad before a Conv2D becomes FusedPadConv2D, a ResizeBilinear before
    a Conv2D, also with a MirrorPad between them, FusedResizeAndPadConv2D: the
    image in between is never made. Nothing happens if another node uses it, or
    if the Conv2D is NCHW, dilated, or pads explicitly.

    ```mlir
    // before
    %p = tfg.MirrorPad(%x, %pads) {mode = "REFLECT"} …
    %y = tfg.Conv2D(%p, %w) {padding = "VALID", strides = [1, 1, 1, 1]} …
    // after
    %y = tfg.node "FusedPadConv2D"(%x, %pads, %w) {mode = "REFLECT", padding = "VALID", strides = [1, 1, 1, 1]} …
    ```
  }];
  let options = [
    Option<"pad", "pad", "bool", "true", "Fuse a MirrorPad">,
    Option<"resize", "resize", "bool", "true", "Fuse a ResizeBilinear">,
    Option<"resizeAndPad", "resize-and-pad", "bool", "true", "Fuse a ResizeBilinear with a MirrorPad after it">,
  ];
  let statistics = [Statistic<"numFused", "fused", "Number of convolutions fused">];
}

def HoldAssertsPass : Pass<"tfg-hold-asserts", "::mlir::ModuleOp"> {
  let summary = "Let the fetch hold the Asserts that it waits for";
  let description = [{
    An Assert that the fetched nodes depend on, by data or control edges, becomes
    an operand of `tfg.fetch` behind those that have names, as does a branch,
    loop or call with an Assert in its functions; so it is run also when control
    edges are dropped. An Assert in a branch of TF1 gives one outside of it, of
    a condition that the branch chooses: the Assert's own, or true where the
    other branch runs. Asserts in branches within branches and in loops of TF1
    are not held.

    ```mlir
    // before
    %z = tfg.Div(%x, %y) [%ok] : (tensor<f32>, tensor<f32>) -> tensor<f32>
    tfg.fetch %z ["z"] : tensor<f32>
    // after
    tfg.fetch %z, %ok ["z"] : tensor<f32>, !tfg.control
    ```
  }];
  let statistics = [Statistic<"numHeld", "held", "Number of nodes held">];
}

def HoldTablesPass : Pass<"tfg-hold-tables", "::mlir::ModuleOp"> {
  let summary = "The nodes that fill tables stay in the graph";
  let description = [{
    For graphs that are used without the model that they came from. Of the
    tables that the fetches need, what fills them is fetched as well (its
    control edge), if the contents are known: constants, or a file among the
    assets of the module, whose lines become constants. TensorFlow runs such a
    node once before the first prediction; `tfg-bake-tables` reads it.

    ```mlir
    // before; the file is an asset of the module
    %i = tfg.InitializeTableFromTextFileV2(%t, %file) {…} : (…) -> !tfg.control name("init")
    tfg.fetch %y ["y"] : tensor<2xi64>
    // after
    %i = tfg.InitializeTableV2(%t, %keys, %values) : (…) -> !tfg.control name("init")
    tfg.fetch %y, %i ["y", "^init"] : tensor<2xi64>, !tfg.control
    ```
  }];
  let statistics = [Statistic<"numHeld", "held", "Number of nodes that stay">,
                    Statistic<"numFiles", "files", "Number of files that became constants">];
}

def InferShapesPass : Pass<"tfg-infer-shapes", "::mlir::ModuleOp"> {
  let summary = "Say every shape that follows from the inputs'";
  let description = [{
    Refines the type of every value in one sweep in topological order, by
    `InferShapesOpInterface`. Values that fold from constants (shape arithmetic)
    are known on the way; the graph itself keeps its nodes. Functions of
    branches and loops are inferred for the types they are run with; one that is
    run with several gets copies. A graph with a cycle that no TF1 loop makes is
    an error, as are shapes that contradict each other.

    `input-shapes` gives shapes to feeds by their names:
    `input-shapes=image=1,224,224,3;scale=` (a scalar).

    ```mlir
    // before
    %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"} : () -> tensor<?x3xf32>
    %y = tfg.Identity(%x) : (tensor<?x3xf32>) -> tensor<*xf32>
    // after --tfg-infer-shapes=input-shapes=x=2,3
    %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"} : () -> tensor<2x3xf32>
    %y = tfg.Identity(%x) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    ```
  }];
  let options = [Option<"inputShapes", "input-shapes", "std::string", "",
                        "Shapes of feeds: name=dims, separated by ;, a dimension is a number or ?">];
  let statistics = [Statistic<"numRefined", "refined", "Number of types refined">];
}

def InlineCallsPass : Pass<"tfg-inline-calls", "::mlir::ModuleOp"> {
  let summary = "Put the bodies of functions in the place of their calls";
  let description = [{
    Inlines PartitionedCall, StatefulPartitionedCall and nodes whose op is the
    name of a function, everywhere: in the main graph and in the bodies of
    branches and loops. Inlined nodes are named after the call, and take its
    device where they have none. The attributes that a polymorphic function is
    called with are put in. A function that calls itself is an error, as is a
    result beyond the limits.

    The functions stay; `tfg-prune` removes them.

    ```mlir
    // before
    %y = tfg.PartitionedCall(%x) {f = #tfg.func<@f, {}>} : (tensor<f32>) -> tensor<f32> name("call")
    tfg.func @f(%a: tensor<f32>) -> tensor<f32> {
      %r = tfg.Relu(%a) : (tensor<f32>) -> tensor<f32> name("relu")
      tfg.return %r : tensor<f32>
    }
    // after
    %y = tfg.Relu(%x) : (tensor<f32>) -> tensor<f32> name("call/relu")
    ```
  }];
  let options = [
    Option<"maxDepth", "max-depth", "unsigned", "64", "How deep calls may be nested">,
    Option<"maxNodes", "max-nodes", "unsigned", "1000000", "How many nodes the result may have">,
  ];
  let statistics = [Statistic<"numCalls", "calls", "Number of calls inlined">];
}

def LowerControlFlowPass : Pass<"tfg-lower-control-flow", "::mlir::ModuleOp"> {
  let summary = "Turn If, Case and While into Switch, Merge and frames of TF1";
  let description = [{
    For programs that read TF1 graphs only. Every If, Case and While, in the
    main graph and in functions, becomes Switches, Merges, Enters and Exits
    around calls of its functions; `tfg-inline-calls` puts the bodies there. What
    a loop's body returns unchanged enters as a constant.
    `tfg-functionalize-control-flow` is the way back.

    ```mlir
    // before
    %y = tfg.StatelessIf(%p, %x) {else_branch = #tfg.func<@f, {}>, then_branch = #tfg.func<@g, {}>}
         : (tensor<i1>, tensor<f32>) -> tensor<f32> name("cond")
    // after
    %pf, %pt = tfg.Switch(%p, %p) : (tensor<i1>, tensor<i1>) -> (tensor<i1>, tensor<i1>) name("cond/Switch")
    %if = tfg.Identity(%pf) : (tensor<i1>) -> tensor<i1> name("cond/pivot_f")
    %it = tfg.Identity(%pt) : (tensor<i1>) -> tensor<i1> name("cond/pivot_t")
    %xf, %xt = tfg.Switch(%x, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>) name("cond/Switch_1")
    %ct = tfg.control %it : tensor<i1>
    %t = tfg.StatefulPartitionedCall(%xt) [%ct] {f = #tfg.func<@g, {}>} : (tensor<f32>) -> tensor<f32> name("cond/branch0")
    %cf = tfg.control %if : tensor<i1>
    %f = tfg.StatefulPartitionedCall(%xf) [%cf] {f = #tfg.func<@f, {}>} : (tensor<f32>) -> tensor<f32> name("cond/branch1")
    %y, %i = tfg.Merge(%t, %f) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>) name("cond/Merge")
    ```
  }];
  let statistics = [
    Statistic<"numBranches", "branches", "Number of If and Case nodes turned into Switch and Merge">,
    Statistic<"numLoops", "loops", "Number of While nodes turned into frames">,
  ];
}

def PrunePass : Pass<"tfg-prune", "::mlir::ModuleOp"> {
  let summary = "Remove what the fetches do not need";
  let description = [{
    Keeps the nodes that the `tfg.fetch` needs by data or control edges, and the
    fed placeholders; then the functions that these nodes refer to or call by
    name, and the variables that they hold. Signatures go once there is a fetch.
    In functions, pure nodes that no result needs go, nodes with effects stay.
    Colocation constraints with removed nodes are dropped. Without a fetch the
    main graph stays whole.

    ```mlir
    // before
    tfg.graph {
      %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"} : () -> tensor<f32> name("x")
      %y = tfg.Identity(%x) : (tensor<f32>) -> tensor<f32> name("y")
      %z = tfg.Identity(%x) : (tensor<f32>) -> tensor<f32> name("z")
      tfg.fetch %y ["y"] : tensor<f32>
    }
    // after
    tfg.graph {
      %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "x"} : () -> tensor<f32> name("x")
      %y = tfg.Identity(%x) : (tensor<f32>) -> tensor<f32> name("y")
      tfg.fetch %y ["y"] : tensor<f32>
    }
    ```
  }];
  let statistics = [
    Statistic<"numNodes", "nodes", "Number of nodes removed">,
    Statistic<"numFunctions", "functions", "Number of functions removed">,
    Statistic<"numVariables", "variables", "Number of variables removed">,
  ];
}

def ReplaceUpdatesPass : Pass<"tfg-replace-updates", "::mlir::ModuleOp"> {
  let summary = "Writes to what is no variable any more become values";
  let description = [{
    Assign, AssignAdd, ScatterMul and the other ops that write by reference,
    where the reference is a value (another tool froze the variable, and left
    the write). For graphs that are compiled: `_UpdateRows` is not TensorFlow's.
    The shape that Assign validates is checked by EnsureShape.

    ```mlir
    // before
    %y = tfg.Assign(%w, %x) : (tensor<2xf32>, tensor<*xf32>) -> tensor<2x!tfg.ref<f32>>
    %z = tfg.node "ScatterMul"(%y, %i, %u) : (tensor<2x!tfg.ref<f32>>, tensor<i32>, tensor<f32>) -> tensor<2x!tfg.ref<f32>>
    // after
    %y = tfg.EnsureShape(%x) {shape = #tfg.shape<[2]>} : (tensor<*xf32>) -> tensor<2xf32>
    %z = tfg._UpdateRows(%y, %i, %u) {how = "mul"} : (tensor<2xf32>, tensor<i32>, tensor<f32>) -> tensor<2xf32>
    ```
  }];
  let statistics = [Statistic<"numUpdates", "updates", "Number of ops replaced">];
}

def SelectSignaturePass : Pass<"tfg-select-signature", "::mlir::ModuleOp"> {
  let summary = "Choose what the graph is run for";
  let description = [{
    Marks the inputs, and adds the `tfg.fetch` of the outputs, either of a
    signature or of named tensors. Any tensor may be fed: if it is no
    Placeholder's, a new Placeholder takes its place. A feed or a fetch is
    `node`, `node:port`, or, as a fetch, `^node`; a node without outputs is
    fetched by its control edge.

    If nothing is given, it takes the signature `serving_default`, or the only
    signature there is (those of SavedModel's own start with two underscores and
    do not count), or in a graph without signatures the placeholders and the
    nodes that compute something from them that no other node uses. Where only
    fetches are given, the placeholders that they need are the feeds. A graph
    that has a fetch already keeps it if nothing is given. With `keep-defaults`
    a PlaceholderWithDefault that is fed stays one: who does not feed it has its
    default. Else, where code is made of the graph, every feed is a Placeholder.

    ```mlir
    // before
    tfg.signature @classify method "m" inputs [{key = "image", tensor = "x:0", type = tensor<?x4xf32>} ]
        outputs [{key = "label", tensor = "y:0", type = tensor<?xi64>} ]
    tfg.graph {
      %x = tfg.Placeholder() : () -> tensor<*xf32> name("x")
      %y = tfg.node "Classify"(%x) : (tensor<*xf32>) -> tensor<?xi64> name("y")
    }
    // after --tfg-select-signature=signature=classify
    tfg.graph {
      %x = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = "image"} : () -> tensor<?x4xf32> name("x")
      %y = tfg.node "Classify"(%x) : (tensor<?x4xf32>) -> tensor<?xi64> name("y")
      tfg.fetch %y ["label"] {tensors = ["y:0"], signature = "classify", method_name = "m"} : tensor<?xi64>
    }
    ```
  }];
  let options = [
    Option<"signature", "signature", "std::string", "", "Key of the signature">,
    ListOption<"feeds", "feeds", "std::string", "Tensors that the caller gives: node or node:port">,
    ListOption<"fetches", "fetches", "std::string", "Tensors that the caller wants: node, node:port or ^node">,
    Option<"keepDefaults", "keep-defaults", "bool", "false", "A PlaceholderWithDefault that is fed stays one">,
  ];
  let statistics = [
    Statistic<"numReplaced", "replaced", "Number of tensors that a new Placeholder replaced">,
  ];
}

def TakeConstantBranchesPass : Pass<"tfg-take-constant-branches", "::mlir::ModuleOp"> {
  let summary = "Remove the branches that are never taken";
  let description = [{
    A Switch whose predicate is a constant, or folds to one, gives way to its
    input on the side that is taken. What lies on the other side goes, loops
    included, unless it is an output. A Merge with one input left gives way to
    it, and its value_index becomes a constant.

    ```mlir
    // before
    %p = tfg.Const() {value = dense<false> : tensor<i1>} : () -> tensor<i1> name("phase_train")
    %f, %t = tfg.Switch(%x, %p) : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<f32>)
    %d = tfg.node "Dropout"(%t) : (tensor<f32>) -> tensor<f32>
    %m, %i = tfg.Merge(%f, %d) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<i32>)
    %y = tfg.Relu(%m) : (tensor<f32>) -> tensor<f32>
    // after
    %p = tfg.Const() {value = dense<false> : tensor<i1>} : () -> tensor<i1> name("phase_train")
    %y = tfg.Relu(%x) : (tensor<f32>) -> tensor<f32>
    ```
  }];
  let statistics = [Statistic<"numTaken", "taken", "Number of Switches with a constant predicate">];
}

def SpecializeFunctionsPass : Pass<"tfg-specialize-functions", "::mlir::ModuleOp"> {
  let summary = "Give every branch and loop functions of its own that know its constants";
  let description = [{
    A function that several nodes name is copied for each of them, and a
    constant that is passed to one, in a loop to all iterations, is copied into
    it, so that shapes can be inferred there and nodes fold. Arguments stay as
    they are.

    ```mlir
    // before
    %y = tfg.StatelessIf(%c, %x, %axis) {then_branch = #tfg.func<@f, {}>, else_branch = #tfg.func<@f, {}>} : …
    tfg.func @f(%x: tensor<2x3xf32>, %axis: tensor<i32>) -> … { %s = tfg.Sum(%x, %axis) … }
    // after
    %y = tfg.StatelessIf(%c, %x, %axis) {then_branch = #tfg.func<@f, {}>, else_branch = #tfg.func<@f_0, {}>} : …
    tfg.func @f(%x: tensor<2x3xf32>, %axis: tensor<i32>) -> … { %a = tfg.Const() … %s = tfg.Sum(%x, %a) … }
    tfg.func @f_0(…) …
    ```
  }];
  let statistics = [
    Statistic<"numCopies", "copies", "Number of functions copied">,
    Statistic<"numConstants", "constants", "Number of arguments replaced by constants">,
  ];
}

def VerifyLowerablePass : Pass<"tfg-verify-lowerable", "::mlir::ModuleOp"> {
  let summary = "Check that the graph is in the form that is compiled";
  let description = [{
    One selected graph; no variables; no placeholder that is not fed; no control
    inputs of pure nodes. Changes nothing. Whether an op has a lowering, and
    whether its shapes are known well enough, the lowering itself says.

    ```mlir
    // error: node 'w' (VarHandleOp) is a variable; only frozen graphs are compiled
    %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[]>} : () -> tensor<!tfg.resource> name("w")
    ```
  }];
}

#endif // FIRN_PASSES_PASSES_TD
