//===- EditPasses.td - passes that edit nodes as a user asks ---------------===//
//
// Renaming, attributes, devices, order, storage of weights: what the Graph
// Transform Tool's users ask for by name. No pipeline needs them.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_EDITPASSES_TD
#define FIRN_PASSES_EDITPASSES_TD

include "mlir/Pass/PassBase.td"

def AddDefaultAttributesPass : Pass<"tfg-add-default-attributes", "::mlir::ModuleOp"> {
  let summary = "Write out the attributes that are left to their defaults";
  let description = [{
    Gives every node of an op of TensorFlow's the attributes that it leaves to
    the op's definition, for readers that know no definitions. The definitions
    are given by whoever builds the pass; without them nothing happens.

    ```mlir
    // before
    %y = tfg.MatMul(%a, %b) : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    // after
    %y = tfg.MatMul(%a, %b) {transpose_a = false, transpose_b = false} : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    ```
  }];
  let statistics = [Statistic<"numAttributes", "attributes", "Number of attributes added">];
}

def BackportConcatPass : Pass<"tfg-backport-concat", "::mlir::ModuleOp"> {
  let summary = "Say ConcatV2 as the older Concat";
  let description = [{
    Concat takes the axis first. For readers that are older than ConcatV2.

    ```mlir
    // before
    %y = tfg.ConcatV2(%a, %b, %axis) : (tensor<2xf32>, tensor<3xf32>, tensor<i32>) -> tensor<5xf32>
    // after
    %y = tfg.Concat(%axis, %a, %b) : (tensor<i32>, tensor<2xf32>, tensor<3xf32>) -> tensor<5xf32>
    ```
  }];
  let statistics = [Statistic<"numConcats", "concats", "Number of ConcatV2 rewritten">];
}

def BackportTensorArrayPass : Pass<"tfg-backport-tensor-array", "::mlir::ModuleOp"> {
  let summary = "Say TensorArrayV3 as the older V2";
  let description = [{
    The handle of an array is a string there, and not a resource; what carries it
    through TF1's loops and branches carries a string. TensorArrayV2 gives no
    flow: a constant takes its place, which waits for the array. For readers that
    are older than V3.

    An array whose handle goes into a function is an error: lower control flow
    and inline calls first. So is one that TensorArrayGradWithShape makes, which
    V2 has not.

    ```mlir
    // before
    %h, %flow = tfg.TensorArrayV3(%size) {dtype = f32} : (tensor<i32>) -> (tensor<!tfg.resource>, tensor<f32>) name("a")
    %w = tfg.TensorArrayWriteV3(%h, %i, %v, %flow) : … name("w")
    // after
    %h = tfg.node "TensorArrayV2"(%size) {dtype = f32} : (tensor<i32>) -> tensor<!tfg.string> name("a")
    %flow = tfg.node "Const"() [%h] {value = dense<0.0> : tensor<f32>} : … name("a/flow")
    %w = tfg.node "TensorArrayWriteV2"(%h, %i, %v, %flow) : … name("w")
    ```
  }];
  let statistics = [Statistic<"numArrays", "arrays", "Number of arrays rewritten">];
}

def InsertLoggingPass : Pass<"tfg-insert-logging", "::mlir::ModuleOp"> {
  let summary = "Print what nodes compute";
  let description = [{
    Puts a Print after the nodes of the given ops, or whose names start with a
    given prefix; it prints all outputs of the node each time that it is run,
    and hands the first one on.

    ```mlir
    // before
    %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32> name("y")
    // after --tfg-insert-logging=ops=Relu show-name=true
    %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32> name("y")
    %p = tfg.node "Print"(%y, %y) {first_n = -1, message = ";y__print__;", summarize = 1024} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> name("y__print__")
    ```
  }];
  let options = [
    ListOption<"ops", "ops", "std::string", "Ops whose nodes are printed">,
    ListOption<"prefixes", "prefixes", "std::string", "Starts of the names of nodes that are printed">,
    Option<"message", "message", "std::string", "", "Text before the values, behind op and name">,
    Option<"showOp", "show-op", "bool", "false", "Print the op as well">,
    Option<"showName", "show-name", "bool", "false", "Print the name as well">,
    Option<"firstN", "first-n", "int64_t", "-1", "How many times to print; -1: always">,
    Option<"summarize", "summarize", "int64_t", "1024", "How many elements to print">,
  ];
  let statistics = [Statistic<"numPrints", "prints", "Number of Print nodes added">];
}

def ObfuscateNamesPass : Pass<"tfg-obfuscate-names", "::mlir::ModuleOp"> {
  let summary = "Give nodes names that say nothing";
  let description = [{
    Every node of the main graph gets a short name, but for inputs, outputs,
    variables and what signatures name. Debug information goes.

    ```mlir
    // before
    %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32> name("secret/relu")
    // after
    %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32> name("a")
    ```
  }];
  let statistics = [Statistic<"numRenamed", "renamed", "Number of nodes renamed">];
}

