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

def ClearDevicesPass : Pass<"tfg-clear-devices", "::mlir::ModuleOp"> {
  let summary = "Forget where nodes were placed";
  let description = [{
    Removes the device of every node, in the main graph and in functions, and
    the colocation constraints (`_class = ["loc:@…"]`), which name nodes that
    later passes may remove. Other entries of `_class` stay.

    ```mlir
    // before
    %y = tfg.Identity(%x) {_class = ["loc:@w"], tfg.device = "/gpu:0"} : (tensor<f32>) -> tensor<f32>
    // after
    %y = tfg.Identity(%x) : (tensor<f32>) -> tensor<f32>
    ```
  }];
  let statistics = [
    Statistic<"numDevices", "devices", "Number of devices removed">,
    Statistic<"numColocations", "colocations", "Number of colocation constraints removed">,
  ];
}

def DropControlEdgesPass : Pass<"tfg-drop-control-edges", "::mlir::ModuleOp"> {
  let summary = "Let pure nodes wait for nobody";
  let description = [{
    Removes the control inputs of nodes whose only effect is their outputs; a
    Const that had some becomes the registered `tfg.Const`. What such an edge
    made run (an Assert, a Print) is then not needed for the outputs any more.
    Between the nodes that TF1 control flow may leave out (those after a Switch
    or an Enter) control edges carry deadness and frames, and stay.

    ```mlir
    // before
    %ok = tfg.node "Assert"(%cond, %text) : (tensor<i1>, tensor<!tfg.string>) -> !tfg.control
    %c = tfg.node "Const"() [%ok] {value = dense<1.0> : tensor<f32>} : () -> tensor<f32>
    // after
    %ok = tfg.node "Assert"(%cond, %text) : (tensor<i1>, tensor<!tfg.string>) -> !tfg.control
    %c = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32>
    ```
  }];
  let statistics = [Statistic<"numEdges", "edges", "Number of control edges removed">];
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
    that has a fetch already keeps it if nothing is given.

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
  ];
  let statistics = [
    Statistic<"numReplaced", "replaced", "Number of tensors that a new Placeholder replaced">,
  ];
}

#endif // FIRN_PASSES_PASSES_TD