def QuantizeWeightsPass : Pass<"tfg-quantize-weights", "::mlir::ModuleOp"> {
  let summary = "Store large weights in eight bits";
  let description = [{
    Replaces f32 constants of at least `minimum-size` elements by quint8
    constants and a Dequantize: a quarter of the file, the same ops on floats
    when it runs. The range of a constant includes 0; each value is off by half
    a step at most. A constant with a value that is not finite stays.

    ```mlir
    // before
    %w = tfg.Const() {value = … : tensor<64x64xf32>} : () -> tensor<64x64xf32> name("w")
    // after
    %q = tfg.Const() {value = … : tensor<64x64x!tfg.quint8>} : () -> tensor<64x64x!tfg.quint8> name("w_quantized_const")
    %min = tfg.Const() … name("w_quantized_min")
    %max = tfg.Const() … name("w_quantized_max")
    %w = tfg.Dequantize(%q, %min, %max) {mode = "MIN_FIRST"} : … -> tensor<64x64xf32> name("w")
    ```
  }];
  let options = [Option<"minimumSize", "minimum-size", "int64_t", "1024",
                        "Number of elements from which on a constant is quantized">];
  let statistics = [Statistic<"numQuantized", "quantized", "Number of constants quantized">];
}

def RemoveAttributePass : Pass<"tfg-remove-attribute", "::mlir::ModuleOp"> {
  let summary = "Remove an attribute from nodes";
  let description = [{
    Removes `name` from the nodes of op `op`, or from all nodes. An attribute
    that the types of a node's inputs imply (`T`) is none that could be removed;
    one that the op needs is an error.

    ```mlir
    // before
    %y = tfg.Relu(%x) {_output_shapes = [#tfg.shape<[4]>]} : (tensor<4xf32>) -> tensor<4xf32>
    // after --tfg-remove-attribute=name=_output_shapes
    %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let options = [
    Option<"attributeName", "name", "std::string", "", "The attribute">,
    Option<"opName", "op", "std::string", "", "Nodes of this op only">,
  ];
  let statistics = [Statistic<"numRemoved", "removed", "Number of attributes removed">];
}

def RenameAttributePass : Pass<"tfg-rename-attribute", "::mlir::ModuleOp"> {
  let summary = "Rename an attribute of nodes";
  let description = [{
    The attribute `from` is called `to` on the nodes of op `op`, or on all.

    ```mlir
    // before
    %y = tfg.node "Custom"(%x) {alpha = 1.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
    // after --tfg-rename-attribute=from=alpha to=beta
    %y = tfg.node "Custom"(%x) {beta = 1.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let options = [
    Option<"from", "from", "std::string", "", "The attribute">,
    Option<"to", "to", "std::string", "", "Its new name">,
    Option<"opName", "op", "std::string", "", "Nodes of this op only">,
  ];
  let statistics = [Statistic<"numRenamed", "renamed", "Number of attributes renamed">];
}

def RenameNodePass : Pass<"tfg-rename-node", "::mlir::ModuleOp"> {
  let summary = "Rename a node";
  let description = [{
    With the node its variable, its colocations, and the signatures and fetches
    that name it.

    ```mlir
    // before
    %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32> name("Relu_17")
    // after --tfg-rename-node=from=Relu_17 to=out
    %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32> name("out")
    ```
  }];
  let options = [
    Option<"from", "from", "std::string", "", "The node">,
    Option<"to", "to", "std::string", "", "Its new name">,
  ];
}

def RenameOpPass : Pass<"tfg-rename-op", "::mlir::ModuleOp"> {
  let summary = "Change the op of nodes";
  let description = [{
    Nodes of op `from` become nodes of op `to` with the same inputs and
    attributes. What the old op's types implied is written out if the new op is
    none of TensorFlow's, where the definitions are given by whoever builds the
    pass.

    ```mlir
    // before
    %y = tfg.AddV2(%a, %b) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    // after --tfg-rename-op=from=AddV2 to=Add
    %y = tfg.Add(%a, %b) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    ```
  }];
  let options = [
    Option<"from", "from", "std::string", "", "The op">,
    Option<"to", "to", "std::string", "", "The new op">,
  ];
  let statistics = [Statistic<"numRenamed", "renamed", "Number of nodes changed">];
}

def RetypePlaceholdersPass : Pass<"tfg-retype-placeholders", "::mlir::ModuleOp"> {
  let summary = "Give inputs other types and shapes";
  let description = [{
    Sets element type and shape of the fed placeholders: `type` and `shape` of
    all of them, `types` and `shapes` of those in `names`, in order. A type is
    written as in the IR (`f32`, `ui8`), a shape `1x224x224x3` with `?` for an
    unknown dimension; `[]` is a scalar, and an empty text changes nothing.

    ```mlir
    // before
    %x = tfg.Placeholder() {shape = #tfg.shape<*>, tfg.feed_index = 0 : i64} : () -> tensor<*xf32> name("x")
    // after --tfg-retype-placeholders=shape=1x4
    %x = tfg.Placeholder() {shape = #tfg.shape<[1,4]>, tfg.feed_index = 0 : i64} : () -> tensor<1x4xf32> name("x")
    ```
  }];
  let options = [
    Option<"type", "type", "std::string", "", "Element type of all inputs">,
    Option<"shape", "shape", "std::string", "", "Shape of all inputs">,
    ListOption<"names", "names", "std::string", "Inputs with a type or a shape of their own">,
    ListOption<"types", "types", "std::string", "Their types">,
    ListOption<"shapes", "shapes", "std::string", "Their shapes">,
  ];
  let statistics = [Statistic<"numChanged", "changed", "Number of placeholders changed">];
}

def RoundWeightsPass : Pass<"tfg-round-weights", "::mlir::ModuleOp"> {
  let summary = "Let weights take few values";
  let description = [{
    Rounds f32 constants of at least 16 elements to the middles of `num-steps`
    equal steps between their smallest and their largest value: the file stays
    as large, but compresses to a fraction.

    ```mlir
    // before
    %w = tfg.Const() {value = dense<[0.0, 0.9, …, 4.0]> : tensor<16xf32>} …
    // after --tfg-round-weights=num-steps=4
    %w = tfg.Const() {value = dense<[0.5, 0.5, …, 3.5]> : tensor<16xf32>} …
    ```
  }];
  let options = [Option<"numSteps", "num-steps", "int64_t", "256", "How many values there are">];
  let statistics = [Statistic<"numRounded", "rounded", "Number of constants rounded">];
}

def SetDevicePass : Pass<"tfg-set-device", "::mlir::ModuleOp"> {
  let summary = "Place nodes on a device";
  let description = [{
    With `if-default` those only that are on none. An empty device is none.

    ```mlir
    // before
    %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32>
    // after --tfg-set-device=device=/gpu:0
    %y = tfg.Relu(%x) {tfg.device = "/gpu:0"} : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let options = [
    Option<"device", "device", "std::string", "", "The device">,
    Option<"ifDefault", "if-default", "bool", "false", "Leave nodes where they are placed">,
  ];
  let statistics = [Statistic<"numPlaced", "placed", "Number of nodes changed">];
}

def SortNodesPass : Pass<"tfg-sort-nodes", "::mlir::ModuleOp"> {
  let summary = "Write nodes after what they need";
  let description = [{
    Brings the nodes of the graph and of each function into an order in which
    they can be run, and keeps the order otherwise. Nodes of a loop of TF1 come
    in the order of one iteration.

    ```mlir
    // before
    %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32>
    %x = tfg.Placeholder() : () -> tensor<4xf32>
    // after
    %x = tfg.Placeholder() : () -> tensor<4xf32>
    %y = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
}

def SparsifyGatherPass : Pass<"tfg-sparsify-gather", "::mlir::ModuleOp"> {
  let summary = "Look up few weights in a table";
  let description = [{
    A Gather of rows of one f32 weight from a constant of which most are zero
    becomes a look-up in a table of the others (those of 1e-5 and more). The
    table is filled by a node that `group-init-node` waits for, which a loader
    has to run first. Lookups of several weights a row, along another axis or of
    another type stay.

    ```mlir
    // before
    %w = tfg.Const() {value = dense<[[0.0], [2.5], [0.0]]> : tensor<3x1xf32>} name("w")
    %y = tfg.Gather(%w, %ids) : … -> tensor<?x1xf32> name("y")
    // after
    %keys = tfg.Const() {value = dense<1> : tensor<1xi64>} name("w/indices")
    %values = tfg.Const() {value = dense<2.5> : tensor<1xf32>} name("w/values")
    %table = tfg.HashTable() … name("w/HashTable")
    %fill = tfg.InitializeTable(%table, %keys, %values) … name("w/InitializeTable")
    tfg.NoOp() [%fill] name("group_deps")
    %v = tfg.LookupTableFind(%table, %ids, %zero) … name("y/LookupTableFind")
    %y = tfg.ExpandDims(%v, %last) : … -> tensor<?x1xf32> name("y")
    ```
  }];
  let options = [Option<"groupInitNode", "group-init-node", "std::string", "\"group_deps\"", "The node that waits for the tables to be filled">];
  let statistics = [Statistic<"numSparsified", "sparsified", "Number of lookups in tables">];
}

def SpliceNodesPass : Pass<"tfg-splice-nodes", "::mlir::ModuleOp"> {
  let summary = "Take nodes of some ops out of the way";
  let description = [{
    Users of a node of one of `ops` that has at most `max-inputs` inputs (1) use
    its first input instead. A node stays that is an input or an output, that
    makes another type than its input's, or that waits for others by control
    edges.

    ```mlir
    // before
    %y = tfg.node "MyIdentity"(%x) : (tensor<4xf32>) -> tensor<4xf32>
    %z = tfg.Relu(%y) : (tensor<4xf32>) -> tensor<4xf32>
    // after --tfg-splice-nodes=ops=MyIdentity
    %z = tfg.Relu(%x) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let options = [
    ListOption<"ops", "ops", "std::string", "The ops">,
    Option<"maxInputs", "max-inputs", "unsigned", "1", "Nodes with more inputs stay">,
  ];
  let statistics = [Statistic<"numSpliced", "spliced", "Number of nodes removed">];
}

#endif // FIRN_PASSES_EDITPASSES_TD
